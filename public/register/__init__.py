"""The register: what the public was told, entry by entry, on every day, in a chain that anyone can check.

subjects    whom it speaks of, and what is said of each now
form        how a content is written down, and how older ones are read
appending   the one way in: inside the transaction of the change that it tells of
reading     what was said: now, on a day, of one subject, and what of it may still be shown
lapses      dates that have passed
redaction   personal data that must go
triggers    the database itself refuses to change it
verification  whether it is whole, and says what the tables say

See docs/register.md.
"""

"""Data for programs: /api/v1/, and the whole register and any list as files.

endpoints   every address of the API with its parameters and answers; `urls` and `openapi` are made from it
answers     what all answers share: read-only, open to all, problems in JSON
parameters  what may be asked for, and refusing the rest
problems    what is wrong with a request (RFC 9457)
entries, services, subjects   the answers
told        an entry as programs get it, with what is withheld left out
shapes, openapi   the description of all this (OpenAPI 3.1)
exports, sheets   the register as JSON Lines and CSV, and a list of services as CSV
"""

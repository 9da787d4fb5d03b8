"""How a content is written down: canonical JSON (RFC 8785) as text, under its SHA-256.

Empty values are left out, so a new field that nobody has filled in changes no hash. Any other change of shape is a new
`FORMAT`, with a pure function in `UPGRADES` that reads the one before; `nightly` then tells each subject anew in an
entry of kind *format*, which is no news.
"""

import datetime
import hashlib
import json
from collections.abc import Callable
from typing import Any

import rfc8785

Content = dict[str, Any]

FORMAT = 1
# By the format that it reads: takes the kind of the subject and its content, and gives the content in the next format.
UPGRADES: dict[int, Callable[[str, Content], Content]] = {}

# What is said of a subject that is public no more.
GONE: Content = {}


def canonical(value: Any) -> str:
    """The canonical JSON of a structure (RFC 8785), as text."""
    return rfc8785.dumps(value).decode()


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content(described: dict[str, Any]) -> Content:
    """What the register says of a subject, from what its floors say: without empty parts, and in which format."""
    return {"format": FORMAT} | {name: part for name, part in described.items() if part not in (None, "", [], {})}


def tombstone(entry: int, on: datetime.date, reason: str) -> Content:
    """What stands where a text had to go: the entry that tells of it, the day, and why, in public."""
    return {"redacted": {"entry": entry, "on": on.isoformat(), "reason": reason}}


def read(kind: str, text: str) -> Content:
    """A content in the present format, from its text in whichever. `{}` and tombstones have none, and stay."""
    said = json.loads(text)
    while "format" in said and said["format"] < FORMAT:
        said = UPGRADES[said["format"]](kind, said) | {"format": said["format"] + 1}
    return said


GONE_HASH = digest(canonical(GONE))

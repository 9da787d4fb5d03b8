"""What may stand in the register, as JSON Schema (draft 2020-12): one file for each kind of subject, and `common.json`.

They refer to each other by relative addresses, so they hold wherever they are served from, side by side. Two contents
are the same for every kind and stand in `common.json`: `gone`, an empty object, of a subject that is public no more,
and `redacted`, the tombstone of a text that had to go. The schema of a kind describes neither.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# Of kinds that share a schema; any other kind has a file of its own name.
SHARED = {"platform": "term.json", "level": "term.json", "subject": "term.json"}


def names() -> list[str]:
    """The names of all files, as they refer to each other."""
    return sorted(path.name for path in FOLDER.glob("*.json"))


def name(kind: str) -> str:
    """The name of the file that describes a kind of subject. Raises KeyError for a kind that there is not."""
    found = SHARED.get(kind, f"{kind}.json")
    if kind in ("common", "term") or found not in names():
        raise KeyError(kind)
    return found


def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of subject. Raises KeyError for a kind that there is not."""
    return read(name(kind))


@cache
def read(name: str) -> dict[str, Any]:
    """One file by its name. It is read once and shared, so it must not be written to. Raises KeyError for others."""
    if name not in names():
        raise KeyError(name)
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))

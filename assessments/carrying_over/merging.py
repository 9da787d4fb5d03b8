"""What a new version of a page changes, and what of it somebody has written anew since: a comparison of three.

Rows are compared as they were taken over (`base`), as they stand now (`mine`), and as the page has them now (`theirs`).
Only what differs between base and theirs is at stake; it is written where nobody has touched it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assessments.carrying_over.draft import DECISION, FACTS, Rows
from assessments.importing.words import alike

# Two wordings of one condition are more alike than this; conditions that have little in common less.
SAME_CONDITION = 0.75
# Comparing each with each takes time; a page with more new conditions than this is no page of guidelines.
MOST_COMPARED = 100


@dataclass(frozen=True)
class Edit:
    """One row that is added, changed or removed: its values before and after, None where there is no row."""

    table: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def is_decision(self) -> bool:
        """It is about the round, not about the facts of the service."""
        return self.table in DECISION


@dataclass(frozen=True)
class Merged:
    """What to write; what is not written because people have had a hand in it; and what only waits to be allowed."""

    edits: tuple[Edit, ...] = ()
    kept: tuple[Edit, ...] = ()
    waiting: tuple[Edit, ...] = ()


NOTHING = Merged()


def merged(base: Rows, mine: Rows, theirs: Rows) -> Merged:
    """What makes mine out of theirs, as far as nobody has edited mine since base."""
    edits: list[Edit] = []
    kept: list[Edit] = []
    for table in (*FACTS, *DECISION):
        for asked, free in _rows(table, *(rows.get(table, {}) for rows in (base, mine, theirs))):
            (edits if free else kept).append(asked)
    return Merged(tuple(edits), tuple(kept))


def _rows(table, base, mine, theirs) -> Iterator[tuple[Edit, bool]]:
    """Each row at stake, with whether it is free to be written. A row may be so in part, field by field."""
    for key in dict.fromkeys([*theirs, *base]):
        was, now, wanted = base.get(key), mine.get(key), theirs.get(key)
        if was == wanted or now == wanted:
            continue
        if was is None or wanted is None or now is None:
            # A row that comes or goes does so whole; one that somebody has made, edited or removed stays theirs.
            yield Edit(table, key, now, wanted), now == was
        else:
            yield from _fields(table, key, was, now, wanted)


def _fields(table, key, was, now, wanted):
    differing = [name for name in wanted if wanted[name] != was.get(name) and wanted[name] != now.get(name)]
    for free in (True, False):
        names = [name for name in differing if (now.get(name) == was.get(name)) == free]
        if names:
            before, after = ({name: row.get(name) for name in names} for row in (now, wanted))
            yield Edit(table, key, before, after), free


def keyed_like(base: Rows, theirs: Rows) -> Rows:
    """The same rows, where a condition that is only worded anew has the key that it had in base."""
    before, now = base.get("conditions", {}), theirs["conditions"]
    gone = [key for key in before if key not in now]
    keys: dict[str, str] = {}
    if len(gone) > MOST_COMPARED or len(now) > MOST_COMPARED:
        return theirs
    for key in now:
        near = max(gone, key=lambda other: alike(key, other), default=None) if key not in before else None
        if near is not None and alike(key, near) > SAME_CONDITION:
            gone.remove(near)
            keys[key] = near
    return theirs | {"conditions": {keys.get(key, key): row for key, row in now.items()}}


def without(rows: Rows, base: Rows, edits: Iterable[Edit]) -> Rows:
    """The rows as if these edits had not been made: as in base where they differ from it."""
    result = {table: dict(found) for table, found in rows.items()}
    for edit in edits:
        was = base.get(edit.table, {}).get(edit.key)
        if was is None:
            result[edit.table].pop(edit.key, None)
        elif edit.after is None or edit.before is None:
            result[edit.table][edit.key] = was
        else:
            row = result[edit.table].get(edit.key, {})
            result[edit.table][edit.key] = row | {name: was.get(name) for name in edit.after}
    return result

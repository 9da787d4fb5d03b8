"""What one round says that the last one did not. Pure functions over `assessments.decision.round_facts`.

Rows of a list are told apart by what stays the same from round to round: conditions by their keys, rulings by whom
they are for. What a round says once, such as its outcome, is compared as a row with that one field.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.facts import without_empties

Round = dict[str, Any]

# The lists of a round, and what tells their rows apart.
IDENTITY = {
    "conditions": ("key",),
    "rulings": ("audience", "edition", "grades"),
    "considerations": ("text",),
    "owner_bases": ("purpose",),
    "impact_assessments": ("slug",),
    "policy_versions": ("policy",),
}

# What differs without anything having been decided otherwise.
OF_NO_ACCOUNT = {"number", "published_at"}


class Novelty(models.TextChoices):
    """What has become of something since the last round."""

    CARRIED_OVER = "carried_over", _("Carried over")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    DROPPED = "dropped", _("Dropped")


@dataclass(frozen=True)
class Compared:
    """A row, as it was and as it is; `now` is None where it was dropped, `before` where it is new."""

    novelty: Novelty
    before: dict[str, Any] | None
    now: dict[str, Any] | None

    def fields(self) -> list[tuple[str, Any, Any]]:
        """Each field that says something: its name, what it said before, what it says now. Nested: `grades.from`."""
        before, now = dict(_flat(self.before or {})), dict(_flat(self.now or {}))
        return [(name, before.get(name), now.get(name)) for name in {**now, **before}]


@dataclass(frozen=True)
class Comparison:
    """A round beside the one before it. In a first round everything is new, which is hardly worth saying.

    `own` has a row for each field of the round itself, `lists` the rows of each list by its key.
    """

    is_first: bool
    outcome_before: str
    outcome: str
    own: list[Compared]
    lists: dict[str, list[Compared]]

    @property
    def outcome_changed(self) -> bool:
        return not self.is_first and self.outcome != self.outcome_before

    @property
    def conditions(self) -> list[Compared]:
        return self.lists["conditions"]

    @property
    def rulings(self) -> list[Compared]:
        return self.lists["rulings"]


def compare(before: Round | None, now: Round) -> Comparison:
    """What is carried over, new, changed and dropped since the round before; None where there was none."""
    # What is published leaves empty values out, so an empty one says the same as none.
    old, new = without_empties(before or {}), without_empties(now)
    return Comparison(
        is_first=before is None,
        outcome_before=old.get("outcome", ""),
        outcome=new.get("outcome", ""),
        own=_compared(_own(old), _own(new), tuple),
        lists={
            name: _compared(old.get(name, []), new.get(name, []), _identity(fields))
            for name, fields in IDENTITY.items()
        },
    )


def _own(row):
    return [{name: value} for name, value in row.items() if name not in IDENTITY.keys() | OF_NO_ACCOUNT]


def _identity(fields) -> Callable[[dict], Hashable]:
    return lambda row: tuple(str(row.get(name)) for name in fields)


def _compared(before, now, identity):
    """Everything in `now`, then what only `before` had."""
    old = _numbered(before, identity)
    rows = [_compare(old.pop(key, None), row) for key, row in _numbered(now, identity).items()]
    return [*rows, *(Compared(Novelty.DROPPED, row, None) for row in old.values())]


def _numbered(rows, identity):
    """Rows by their identity, and by their number among those that share it, so that none is lost."""
    alike = defaultdict(list)
    for row in rows:
        alike[identity(row)].append(row)
    return {(key, number): row for key, same in alike.items() for number, row in enumerate(same)}


def _compare(before, now):
    if before is None:
        return Compared(Novelty.NEW, None, now)
    same = _content(before) == _content(now)
    return Compared(Novelty.CARRIED_OVER if same else Novelty.CHANGED, before, now)


def _content(row):
    return {name: value for name, value in row.items() if name not in OF_NO_ACCOUNT}


def _flat(row):
    for name, value in row.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", each) for inner, each in value.items())
        else:
            yield name, value

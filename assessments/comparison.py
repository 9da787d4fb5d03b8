"""What one round says that the last one did not. Pure functions over `assessments.decision.round_facts`.

Conditions are told apart by their keys, which they keep from round to round; rulings by whom they are for.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.facts import without_empties

Round = dict[str, Any]


class Novelty(models.TextChoices):
    """What has become of something since the last round."""

    CARRIED_OVER = "carried_over", _("Carried over")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    DROPPED = "dropped", _("Dropped")


@dataclass(frozen=True)
class Compared:
    """A condition or ruling, as it was and as it is; `now` is None where it was dropped, `before` where it is new."""

    novelty: Novelty
    before: dict[str, Any] | None
    now: dict[str, Any] | None


@dataclass(frozen=True)
class Comparison:
    """A round beside the one before it. In a first round everything is new, which is hardly worth saying."""

    is_first: bool
    outcome_before: str
    outcome: str
    conditions: list[Compared]
    rulings: list[Compared]

    @property
    def outcome_changed(self) -> bool:
        return not self.is_first and self.outcome != self.outcome_before


def compare(before: Round | None, now: Round) -> Comparison:
    """What is carried over, new, changed and dropped since the round before; None where there was none."""
    earlier = before or {}
    return Comparison(
        is_first=before is None,
        outcome_before=earlier.get("outcome", ""),
        outcome=now.get("outcome", ""),
        conditions=_compared(earlier.get("conditions", []), now.get("conditions", []), _condition_key, {"number"}),
        rulings=_compared(earlier.get("rulings", []), now.get("rulings", []), _ruling_key, set()),
    )


def _condition_key(condition):
    return condition["key"]


def _ruling_key(ruling):
    grades = ruling.get("grades") or {}
    return ruling["audience"], ruling.get("edition"), grades.get("from"), grades.get("to")


def _compared(before, now, key, ignored):
    """Everything in `now`, in its order, then what only `before` had. `ignored` keys make no difference."""
    old = {key(row): row for row in before}
    rows = [_compare(old.pop(key(row), None), row, ignored) for row in now]
    return [*rows, *(Compared(Novelty.DROPPED, row, None) for row in old.values())]


def _compare(before, now, ignored):
    if before is None:
        return Compared(Novelty.NEW, None, now)
    same = _content(before, ignored) == _content(now, ignored)
    return Compared(Novelty.CARRIED_OVER if same else Novelty.CHANGED, before, now)


def _content(row, ignored):
    # What is published leaves empty values out, so an empty one says the same as none.
    return without_empties({name: value for name, value in row.items() if name not in ignored})

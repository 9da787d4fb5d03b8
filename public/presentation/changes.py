"""What one round changed from the one before it, in words, with what is gone and what is new word by word."""

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.comparison import Compared, Comparison, Novelty, compare
from public.labels import label
from public.presentation.rounds import rulings
from public.presentation.words import listed

Round = dict[str, Any]

# What stands beside the word: a sign, and the tone of a status.
SIGNS = {
    Novelty.NEW: ("+", "approved"),
    Novelty.CHANGED: ("~", "conditional"),
    Novelty.DROPPED: ("−", "refused"),
    Novelty.CARRIED_OVER: ("=", ""),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is as before (""), gone ("del") or new ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One condition, or what is said of one audience: what has become of it, and its text with the difference."""

    word: str
    sign: str
    tone: str
    name: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Changes:
    """The difference between two rounds. `kept` holds the conditions that are as before."""

    before: int
    outcome_before: str
    outcome: str
    summary: str
    rulings: list[Line]
    conditions: list[Line]
    kept: list[Line]


def previous(rounds: list[Round], number: int) -> Round | None:
    """The round before one, of rounds with the newest first."""
    return next((row for row in rounds if row["number"] < number), None)


def marks(rounds: list[Round], current: Round | None) -> dict[str, str]:
    """By a condition's key, that it is new or changed in the current round; nothing in a first round."""
    if current is None or (before := previous(rounds, current["number"])) is None:
        return {}
    words = {
        Novelty.NEW: _("New in assessment %(number)s") % current,
        Novelty.CHANGED: _("Changed in assessment %(number)s") % current,
    }
    compared = compare(before, current).conditions
    return {row.now["key"]: words[row.novelty] for row in compared if row.novelty in words}


def changes(before: Round | None, now: Round, facts: dict[str, Any]) -> Changes | None:
    """What a round changed; None for a first round."""
    if before is None:
        return None
    found = compare(before, now)
    conditions = [_condition(row) for row in found.conditions]
    kept = [line for line in conditions if line.sign == "="]
    return Changes(
        before=before["number"],
        outcome_before=found.outcome_before if found.outcome_changed else "",
        outcome=found.outcome,
        summary=summary(found),
        rulings=[_ruling(row, facts) for row in found.rulings if row.novelty != Novelty.CARRIED_OVER],
        conditions=[line for line in conditions if line.sign != "="],
        kept=kept,
    )


def summary(found: Comparison) -> str:
    """How many conditions are new, changed, dropped and as before."""
    counts = Counter(row.novelty for row in found.conditions)
    phrases = {
        Novelty.NEW: ngettext("%(count)d new", "%(count)d new", counts[Novelty.NEW]),
        Novelty.CHANGED: ngettext("%(count)d changed", "%(count)d changed", counts[Novelty.CHANGED]),
        Novelty.DROPPED: ngettext("%(count)d dropped", "%(count)d dropped", counts[Novelty.DROPPED]),
        Novelty.CARRIED_OVER: _("%(count)d as before"),
    }
    told = [phrase % {"count": counts[novelty]} for novelty, phrase in phrases.items() if counts[novelty]]
    return _("Conditions: %(counts)s.") % {"counts": listed(told)} if told else _("There are no conditions.")


def _condition(row: Compared) -> Line:
    name = str((row.now or row.before or {})["number"]) if row.now else ""
    return _line(row, name, (row.before or {}).get("text", ""), (row.now or {}).get("text", ""))


def _ruling(row: Compared, facts) -> Line:
    audience = label("audience", (row.now or row.before or {})["audience"])
    return _line(row, audience, _told(row.before, facts), _told(row.now, facts))


def _told(ruling, facts):
    if ruling is None:
        return ""
    line = rulings({"rulings": [ruling]}, facts)[0]
    told = [str(line.use), line.verdict, *map(str, line.scope), line.voluntary, str(line.offered)]
    return ". ".join(dict.fromkeys(text for text in told if text))


def _line(row, name, before, now):
    sign, tone = SIGNS[row.novelty]
    return Line(str(row.novelty.label), sign, tone, name, difference(before, now))


def difference(before: str, now: str) -> list[Piece]:
    """The two texts as one, word by word: what stayed, what is gone, what is new.

    Texts that have less than half in common stand whole, one after the other: their mixture says nothing.
    """
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", now)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.5:
        return [Piece(kind, text) for kind, text in (("del", before), ("ins", now)) if text]
    pieces = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("", "".join(new[c:d])))
            continue
        pieces += [Piece("del", "".join(old[a:b]).strip())] if b > a else []
        pieces += [Piece("ins", "".join(new[c:d]).strip())] if d > c else []
    return pieces

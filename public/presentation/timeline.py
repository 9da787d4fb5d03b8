"""The timeline of a service: all that the register has said of it, the newest first."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from public.labels import label
from public.models import RegisterEntry
from public.presentation.changes import Changes, changes, previous
from public.presentation.differences import DifferenceLine, differences
from public.presentation.words import NOTHING, Words, said
from public.references import References
from public.templatetags.public import tone

Kind = RegisterEntry.Kind
OURS = settings.LANGUAGE_CODE  # reasons are written in the school owner's language


@dataclass(frozen=True)
class Told:
    """An entry of the register beside what it says of its subject and what the entry before said; {} for nothing."""

    entry: RegisterEntry
    before: dict[str, Any]
    after: dict[str, Any]

    def new_rounds(self) -> list[dict[str, Any]]:
        """The rounds that it was the first to tell of, the oldest first; none where nobody can see what was before."""
        if "redacted" in self.before:
            return []
        known = {row["number"] for row in rounds_in(self.before)}
        return [row for row in reversed(rounds_in(self.after)) if row["number"] not in known]


@dataclass(frozen=True)
class Entry:
    """One thing that happened: a round (with its number), or another entry (with what it changed)."""

    day: str
    at: datetime.datetime
    title: str
    text: Words
    tone: str = ""
    number: int | None = None
    lines: list[DifferenceLine] = field(default_factory=list)
    entry: RegisterEntry | None = None
    is_page: bool = False

    @property
    def recorded_later(self) -> bool:
        """Whether it was entered on another day than the one from which it holds."""
        return self.entry is not None and timezone.localtime(self.entry.recorded_at).date().isoformat() != self.day


def rounds_in(dossier: dict[str, Any]) -> list[dict[str, Any]]:
    """The published rounds of a dossier, the newest first."""
    return dossier.get("decision", {}).get("rounds", [])


def paired(entries: Iterable[RegisterEntry], say) -> list[Told]:
    """Each entry of one subject, the newest first, with what `say` reads out of it and out of the one before it."""
    contents = [(entry, say(entry)) for entry in entries]
    befores = [content for _entry, content in contents[1:]] + [{}]
    return [Told(entry, before, after) for (entry, after), before in zip(contents, befores, strict=True)]


def rounds_told(dossier: dict[str, Any]) -> list[Entry]:
    """The published rounds, as the service's own page tells them."""
    return [_round(row, dossier["facts"]["language"]) for row in rounds_in(dossier)]


def timeline(told: list[Told], references: References) -> list[Entry]:
    """Every entry in words, the newest first by the day from which it holds."""
    seen: set[int] = set()  # what came back on the list has not been decided anew
    entries = []
    for one in reversed(told):
        rounds = [row for row in one.new_rounds() if row["number"] not in seen]
        seen |= {row["number"] for row in rounds}
        entries += _entries(one, rounds, references)
    return sorted(entries, key=lambda entry: (entry.day, entry.at, entry.number or 0), reverse=True)


def _entries(told, rounds, references):
    lang, lines = language(told), changed(told, references)
    yield from (_round(row, lang, told.entry, "facts" in told.after) for row in rounds)
    if lines or not rounds or not told.before:
        yield Entry(
            day=_day(told),
            at=told.entry.recorded_at,
            title=title(told),
            text=said(told.entry.reason, OURS),
            lines=lines,
            entry=told.entry,
            is_page="facts" in told.after,
        )


def changed(told: Told, references: References) -> list[DifferenceLine]:
    """What else than new rounds an entry changed."""
    after = without_rounds(told.after, [row["number"] for row in told.new_rounds()])
    return differences(told.entry.subject_kind, told.before, after, references, language(told))


def without_rounds(dossier: dict[str, Any], numbers: list[int]) -> dict[str, Any]:
    """A dossier without some of its rounds, which are told on their own."""
    if not numbers:
        return dossier
    kept = [row for row in rounds_in(dossier) if row["number"] not in numbers]
    return dossier | {"decision": dossier["decision"] | {"rounds": kept}}


def changes_of(told: Told) -> Changes | None:
    """What the newest round that an entry tells of changed from the round before it; None for a first round or none."""
    rounds = told.new_rounds()
    if not rounds:
        return None
    return changes(previous(rounds_in(told.after), rounds[-1]["number"]), rounds[-1], told.after["facts"])


def language(told: Told) -> str:
    """The language of the content."""
    return (told.after or told.before).get("facts", {}).get("language", OURS)


def title(told: Told) -> str:
    """What sort of entry it is, in words that fit what happened."""
    if told.entry.kind == Kind.LISTED or not told.before or not told.after:
        if not told.after:
            return _("Taken off the list")
        return _("Listed") if told.entry.first == told.entry.serial else _("Listed again")
    return label("entry", told.entry.kind)


def heading(told: Told) -> str:
    """What happened, in one line: the round that was published last, or what sort of entry it is."""
    rounds = told.new_rounds()
    return _round_title(rounds[-1]) if rounds and told.before else title(told)


def _day(told):
    """A service may have been on the list before the register began."""
    first = told.after.get("facts", {}).get("first_listed_on")
    is_first = told.entry.first == told.entry.serial
    return first if is_first and first else told.entry.effective_on.isoformat()


def _round(row, lang, entry=None, is_page=False):
    at = datetime.datetime.fromisoformat(row["published_at"])
    return Entry(
        day=row.get("decided_on") or timezone.localtime(at).date().isoformat(),
        at=at,
        title=_round_title(row),
        text=said(row.get("change_summary") or row.get("summary"), lang) or NOTHING,
        tone=tone(row["outcome"]),
        number=row["number"],
        entry=entry,
        is_page=is_page,
    )


def _round_title(row):
    words = {"number": row["number"], "outcome": label("status", row["outcome"]).lower()}
    kind = "" if row["kind"] == "ordinary" else f" ({label('round', row['kind']).lower()})"
    return _("Assessment %(number)s: %(outcome)s") % words + kind

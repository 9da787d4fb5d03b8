"""The page of one published round, as it was published, with what it changed from the one before."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.status import standing
from public.labels import label
from public.presentation import rounds
from public.presentation.changes import Changes, changes, previous
from public.presentation.service import Date, vendors
from public.presentation.storage import Company
from public.presentation.words import Words, gap, said
from public.references import References
from public.templatetags.public import tone


@dataclass(frozen=True)
class RoundPage:
    """All that the templates of the page show."""

    slug: str
    name: str
    lang: str
    number: int
    kind: str
    word: str
    tone: str
    summary: Words
    change_summary: Words
    position: str
    round: dict[str, Any]
    dates: list[Date]
    vendors: list[Company]
    rulings: list[rounds.RulingLine]
    conditions: list[rounds.ConditionGroup]
    considerations: list[rounds.ConsiderationGroup]
    owner_bases: list[rounds.BasisRow]
    grounds: rounds.Grounds
    changes: Changes | None


def round_page(dossier: dict[str, Any], number: int, references: References, on: datetime.date) -> RoundPage:
    """The page of the round with a number; the dossier must have it."""
    facts, all_rounds = dossier["facts"], dossier["decision"]["rounds"]
    row, lang = next(row for row in all_rounds if row["number"] == number), facts["language"]
    before = previous(all_rounds, number)
    return RoundPage(
        slug=facts["slug"],
        name=facts["name"],
        lang=lang,
        number=number,
        kind="" if row["kind"] == "ordinary" else label("round", row["kind"]),
        word=label("status", row["outcome"]),
        tone=tone(row["outcome"]),
        summary=said(row.get("summary"), lang),
        change_summary=said(row.get("change_summary"), lang),
        position=position(dossier, number, on),
        round=row,
        dates=dates(row),
        vendors=vendors(facts, references),
        rulings=rounds.rulings(row, facts),
        conditions=rounds.conditions(row, lang),
        considerations=rounds.considerations(row, lang),
        owner_bases=rounds.owner_bases(row, lang),
        grounds=rounds.grounds(row, lang, references),
        changes=changes(before, row, facts),
    )


def position(dossier: dict[str, Any], number: int, on: datetime.date) -> str:
    """Whether this round is the one that applies on a day."""
    current, all_rounds = standing(dossier, on).round, dossier["decision"]["rounds"]
    row = next(row for row in all_rounds if row["number"] == number)
    other = rounds.overtaken_by(row, all_rounds)
    if other and row["in_force_from"] > on.isoformat():
        return _("This assessment never takes effect. Assessment %(number)s comes before it.") % other
    if current is None or number > current["number"]:
        return _("This assessment has not taken effect yet.")
    if number < current["number"]:
        return _("This assessment no longer applies. Assessment %(number)s has replaced it.") % current
    return _("This is the assessment that applies.")


def dates(row: dict[str, Any]) -> list[Date]:
    """All days that a round names."""
    found = [
        Date(_("Decided on"), row.get("decided_on", ""), gap(_("Date not stated"))),
        Date(_("In force from"), row["in_force_from"] if row.get("decided_on") else ""),
        Date(_("Next assessment"), row.get("review_by", ""), gap(_("Not planned"))),
        Date(_("Valid until"), row.get("valid_until", "")),
        Date(_("Stop using it by"), row.get("stop_using_by", "")),
        Date(_("Published"), row["published_at"]),
    ]
    return [date for date in found if date.day or date.words]

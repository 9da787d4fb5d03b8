"""What an approver signs: everything that a round says, in words, beside what the last one said.

It is made from `round_facts`, field by field, so whatever is published is on the page without being named here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.comparison import Compared, Comparison, Novelty, compare
from assessments.decision import round_facts
from assessments.models import Assessment
from policies.models import Policy
from registry.facts import iso
from registry.models import CodeListField, Edition, Platform

# Public keys that are named otherwise than the field they come from.
FIELDS = {"number": "position", "grades.from": "grade_from", "grades.to": "grade_to"}


@dataclass(frozen=True)
class Line:
    """What one field says; `before` only where it said something else."""

    label: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class Row:
    """One thing that is signed: a field of the round, a condition, a ruling …"""

    novelty: str
    same: bool
    lines: list[Line]


@dataclass(frozen=True)
class Section:
    """Rows of one kind under a heading."""

    heading: str
    rows: list[Row]


def compared(row: Assessment, last: Assessment | None) -> Comparison:
    """The round as it will stand if it is published today, beside the last one."""
    now, today = round_facts(row), iso(timezone.localdate())
    # An imported round was decided elsewhere, on a day that may not be stated.
    begins = ("in_force_from",) if row.kind == Assessment.Kind.IMPORTED else ("decided_on", "in_force_from")
    days = {name: now[name] or today for name in begins}
    return compare(round_facts(last) if last else None, now | days)


def sections(comparison: Comparison, service) -> list[Section]:
    """All that is signed. Editions, platforms and documents stand with their names instead of their keys."""
    names = {
        Edition: {row.slug: row for row in service.editions.all()},
        Platform: {row.code: row for row in Platform.objects.all()},
        Policy: {row.slug: row for row in Policy.objects.filter(versions__assessments__service=service)},
    }
    found = [Section(_("The round"), [_row(Assessment, each, names) for each in comparison.own])]
    for key, rows in comparison.lists.items():
        model = Assessment._meta.get_field(key).related_model
        found.append(Section(capfirst(model._meta.verbose_name_plural), [_row(model, each, names) for each in rows]))
    return found


def _row(model, compared: Compared, names):
    lines = [_line(field, *said, compared, names) for field, *said in _fields(model, compared)]
    return Row(str(compared.novelty.label), compared.novelty == Novelty.CARRIED_OVER, lines)


def _fields(model, compared) -> Iterator[tuple[models.Field, Any, Any]]:
    """Each field that is for readers, with what it said before and says now."""
    said = {model._meta.get_field(FIELDS.get(name, name)): values for name, *values in compared.fields()}
    for field in model._meta.fields:
        if isinstance(field, CodeListField):
            said.setdefault(field, (None, None))  # nobody ticked means everybody, which is signed as well
    for field, values in said.items():
        if not isinstance(field, models.UUIDField):
            yield field, *values


def _line(field, before, now, compared, names):
    differs = compared.before is not None and (compared.now is None or before != now)
    return Line(
        label=capfirst(field.verbose_name),
        now="" if compared.now is None else _words(field, now, names),
        before=_words(field, before, names) if differs else "",
    )


def _words(field, value, names) -> str:
    if isinstance(field, CodeListField):
        return ", ".join(str(field.codes(code).label) for code in value or ()) or _("Everybody")
    if value is None:
        return "–"
    if isinstance(value, list):
        return "\n".join(value)
    if field.is_relation:
        return str(names.get(field.related_model, {}).get(value, value))
    return str(dict(field.flatchoices).get(value) or localize(field.to_python(value)))

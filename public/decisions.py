"""The latest decisions, for the front page."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _

from assessments.models import Assessment
from public.dossier import public_services
from public.labels import label
from public.presentation.words import Words, said
from registry.models import Service


@dataclass(frozen=True)
class Decision:
    """A published round as news: what was decided, and what applied before."""

    service: Service
    on: datetime.date | None
    outcome: str
    hint: str
    words: Words


def latest(today: datetime.date, most: int = 5) -> list[Decision]:
    """The published rounds of listed services that were decided last; those whose date nobody stated come after them.

    One that a newer round had overtaken when its day came has never applied, and is no news.
    """
    others = Assessment.objects.published().filter(
        service=OuterRef("service"), in_force_from__lte=OuterRef("in_force_from")
    )
    earlier = others.filter(number__lt=OuterRef("number"))
    rounds = (
        Assessment.objects.in_force(today)
        .filter(~Exists(others.filter(number__gt=OuterRef("number"))), service__in=public_services())
        .annotate(before=Subquery(earlier.order_by("-number").values("outcome")[:1]))
        .select_related("service")
        .defer("facts", "internal_notes")
        .order_by(F("decided_on").desc(nulls_last=True), F("published_at").desc(), "service__sort_key")
    )
    return [_decision(row) for row in rounds[:most]]


def _decision(row):
    language = row.service.content_language
    words = said(row.change_summary or row.summary or row.service.summary, language)
    return Decision(row.service, row.decided_on, row.outcome, _hint(row), words)


def _hint(row):
    """What applied before, "" where this is the first decision."""
    if not row.before:
        return ""
    if row.before == row.outcome:
        return _("As before")
    return _("Before: %(status)s") % {"status": label("status", row.before).lower()}

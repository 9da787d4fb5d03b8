"""Status is worked out for a day, never stored. One function for a dossier, and its twin in SQL for lists."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import BooleanField, Case, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, Outcome


class Status(models.TextChoices):
    """What a reader is told: an outcome in force, or that there is none."""

    APPROVED = Outcome.APPROVED.value, Outcome.APPROVED.label
    CONDITIONAL = Outcome.CONDITIONAL.value, Outcome.CONDITIONAL.label
    PILOT = Outcome.PILOT.value, Outcome.PILOT.label
    UNDER_ASSESSMENT = "under_assessment", _("Under assessment")
    NOT_APPROVED = Outcome.NOT_APPROVED.value, Outcome.NOT_APPROVED.label
    WITHDRAWN = Outcome.WITHDRAWN.value, Outcome.WITHDRAWN.label
    EXPIRED = "expired", _("Expired")
    NOT_ASSESSED = "not_assessed", _("Not assessed")


# The statuses with which a service may be used, by whom and how its rulings say.
USABLE = (Status.APPROVED, Status.CONDITIONAL, Status.PILOT)


@dataclass(frozen=True)
class Standing:
    """What applies on a day: the status, the round that is in force (None without one), and whether it is overdue."""

    status: Status
    round: dict[str, Any] | None
    is_overdue: bool


def standing(dossier: dict[str, Any], on: datetime.date | None = None) -> Standing:
    """What applies to a service on a day, today when omitted, from {"facts": …, "decision": …} as published.

    A round is in force from its day until a newer one takes effect. An approval whose last day has passed is
    expired; one whose review date has passed stands, and is overdue.
    """
    day = (on or timezone.localdate()).isoformat()
    rounds = dossier.get("decision", {}).get("rounds", [])
    current = max((row for row in rounds if row["in_force_from"] <= day), key=lambda row: row["number"], default=None)
    if current is None:
        since = dossier.get("facts", {}).get("under_assessment_since")
        return Standing(Status.UNDER_ASSESSMENT if since and since <= day else Status.NOT_ASSESSED, None, False)
    if current.get("valid_until", day) < day:
        return Standing(Status.EXPIRED, current, False)
    return Standing(Status(current["outcome"]), current, current.get("review_by", day) < day)


def with_status(services: QuerySet, on: datetime.date | None = None) -> QuerySet:
    """Annotate services with what `standing` says: status, is_overdue, and the dates of the round in force."""
    on = on or timezone.localdate()
    in_force = Assessment.objects.in_force(on).filter(service=OuterRef("pk")).values
    return services.annotate(
        outcome=Subquery(in_force("outcome")[:1]),
        decided_on=Subquery(in_force("decided_on")[:1]),
        in_force_from=Subquery(in_force("in_force_from")[:1]),
        review_by=Subquery(in_force("review_by")[:1]),
        valid_until=Subquery(in_force("valid_until")[:1]),
        round_in_force=Subquery(in_force("pk")[:1]),
    ).annotate(
        status=Case(
            When(outcome=None, under_assessment_since__lte=on, then=Value(Status.UNDER_ASSESSMENT.value)),
            When(outcome=None, then=Value(Status.NOT_ASSESSED.value)),
            When(valid_until__lt=on, then=Value(Status.EXPIRED.value)),
            default=F("outcome"),
            output_field=models.CharField(),
        ),
        is_overdue=ExpressionWrapper(
            Q(review_by__isnull=False, review_by__lt=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on)),
            output_field=BooleanField(),
        ),
    )

"""One round of assessment: a decision on a service, never changed once it is published."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import m2m_changed, pre_delete
from django.utils.translation import gettext_lazy as _

from assessments.models.agreement import ImpactAssessment
from policies.models import PolicyVersion
from registry.models import Service, Tracked, TrackedQuerySet

FROZEN = _("A published round is never changed. Start a new round, or a correction.")


class Outcome(models.TextChoices):
    """What a round concludes. Status adds what a day brings: see `assessments.status`."""

    APPROVED = "approved", _("Approved")
    CONDITIONAL = "conditional", _("Approved with conditions")
    PILOT = "pilot", _("Pilot")
    NOT_APPROVED = "not_approved", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AssessmentQuerySet(TrackedQuerySet):
    def published(self):
        """Rounds that the public has been told of."""
        return self.filter(state=Assessment.State.PUBLISHED)

    def open(self):
        """Rounds that somebody is working on, or that wait for approval."""
        return self.exclude(state=Assessment.State.PUBLISHED)

    def in_force(self, on):
        """Published rounds that had taken effect on a day, newest first; the first of a service's is its decision."""
        return self.published().filter(in_force_from__lte=on).order_by("-number")

    def delete(self):
        if self.published().exists():
            raise ValidationError(FROZEN)
        return super().delete()

    delete.queryset_only = True


class Assessment(Tracked):
    """One round: what the school owner decided about a service, why, and on what it rested."""

    class Kind(models.TextChoices):
        """An imported round was carried over from an earlier publication and needs no second pair of eyes."""

        ORDINARY = "ordinary", _("Ordinary")
        CORRECTION = "correction", _("Correction")
        IMPORTED = "imported", _("Imported")

    class State(models.TextChoices):
        """Its life: draft → submitted → published, or returned to draft."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        PUBLISHED = "published", _("Published")

    _history_m2m_fields = ("impact_assessments", "policy_versions")

    service = models.ForeignKey(Service, models.PROTECT, related_name="assessments", verbose_name=_("service"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ORDINARY, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    summary = models.CharField(
        _("the answer in a sentence or two"),
        max_length=300,
        blank=True,
        help_text=_("Public. Stands right under the status: what may be done, and the most important condition."),
    )
    reasons = models.TextField(_("reasons"), blank=True, help_text=_("Public. Why this was decided, in plain words."))
    decided_on = models.DateField(
        _("decided on"), null=True, blank=True, help_text=_("Empty for an imported round whose date is not stated.")
    )
    in_force_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Empty: from the day it is published.")
    )
    review_by = models.DateField(_("next assessment by"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("Only for approvals and pilots: the last day it holds.")
    )
    stop_using_by = models.DateField(
        _("stop using by"), null=True, blank=True, help_text=_("Only for refusals and withdrawals.")
    )
    wind_down = models.TextField(
        _("how to stop using it"),
        blank=True,
        help_text=_("Public. One step a line; only for refusals and withdrawals."),
    )
    pilot_schools = models.CharField(
        _("schools in the pilot"), max_length=300, blank=True, help_text=_("Public. Only for a pilot.")
    )
    impact_assessments = models.ManyToManyField(
        ImpactAssessment, blank=True, related_name="assessments", verbose_name=_("rests on impact assessments")
    )
    policy_versions = models.ManyToManyField(
        PolicyVersion, blank=True, related_name="assessments", verbose_name=_("rests on versions of documents")
    )
    case_number = models.CharField(_("case number"), max_length=40, blank=True, help_text=_("Public."))
    carried_over_from = models.URLField(
        _("carried over from"),
        max_length=500,
        blank=True,
        help_text=_("Public. The page an imported round comes from."),
    )
    change_summary = models.CharField(
        _("what is new"),
        max_length=300,
        blank=True,
        help_text=_("Public. What has changed since the last round, for history and news."),
    )
    internal_notes = models.TextField(_("internal notes"), blank=True, help_text=_("Never public."))
    return_comment = models.TextField(_("comment on return"), blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approver"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    facts = models.JSONField(
        _("facts it rested on"),
        default=dict,
        editable=False,
        help_text=_("registry.facts() of the service on the day of publication."),
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of assessment")
        verbose_name_plural = _("rounds of assessment")
        ordering = ["service", "-number"]
        permissions = [
            ("publish_assessment", "Can publish a submitted round"),
            ("start_assessment", "Can start a round"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="assessment_number_unique_per_service"),
            models.UniqueConstraint(
                fields=["service"],
                condition=~Q(state="published"),
                name="assessment_one_open_round_per_service",
                violation_error_message=_("A round is already open for this service."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_at__isnull=False, in_force_from__isnull=False) & ~Q(outcome="")),
                name="assessment_published_has_outcome_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(kind="imported")
                | Q(decided_on__isnull=False, approver__isnull=False, submitted_by__isnull=False),
                name="assessment_published_is_decided_and_signed",
            ),
            models.CheckConstraint(
                condition=Q(kind="imported") | Q(approver__isnull=True) | ~Q(approver=F("submitted_by")),
                name="assessment_approver_did_not_submit",
                violation_error_message=_("Somebody else than the one who submitted must approve."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="imported") | ~Q(carried_over_from=""),
                name="assessment_imported_says_from_where",
                violation_error_message=_("Say which page the round was carried over from."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(outcome__in=["", "approved", "conditional", "pilot"]),
                name="assessment_only_approvals_expire",
                violation_error_message=_("Only approvals and pilots have a last day."),
            ),
            models.CheckConstraint(
                condition=Q(stop_using_by__isnull=True) | Q(outcome__in=["", "not_approved", "withdrawn"]),
                name="assessment_only_refusals_have_a_stop",
                violation_error_message=_("Only refusals and withdrawals have a day to stop by."),
            ),
            models.CheckConstraint(
                condition=Q(wind_down="") | Q(outcome__in=["", "not_approved", "withdrawn"]),
                name="assessment_only_refusals_wind_down",
                violation_error_message=_("Only refusals and withdrawals say how to stop using it."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(valid_until__gte=F("in_force_from")),
                name="assessment_ends_after_it_takes_effect",
                violation_error_message=_("It cannot end before it takes effect."),
            ),
            models.CheckConstraint(
                condition=Q(pilot_schools="") | Q(outcome__in=["", "pilot"]),
                name="assessment_only_pilots_have_schools",
                violation_error_message=_("Only a pilot has schools of its own."),
            ),
            models.CheckConstraint(
                condition=Q(review_by__isnull=True) | Q(decided_on__isnull=True) | Q(review_by__gte=F("decided_on")),
                name="assessment_review_is_after_decision",
                violation_error_message=_("The next assessment cannot be before the decision."),
            ),
        ]

    def __str__(self):
        return _("%(service)s, round %(number)s") % {
            "service": self.service.name if self.service_id else "",
            "number": self.number,
        }

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    def assert_open(self):
        """Raise ValidationError if the stored round is published, whatever this copy of it says."""
        refuse_published([self.pk] if self.pk else [])

    def save(self, *args, **kwargs):
        self.assert_open()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.assert_open()
        return super().delete(*args, **kwargs)


def refuse_published(rounds) -> None:
    """Raise ValidationError if one of these rounds, by key, is published.

    The rows stay locked until the transaction ends, so that none is published between this look and the write after
    it; outside a transaction PostgreSQL refuses, and so does the door for changes.
    """
    states = Assessment.objects.select_for_update(no_key=True).filter(pk__in=rounds).values_list("state", flat=True)
    if Assessment.State.PUBLISHED in list(states):
        raise ValidationError(FROZEN)


def _freeze_what_it_rests_on(instance, action, reverse, pk_set, **kwargs):
    """Many-to-many rows pass save() by, so what a published round rests on is guarded here."""
    if not action.startswith("pre_"):
        return
    if reverse:
        refuse_published(instance.assessments.values("pk") if action == "pre_clear" else pk_set)
    else:
        refuse_published([instance.pk])


def _keep_what_rounds_rest_on(instance, **kwargs):
    """Deleting what a round rests on would take it out of the round without asking it."""
    refuse_published(instance.assessments.values("pk"))


for _model, _field in ((ImpactAssessment, Assessment.impact_assessments), (PolicyVersion, Assessment.policy_versions)):
    m2m_changed.connect(_freeze_what_it_rests_on, sender=_field.through, dispatch_uid=f"frozen {_model}")
    pre_delete.connect(_keep_what_rounds_rest_on, sender=_model, dispatch_uid=f"frozen {_model}")

"""The parts of a round. They are frozen with it."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assessments.models.round import FROZEN, Assessment, refuse_published
from registry.models import Audience, Claim, CodeListField, Edition, LegalGround, Sourced, Tracked, TrackedQuerySet


class RoundPartQuerySet(TrackedQuerySet):
    def delete(self):
        if self.filter(assessment__state=Assessment.State.PUBLISHED).exists():
            raise ValidationError(FROZEN)
        return super().delete()

    delete.queryset_only = True


class RoundPart(Tracked):
    """A row that belongs to one round, and can only be written while the round is open."""

    position = models.PositiveSmallIntegerField(_("number"), default=0)

    objects = RoundPartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["assessment", "position", "id"]

    def save(self, *args, **kwargs):
        self.assert_open()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.assert_open()
        return super().delete(*args, **kwargs)

    def assert_open(self):
        """Raise ValidationError if the round is published: the one it belongs to, or the one it belonged to."""
        refuse_published({self.assessment_id, *self.stored("assessment_id").values()})


class Ruling(RoundPart):
    """What a round says for one audience, and where it matters for one edition and some grades."""

    class Verdict(models.TextChoices):
        """May they use it?"""

        ALLOWED = "allowed", _("May use it")
        WITH_CONDITIONS = "with_conditions", _("May use it when the conditions are kept")
        NOT_ALLOWED = "not_allowed", _("Must not use it")

    class Voluntary(models.TextChoices):
        """Whether anybody can be told to use it."""

        YES = Claim.YES.value, _("Voluntary")
        NO = Claim.NO.value, _("Can be required")
        NOT_STATED = Claim.NOT_STATED.value, _("Not stated")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="rulings", verbose_name=_("round"))
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="rulings", verbose_name=_("edition")
    )
    grade_from = models.PositiveSmallIntegerField(
        _("from grade"), null=True, blank=True, validators=[MaxValueValidator(13)]
    )
    grade_to = models.PositiveSmallIntegerField(
        _("to grade"), null=True, blank=True, validators=[MaxValueValidator(13)]
    )
    verdict = models.CharField(_("ruling"), max_length=15, choices=Verdict)
    use = models.CharField(
        _("how it is used"),
        max_length=200,
        blank=True,
        help_text=_("Public. A short sentence, such as: answers with a code."),
    )
    voluntary = models.CharField(_("voluntary"), max_length=10, choices=Voluntary, default=Voluntary.NOT_STATED)
    offered_instead = models.CharField(_("what is offered instead"), max_length=200, blank=True, help_text=_("Public."))

    class Meta(RoundPart.Meta):
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [
            models.UniqueConstraint(
                "assessment",
                "audience",
                Coalesce("edition", Value(0)),
                Coalesce("grade_from", Value(0)),
                name="ruling_unique_per_audience",
                violation_error_message=_("There is a ruling for these already."),
            ),
            models.CheckConstraint(
                condition=Q(grade_from__isnull=True, grade_to__isnull=True)
                | Q(grade_from__isnull=False, grade_to__isnull=False, grade_from__lte=F("grade_to")),
                name="ruling_grades_are_a_span",
                violation_error_message=_("Give both the first and the last grade, the lower first."),
            ),
        ]

    def __str__(self):
        return f"{self.get_audience_display()}: {self.get_verdict_display()}"


class Condition(RoundPart):
    """A numbered condition of use. Its key stays the same from round to round, so that changes can be told."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="conditions", verbose_name=_("round"))
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    text = models.TextField(_("condition"), help_text=_("Public."))
    audiences = CodeListField(_("for whom"), codes=Audience, help_text=_("Nobody ticked means everybody."))
    is_rechecked = models.BooleanField(
        _("re-checked"), default=False, help_text=_("Tick when you have made sure that it still fits.")
    )

    class Meta(RoundPart.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "key"], name="condition_key_unique_per_round"),
        ]

    def __str__(self):
        return self.text


class Consideration(Sourced, RoundPart):
    """One reason that was weighed, and which way it pulls."""

    class Kind(models.TextChoices):
        """What sort of reason it is."""

        RISK = "risk", _("Risk")
        MITIGATION = "mitigation", _("Mitigation")
        EXPERIENCE = "experience", _("Users' experience")
        VIEWS = "views", _("Views of pupils and parents")
        DPO_ADVICE = "dpo_advice", _("Advice of the data protection officer")

    class Direction(models.TextChoices):
        """Which way it pulls."""

        FOR = "for", _("Speaks for")
        AGAINST = "against", _("Speaks against")
        UNCERTAIN = "uncertain", _("Uncertain")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="considerations", verbose_name=_("round"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    direction = models.CharField(_("direction"), max_length=9, choices=Direction)
    text = models.TextField(_("consideration"), help_text=_("Public."))

    class Meta(RoundPart.Meta):
        verbose_name = _("consideration")
        verbose_name_plural = _("considerations")

    def __str__(self):
        return self.text


class OwnerBasis(RoundPart):
    """The school owner's own legal basis for one purpose (GDPR art. 6 and 9, and national law)."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="owner_bases", verbose_name=_("round"))
    audiences = CodeListField(_("for whom"), codes=Audience, help_text=_("Nobody ticked means everybody."))
    purpose = models.CharField(_("purpose"), max_length=200, help_text=_("Public."))
    ground = models.CharField(_("ground"), max_length=10, choices=LegalGround)
    law = models.CharField(_("national law"), max_length=200, blank=True, help_text=_("Public."))

    class Meta(RoundPart.Meta):
        verbose_name = _("school owner's legal basis")
        verbose_name_plural = _("school owner's legal bases")

    def __str__(self):
        return self.purpose

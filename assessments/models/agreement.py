"""What stands above a single round: agreements with vendors, and impact assessments."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Platform, Service, Tracked, Vendor


class Agreement(Tracked):
    """An agreement between the school owner and a vendor for some services, or the finding that there is none."""

    class Kind(models.TextChoices):
        """What is agreed on."""

        DPA = "dpa", _("Data processing agreement")
        LICENCE = "licence", _("Licence")

    class State(models.TextChoices):
        """How far it has come. *SCC only*: the vendor offers the EU's standard clauses and no agreement of its own."""

        ESTABLISHED = "established", _("Established")
        NOT_NEEDED = "not_needed", _("Not needed")
        NOT_ESTABLISHED = "not_established", _("Not established")
        SCC_ONLY = "scc_only", _("Standard contractual clauses only")
        UNDER_WAY = "under_way", _("Under way")

    _history_m2m_fields = ("services",)

    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.DPA)
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="agreements", verbose_name=_("vendor"))
    services = models.ManyToManyField(Service, related_name="agreements", verbose_name=_("services"))
    state = models.CharField(_("state"), max_length=15, choices=State)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        _("notice of new subprocessors"), null=True, blank=True, help_text=_("Days.")
    )
    archive_reference = models.CharField(_("archive reference"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["vendor__sort_key", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(state="established"),
                name="agreement_signed_is_established",
                violation_error_message=_("Only an established agreement has been signed."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(expires_on__gte=models.F("signed_on")),
                name="agreement_expires_after_it_is_signed",
                violation_error_message=_("It cannot expire before it is signed."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_state_display()}"


class ImpactAssessment(Tracked):
    """A data protection impact assessment (GDPR art. 35) above the single service: overall, or for a platform.

    Once a published round rests on it, it stands; what is new is a new one.
    """

    FROZEN = ("slug",)

    title = models.CharField(_("title"), max_length=200, help_text=_("Public."))
    slug = models.SlugField(_("code"), max_length=80, unique=True)
    platform = models.ForeignKey(
        Platform,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="impact_assessments",
        verbose_name=_("platform"),
        help_text=_("Empty: overall, for all digital learning resources."),
    )
    dated = models.DateField(_("date"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    archive_reference = models.CharField(_("archive reference"), max_length=60, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("impact assessment")
        verbose_name_plural = _("impact assessments")
        ordering = ["-dated", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("dated")),
                name="impact_assessment_ends_after_it_begins",
                violation_error_message=_("It cannot end before its date."),
            )
        ]

    def __str__(self):
        return self.title

    def refuse_frozen(self):
        super().refuse_frozen()
        if self.pk and self.assessments.published().exists():
            raise ValidationError(_("A published round rests on it as it is. Enter a new one instead."))

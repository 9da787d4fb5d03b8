"""A document that a vendor publishes, and its text as it stood on a day."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.models import Service, Tracked, TrackedQuerySet, Vendor


class Policy(Tracked):
    """A document that a vendor publishes for one or more services, such as a privacy statement."""

    class Kind(models.TextChoices):
        """What sort of document it is."""

        PRIVACY = "privacy", _("Privacy statement")
        COOKIES = "cookies", _("Cookie statement")
        TERMS = "terms", _("Terms of use")
        DPA = "dpa", _("Data processing agreement")
        SUBPROCESSORS = "subprocessors", _("List of subprocessors")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        CHILDREN = "children", _("Privacy statement for children")

    FROZEN = ("slug",)
    _history_m2m_fields = ("services",)

    title = models.CharField(_("title"), max_length=200, help_text=_("Such as “Privacy statement for TV 2 Skole”."))
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="policies", verbose_name=_("vendor"))
    services = models.ManyToManyField(Service, blank=True, related_name="policies", verbose_name=_("services"))
    url = models.URLField(
        _("where it is published"), max_length=500, blank=True, help_text=_("Leave empty if the address is not known.")
    )
    language = models.CharField(_("language"), max_length=5, blank=True, help_text=_("Code such as nb, en or en-GB."))
    is_watched = models.BooleanField(_("watched"), default=False, help_text=_("Look for new versions."))
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("vendor's document")
        verbose_name_plural = _("vendors' documents")
        ordering = ["slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("policy-detail", args=[self.slug])


class PolicyVersionQuerySet(TrackedQuerySet):
    def newest_first(self):
        """Versions by the day they were captured, the latest first."""
        return self.order_by("-captured_on", "-id")


class PolicyVersion(Tracked):
    """The document as it stood when it was captured. The text is never edited; a new text is a new version."""

    class Obtained(models.TextChoices):
        """How we came by the text."""

        READ = "read", _("Read on the vendor's page")
        FETCHED = "fetched", _("Fetched by the registry")
        SENT = "sent", _("Sent by the vendor")
        GIVEN = "given", _("The text was given to us without its address")

    FROZEN = ("policy_id", "captured_on", "text")

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions", verbose_name=_("document"))
    captured_on = models.DateField(_("captured on"))
    revised_on = models.DateField(
        _("vendor's own revision date"), null=True, blank=True, help_text=_("Leave empty if it is not stated.")
    )
    controller = models.CharField(
        _("controller"), max_length=200, blank=True, help_text=_("As named in the document (GDPR art. 13(1)(a)).")
    )
    represented_by = models.CharField(_("represented by"), max_length=200, blank=True)
    covers = models.TextField(_("what and whom it covers"), blank=True, help_text=_("Public."))
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "The cleaned text. Leave empty where it may not be kept; then only what was read from it is shown."
        ),
    )
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True, editable=False)
    obtained = models.CharField(_("how obtained"), max_length=8, choices=Obtained, default=Obtained.READ)
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("Public."))

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["policy", "-captured_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "captured_on"],
                name="policy_version_one_a_day",
                violation_error_message=_("There is a version of that day already."),
            )
        ]

    def __str__(self):
        return f"{self.policy_id and self.policy.title}, {self.captured_on}"

    def refuse_frozen(self):
        try:
            super().refuse_frozen()
        except ValidationError as error:
            message = _("The captured text stands as it was. Enter a new version instead.")
            raise ValidationError(message) from error

    def save(self, *args, **kwargs):
        self.sha256 = hashlib.sha256(self.text.encode()).hexdigest() if self.text else ""
        super().save(*args, **kwargs)

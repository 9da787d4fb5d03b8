"""Who is who: the school owner that publishes, and the companies behind the services."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.folding import fold, sort_key
from registry.models.base import Tracked, TrackedQuerySet
from registry.models.reference import StorageRegion

ORGANISATION_NUMBER = RegexValidator(r"^\d{9}$", _("A Norwegian organisation number has nine digits."))


class SchoolOwner(Tracked):
    """Who publishes this registry: a municipality or county. There is one row."""

    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=120, blank=True, help_text=_("The office that answers."))
    org_number = models.CharField(_("organisation number"), max_length=9, blank=True, validators=[ORGANISATION_NUMBER])
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    dpo_name = models.CharField(
        _("data protection officer"), max_length=120, blank=True, help_text=_("The office, not a person.")
    )
    dpo_email = models.EmailField(_("the data protection officer's e-mail"), blank=True)
    privacy_statement = models.URLField(
        _("privacy statement"), blank=True, help_text=_("The overall statement of the school owner.")
    )
    accessibility_statement = models.URLField(_("accessibility statement"), blank=True)
    only_one = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        verbose_name = _("school owner")
        verbose_name_plural = _("school owner")
        constraints = [
            models.CheckConstraint(
                condition=Q(only_one=True),
                name="school_owner_only_one",
                violation_error_message=_("There is one school owner; change that row."),
            )
        ]

    def __str__(self):
        return self.name


class VendorQuerySet(TrackedQuerySet):
    def with_names(self):
        """Vendors with what their one-line names need, in no further query."""
        return self.select_related("country", "parent")


class Vendor(Tracked):
    """A company that offers services, processes data for others, or both."""

    FROZEN = ("slug",)

    class FrameworkListing(models.TextChoices):
        """Whether the company is on the EU-US Data Privacy Framework list, by the list itself."""

        LISTED = "listed", _("On the list")
        NOT_LISTED = "not_listed", _("Not on the list")
        NOT_CHECKED = "not_checked", _("Not checked")
        NOT_APPLICABLE = "not_applicable", _("Does not apply")

    name = models.CharField(_("name"), max_length=200, help_text=_("As people know it."))
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    country = models.ForeignKey(
        StorageRegion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        limit_choices_to={"kind": StorageRegion.Kind.COUNTRY},
    )
    org_number = models.CharField(
        _("organisation number"), max_length=40, blank=True, help_text=_("In the country's own form.")
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    privacy_contact = models.CharField(
        _("privacy contact"), max_length=300, blank=True, help_text=_("Public. An address that the vendor publishes.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsidiaries", verbose_name=_("owned by")
    )
    framework_listing = models.CharField(
        _("EU-US Data Privacy Framework"),
        max_length=14,
        choices=FrameworkListing,
        default=FrameworkListing.NOT_CHECKED,
    )
    framework_checked_on = models.DateField(_("list checked on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Public."))
    is_fictitious = models.BooleanField(
        _("fictitious"), default=False, help_text=_("Made for demonstration; the page says so.")
    )
    sort_key = models.CharField(max_length=800, editable=False, db_index=True)
    folded = models.TextField(editable=False)

    objects = VendorQuerySet.as_manager()

    class Meta:
        verbose_name = _("vendor")
        verbose_name_plural = _("vendors")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(framework_listing__in=["not_checked", "not_applicable"])
                | Q(framework_checked_on__isnull=False),
                name="vendor_framework_listing_is_dated",
                violation_error_message=_("Say on which day the list was checked."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="vendor_does_not_own_itself",
                violation_error_message=_("A company cannot own itself."),
            ),
            models.UniqueConstraint(
                Lower("name"),
                name="vendor_name_unique",
                violation_error_message=_("A vendor of this name is already listed."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        """Work out what follows from the names: the key to sort by and the text to search in."""
        self.sort_key = sort_key(self.name)
        self.folded = fold(f"{self.name} {self.legal_name}")

    def get_absolute_url(self):
        return reverse("vendor-detail", args=[self.slug])

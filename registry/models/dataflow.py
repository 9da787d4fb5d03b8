"""What data a service uses, where it lies, and who else gets to see it."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registry.models.base import Sourced
from registry.models.parties import Vendor
from registry.models.reference import DataCategory, StorageRegion, TransferBasis
from registry.models.service import Edition, LoginMethod, Part, Service
from registry.models.vocabulary import Audience, CodeListField, Retained


class DataUse(Retained, Sourced, Part):
    """One kind of personal data that a service uses: whose, by which way in, what for, and how long it is kept."""

    SIBLINGS = ("login", "edition")

    class Optional(models.TextChoices):
        """Whether the user can do without giving it."""

        REQUIRED = "required", _("Required")
        OPTIONAL = "optional", _("Voluntary")
        NOT_STATED = "not_stated", _("Not stated")

    service = models.ForeignKey(Service, models.CASCADE, related_name="data_uses", verbose_name=_("service"))
    category = models.ForeignKey(
        DataCategory, models.PROTECT, related_name="data_uses", verbose_name=_("data category")
    )
    detail = models.CharField(
        _("more exactly"), max_length=200, blank=True, help_text=_("Public. Where the category is wider than the fact.")
    )
    subjects = CodeListField(_("whose"), codes=Audience, help_text=_("Nobody ticked and no words: not stated whose."))
    subject_words = models.CharField(
        _("whose, in words"),
        max_length=120,
        blank=True,
        help_text=_("Public. Where it is somebody else, such as a private person who orders."),
    )
    login = models.ForeignKey(
        LoginMethod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="data_uses",
        verbose_name=_("by login"),
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="data_uses", verbose_name=_("in edition")
    )
    purpose = models.CharField(_("what for"), max_length=300, blank=True, help_text=_("Public. Empty: not stated."))
    optional = models.CharField(_("voluntary"), max_length=10, choices=Optional, default=Optional.NOT_STATED)
    feide_attribute = models.CharField(
        _("Feide attribute"),
        max_length=40,
        blank=True,
        help_text=_("The attribute group's code, such as userid-feide."),
    )

    class Meta:
        verbose_name = _("use of data")
        verbose_name_plural = _("uses of data")
        ordering = ["service", "id"]
        constraints = Retained.retention_constraints()

    def __str__(self):
        return self.category.name() if self.category_id else ""


class StorageLocation(Sourced, Part):
    """One region where data of a service lies or is reached from, with the ground on which it may leave the EEA."""

    class Role(models.TextChoices):
        """What happens with the data there."""

        STORAGE = "storage", _("Storage")
        BACKUP = "backup", _("Backup")
        ANALYSIS = "analysis", _("Analysis")
        SUPPORT = "support", _("Access for support")

    class Extent(models.TextChoices):
        """How much of the data it is about."""

        MAIN = "main", _("Mainly")
        SOME = "some", _("Some")
        NOT_STATED = "not_stated", _("Not stated")

    service = models.ForeignKey(Service, models.CASCADE, related_name="storage", verbose_name=_("service"))
    region = models.ForeignKey(StorageRegion, models.PROTECT, related_name="storage", verbose_name=_("region"))
    extent = models.CharField(_("how much"), max_length=10, choices=Extent, default=Extent.NOT_STATED)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.STORAGE)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Public. Town or data centre."))
    host = models.ForeignKey(
        Vendor, models.PROTECT, null=True, blank=True, related_name="hosting", verbose_name=_("host")
    )
    transfer_basis = models.ForeignKey(
        TransferBasis, models.PROTECT, null=True, blank=True, related_name="storage", verbose_name=_("transfer basis")
    )
    fallback_basis = models.ForeignKey(
        TransferBasis,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fallback basis"),
        help_text=_("What applies should the first one fall."),
    )
    supplementary_measures = models.TextField(_("supplementary measures"), blank=True, help_text=_("Public."))
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("storage location")
        verbose_name_plural = _("storage locations")
        ordering = ["service", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "region", "role", "place"],
                name="storage_unique_per_region_role_and_place",
                violation_error_message=_("This region is already listed in this role."),
            )
        ]

    def __str__(self):
        return self.region.name() if self.region_id else ""


class Subprocessor(Sourced, Part):
    """A vendor that processes data for a service: as what, what for, which data, where and on what ground."""

    class Capacity(models.TextChoices):
        """On whose behalf it processes."""

        SUBPROCESSOR = "subprocessor", _("Subprocessor")
        CONTROLLER = "controller", _("Independent controller")
        NO_ACCESS = "no_access", _("Sees no personal data")
        NOT_STATED = "not_stated", _("Not stated")

    SIBLINGS = ("parent",)
    _history_m2m_fields = ("data_categories",)

    service = models.ForeignKey(Service, models.CASCADE, related_name="subprocessors", verbose_name=_("service"))
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="subprocessing", verbose_name=_("company"))
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity, default=Capacity.SUBPROCESSOR)
    purpose = models.CharField(_("what for"), max_length=300, blank=True, help_text=_("Public. Empty: not stated."))
    data_categories = models.ManyToManyField(
        DataCategory, blank=True, related_name="subprocessors", verbose_name=_("data categories")
    )
    region = models.ForeignKey(
        StorageRegion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subprocessors",
        verbose_name=_("region"),
        help_text=_("Empty: not stated."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Public."))
    transfer_basis = models.ForeignKey(
        TransferBasis,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subprocessors",
        verbose_name=_("transfer basis"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("works for"),
        help_text=_("The subprocessor that has engaged this one; empty for the vendor's own."),
    )
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("subprocessor")
        verbose_name_plural = _("subprocessors")
        ordering = ["service", "id"]
        constraints = [
            models.UniqueConstraint(
                "service",
                "vendor",
                Coalesce("region", Value(0)),
                "purpose",
                name="subprocessor_unique_per_region_and_purpose",
                violation_error_message=_("This company is already listed with this region and purpose."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="subprocessor_is_not_its_own_parent",
                violation_error_message=_("A company cannot work for itself."),
            ),
        ]

    def __str__(self):
        return self.vendor.name if self.vendor_id else ""

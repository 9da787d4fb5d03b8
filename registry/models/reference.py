"""Reference data: what the law and the standards say, the same for every service."""

from babel import Locale
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registry.models.base import Tracked

SLUG_CODE = r"^[a-z0-9]+([-_][a-z0-9]+)*$"


class Term(Tracked):
    """A word of a controlled list, with its name in the three languages and, where there is one, its IRI."""

    FROZEN = ("code",)

    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("Stands in addresses and exports, so it never changes.")
    )
    name_nb = models.CharField(_("name in bokmål"), max_length=120)
    name_nn = models.CharField(_("name in nynorsk"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    iri = models.URLField(_("IRI"), max_length=200, blank=True, help_text=_("The term in W3C DPV, if there is one."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=SLUG_CODE),
                name="%(class)s_code_is_lower_case",
                violation_error_message=_("Use small letters, digits, hyphen and underscore."),
            )
        ]

    def __str__(self):
        return self.name()

    def name(self, language: str | None = None) -> str:
        """The name in a language, the active one when omitted; bokmål for a language that is not ours."""
        return getattr(self, f"name_{language or get_language() or 'nb'}", self.name_nb)


class Platform(Term):
    """A place where services live and are logged into: Feide, iPad, Microsoft 365, Google Workspace, the open web."""

    class Meta(Term.Meta):
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")


class EducationLevel(Term):
    """A level of education that a service is made for, from kindergarten to university and adult education."""

    class Meta(Term.Meta):
        verbose_name = _("level of education")
        verbose_name_plural = _("levels of education")


class Subject(Term):
    """A school subject in which a service is used."""

    class Meta(Term.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class DataCategory(Term):
    """A kind of personal data, from the controlled list that follows W3C DPV 2.3."""

    class Group(models.TextChoices):
        """Headings under which a service page shows its data."""

        ACCOUNT = "account", _("Account")
        SCHOOL = "school", _("School")
        CONTENT = "content", _("User-generated content")
        ACTIVITY = "activity", _("Activity")
        TECHNICAL = "technical", _("Technical data")
        PAYMENT = "payment", _("Payment")
        SPECIAL = "special", _("Special categories")

    class Special(models.TextChoices):
        """Whether the data is of a special category in the sense of GDPR article 9(1)."""

        YES = "yes", _("Yes, article 9")
        MAY_REVEAL = "may_reveal", _("May reveal")
        NO = "no", _("No")

    class Match(models.TextChoices):
        """How well the DPV term fits ours."""

        EXACT = "exact", _("Exact")
        CLOSE = "close", pgettext_lazy("match", "Close")
        BROAD = "broad", _("Broader")
        RELATED = "related", _("Related")

    group = models.CharField(_("group"), max_length=12, choices=Group)
    special = models.CharField(_("special category"), max_length=12, choices=Special, default=Special.NO)
    match = models.CharField(_("match with DPV"), max_length=8, choices=Match, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Public."))

    class Meta(Term.Meta):
        verbose_name = _("data category")
        verbose_name_plural = _("data categories")

    def get_absolute_url(self):
        return reverse("category-detail", args=[self.code])


class TransferBasis(Term):
    """A ground in GDPR chapter V on which data may leave the EEA, or the finding that none is needed or stated."""

    article = models.CharField(_("article"), max_length=20, blank=True, help_text=_("Such as 46(2)(c)."))
    is_gap = models.BooleanField(
        _("is a gap"), default=False, help_text=_("Marked on the page as something that the vendor has not said.")
    )

    class Meta(Term.Meta):
        verbose_name = _("transfer basis")
        verbose_name_plural = _("transfer bases")

    def get_absolute_url(self):
        return reverse("basis-detail", args=[self.code])


class StorageRegion(Tracked):
    """A country by its ISO 3166-1 code, or one of the other answers that vendors give to "where?"."""

    FROZEN = ("code",)

    class Kind(models.TextChoices):
        """What sort of answer it is."""

        COUNTRY = "country", _("Country")
        AREA = "area", _("Area")
        ORGANISATION = "organisation", _("International organisation")
        PLACE = "place", _("Place that is no country")
        UNKNOWN = "unknown", _("No answer")

    class Special(models.TextChoices):
        """The answers that are no country; their names, since CLDR has none."""

        EEA = "EEA", _("The EEA")
        NON_EEA = "NON_EEA", _("Outside the EEA, country not stated")
        WORLDWIDE = "WORLDWIDE", _("Worldwide")
        OWN = "OWN", _("The school owner's own premises")
        DEVICE = "DEVICE", _("On the device")
        NOTHING = "NOTHING", _("Nothing is stored")
        UNSTATED = "UNSTATED", _("Not stated")
        EPO = "EPO", _("European Patent Organisation")

    class Situation(models.TextChoices):
        """Where it lies in the sense of GDPR chapter V."""

        INSIDE = "inside", _("In the EEA")
        OUTSIDE = "outside", _("Outside the EEA")
        NOWHERE = "nowhere", _("Not with the vendor")
        UNKNOWN = "unknown", _("Not known")

    code = models.CharField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    situation = models.CharField(_("situation"), max_length=8, choices=Situation)

    class Meta:
        verbose_name = _("storage region")
        verbose_name_plural = _("storage regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="country") | Q(code__regex=r"^[A-Z]{2}$"),
                name="region_country_has_iso_code",
                violation_error_message=_("Use the two capital letters of ISO 3166-1, such as DE."),
            ),
            models.UniqueConstraint(Upper("code"), name="region_code_unique_in_any_case"),
        ]

    def __str__(self):
        return self.name()

    def name(self, language: str | None = None) -> str:
        """The name in a language, the active one when omitted; of countries, as CLDR has it."""
        return region_name(self.code, language)

    def get_absolute_url(self):
        return reverse("region-detail", args=[self.code])


def region_name(code: str, language: str | None = None) -> str:
    """The name of a region by its code: CLDR's for countries, ours for the rest, the code itself for neither."""
    if code in StorageRegion.Special.values:
        return str(StorageRegion.Special(code).label)
    return Locale.parse(language or get_language() or "nb").territories.get(code, code)


class AdequacyDecision(Tracked):
    """A decision of the European Commission that a region, or part of it, protects data well enough (GDPR art. 45)."""

    class Scope(models.TextChoices):
        """For whom in the region the decision holds."""

        ALL = "all", _("All recipients")
        CERTIFIED = "certified", _("Only certified organisations")
        SECTOR = "sector", _("Part of the recipients")

    region = models.ForeignKey(
        StorageRegion, models.PROTECT, related_name="adequacy_decisions", verbose_name=_("region")
    )
    act = models.CharField(_("act"), max_length=60, unique=True, help_text=_("Such as (EU) 2023/1795."))
    name = models.CharField(_("name"), max_length=120, blank=True, help_text=_("Such as Data Privacy Framework."))
    scope = models.CharField(_("scope"), max_length=12, choices=Scope)
    scope_note = models.CharField(_("scope in words"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Public."))
    source = models.CharField(_("source"), max_length=300, blank=True)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("adequacy decision")
        verbose_name_plural = _("adequacy decisions")
        ordering = ["region__code", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="adequacy_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.region_id and self.region.code}: {self.name or self.act}"

    def get_absolute_url(self):
        return self.region.get_absolute_url()

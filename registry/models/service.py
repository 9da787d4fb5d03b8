"""A service, and the parts of it that are no flow of data: editions, ways in, practices, and what we know of what."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.folding import fold, sort_key
from registry.models.base import Sourced, Tracked, TrackedQuerySet
from registry.models.parties import Vendor
from registry.models.reference import EducationLevel, Platform, Subject
from registry.models.vocabulary import Claim, LoginKind

LAST_GRADE = 13


class ServiceQuerySet(TrackedQuerySet):
    def listed(self):
        """Services that the public may see: neither drafts nor those taken off the list."""
        return self.filter(visibility=Service.Visibility.LISTED)


class PriceModel(models.TextChoices):
    """How a school pays."""

    FREE = "free", _("Free")
    PAID = "paid", _("Paid")
    FREE_AND_PAID = "free_and_paid", _("Free and paid editions")
    NOT_STATED = "not_stated", _("Not stated")


class Service(Tracked):
    """An app or digital service that is used, or asked for, in schools."""

    class Visibility(models.TextChoices):
        """Who may see it. A draft has never been public; an unlisted service was, and may be again."""

        DRAFT = "draft", _("Draft")
        LISTED = "listed", _("Listed")
        UNLISTED = "unlisted", _("Unlisted")

    class VendorRole(models.TextChoices):
        """The vendor's role in the sense of GDPR article 4(7) and (8) when schools use the service."""

        PROCESSOR = "processor", _("Processor")
        CONTROLLER = "controller", _("Controller")
        BOTH = "both", _("Processor and controller")
        NOT_CLARIFIED = "not_clarified", _("Not clarified")

    _history_m2m_fields = ("co_vendors", "platforms", "education_levels", "subjects", "alternatives")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the page's address. It is frozen once the service has been listed."),
    )
    aliases = models.TextField(
        _("other names"), blank=True, help_text=_("One a line: former names, names of apps. Found by search.")
    )
    domains = models.TextField(
        _("web domains"), blank=True, help_text=_("One a line, such as menti.com. A pasted address finds the service.")
    )
    vendor = models.ForeignKey(
        Vendor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("vendor"),
        help_text=_("Leave empty only where it is not known who offers the service."),
    )
    co_vendors = models.ManyToManyField(
        Vendor, blank=True, related_name="co_services", verbose_name=_("in cooperation with")
    )
    summary = models.CharField(
        _("summary"), max_length=200, help_text=_("Public. One sentence without a full stop: what it is used for.")
    )
    purpose = models.TextField(
        _("purpose and use"), blank=True, help_text=_("Public. What it is for and how it is used in school.")
    )
    visibility = models.CharField(
        _("visibility"),
        max_length=8,
        choices=Visibility,
        default=Visibility.DRAFT,
        help_text=_("Only listed services are public."),
    )
    visibility_since = models.DateField(_("visible as it is since"), editable=False, default=timezone.localdate)
    first_listed_on = models.DateField(_("first listed on"), null=True, editable=False)
    under_assessment_since = models.DateField(
        _("under assessment since"),
        null=True,
        blank=True,
        help_text=_("Public, where there is no decision yet."),
    )
    platforms = models.ManyToManyField(Platform, blank=True, related_name="services", verbose_name=_("platforms"))
    education_levels = models.ManyToManyField(
        EducationLevel, blank=True, related_name="services", verbose_name=_("levels of education")
    )
    subjects = models.ManyToManyField(Subject, blank=True, related_name="services", verbose_name=_("subjects"))
    grade_from = models.PositiveSmallIntegerField(
        _("from grade"), null=True, blank=True, validators=[MaxValueValidator(LAST_GRADE)]
    )
    grade_to = models.PositiveSmallIntegerField(
        _("to grade"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LAST_GRADE)],
        help_text=_("1 to 10, and 11 to 13 for upper secondary school."),
    )
    price_model = models.CharField(_("price"), max_length=13, choices=PriceModel, default=PriceModel.NOT_STATED)
    price_note = models.CharField(_("price in words"), max_length=300, blank=True, help_text=_("Public."))
    vendor_role = models.CharField(
        _("vendor's role"), max_length=13, choices=VendorRole, default=VendorRole.NOT_CLARIFIED
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("vendor's minimum age"), null=True, blank=True, help_text=_("Years, by the vendor's own terms.")
    )
    age_terms = models.CharField(_("vendor's age terms"), max_length=300, blank=True, help_text=_("Public."))
    website = models.URLField(_("website"), max_length=500, blank=True)
    app_store = models.URLField(_("address in an app store"), max_length=500, blank=True)
    accessibility_statement = models.URLField(_("accessibility statement"), max_length=500, blank=True)
    accessibility_note = models.TextField(_("accessibility in words"), blank=True, help_text=_("Public."))
    alternatives = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="alternative_to",
        verbose_name=_("alternatives"),
        help_text=_("Services that schools may use instead."),
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    content_language = models.CharField(
        _("language of the texts"),
        max_length=2,
        default="nb",
        choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
    )
    is_fictitious = models.BooleanField(
        _("fictitious"), default=False, help_text=_("Made for demonstration; the page says so.")
    )
    sort_key = models.CharField(max_length=800, editable=False, db_index=True)
    folded = models.TextField(editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_key", "slug"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="service_name_unique",
                violation_error_message=_("A service of this name is already in the registry."),
            ),
            models.CheckConstraint(
                condition=Q(visibility="draft") | Q(first_listed_on__isnull=False),
                name="service_public_once_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(grade_from__isnull=True, grade_to__isnull=True)
                | Q(grade_from__isnull=False, grade_to__isnull=False, grade_from__lte=F("grade_to")),
                name="service_grades_are_a_span",
                violation_error_message=_("Give both the first and the last grade, the lower first."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="service_does_not_replace_itself",
                violation_error_message=_("A service cannot be replaced by itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        stored = self.stored("slug", "visibility", "visibility_since", "first_listed_on")
        if stored.get("first_listed_on") and self.slug != stored["slug"]:
            raise ValidationError(
                {"slug": _("The address is frozen: people have linked to “%(slug)s”.") % {"slug": stored["slug"]}}
            )
        if stored.get("first_listed_on") and self.visibility == self.Visibility.DRAFT:
            raise ValidationError(
                {"visibility": _("It has been public and cannot become a draft again. Choose “unlisted”.")}
            )
        self.derive(stored)
        if self.visibility == self.Visibility.UNLISTED and not self.first_listed_on:
            raise ValidationError({"visibility": _("It has never been public. Leave it a draft.")})

    def save(self, *args, **kwargs):
        self.clean()
        super().save(*args, **kwargs)

    def derive(self, stored):
        """Work out what follows from the rest: dates of visibility, the key to sort by, the text to search in."""
        today = timezone.localdate()
        self.visibility_since = stored["visibility_since"] if stored.get("visibility") == self.visibility else today
        self.first_listed_on = stored.get("first_listed_on") or self.first_listed_on
        if self.visibility == self.Visibility.LISTED:
            self.first_listed_on = self.first_listed_on or today
        self.sort_key = sort_key(self.name)
        self.folded = fold(" ".join([self.name, self.aliases, self.domains, self.summary]))

    def lines(self, name: str) -> list[str]:
        """The non-empty lines of `aliases` or `domains`."""
        return [line.strip() for line in getattr(self, name).splitlines() if line.strip()]

    def get_absolute_url(self):
        return reverse("service-detail", args=[self.slug])


class Part(Tracked):
    """A row that belongs to one service and is edited on its page."""

    # Fields that name another part of the same service.
    SIBLINGS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        for name in self.SIBLINGS:
            other = getattr(self, name)
            if other is not None and other.service_id != self.service_id:
                raise ValidationError({name: _("This belongs to another service.")})


class Edition(Part):
    """A variant of a service with its own price or rules, such as a free edition or a school licence."""

    FROZEN = ("slug",)

    service = models.ForeignKey(Service, models.CASCADE, related_name="editions", verbose_name=_("service"))
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("code"), max_length=60, help_text=_("Stands in exports, so it does not change."))
    price_model = models.CharField(_("price"), max_length=13, choices=PriceModel, default=PriceModel.NOT_STATED)
    note = models.CharField(_("what sets it apart"), max_length=300, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["service", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "slug"],
                name="edition_slug_unique_per_service",
                violation_error_message=_("The service already has an edition with this code."),
            )
        ]

    def __str__(self):
        return self.name


class LoginMethod(Part):
    """One way into a service, whether schools shall use it, and how well it tells who the user is."""

    class Use(models.TextChoices):
        """What applies in the school owner's schools."""

        REQUIRED = "required", _("Must be used")
        RECOMMENDED = "recommended", _("Recommended")
        ALLOWED = "allowed", _("May be used")
        FORBIDDEN = "forbidden", _("Must not be used")
        NOT_DECIDED = "not_decided", _("Not decided")

    class Identifiability(models.TextChoices):
        """How far the vendor can tell who the user is (GDPR art. 4(1) and (5))."""

        IDENTIFIED = "identified", _("Identified")
        PSEUDONYMOUS = "pseudonymous", _("Under a pseudonym")
        ANONYMOUS = "anonymous", _("Not tied to a person")
        NOT_STATED = "not_stated", _("Not stated")

    service = models.ForeignKey(Service, models.CASCADE, related_name="logins", verbose_name=_("service"))
    kind = models.CharField(_("kind"), max_length=16, choices=LoginKind)
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Public. Where the kind says too little.")
    )
    use = models.CharField(_("in our schools"), max_length=12, choices=Use, default=Use.NOT_DECIDED)
    identifiability = models.CharField(
        _("identifiability"), max_length=12, choices=Identifiability, default=Identifiability.NOT_STATED
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("login method")
        verbose_name_plural = _("login methods")
        ordering = ["service", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "kind", "name"],
                name="login_unique_per_service",
                violation_error_message=_("This way in is already listed."),
            )
        ]

    def __str__(self):
        return self.name or self.get_kind_display()


class Practice(Sourced, Part):
    """What one source says of one thing that a service may do besides its purpose, such as showing advertising."""

    class Kind(models.TextChoices):
        """The practices that assessments ask about."""

        ADVERTISING = "advertising", _("Advertising and marketing")
        ANALYTICS = "analytics", _("Analysis and statistics")
        IMPROVEMENT = "improvement", _("Use of data to improve the service")
        RESEARCH = "research", _("Research")
        AI = "ai", _("Artificial intelligence")
        UNKNOWN_USE = "unknown_use", _("Use that is not explained")

    service = models.ForeignKey(Service, models.CASCADE, related_name="practices", verbose_name=_("service"))
    kind = models.CharField(_("practice"), max_length=12, choices=Kind)
    claim = models.CharField(_("answer"), max_length=10, choices=Claim)
    reason = models.CharField(_("why"), max_length=400, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["service", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "kind", "said_by"],
                name="practice_unique_per_source",
                violation_error_message=_("This source has already answered; change that row."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_claim_display()}"


class Disclosure(Part):
    """How completely one list of facts about a service is known. Not knowing is information, so it is a row."""

    class List(models.TextChoices):
        """The lists that a reader may expect to be complete."""

        DATA = "data", _("Data")
        STORAGE = "storage", _("Storage")
        SUBPROCESSORS = "subprocessors", _("Subprocessors")
        TRANSFERS = "transfers", _("Transfer bases")
        RETENTION = "retention", _("Retention")
        COOKIES = "cookies", _("Cookies")

    class Answer(models.TextChoices):
        """What the list is worth."""

        STATED = "stated", _("Stated")
        PARTLY = "partly", _("Stated in part")
        ELSEWHERE = "elsewhere", _("Listed elsewhere")
        NONE = "none", _("None")
        NOT_STATED = "not_stated", _("Not stated by the vendor")
        ASKED = "asked", _("The vendor has been asked, no answer yet")
        NOT_EXAMINED = "not_examined", _("We have not asked")

    service = models.ForeignKey(Service, models.CASCADE, related_name="disclosures", verbose_name=_("service"))
    list = models.CharField(_("list"), max_length=13, choices=List)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer)
    address = models.URLField(_("where it is listed"), max_length=500, blank=True)
    since = models.DateField(_("asked on"), null=True, blank=True, help_text=_("Leave empty if it is not known."))
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("completeness of a list")
        verbose_name_plural = _("completeness of the lists")
        ordering = ["service", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "list"],
                name="disclosure_unique_per_list",
                violation_error_message=_("This list already has an answer; change that row."),
            )
        ]

    def __str__(self):
        return f"{self.get_list_display()}: {self.get_answer_display()}"

"""What has been read out of a version, row by row. Each row quotes the passage it rests on, in a few words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.models.document import PolicyVersion
from registry.models import (
    Audience,
    CodeListField,
    DataCategory,
    LegalGround,
    LoginKind,
    Retained,
    StorageRegion,
    Tracked,
    TransferBasis,
    Vendor,
)


class Statement(Tracked):
    """Something that a version says, with the passage it rests on."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    quote = models.CharField(
        _("quoted passage"), max_length=300, blank=True, help_text=_("Public. The vendor's own words, few of them.")
    )
    note = models.CharField(_("note"), max_length=500, blank=True, help_text=_("Public. In our words."))

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class CollectionPoint(Statement):
    """One occasion on which the vendor gets data: a way in, a form, an order, a module, or the visit itself."""

    class Kind(models.TextChoices):
        """What sort of occasion it is."""

        LOGIN = "login", _("Login")
        FORM = "form", _("Form")
        ORDER = "order", _("Order")
        MODULE = "module", _("Module")
        PAYMENT = "payment", _("Payment")
        VISIT = "visit", _("Visit")

    version = models.ForeignKey(
        PolicyVersion, models.CASCADE, related_name="collection_points", verbose_name=_("version")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=120, help_text=_("Public. As the document calls it."))
    login_kind = models.CharField(_("login"), max_length=16, choices=LoginKind, blank=True)
    consent = models.CharField(_("consent asked for"), max_length=300, blank=True, help_text=_("Public."))
    insight = models.CharField(
        _("where to see what is shared"),
        max_length=300,
        blank=True,
        help_text=_("Public. An address, or where to click."),
    )

    class Meta(Statement.Meta):
        verbose_name = _("occasion of collection")
        verbose_name_plural = _("occasions of collection")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="collection_point_name_unique_per_version",
                violation_error_message=_("This occasion is already listed."),
            )
        ]

    def __str__(self):
        return self.name


class Collection(Statement):
    """One kind of data that is stored, seen, sent on or expressly not held on one occasion."""

    class Handling(models.TextChoices):
        """What happens with it."""

        STORED = "stored", _("Stored")
        ACCESSED = "accessed", _("Seen, not stored")
        SENT_ON = "sent_on", _("Sent on")
        NOT_HELD = "not_held", _("Not held")

    point = models.ForeignKey(
        CollectionPoint, models.CASCADE, related_name="collections", verbose_name=_("occasion of collection")
    )
    category = models.ForeignKey(DataCategory, models.PROTECT, related_name="+", verbose_name=_("data category"))
    detail = models.CharField(
        _("more exactly"), max_length=200, blank=True, help_text=_("Public. Where the category is wider than the fact.")
    )
    subjects = CodeListField(_("whose"), codes=Audience)
    subject_words = models.CharField(
        _("whose, in words"), max_length=120, blank=True, help_text=_("Public. Such as the customer's contact person.")
    )
    handling = models.CharField(_("handling"), max_length=8, choices=Handling, default=Handling.STORED)
    origin = models.CharField(
        _("from"), max_length=120, blank=True, help_text=_("Public. Such as Feide, or the teacher.")
    )
    is_optional = models.BooleanField(_("voluntary"), default=False)

    class Meta(Statement.Meta):
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self):
        return self.category.name() if self.category_id else ""


class LegalBasis(Statement):
    """The ground that the vendor gives for one purpose. The school owner's own is on the assessment."""

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="legal_bases", verbose_name=_("version"))
    purpose = models.CharField(_("purpose"), max_length=200, help_text=_("Public."))
    ground = models.CharField(_("ground"), max_length=10, choices=LegalGround)
    law = models.CharField(
        _("named law"), max_length=200, blank=True, help_text=_("Public. Such as the accounting law.")
    )

    class Meta(Statement.Meta):
        verbose_name = _("vendor's legal basis")
        verbose_name_plural = _("vendor's legal bases")

    def __str__(self):
        return self.purpose


class Retention(Retained, Statement):
    """How long the vendor says that it keeps something."""

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="retentions", verbose_name=_("version"))
    what = models.CharField(_("what"), max_length=200, help_text=_("Public."))

    class Meta(Statement.Meta):
        verbose_name = _("retention")
        verbose_name_plural = _("retentions")
        constraints = Retained.retention_constraints()

    def __str__(self):
        return self.what


class Cookie(Retained, Statement):
    """A cookie or a key in the browser's local storage, by name, by a pattern, or unnamed."""

    class Storage(models.TextChoices):
        """Where in the browser it lies."""

        COOKIE = "cookie", _("Cookie")
        LOCAL = "local", _("Local storage")

    class Party(models.TextChoices):
        """Whether the vendor or somebody else can read it."""

        FIRST = "first", _("First party")
        THIRD = "third", _("Third party")

    class Necessity(models.TextChoices):
        """Whether it must be there, by the document (ekomloven § 3-15)."""

        NECESSARY = "necessary", _("Necessary")
        FOR_MODULE = "for_module", _("Necessary for the module")
        NOT_NECESSARY = "not_necessary", _("Not necessary")
        NOT_STATED = "not_stated", _("Not stated")

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="cookies", verbose_name=_("version"))
    name = models.CharField(_("name"), max_length=120, blank=True, help_text=_("Empty where the document names none."))
    pattern = models.CharField(
        _("known by"),
        max_length=200,
        blank=True,
        help_text=_("Public. Such as: stripe in the name, or domain stripe.com."),
    )
    storage = models.CharField(_("kept as"), max_length=6, choices=Storage, default=Storage.COOKIE)
    party = models.CharField(_("party"), max_length=5, choices=Party)
    provider = models.CharField(_("set by"), max_length=120)
    module = models.CharField(_("module"), max_length=120, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    necessity = models.CharField(_("necessity"), max_length=13, choices=Necessity, default=Necessity.NOT_STATED)
    readers = models.CharField(_("who gets it"), max_length=200, blank=True)
    audience = CodeListField(_("for whom"), codes=Audience)

    class Meta(Statement.Meta):
        verbose_name = _("cookie or local key")
        verbose_name_plural = _("cookies and local keys")
        constraints = Retained.retention_constraints()

    def __str__(self):
        return self.name or self.pattern or self.provider


class Recipient(Statement):
    """A third party that gets data, what for, which, where, and on what ground it leaves the EEA."""

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="recipients", verbose_name=_("version"))
    vendor = models.ForeignKey(
        Vendor, models.PROTECT, null=True, blank=True, related_name="received", verbose_name=_("company")
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("Public. The service as the document calls it."))
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    data = models.CharField(_("data"), max_length=300, blank=True, help_text=_("Public."))
    region = models.ForeignKey(
        StorageRegion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recipients",
        verbose_name=_("region"),
        help_text=_("Empty: not stated."),
    )
    transfer_basis = models.ForeignKey(
        TransferBasis,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recipients",
        verbose_name=_("transfer basis"),
        help_text=_("Empty: not stated."),
    )
    statement_url = models.URLField(_("its own statement"), max_length=500, blank=True)
    refers_to_own_statement = models.BooleanField(_("the document refers to its own statement"), default=False)

    class Meta(Statement.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self):
        return self.name


class Right(Statement):
    """A right that the document tells of, how to use it, and within which limits."""

    class Kind(models.TextChoices):
        """The rights that GDPR article 13(2) asks to be told of."""

        ACCESS = "access", _("Access")
        RECTIFICATION = "rectification", _("Rectification")
        ERASURE = "erasure", _("Erasure")
        RESTRICTION = "restriction", _("Restriction")
        PORTABILITY = "portability", _("Portability")
        OBJECTION = "objection", _("Objection")
        WITHDRAWAL = "withdrawal", _("Withdrawal of consent")
        COMPLAINT = "complaint", _("Complaint")

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="rights", verbose_name=_("version"))
    kind = models.CharField(_("right"), max_length=13, choices=Kind)
    how = models.CharField(_("how"), max_length=300, blank=True, help_text=_("Public."))
    limits = models.CharField(_("limits"), max_length=300, blank=True, help_text=_("Public."))
    cost = models.CharField(_("cost"), max_length=120, blank=True, help_text=_("Public."))
    body = models.CharField(_("to whom"), max_length=120, blank=True, help_text=_("Public. The body for complaints."))

    class Meta(Statement.Meta):
        verbose_name = _("right")
        verbose_name_plural = _("rights")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"],
                name="right_unique_per_version",
                violation_error_message=_("This right is already listed."),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class SecurityMeasure(Statement):
    """A measure that the vendor says it has taken (GDPR art. 32)."""

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="measures", verbose_name=_("version"))
    name = models.CharField(_("measure"), max_length=200, help_text=_("Public."))
    iri = models.URLField(_("IRI"), max_length=200, blank=True)

    class Meta(Statement.Meta):
        verbose_name = _("security measure")
        verbose_name_plural = _("security measures")

    def __str__(self):
        return self.name


class Contact(Statement):
    """A way to reach the vendor, kept exactly as stated, even where it cannot be right."""

    class Kind(models.TextChoices):
        """What the document calls it."""

        NAME = "name", _("Legal name")
        ADDRESS = "address", _("Postal address")
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail")
        DPO = "dpo", _("Data protection officer")
        FORM = "form", _("Form")

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="contacts", verbose_name=_("version"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    value = models.CharField(_("as stated"), max_length=300)

    class Meta(Statement.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.value


class Remark(Statement):
    """Anything else in the document that is worth a row."""

    class Topic(models.TextChoices):
        """What it is about."""

        ADVERTISING = "advertising", _("Advertising")
        CHANGES = "changes", _("How changes are announced")
        BROWSER = "browser", _("Browser settings")
        COOKIES = "cookies", _("About cookies")
        SEARCH = "search", _("Search")
        SHARING = "sharing", _("Sharing")
        SECURITY = "security", _("Security")
        OTHER = "other", _("Other")

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="remarks", verbose_name=_("version"))
    topic = models.CharField(_("topic"), max_length=11, choices=Topic)
    text = models.CharField(_("what it says"), max_length=500, help_text=_("Public. In our words."))
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(Statement.Meta):
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")

    def __str__(self):
        return f"{self.get_topic_display()}: {self.text}"

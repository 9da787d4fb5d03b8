"""Lists of choices that several floors use. What has facts of its own is a model instead."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple, TypedMultipleChoiceField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom a decision, a condition or a piece of data is about."""

    PUPIL = "pupil", _("Pupil")
    TEACHER = "teacher", _("Teacher")
    GUARDIAN = "guardian", _("Guardian")
    STAFF = "staff", _("Other staff")
    LEADER = "leader", _("School leadership")


class Claim(models.TextChoices):
    """The answer to a yes-no question about a service; not knowing is an answer too."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    POSSIBLE = "possible", _("Possible")
    NOT_STATED = "not_stated", _("Not stated")


class LegalGround(models.TextChoices):
    """A ground in GDPR article 6(1) or 9(2). Codes end the IRIs of W3C DPV: …/legal/eu/gdpr#A<code>."""

    CONSENT = "6-1-a", _("Consent, article 6(1)(a)")
    CONTRACT = "6-1-b", _("Contract, article 6(1)(b)")
    LEGAL_OBLIGATION = "6-1-c", _("Legal obligation, article 6(1)(c)")
    VITAL_INTERESTS = "6-1-d", _("Vital interests, article 6(1)(d)")
    PUBLIC_TASK = "6-1-e", _("Task in the public interest or official authority, article 6(1)(e)")
    LEGITIMATE_INTERESTS = "6-1-f", _("Legitimate interests, article 6(1)(f)")
    EXPLICIT_CONSENT = "9-2-a", _("Explicit consent, article 9(2)(a)")
    SUBSTANTIAL_PUBLIC_INTEREST = "9-2-g", _("Substantial public interest, article 9(2)(g)")
    NOT_STATED = "not_stated", _("Not stated")


class LoginKind(models.TextChoices):
    """How somebody gets in."""

    FEIDE = "feide", _("Feide")
    SCHOOL_PLATFORM = "school_platform", _("School platform account (Microsoft or Google)")
    GROUP_ACCOUNT = "group_account", _("Shared group account")
    GROUP_PROFILE = "group_profile", _("Own profile in a group")
    OWN_ACCOUNT = "own_account", _("Own account")
    SOCIAL = "social", _("Social media account")
    PRIVATE = "private", _("Private user")
    CODE = "code", _("Code without an account")
    NONE = "none", _("No login")


class CodeListField(models.JSONField):
    """Several codes out of a TextChoices, as a JSON list in the order of the choices. Empty means none is said."""

    def __init__(self, *args, codes=None, **kwargs):
        self.codes = codes
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return TypedMultipleChoiceField(
            choices=self.codes.choices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=CheckboxSelectMultiple,
        )

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = [code for code in value if code not in self.codes.values]
        if unknown:
            raise ValidationError(
                _("Unknown: %(codes)s. Use %(known)s."),
                params={"codes": ", ".join(map(str, unknown)), "known": ", ".join(self.codes.values)},
            )

    def get_prep_value(self, value):
        if isinstance(value, list):
            value = [code for code in self.codes.values if code in value] + [
                code for code in value if code not in self.codes.values
            ]
        return super().get_prep_value(value)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["codes"] = self.codes
        return name, path, args, kwargs


class Retained(models.Model):
    """Adds to a fact how long data is kept: a period from an event, until an event, in words, or not said."""

    class RetentionKind(models.TextChoices):
        """The form that an answer to "how long" takes."""

        PERIOD = "period", _("A period")
        UNTIL = "until", _("Until something happens")
        WORDS = "words", _("Only in words")
        PERMANENT = "permanent", _("For ever")
        NOT_KEPT = "not_kept", _("Not kept")
        NOT_STATED = "not_stated", _("Not stated")

    class Unit(models.TextChoices):
        """Units of a period."""

        HOUR = "hour", _("hours")
        DAY = "day", _("days")
        WEEK = "week", _("weeks")
        MONTH = "month", _("months")
        YEAR = "year", _("years")

    class Event(models.TextChoices):
        """What a period is counted from, or what ends the keeping."""

        COLLECTED = "collected", _("it was collected")
        LAST_USE = "last_use", _("last use")
        ACCOUNT_DELETED = "account_deleted", _("the account is deleted")
        USER_DELETES = "user_deletes", _("the user deletes it")
        CONTRACT_END = "contract_end", _("the agreement or licence ends")
        SCHOOL_YEAR_END = "school_year_end", _("the school year ends")
        PURPOSE_FULFILLED = "purpose_fulfilled", _("the purpose is fulfilled")
        LEGAL_DUTY_ENDS = "legal_duty_ends", _("the law no longer asks for it")
        BROWSER_CLOSED = "browser_closed", _("the browser is closed")
        MIDNIGHT = "midnight", _("midnight")

    retention = models.CharField(_("kept for"), max_length=12, choices=RetentionKind, default=RetentionKind.NOT_STATED)
    retention_amount = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    retention_unit = models.CharField(_("unit"), max_length=5, choices=Unit, blank=True)
    retention_event = models.CharField(
        _("from, or until"),
        max_length=20,
        choices=Event,
        blank=True,
        help_text=_("What the period is counted from, or what ends the keeping."),
    )
    retention_words = models.CharField(
        _("in words"), max_length=300, blank=True, help_text=_("Public. What is said beyond the choices above.")
    )

    class Meta:
        abstract = True

    @staticmethod
    def retention_constraints():
        """Checks for a concrete model's Meta; names carry the model's name."""
        period = models.Q(retention="period")
        measured = models.Q(retention_amount__isnull=False, retention_amount__gt=0) & ~models.Q(retention_unit="")
        unmeasured = models.Q(retention_amount__isnull=True, retention_unit="")
        return [
            models.CheckConstraint(
                condition=(period & measured) | (~period & unmeasured),
                name="%(class)s_period_has_amount_and_unit",
                violation_error_message=_("A period needs a number and a unit; the other answers have neither."),
            ),
            models.CheckConstraint(
                condition=~models.Q(retention="until") | ~models.Q(retention_event=""),
                name="%(class)s_until_has_event",
                violation_error_message=_("Say what ends the keeping."),
            ),
            models.CheckConstraint(
                condition=~models.Q(retention="words") | ~models.Q(retention_words=""),
                name="%(class)s_words_are_there",
                violation_error_message=_("Write the words in which it is said."),
            ),
        ]

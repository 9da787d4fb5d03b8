"""The tables of the register. What may be done with them is in `public.register`."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from public.register.form import canonical, digest, read

APPEND_ONLY = "The register is only ever added to."


class AppendOnly(models.QuerySet):
    """Refuses everything but adding and reading. The database refuses it as well, by trigger."""

    def _refuse(self, *args, **kwargs):
        raise TypeError(APPEND_ONLY)

    update = delete = bulk_update = bulk_create = aupdate = adelete = abulk_update = abulk_create = _refuse


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    objects = AppendOnly.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if not self._state.adding:
            raise TypeError(APPEND_ONLY)
        super().save(**(kwargs | {"force_insert": True}))

    def delete(self, *args, **kwargs):
        raise TypeError(APPEND_ONLY)


class RegisterHead(models.Model):
    """The end of the chain: serial and hash of the last entry. The one row that is locked to append."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    serial = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="register_head_is_one_row")]

    def __str__(self):
        return f"{self.serial} {self.hash}"


class RegisterContent(AppendOnlyModel):
    """A text that entries refer to by its SHA-256: canonical JSON (RFC 8785). Repeats are shared.

    A tombstone stands in the place of a text that had to go; it says why, and no longer has the hash.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    is_redacted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("content of the register")
        verbose_name_plural = _("contents of the register")

    def __str__(self):
        return self.sha256


class RegisterEntry(AppendOnlyModel):
    """One thing that the public was told: of which subject, of what kind, why, and when it was recorded.

    Its hash covers the header. The header holds the hash of the content, of the details and of the entry before, and
    no word of its own: so texts can go, or be withheld, and the chain can still be checked by anyone.
    """

    class Kind(models.TextChoices):
        """What sort of news it is. *Format* is none: the same, said in another form."""

        LISTED = "listed", _("Listed or taken off the list")
        FACTS = "facts", _("Facts changed")
        DECISION = "decision", _("Decision")
        LAPSED = "lapsed", _("A date has passed")
        LANGUAGE = "language", _("Wording corrected")
        BACKFILLED = "backfilled", _("Entered afterwards")
        FORMAT = "format", _("The same in a new form")
        REDACTED = "redacted", _("Content removed")

    class About(models.TextChoices):
        """Of what kind its subject is."""

        SERVICE = "service", _("Service")
        VENDOR = "vendor", _("Vendor")
        POLICY = "policy", _("Document")
        REGION = "region", _("Storage region")
        CATEGORY = "category", _("Kind of data")
        BASIS = "basis", _("Transfer basis")
        PLATFORM = "platform", _("Platform")
        LEVEL = "level", _("Level of education")
        SUBJECT = "subject", _("School subject")
        OWNER = "owner", _("School owner")

    serial = models.PositiveBigIntegerField(_("number"), primary_key=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    effective_on = models.DateField(_("effective on"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject_kind = models.CharField(_("kind of subject"), max_length=12, choices=About)
    subject_key = models.CharField(pgettext_lazy("subject", "About"), max_length=120)
    # The serial of the first entry of the same subject: names the subject without a word of it.
    first = models.PositiveBigIntegerField(_("first entry"))
    details = models.ForeignKey(RegisterContent, models.PROTECT, related_name="+", verbose_name=_("details"))
    content = models.ForeignKey(RegisterContent, models.PROTECT, related_name="entries", verbose_name=_("content"))
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("entry of the register")
        verbose_name_plural = _("entries of the register")
        ordering = ["-serial"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "-serial"], name="entry_of_a_subject"),
            models.Index(fields=["first", "-serial"], name="entry_newest_of_a_subject"),
            models.Index(fields=["recorded_at"], name="entry_by_day"),  # what was said on a day
        ]

    def __str__(self):
        return f"{self.serial} {self.subject_kind} {self.subject_key}"

    def get_absolute_url(self):
        """Of one about a service below the page of the service; `entry-detail` leads there as well."""
        if self.subject_kind == self.About.SERVICE:
            return reverse("service-entry", args=[self.subject_key, self.serial])
        return reverse("entry-detail", args=[self.serial])

    def header(self) -> dict[str, Any]:
        """What the hash covers. Times are UTC, to the microsecond, as in RFC 3339."""
        return {
            "serial": self.serial,
            "recorded_at": self.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "effective_on": self.effective_on.isoformat(),
            "kind": self.kind,
            "subject": {"kind": self.subject_kind, "first": self.first},
            "details": self.details_id,
            "content": self.content_id,
            "previous": self.previous_hash,
        }

    def computed_hash(self) -> str:
        """The hash that the header has, whatever is stored."""
        return digest(canonical(self.header()))

    @property
    def reason(self) -> str:
        """Why, in public; "" where it had to go."""
        return json.loads(self.details.text).get("reason", "")

    def said(self) -> dict[str, Any]:
        """What it says of its subject, in the present format. It may name what is not public any more."""
        return read(self.subject_kind, self.content.text)


class Redaction(AppendOnlyModel):
    """Who asked for a text of the register to go, and who confirmed it. Not public; the entry tells the public why."""

    entry = models.ForeignKey(RegisterEntry, models.PROTECT, verbose_name=_("entry that tells of it"))
    of = models.ForeignKey(RegisterEntry, models.PROTECT, related_name="redactions", verbose_name=_("entry redacted"))
    content = models.ForeignKey(RegisterContent, models.PROTECT, verbose_name=_("text removed"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("confirmed_by")),
                name="redaction_takes_two_people",
                violation_error_message=_("Somebody else must confirm it."),
            )
        ]

    def __str__(self):
        return f"{self.of_id}: {self.content_id}"

"""Where imported decisions come from: the pages themselves, kept for those who look through what was read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models import Service


class ImportedPage(models.Model):
    """One version of a page that was published elsewhere, as the import read it for a service. Never public.

    `lines` are [number, text] of every line that is not empty, numbered as in the file; `fields` is field → numbers of
    the lines that it was read from, and what stands in none of them found no place. `uncertain` is field → why, in the
    language of the site. `carried` are the rows that the page had in the registry when it was taken over, as
    `assessments.carrying_over.draft` has them; {} where the service was there before and the page was laid beside it.
    `waits`: something that the page says may only be written when the import is told to publish, or a round is decided.
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="imported_pages", verbose_name=_("service"))
    file = models.CharField(_("file"), max_length=500)
    address = models.CharField(_("address"), max_length=500, blank=True, db_index=True)
    digest = models.CharField(_("checksum"), max_length=64, help_text=_("SHA-256 of the lines."))
    lines = models.JSONField(_("lines"), default=list)
    fields = models.JSONField(_("fields"), default=dict)
    uncertain = models.JSONField(_("uncertain"), default=dict)
    status = models.CharField(_("status as read"), max_length=16)
    carried = models.JSONField(_("carried over"), default=dict)
    waits = models.BooleanField(_("not all of it written yet"), default=False)
    taken_over_at = models.DateTimeField(_("taken over at"), auto_now_add=True)
    looked_through_at = models.DateTimeField(_("looked through at"), null=True, editable=False)
    looked_through_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("looked through by"),
    )

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")
        ordering = ["service", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(looked_through_at__isnull=True, looked_through_by__isnull=True)
                | models.Q(looked_through_at__isnull=False, looked_through_by__isnull=False),
                name="imported_page_looked_through_by_somebody",
            ),
        ]

    def __str__(self):
        return self.address or self.file

    def versions_up_to_it(self) -> models.QuerySet:
        """This version of the page, and those before it."""
        return ImportedPage.objects.filter(service=self.service_id, address=self.address, pk__lte=self.pk)

    @property
    def is_beside(self) -> bool:
        """The service was not made from this page, so nothing of it was carried over."""
        return not self.carried

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.changes import ChangeKind


class HistoryRow(models.Model):
    """What every history row says besides what simple-history keeps: which change it was part of, and of what kind."""

    change_id = models.UUIDField(null=True, editable=False, db_index=True)
    change_kind = models.CharField(max_length=12, choices=ChangeKind, blank=True, editable=False)

    class Meta:
        abstract = True


class Records(HistoricalRecords):
    """History that leaves out some fields of whichever model has them."""

    def create_history_model(self, model, inherited):
        history_model = super().create_history_model(model, inherited)
        # simple-history reads every name in this list from the model, and fails where the model has no such field.
        own = {field.name for field in model._meta.fields}
        history_model._history_excluded_fields = [name for name in self.excluded_fields if name in own]
        return history_model


class TrackedQuerySet(models.QuerySet):
    """Refuses the writes that leave no history. Save the rows one by one inside `change()` instead."""

    def _refuse(self, *args, **kwargs):
        raise TypeError("This leaves no history: save the rows one by one inside registry.changes.change().")

    update = bulk_create = bulk_update = aupdate = abulk_create = abulk_update = _refuse


class Tracked(models.Model):
    """A row whose every change is kept, with who made it, when and why."""

    # Many-to-many fields whose values are part of the history; never one with a `through` model.
    _history_m2m_fields = ()
    # Columns that stay as they were first saved: they stand in addresses, in exports, or as evidence.
    FROZEN: tuple[str, ...] = ()

    objects = TrackedQuerySet.as_manager()
    # simple_history passes None where no reason was given, hence null. Sort and search keys follow from the rest.
    history = Records(
        inherit=True,
        bases=[HistoryRow],
        excluded_fields=["sort_key", "folded"],
        history_change_reason_field=models.TextField(_("reason"), null=True),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.refuse_frozen()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.refuse_frozen()

    def stored(self, *columns: str) -> dict:
        """What the database holds of this row, whatever this copy of it says; {} where it holds nothing yet."""
        return (type(self)._base_manager.filter(pk=self.pk).values(*columns).first() or {}) if self.pk else {}

    def refuse_frozen(self):
        """Raise ValidationError if this copy differs from the stored row where that may not change."""
        stored = self.stored(*self.FROZEN) if self.FROZEN else {}
        for column, value in stored.items():
            if getattr(self, column) != value:
                raise ValidationError(
                    _("%(field)s stays “%(value)s”: others refer to it.")
                    % {"field": capfirst(self._meta.get_field(column).verbose_name), "value": value}
                )


class Sourced(models.Model):
    """Adds to a fact who says so, where, and when."""

    class SaidBy(models.TextChoices):
        """Where a statement comes from; the seeds keep these four apart."""

        VENDOR = "vendor", _("The vendor states")
        FINDING = "finding", _("We have found")
        USERS = "users", _("Users have experienced")
        ASSUMPTION = "assumption", _("We assume")

    said_by = models.CharField(_("who says so"), max_length=12, choices=SaidBy, default=SaidBy.VENDOR)
    source = models.CharField(
        _("source"), max_length=500, blank=True, help_text=_("Public. A document, an address, or who was asked.")
    )
    stated_on = models.DateField(
        _("stated on"), null=True, blank=True, help_text=_("The day it was said or found, if known.")
    )

    class Meta:
        abstract = True

"""The register in the administration: to be read, never written."""

import json

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from public.models import Redaction, RegisterEntry


class ReadOnlyAdmin(admin.ModelAdmin):
    """Nobody adds, changes or deletes here, whatever their permissions are."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(RegisterEntry)
class RegisterEntryAdmin(ReadOnlyAdmin):
    list_display = ["serial", "recorded_at", "kind", "subject_key", "public_reason"]
    list_filter = ["kind", "subject_kind", "recorded_at"]
    search_fields = ["=serial", "subject_key"]
    list_select_related = ["details"]
    ordering = ["-serial"]
    show_full_result_count = False
    # What it says stands on its public page, one click away.
    fields = ["serial", "recorded_at", "effective_on", "kind", "subject_kind", "subject_key", "public_reason", "change",
              "hash", "previous_hash"]  # fmt: skip

    @admin.display(description=_("reason"))
    def public_reason(self, entry):
        return entry.reason

    @admin.display(description=_("change"))
    def change(self, entry):
        """What the rows of the history carry that were written by the same change: who did it stands there."""
        return json.loads(entry.details.text).get("change", "")


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    list_display = ["of", "entry", "asked_by", "confirmed_by"]
    list_select_related = ["of", "entry", "asked_by", "confirmed_by"]

from django.contrib import admin

from assessments.models import Agreement, ImpactAssessment
from registry.admin import RelatedFilter, TrackedAdmin


@admin.register(Agreement)
class AgreementAdmin(TrackedAdmin):
    list_display = ["vendor", "kind", "state", "signed_on", "expires_on", "archive_reference"]
    list_filter = ["kind", "state"]
    list_select_related = ["vendor"]
    search_fields = ["vendor__folded"]
    autocomplete_fields = ["vendor", "services"]
    fields = [
        ("kind", "vendor"), "services", "state", ("signed_on", "expires_on", "notice_days"), "archive_reference",
        "note",
    ]  # fmt: skip


@admin.register(ImpactAssessment)
class ImpactAssessmentAdmin(TrackedAdmin):
    list_display = ["title", "platform", "dated", "valid_until"]
    list_filter = [("platform", RelatedFilter)]
    list_select_related = ["platform"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "platform", ("dated", "valid_until"), ("archive_reference", "url"), "summary"]

    def has_change_permission(self, request, obj=None):
        is_frozen = obj is not None and obj.assessments.published().exists()
        return not is_frozen and super().has_change_permission(request, obj)

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.base import TrackedAdmin
from registry.models import SchoolOwner, Vendor


@admin.register(SchoolOwner)
class SchoolOwnerAdmin(TrackedAdmin):
    list_display = ["name", "email", "dpo_email"]
    search_fields = ["name"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not SchoolOwner.objects.exists()


@admin.register(Vendor)
class VendorAdmin(TrackedAdmin):
    list_display = ["name", "legal_name", "country", "framework_listing", "framework_checked_on"]
    list_filter = ["framework_listing", "is_fictitious"]
    list_select_related = ["country"]
    search_fields = ["folded"]
    autocomplete_fields = ["country", "parent"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "legal_name", "slug", "parent", "is_fictitious"]}),
        (_("Where and who"), {"fields": ["country", "org_number", "website", "privacy_contact"]}),
        (_("Transfers to the USA"), {"fields": [("framework_listing", "framework_checked_on")]}),
        (_("Other"), {"fields": ["note"]}),
    ]

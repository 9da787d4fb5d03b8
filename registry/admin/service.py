"""A service with all its parts on one page, in the order in which the public page tells of them."""

import re

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.admin.base import StackedPartInline, TrackedAdmin
from registry.admin.filters import RelatedFilter, RelatedInUseFilter
from registry.changes import ChangeKind, current
from registry.history import SERVICE_PARTS
from registry.models import (
    DataUse,
    Disclosure,
    Edition,
    LoginMethod,
    Practice,
    Service,
    StorageLocation,
    Subprocessor,
)

RETENTION = ("retention", "retention_amount", "retention_unit", "retention_event", "retention_words")
SOURCE = ("said_by", "source", "stated_on")


class OwnRowsInline(StackedPartInline):
    """Offers, where a part points to another part, only those of the same service."""

    own_rows = ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.own_rows:
            rows = db_field.related_model._default_manager.select_related(*self.own_rows[db_field.name])
            kwargs["queryset"] = rows.filter(service_id=self.parent_id(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NamedInline(StackedPartInline):
    """Rows that uses of data name. They may be deleted when the same page deletes all that names them."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)

        class Form(formset.form):
            def hand_clean_DELETE(self):  # noqa: N802 - it is Django that looks here for what protects a row
                asked = self.cleaned_data.get("DELETE")
                if asked and not all(ticked(self.data, row) for row in naming(self.instance)):
                    super().hand_clean_DELETE()

        formset.form = Form
        return formset


def naming(row):
    """The rows that keep a row from being deleted."""
    collector = NestedObjects(using=row._state.db)
    collector.collect([] if row._state.adding else [row])
    return collector.protected


def ticked(data, row):
    """Whether the box “Delete” of a row is ticked in what is posted from the page of its service."""
    if type(row) is not DataUse:
        return False
    keys = [name for name, value in data.items() if value == str(row.pk) and re.fullmatch(r"data_uses-\d+-id", name)]
    return any(f"{key.removesuffix('id')}DELETE" in data for key in keys)


class LoginInline(NamedInline):
    model = LoginMethod
    fields = [("kind", "name"), ("use", "identifiability"), "note"]


class DataUseInline(OwnRowsInline):
    model = DataUse
    autocomplete_fields = ["category"]
    own_rows = {"login": (), "edition": ()}
    fields = [
        ("category", "detail"), ("subjects", "subject_words"), ("purpose", "optional"), RETENTION,
        ("login", "edition", "feide_attribute"), SOURCE,
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("category")


class PracticeInline(StackedPartInline):
    model = Practice
    fields = [("kind", "claim"), "reason", SOURCE]


class EditionInline(NamedInline):
    model = Edition
    fields = [("name", "slug", "price_model"), "note"]
    prepopulated_fields = {"slug": ["name"]}


class StorageInline(StackedPartInline):
    model = StorageLocation
    autocomplete_fields = ["region", "host"]
    fields = [
        ("region", "extent", "role"), ("place", "host"), ("transfer_basis", "fallback_basis"), "supplementary_measures",
        "note", SOURCE,
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("region")


class SubprocessorInline(OwnRowsInline):
    model = Subprocessor
    autocomplete_fields = ["vendor", "region", "data_categories"]
    own_rows = {"parent": ("vendor",)}
    fields = [
        ("vendor", "capacity"), "purpose", "data_categories", ("region", "place", "transfer_basis"), ("parent", "note"),
        SOURCE,
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("vendor")


class DisclosureInline(StackedPartInline):
    model = Disclosure
    fields = [("list", "answer", "since"), "address", "note"]


@admin.register(Service)
class ServiceAdmin(TrackedAdmin):
    parts = SERVICE_PARTS
    list_display = ["name", "vendor", "visibility", "visibility_since", "price_model"]
    list_filter = [
        "visibility", ("platforms", RelatedFilter), ("education_levels", RelatedFilter), "price_model", "vendor_role",
        "disclosures__answer", ("storage__region", RelatedInUseFilter), "is_fictitious",
    ]  # fmt: skip
    list_select_related = ["vendor"]
    search_fields = ["folded"]
    autocomplete_fields = ["vendor", "co_vendors", "subjects", "alternatives", "replaced_by"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["visibility_since", "first_listed_on"]
    # Saved in this order, so what names a way in or an edition is deleted before it; shown in that of `sections`.
    inlines = [
        DataUseInline, LoginInline, EditionInline, PracticeInline, StorageInline, SubprocessorInline, DisclosureInline,
    ]  # fmt: skip

    WHAT, WHO, PRICE = _("What it is"), _("For whom"), _("Price")
    VENDOR, ACCESSIBILITY, PLACE = _("The vendor"), _("Accessibility"), _("In the registry")
    fieldsets = [
        (WHAT, {"fields": ["name", "slug", "vendor", "co_vendors", "summary", "purpose", "aliases", "domains"]}),
        (WHO, {"fields": ["platforms", "education_levels", "subjects", ("grade_from", "grade_to")]}),
        (PRICE, {"fields": [("price_model", "price_note")]}),
        (VENDOR, {"fields": ["vendor_role", ("minimum_age", "age_terms"), "website", "app_store"]}),
        (ACCESSIBILITY, {"fields": ["accessibility_statement", "accessibility_note"]}),
        (
            PLACE,
            {
                "fields": [
                    ("visibility", "visibility_since", "first_listed_on"), "under_assessment_since", "alternatives",
                    "replaced_by", "content_language", "is_fictitious",
                ],
            },
        ),
    ]  # fmt: skip
    sections = [
        WHAT, LoginInline, WHO, DataUseInline, PracticeInline, PRICE, EditionInline, VENDOR, StorageInline,
        SubprocessorInline, DisclosureInline, ACCESSIBILITY, PLACE,
    ]  # fmt: skip

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name not in self.autocomplete_fields:
            kwargs["widget"] = CheckboxSelectMultiple()  # lists so short that all of it can be seen
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        frozen = ["slug"] if obj and obj.first_listed_on else []
        return [*super().get_readonly_fields(request, obj), *frozen]

    def save_model(self, request, obj, form, change):
        # Whatever else the change does: that a service is shown to the public, or no more, is what it is about.
        was_and_is = {form.initial.get("visibility"), obj.visibility}
        if len(was_and_is) == 2 and Service.Visibility.LISTED in was_and_is:
            self.must_be_open()
            current().kind = ChangeKind.LISTED
        super().save_model(request, obj, form, change)

    def view_on_site(self, service):
        if service.visibility == Service.Visibility.LISTED:
            return reverse("service-detail", args=[service.slug])
        return None

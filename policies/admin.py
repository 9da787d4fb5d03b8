from django.contrib import admin
from django.db.models import Max
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from policies.checks import gaps
from policies.models import (
    Collection,
    CollectionPoint,
    Contact,
    Cookie,
    LegalBasis,
    Policy,
    PolicyVersion,
    Recipient,
    Remark,
    Retention,
    Right,
    SecurityMeasure,
)
from policies.statements import version_statements
from registry.admin import PartInline, StackedPartInline, TrackedAdmin

RETENTION = ("retention", "retention_amount", "retention_unit", "retention_event", "retention_words")
WORDS = ("quote", "note")


class VersionInline(PartInline):
    """The versions of a document, to look at; each is changed on its own page."""

    model = PolicyVersion
    fields = readonly_fields = ["captured_on", "revised_on", "obtained", "controller"]
    ordering = ["-captured_on"]
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Policy)
class PolicyAdmin(TrackedAdmin):
    list_display = ["title", "kind", "vendor", "newest", "is_watched"]
    list_filter = ["kind", "language", "is_watched"]
    list_select_related = ["vendor"]
    search_fields = ["title", "vendor__name"]
    autocomplete_fields = ["vendor", "services"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["add_version"]
    inlines = [VersionInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "kind", "vendor", "services"]}),
        (_("Where it is"), {"fields": ["url", "language", "is_watched", "note"]}),
        (_("Versions"), {"fields": ["add_version"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(newest=Max("versions__captured_on"))

    @admin.display(description=_("newest version"), ordering="newest")
    def newest(self, policy):
        return policy.newest

    @admin.display(description=_("new version"))
    def add_version(self, policy):
        if policy.pk is None:
            return _("Save the document first.")
        url = reverse("admin:policies_policyversion_add")
        return format_html('<a href="{}?policy={}">{}</a>', url, policy.pk, _("Enter a new version"))


class CollectionPointInline(StackedPartInline):
    model = CollectionPoint
    show_change_link = True
    fields = [("position", "kind", "name", "login_kind"), ("consent", "insight"), WORDS]


class CollectionInline(StackedPartInline):
    model = Collection
    autocomplete_fields = ["category"]
    fields = [
        ("position", "category", "detail"), ("subjects", "subject_words"), ("handling", "origin", "is_optional"), WORDS,
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("category")


class LegalBasisInline(StackedPartInline):
    model = LegalBasis
    fields = [("position", "purpose"), ("ground", "law"), WORDS]


class RetentionInline(StackedPartInline):
    model = Retention
    fields = [("position", "what"), RETENTION, WORDS]


class CookieInline(StackedPartInline):
    model = Cookie
    fields = [
        ("position", "name", "pattern"), ("storage", "party", "provider", "module"), ("purpose", "necessity"),
        ("readers", "audience"), RETENTION, WORDS,
    ]  # fmt: skip


class RecipientInline(StackedPartInline):
    model = Recipient
    autocomplete_fields = ["vendor", "region"]
    fields = [
        ("position", "name", "vendor"), ("purpose", "data"), ("region", "transfer_basis"),
        ("statement_url", "refers_to_own_statement"), WORDS,
    ]  # fmt: skip


class RightInline(StackedPartInline):
    model = Right
    fields = [("position", "kind"), ("how", "limits"), ("cost", "body"), WORDS]


class SecurityMeasureInline(StackedPartInline):
    model = SecurityMeasure
    fields = [("position", "name", "iri"), WORDS]


class ContactInline(StackedPartInline):
    model = Contact
    fields = [("position", "kind", "value"), WORDS]


class RemarkInline(StackedPartInline):
    model = Remark
    fields = [("position", "topic", "url"), "text", WORDS]


@admin.register(PolicyVersion)
class PolicyVersionAdmin(TrackedAdmin):
    parts = (
        (CollectionPoint, [Collection]), LegalBasis, Retention, Cookie, Recipient, Right, SecurityMeasure, Contact,
        Remark,
    )  # fmt: skip
    list_display = ["policy", "captured_on", "revised_on", "obtained"]
    list_filter = ["obtained", "policy__kind"]
    list_select_related = ["policy"]
    search_fields = ["policy__title", "policy__vendor__name"]
    autocomplete_fields = ["policy"]
    date_hierarchy = "captured_on"
    readonly_fields = ["missing"]
    inlines = [
        ContactInline, CollectionPointInline, LegalBasisInline, RecipientInline, RetentionInline, CookieInline,
        RightInline, SecurityMeasureInline, RemarkInline,
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["policy", ("captured_on", "revised_on", "obtained"), "note"]}),
        (_("Who and what it is about"), {"fields": [("controller", "represented_by"), "covers"]}),
        (_("What the law asks for and it does not say"), {"fields": ["missing"]}),
        (_("The text"), {"fields": ["text"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("policy")

    @admin.display(description=_("missing"))
    def missing(self, version):
        if version.pk is None:
            return "–"
        found = gaps(version_statements(version))
        rows = [(gap.message, gap.article, f" – {gap.detail}" if gap.detail else "") for gap in found]
        items = format_html_join("", "<li>{} ({}){}</li>", rows)
        return format_html('<ul class="gaps">{}</ul>', items) if found else "–"


@admin.register(CollectionPoint)
class CollectionPointAdmin(TrackedAdmin):
    """Reached from its version: Django has no inlines within inlines."""

    parts = (Collection,)
    list_display = ["name", "kind", "version"]
    list_filter = ["kind"]
    list_select_related = ["version__policy"]
    search_fields = ["name", "version__policy__title"]
    autocomplete_fields = ["version"]
    inlines = [CollectionInline]
    fields = ["version", "position", "kind", "name", "login_kind", "consent", "insight", *WORDS]

    def has_module_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["version"] if obj else [])]

    def lock(self, point):
        # The page of the version writes the same rows.
        PolicyVersion._base_manager.select_for_update(no_key=True).get(pk=point.version_id)
        super().lock(point)

"""The registry's service page, with what is decided about the service and the way to a new round."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments import rounds
from assessments.admin.imported import CHANGE_ROUND, CHANGE_SERVICE, PAGE, BesidePage, ImportFilter
from assessments.admin.round import REFUSALS, tell
from assessments.models import Assessment, ImportedPage
from assessments.status import Status, with_status
from registry.admin import ServiceAdmin
from registry.admin.service import DataUseInline, LoginInline, StorageInline, SubprocessorInline
from registry.models import Service

admin.site.unregister(Service)


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


class OverdueFilter(admin.SimpleListFilter):
    """Set to yes, the list of services is the work list of those to be assessed anew."""

    title = _("overdue for reassessment")
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        return queryset.filter(is_overdue=self.value() == "yes") if self.value() in ("yes", "no") else queryset


class StartForm(forms.Form):
    """An imported round is not among the kinds: it needs no second pair of eyes, so nobody starts one by hand."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in (Assessment.Kind.ORDINARY, Assessment.Kind.CORRECTION)],
        help_text=_("A correction mends an error in what was published; the decision itself stays as it was."),
    )
    reason = forms.CharField(label=_("Why now"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


@admin.register(Service)
class AssessedServiceAdmin(BesidePage, ServiceAdmin):
    DECISIONS, DOCUMENTS = _("Decisions"), _("The vendor's documents")

    change_form_template = "admin/service_change_form.html"
    list_display = ["name", "vendor", "status", "review_by", "visibility", "open_round"]
    list_filter = [StatusFilter, OverdueFilter, ImportFilter, *ServiceAdmin.list_filter]
    readonly_fields = [*ServiceAdmin.readonly_fields, "status", "review_by", "all_rounds", "documents"]
    fieldsets = [
        (DECISIONS, {"fields": [("status", "review_by"), "all_rounds"]}),
        *ServiceAdmin.fieldsets,
        (DOCUMENTS, {"fields": ["documents"]}),
    ]
    sections = [DECISIONS, *ServiceAdmin.sections[:-4], DOCUMENTS, *ServiceAdmin.sections[-4:]]
    places = {
        **dict.fromkeys((PAGE, "status", "audiences", "conditions", "legal_basis"), DECISIONS),
        **dict.fromkeys(("name", "vendor", "description", "introduction"), ServiceAdmin.WHAT),
        **dict.fromkeys(("data_categories", "feide_attributes", "retention"), DataUseInline),
        **dict.fromkeys(("storage", "transfer"), StorageInline),
        **dict.fromkeys(("dpa", "policy_urls"), DOCUMENTS),
        **dict.fromkeys(("age", "store_link"), ServiceAdmin.VENDOR),
        "subprocessors": SubprocessorInline,
        "login": LoginInline,
        "price": ServiceAdmin.PRICE,
        "accessibility": ServiceAdmin.ACCESSIBILITY,
        "alternatives": ServiceAdmin.PLACE,
    }

    def get_queryset(self, request):
        opened = Assessment.objects.open().filter(service=OuterRef("pk"))
        return with_status(super().get_queryset(request)).annotate(open_id=Subquery(opened.values("pk")[:1]))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/start-round/", wrap(self.start_view), name="registry_service_start_round"),
            path(
                "<int:pk>/looked-through/<int:page>/",
                wrap(self.looked_through_view),
                name="registry_service_looked_through",
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("status"), ordering="status")
    def status(self, service):
        return Status(service.status).label if service.pk else "–"

    @admin.display(description=_("next assessment by"), ordering="review_by")
    def review_by(self, service):
        day = getattr(service, "review_by", None)  # a service that is being added has no round
        if not day:
            return "–"
        overdue = _("overdue")
        return f"{date_format(day)} ({overdue})" if service.is_overdue else date_format(day)

    @admin.display(description=_("open round"), ordering="open_id")
    def open_round(self, service):
        return _link_to(service.open_id, _("Open")) if service.open_id else "–"

    @admin.display(description=_("rounds"))
    def all_rounds(self, service):
        rows = service.assessments.order_by("-number") if service.pk else []
        lines = [(_link(row), row.get_state_display(), row.get_outcome_display()) for row in rows]
        return format_html_join("", "<div>{} – {} – {}</div>", lines) or "–"

    @admin.display(description=_("documents"))
    def documents(self, service):
        rows = service.policies.all() if service.pk else []
        links = ((reverse("admin:policies_policy_change", args=[row.pk]), row.title) for row in rows)
        return format_html_join("", '<div><a href="{}">{}</a></div>', links) or "–"

    def render_change_form(self, request, context, **kwargs):
        context["may_start"] = kwargs.get("change") and request.user.has_perm("assessments.start_assessment")
        return super().render_change_form(request, context, **kwargs)

    def start_view(self, request, pk):
        if not request.user.has_perm("assessments.start_assessment"):
            raise PermissionDenied
        service = get_object_or_404(Service, pk=pk)
        form = StartForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self.start(request, service, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Start a round: %(name)s") % {"name": service.name},
            "service": service,
            "opts": self.opts,
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/start_round.html", context)

    def looked_through_view(self, request, pk, page):
        """Somebody has compared the form with the page, and earlier versions of it; perhaps that is all it took."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        service = get_object_or_404(Service, pk=pk)
        shown = get_object_or_404(ImportedPage, pk=page, service=pk)
        submits = "submit" in request.POST
        if not request.user.has_perms([CHANGE_SERVICE, *([CHANGE_ROUND] if submits else [])]):
            raise PermissionDenied
        try:
            with transaction.atomic():
                self.lock(service)
                shown.versions_up_to_it().filter(looked_through_at__isnull=True).update(
                    looked_through_at=timezone.now(), looked_through_by=request.user
                )
                if submits:
                    rounds.submit(service.assessments.open().get(), actor=request.user)
        except REFUSALS as refusal:
            tell(request, refusal)
        else:
            messages.success(request, self._what_is_left(service))
        return HttpResponseRedirect(self.url_of("change", pk))

    def _what_is_left(self, service):
        """How many are to be looked through, and the next one in the order of the list."""
        waiting = ImportedPage.objects.filter(looked_through_at__isnull=True)
        services = Service.objects.filter(pk__in=waiting.values("service")).order_by("sort_key", "slug")
        count = services.count()
        if not count:
            return _("Looked through. That was the last of them.")
        following = services.filter(sort_key__gte=service.sort_key).exclude(pk=service.pk).first() or services.first()
        left = ngettext("%(count)d service is left.", "%(count)d services are left.", count) % {"count": count}
        link = format_html('<a href="{}">{}</a>', self.url_of("change", following.pk), following.name)
        return format_html("{} {} {} {}", _("Looked through."), left, _("Next:"), link)

    def start(self, request, service, asked):
        try:
            new = rounds.start(service, actor=request.user, kind=asked["kind"], reason=asked["reason"])
        except REFUSALS as refusal:
            tell(request, refusal)
            return HttpResponseRedirect(self.url_of("change", service.pk))
        return HttpResponseRedirect(reverse("admin:assessments_assessment_change", args=[new.pk]))


def _link(row):
    return _link_to(row.pk, row.number)


def _link_to(pk, text):
    return format_html('<a href="{}">{}</a>', reverse("admin:assessments_assessment_change", args=[pk]), text)

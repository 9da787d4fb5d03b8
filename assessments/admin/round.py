"""A round: written while it is open, handed over, sent back or published by buttons, and never touched again."""

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from assessments import rounds
from assessments.admin import signing
from assessments.admin.imported import CHANGE_ROUND, PAGE, BesidePage
from assessments.decision import changed_since
from assessments.models import Assessment, Condition, Consideration, OwnerBasis, Ruling
from registry.admin import StackedPartInline, TrackedAdmin
from registry.changes import ChangeKind
from registry.facts import facts, with_facts
from registry.history import version_of
from registry.models import Edition, Service

SOURCE = ("said_by", "source", "stated_on")
PUBLISH = "assessments.publish_assessment"

# What stops a button: the rules, or somebody else who pressed one at the same moment.
REFUSALS = (ValidationError, IntegrityError, OperationalError, ObjectDoesNotExist)


class RoundPartInline(StackedPartInline):
    """Parts that are frozen with their round."""

    def has_add_permission(self, request, obj):
        return is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return is_open(obj) and super().has_delete_permission(request, obj)


def is_open(row):
    return row is None or not row.is_published


class RulingInline(RoundPartInline):
    model = Ruling
    fields = [
        ("position", "audience", "verdict"), ("edition", "grade_from", "grade_to"), "use",
        ("voluntary", "offered_instead"),
    ]  # fmt: skip

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.filter(service__assessments=self.parent_id(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ConditionInline(RoundPartInline):
    model = Condition
    fields = [("position", "is_rechecked"), "text", "audiences"]


class ConsiderationInline(RoundPartInline):
    model = Consideration
    fields = [("position", "kind", "direction"), "text", SOURCE]


class OwnerBasisInline(RoundPartInline):
    model = OwnerBasis
    fields = [("position", "purpose"), "audiences", ("ground", "law")]


@admin.register(Assessment)
class AssessmentAdmin(BesidePage, TrackedAdmin):
    kind = ChangeKind.DECISION
    parts = rounds.PARTS
    change_form_template = "admin/round_change_form.html"
    list_display = ["service", "number", "state", "outcome", "kind", "decided_on", "review_by", "submitted_by"]
    list_filter = ["state", "outcome", "kind"]
    list_select_related = ["service", "submitted_by"]
    search_fields = ["service__folded"]
    date_hierarchy = "decided_on"
    autocomplete_fields = ["policy_versions", "impact_assessments"]
    inlines = [RulingInline, ConditionInline, ConsiderationInline, OwnerBasisInline]
    readonly_fields = [
        "service", "number", "kind", "state", "submitted_by", "submitted_at", "approver", "published_at",
        "return_comment",
    ]  # fmt: skip

    ROUND, ANSWER, DATES = _("The round"), _("The answer"), _("Dates")
    RESTS, STAFF = _("What it rests on"), _("For us")
    fieldsets = [
        (
            ROUND,
            {
                "fields": [
                    ("service", "number", "kind", "state"), ("submitted_by", "submitted_at"),
                    ("approver", "published_at"), "return_comment",
                ]
            },
        ),
        (ANSWER, {"fields": ["outcome", "summary", "reasons", "change_summary"]}),
        (
            DATES,
            {
                "fields": [
                    ("decided_on", "in_force_from", "review_by"), ("valid_until", "pilot_schools"),
                    ("stop_using_by", "wind_down"),
                ]
            },
        ),
        (RESTS, {"fields": ["impact_assessments", "policy_versions", "case_number", "carried_over_from"]}),
        (STAFF, {"fields": ["internal_notes"]}),
    ]  # fmt: skip
    sections = [
        ROUND, ANSWER, RulingInline, ConditionInline, ConsiderationInline, OwnerBasisInline, DATES, RESTS, STAFF,
    ]  # fmt: skip

    places = {
        PAGE: ROUND,
        "status": ANSWER,
        "audiences": RulingInline,
        "conditions": ConditionInline,
        "risk": ConsiderationInline,
        "legal_basis": OwnerBasisInline,
    }

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("service")

    def service_of(self, row):
        return row.service

    def has_add_permission(self, request):
        return False  # a round starts from its service, as a copy of the last one

    def has_change_permission(self, request, obj=None):
        return is_open(obj) and super().has_change_permission(request, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        written = set(form.changed_data).difference(form.ABOUT_THE_CHANGE) or any(
            formset.has_changed() for formset in formsets
        )
        if written and form.instance.state == Assessment.State.SUBMITTED:
            rounds.reopen(form.instance)
            form.instance.save()
            messages.warning(request, _("The round is a draft again, because you changed it. Submit it anew."))

    # The buttons

    def get_urls(self):
        steps = {
            "submit": self.submit_view,
            "return": self.return_view,
            "publish": self.publish_view,
            "discard": self.discard_view,
        }
        urls = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"assessments_assessment_{name}")
            for name, view in steps.items()
        ]
        return [*urls, *super().get_urls()]

    def render_change_form(self, request, context, **kwargs):
        row = context["original"]
        state = row.state if row else None
        context |= {
            "may_write": state == Assessment.State.DRAFT and request.user.has_perm(CHANGE_ROUND),
            "may_decide": state == Assessment.State.SUBMITTED and request.user.has_perm(PUBLISH),
        }
        return super().render_change_form(request, context, **kwargs)

    def submit_view(self, request, pk):
        return self.step(request, pk, CHANGE_ROUND, _("Submitted for approval."), rounds.submit)

    def return_view(self, request, pk):
        comment = words(request, "comment")
        return self.step(request, pk, PUBLISH, _("Returned to the editor."), rounds.return_to_draft, comment=comment)

    def discard_view(self, request, pk):
        reason = words(request, "why")
        return self.step(request, pk, CHANGE_ROUND, _("The draft was discarded."), rounds.discard, reason=reason)

    def publish_view(self, request, pk):
        if request.method == "POST":
            shown = request.POST.get("version", "")
            return self.step(request, pk, PUBLISH, _("Published."), self.publish_as_shown, version=shown)
        row = self.round_for(request, pk, PUBLISH)
        return TemplateResponse(request, "admin/publish_round.html", self.what_is_new(request, row))

    def publish_as_shown(self, row, *, actor, version):
        if version != version_of(row, self.parts):
            raise ValidationError(_("The round was changed after you opened this page. Read it again."))
        rounds.publish(row, actor=actor)

    def step(self, request, pk, permission, done, act, **details):
        """Move a round on in its life, and tell how it went. A refusal is told in its own words."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = self.round_for(request, pk, permission)
        try:
            with transaction.atomic():
                self.lock(row)
                act(row, actor=request.user, **details)
        except REFUSALS as refusal:
            tell(request, refusal)
        else:
            messages.success(request, done)
        return HttpResponseRedirect(self.url_after(row))

    def url_after(self, row):
        """The page of a round, or of its service when the round is no more."""
        if Assessment.objects.filter(pk=row.pk).exists():
            return self.url_of("change", row.pk)
        return reverse("admin:registry_service_change", args=[row.service_id])

    def round_for(self, request, pk, permission):
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(Assessment.objects.select_related("service"), pk=pk)

    def what_is_new(self, request, row):
        last = row.service.assessments.published().order_by("-number").first()
        service = with_facts(Service.objects.filter(pk=row.service_id)).get()
        comparison = signing.compared(row, last)
        return {
            **self.admin_site.each_context(request),
            "title": _("Publish: %(round)s") % {"round": row},
            "round": row,
            "last": last,
            "comparison": comparison,
            "sections": signing.sections(comparison, row.service),
            "facts_changed": [FACTS.get(key, key) for key in changed_since(last.facts, facts(service))] if last else [],
            "lists_its_service": rounds.lists_its_service(row),
            "problems": rounds.problems(row),
            "wrote_in_it": request.user.pk == row.submitted_by_id or request.user.pk in rounds.editors(row),
            "version": version_of(row, self.parts),
            "opts": self.opts,
            "media": self.media,
        }


def words(request, name):
    """What somebody wrote in a field beside a button."""
    return request.POST.get(name, "")[:1000].replace("\0", "")


def tell(request, refusal):
    """Show why something was not done. A failure that has nothing to do with others at work is raised again."""
    if isinstance(refusal, ValidationError):
        told = refusal.messages
    elif isinstance(refusal, OperationalError) and "lock" not in str(refusal):
        raise refusal
    else:
        told = [_("Somebody else was changing this at the same moment. See what they did, then try again.")]
    for message in told:
        messages.error(request, message)


# The keys of `registry.facts` that are not named as a field of the service is.
FACTS = {
    **{field.name: field.verbose_name for field in Service._meta.get_fields() if hasattr(field, "verbose_name")},
    "editions": _("editions"),
    "logins": _("logins"),
    "data": _("data"),
    "storage": _("storage"),
    "subprocessors": _("subprocessors"),
    "practices": _("practices"),
    "disclosures": _("completeness of the lists"),
    "grades": _("grades"),
    "price": _("price"),
    "accessibility": _("accessibility"),
    "language": _("language of the texts"),
}

"""What every admin page of tracked rows does: ask why, save through the one door, notice who was there meanwhile."""

from contextlib import nullcontext
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, OperationalError, connection, models
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from registry.admin.forms import EDITORS_KINDS, PartForm, PlainText, TrackedForm
from registry.changes import ChangeKind, change, current
from registry.folding import fold, plain
from registry.history import changes_to

LONGEST_SEARCH, MOST_WORDS = 200, 10
FORM_FIELDS = {
    models.URLField: {"form_class": partial(forms.URLField, assume_scheme="https")},
    models.TextField: {"form_class": PlainText, "widget": AdminTextareaWidget(attrs={"rows": 4})},
}


class TrackedAdmin(SimpleHistoryAdmin):
    """A page on which rows are changed for a public reason, each change with its parts in the history.

    `parts` are the models edited on the same page (see `registry.history.changes_to`). `sections` is the order of the
    page: headings of fieldsets and inline classes; what it does not name follows. A subclass may put notes above a
    section, by these names, into the context as `section_notes`.
    """

    form = TrackedForm
    formfield_overrides = FORM_FIELDS
    change_form_template = "admin/tracked_change_form.html"
    parts = ()
    sections = ()
    kind = ChangeKind.FACTS
    show_facets = admin.ShowFacets.ALWAYS
    list_per_page = 50
    changes_per_page = 50

    class Media:
        css = {"all": ["admin-registry.css"]}

    # The door for changes

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        for patience in reversed(range(4)):
            try:
                with self.door(request):
                    return super().changeform_view(request, object_id, form_url, extra_context)
            except OperationalError as busy:
                # Somebody else has been saving this row for too long. Once they are done, the form tells what they did.
                if "lock" not in str(busy) or not patience:
                    raise
            except IntegrityError:
                # What forms cannot see, such as a row that points to one deleted in the same form.
                self.message_user(request, _("Nothing was saved: the rows contradict each other."), messages.ERROR)
                return HttpResponseRedirect(request.path)

    def delete_view(self, request, object_id, extra_context=None):
        with self.door(request):
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        with self.door(request):
            return super().changelist_view(request, extra_context)

    def door(self, request):
        """Open a change for a form that gives its reason. Without one nothing opens, and `must_be_open` refuses."""
        reason = request.POST.get("reason", "").strip() if request.method == "POST" else ""
        if not reason:
            return nullcontext()
        return change(reason, self.kind_of(request), request.user)

    def kind_of(self, request):
        asked = request.POST.get("change_kind")
        return asked if self.kind == ChangeKind.FACTS and asked in dict(EDITORS_KINDS) else self.kind

    def must_be_open(self):
        if current() is None:
            raise PermissionDenied("A row can be written only for a reason.")

    def save_model(self, request, obj, form, change):
        self.must_be_open()
        if not change or set(form.changed_data).difference(form.ABOUT_THE_CHANGE):
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        self.must_be_open()
        super().save_related(request, form, formsets, change)

    def delete_model(self, request, obj):
        self.must_be_open()
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        self.must_be_open()
        for row in queryset:
            row.delete()

    def construct_change_message(self, request, form, formsets, add=False):
        return form.cleaned_data["reason"]

    def has_delete_permission(self, request, obj=None):
        return False  # history and register refer to it

    # One writer at a time

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST" and connection.in_atomic_block:
            self.lock(row)
            row = super().get_object(request, object_id, from_field)  # as it is now that nobody else can write
        return row

    def lock(self, row):
        """Wait until nobody else is saving this row or its parts; it stays ours until the transaction ends."""
        type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.parts = self.parts
        if self.kind != ChangeKind.FACTS:
            form.base_fields.pop("change_kind", None)
        return form

    def get_readonly_fields(self, request, obj=None):
        frozen = [self.opts.get_field(column).name for column in self.model.FROZEN] if obj else []
        return list(dict.fromkeys([*super().get_readonly_fields(request, obj), *frozen]))

    def get_prepopulated_fields(self, request, obj=None):
        shown = set(self.get_readonly_fields(request, obj))
        return {name: of for name, of in super().get_prepopulated_fields(request, obj).items() if name not in shown}

    def get_fields(self, request, obj=None):
        names = super().get_fields(request, obj)
        return [name for name in names if name not in TrackedForm.ABOUT_THE_CHANGE]

    # The page, in the order of what it is about

    def render_change_form(self, request, context, **kwargs):
        notes = context.get("section_notes", {})
        context["sections"] = [
            section | {"notes": notes.get(name, ())}
            for name, section in self.in_order(context["adminform"], context["inline_admin_formsets"])
        ]
        return super().render_change_form(request, context, **kwargs)

    def in_order(self, fieldsets, inlines):
        """Fieldsets and inlines with what `sections` calls them, in its order, the rest behind."""
        found = {fieldset.name: {"fieldset": fieldset} for fieldset in fieldsets}
        found |= {type(inline.opts): {"inline": inline} for inline in inlines}
        wanted = [(name, found.pop(name)) for name in self.sections if name in found]
        return [*wanted, *found.items()]

    # History

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_history_or_change_history_permission(request, row):
            raise PermissionDenied
        changes = Paginator(changes_to(row, self.parts), self.changes_per_page)
        context = {
            **self.admin_site.each_context(request),
            "title": self.history_view_title(request, row),
            "object": row,
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
            "page": changes.get_page(request.GET.get("p")),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/tracked_history.html", context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        # simple_history hides its Revert button, yet would save what is posted, even for staff who may only view.
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return HttpResponseRedirect(self.url_of("history", object_id))

    def url_of(self, page, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    # Search, in the same folded form as on the public pages

    def get_search_results(self, request, queryset, search_term):
        words = plain(search_term[:LONGEST_SEARCH]).split()[:MOST_WORDS]
        folded = [name for name in self.search_fields if name.endswith("folded")]
        for word in words if folded else ():
            queryset = queryset.filter(Q(*[(f"{name}__contains", word) for name in folded], _connector=Q.OR))
        if words and not folded:
            found = [pk for pk, text in self.search_texts(queryset) if all(word in fold(text) for word in words)]
            queryset = queryset.filter(pk__in=found)
        return queryset, False

    def search_texts(self, queryset):
        """What is searched in lists that have no folded text in the database; they are short enough to read through."""
        for pk, *texts in queryset.values_list("pk", *self.search_fields):
            yield pk, " ".join(map(str, texts))


class PartInline(admin.TabularInline):
    """Rows that belong to the row of the page. They are saved, and may be deleted, with it and for its reason."""

    form = PartForm
    formfield_overrides = FORM_FIELDS
    extra = 0
    show_change_link = False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name not in self.get_autocomplete_fields(request):
            field.choices = list(field.choices)  # asked once, not once a row
        return field

    def parent_id(self, request):
        """The key of the row whose page this is; None on the page that adds one."""
        return request.resolver_match.kwargs.get("object_id")


class StackedPartInline(PartInline):
    template = "admin/edit_inline/stacked.html"

"""The page that a service was carried over from, beside the form: what was read from where, and what to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Assessment, ImportedPage
from registry.models import Service

CHANGE_SERVICE, CHANGE_ROUND = "registry.change_service", "assessments.change_assessment"
UNPLACED = "unplaced"
MOST_LINES = 1000  # more than any page has that people wrote; a browser shows these at once
PAGE = "page"  # what is uncertain about the page as a whole
# What the reader calls the parts of a page, in the words of the forms.
LABELS = {
    "accessibility": _("Accessibility"),
    "address": _("Address"),
    "age": _("Vendor's age terms"),
    "alternatives": _("Alternatives"),
    "audiences": _("For whom"),
    "conditions": _("Conditions"),
    "contact": _("Contact"),
    "data_categories": _("Data"),
    "description": _("Purpose and use"),
    "dpa": _("Data processing agreement"),
    "feide_attributes": _("Feide attributes"),
    "furniture": _("Menus and the like"),
    "introduction": _("Introduction"),
    "legal_basis": _("School owner's legal basis"),
    "login": _("Login methods"),
    "name": _("Name"),
    "note": _("Note"),
    PAGE: _("The page"),
    "policy_urls": _("Privacy statement"),
    "price": _("Price"),
    "retention": _("Retention"),
    "risk": _("Risk"),
    "status": _("Decision"),
    "storage": _("Storage"),
    "store_link": _("Address in an app store"),
    "subprocessors": _("Subprocessors"),
    "transfer": _("Transfer bases"),
    UNPLACED: _("Found no place"),
    "updated": pgettext_lazy("of a page", "Last updated"),
    "vendor": _("Vendor"),
}
# Words that a page has on these stand in no field of the draft; somebody who wants them enters them.
BY_HAND = ("login", "transfer", "legal_basis", "alternatives")


@dataclass(frozen=True)
class Note:
    """Something to look at in a section of a form: about what, why, and the first line of the page that it is about."""

    label: str
    why: str
    anchor: str


@dataclass(frozen=True)
class Passage:
    """Lines that stand together and were read as the same fields. `kind` is read, uncertain, by_hand or unplaced."""

    label: str
    kind: str
    lines: tuple[tuple[int, str], ...]


class PageView:
    """An imported page as the panel shows it."""

    def __init__(self, page: ImportedPage):
        self.page = page
        self.fields_of: dict[int, list[str]] = {}
        for name, numbers in page.fields.items():
            for number in numbers:
                self.fields_of.setdefault(number, []).append(name)

    def anchor(self, number: int) -> str:
        """The id of a line on the page."""
        return f"page-{self.page.pk}-line-{number}"

    def passages(self) -> Iterator[Passage]:
        """The lines, in their order, in runs of those that were read as the same."""
        for fields, lines in groupby(
            self.page.lines[:MOST_LINES], lambda line: tuple(self.fields_of.get(line[0], (UNPLACED,)))
        ):
            uncertain = [name for name in fields if name in self.page.uncertain]
            yield Passage(
                label=" · ".join(str(LABELS.get(name, name)) for name in fields),
                kind=_kind(fields, uncertain),
                lines=tuple((number, text) for number, text in lines),
            )

    def left_out(self) -> int:
        """How many lines are not shown."""
        return max(0, len(self.page.lines) - MOST_LINES)

    def unplaced(self) -> list[int]:
        """The numbers of lines that found no place."""
        return [number for number, _text in self.page.lines if number not in self.fields_of]

    def first_unplaced(self) -> str:
        """The id of the first line that found no place; "" if all did."""
        found = self.unplaced()
        return self.anchor(found[0]) if found else ""

    def uncertain(self) -> list[Note]:
        """What may have been read wrongly, and why."""
        return [self._note(name, why) for name, why in self.page.uncertain.items()]

    def notes(self) -> Iterator[tuple[str, Note]]:
        """What to look at, by the reader's name of the field: what is uncertain, and what was not carried over."""
        yield from zip(self.page.uncertain, self.uncertain(), strict=True)
        for name in BY_HAND:
            if name in self.page.fields:
                yield name, self._note(name, _("The page has words on this that were not carried over."))

    def _note(self, name, why):
        numbers = self.page.fields.get(name)
        return Note(LABELS.get(name, name), why, self.anchor(numbers[0]) if numbers else "")


def _kind(fields, uncertain):
    if fields == (UNPLACED,):
        return UNPLACED
    if uncertain:
        return "uncertain"
    return "by_hand" if set(fields) & set(BY_HAND) else "read"


def _is_ready(service):
    """It has a draft of a round, which can go to approval."""
    return service.assessments.filter(state=Assessment.State.DRAFT).exists()


class BesidePage:
    """An admin page with the imported page beside its form. `places` says which section of it a field belongs to."""

    places: dict[str, object] = {}

    def service_of(self, row) -> Service:
        """The service that the row is about: itself, if it is one."""
        return row

    def render_change_form(self, request, context, **kwargs):
        row = context["original"]
        service = self.service_of(row) if row else None
        pages = list(service.imported_pages.select_related("looked_through_by")) if service else []
        newest = {page.address: page for page in reversed(pages)}
        views = [PageView(page) for page in sorted(newest.values(), key=lambda page: page.is_beside)]
        waiting = [view for view in views if view.page.looked_through_at is None]
        may_look = request.user.has_perm(CHANGE_SERVICE)
        context |= {
            "imported": views,
            "earlier": [PageView(page) for page in pages if newest[page.address] != page],
            "may_look_through": may_look,
            # One click more is one too many, unless something else is to be looked through first.
            "may_submit": len(waiting) == 1 and may_look and request.user.has_perm(CHANGE_ROUND) and _is_ready(service),
            "section_notes": self.notes_by_section(waiting),
        }
        return super().render_change_form(request, context, **kwargs)

    def notes_by_section(self, views) -> dict[object, list[Note]]:
        """What to look at, by section, of pages that nobody has looked through yet."""
        found: dict[object, list[Note]] = {}
        for view in views:
            for name, note in view.notes():
                if name in self.places:
                    found.setdefault(self.places[name], []).append(note)
        return found


class ImportFilter(admin.SimpleListFilter):
    """Set to “to look through”, the list of services is what is left of an import."""

    title = _("imported page")
    parameter_name = "imported"

    def lookups(self, request, model_admin):
        return [
            ("waiting", _("To look through")),
            ("done", _("Looked through")),
            ("none", pgettext_lazy("page", "None")),
        ]

    def queryset(self, request, queryset):
        pages = ImportedPage.objects.filter(service=OuterRef("pk"))
        waiting = Exists(pages.filter(looked_through_at__isnull=True))
        asked = {"waiting": waiting, "done": Exists(pages) & ~waiting, "none": ~Exists(pages)}.get(self.value())
        return queryset if asked is None else queryset.filter(asked)

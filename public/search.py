"""Given what somebody asks the list for: which services, in which order, with which counts, and what made no sense.

Everything that the list knows of its query string is here, so that another way of finding, such as an index in memory,
can take this class's place.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from public import matching
from public.dossier import public_services
from public.filters import ServiceFilter, echo
from public.paging import PAGE_SIZE, links, number_in
from public.rows import with_status_and_situation

MOST_IGNORED = 5  # that many bad values are named; the rest are not worth a screenful

SORTS = {
    "navn": [],
    "vurdert": [F("decided_on").desc(nulls_last=True)],
    "frist": [F("review_by").asc(nulls_last=True)],
}

# Of these lists only the values that fit something are shown; they are long.
LONG = {"lagring", "overforing", "opplysning", "leverandor"}


@dataclass(frozen=True)
class Choice:
    """One value of a filter, and how many services it would give with the other filters as they are."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with the choices that are worth showing."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def is_used(self):
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """A choice that is made, and the address of the list without it."""

    label: str
    address: str


@dataclass(frozen=True)
class Ignored:
    """A value that was not used, as it may be shown, and what it was meant for."""

    value: str
    label: str


class Search:
    """One question to the list, as it stands in the address."""

    def __init__(self, params: QueryDict):
        self.filters = ServiceFilter(params, with_status_and_situation(public_services()))
        self.filters.is_valid()
        self.text = self.filters.form.cleaned_data["q"]
        self.chosen = {name: value for name, value in self.filters.form.cleaned_data.items() if value and name != "q"}
        self._sort = params.get("sorter", "")
        self._page = params.get("side", "")

    # Which services, in which order

    @cached_property
    def services(self) -> QuerySet:
        found = self.filters.qs
        nearest = [matching.closeness(self.text)] if self.text and self.sort == "navn" else []
        return found.order_by(*nearest, *SORTS[self.sort], "sort_key", "slug")

    @cached_property
    def count(self) -> int:
        return self.filters.qs.count()

    @cached_property
    def page(self):
        pages = Paginator(self.services, PAGE_SIZE)
        pages.count = self.count
        return pages.get_page(number_in(self._page))

    @property
    def sort(self) -> str:
        return self._sort if self._sort in SORTS else "navn"

    def finds_without_filters(self) -> bool:
        """Whether the words alone find something, so that it is the filters that leave nothing over."""
        return matching.matching(public_services(), self.text).exists()

    def similar(self) -> QuerySet:
        """Services with a name like the one that was looked for."""
        slugs = matching.similar(public_services(), self.text)
        return with_status_and_situation(public_services().filter(slug__in=slugs))

    # With which counts

    @cached_property
    def facets(self) -> dict[str, Facet]:
        return {name: self._facet(name) for name in self.filters.filters if name != "q"}

    def _facet(self, name):
        counts = self.filters.filters[name].counts(self.filters.without(name))
        chosen = self.chosen.get(name, [])
        choices = [
            Choice(value, str(label), counts.get(value, 0), value in chosen)
            for value, label in self.filters.form.fields[name].choices
        ]
        shown = [choice for choice in choices if choice.count or choice.is_chosen or name not in LONG]
        return Facet(name, str(self.filters.filters[name].label), shown)

    # What was not understood

    @cached_property
    def ignored(self) -> list[Ignored]:
        """The values that were left out, of parameters that exist; other parameters are nobody's business."""
        found = [
            Ignored(echo(value), str(self.filters.filters[name].label).lower())
            for name, field in self.filters.form.fields.items()
            for value in field.ignored
        ]
        if self._sort and self._sort not in SORTS:
            found.append(Ignored(echo(self._sort), _("sorting")))
        if self._page and str(self.page.number) != self._page:
            found.append(Ignored(echo(self._page), _("page")))
        return found[:MOST_IGNORED]

    @property
    def has_too_many_words(self) -> bool:
        return not matching.host(self.text) and len(matching.words(self.text)) > matching.MOST_WORDS

    # The addresses of this question and of those beside it

    def address(self, *, without: tuple[str, str] | None = None, sort: str | None = None, page: int = 1) -> str:
        """The query string, with one choice taken out, another order, or another page; only what is understood."""
        query = QueryDict(mutable=True)
        if self.text and without != ("q", self.text):
            query["q"] = self.text
        for name, values in self.chosen.items():
            query.setlist(name, [value for value in values if (name, value) != without])
        if (sort or self.sort) != "navn":
            query["sorter"] = sort or self.sort
        if page > 1:
            query["side"] = str(page)
        return f"?{query.urlencode()}" if any(query.lists()) and query.urlencode() else ""

    @property
    def chips(self) -> list[Chip]:
        words = (
            [Chip(_("“%(text)s”") % {"text": self.text}, self.address(without=("q", self.text)))] if self.text else []
        )
        return words + [
            Chip(choice.label, self.address(without=(facet.name, choice.value)))
            for facet in self.facets.values()
            for choice in facet.choices
            if choice.is_chosen
        ]

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        return links(self.page, lambda number: self.address(page=number))


def status_counts(services: QuerySet) -> dict[str, int]:
    """How many of these services have each status."""
    return dict(services.order_by().values_list("status").annotate(Count("pk", distinct=True)))

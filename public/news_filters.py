"""What the public may narrow the news by, and all that the page of changes and its feed know of their query string."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.status import Status, with_status
from public.dossier import public_services
from public.filters import AnyOf, echo
from public.models import RegisterEntry
from public.paging import PAGE_SIZE, links, number_in
from public.presentation.words import day as in_words
from public.register.reading import NO_NEWS, midnight, news
from public.search import MOST_IGNORED, Chip, Ignored
from public.vendors import offering_vendors, public_vendors

About, Kind = RegisterEntry.About, RegisterEntry.Kind

# The words for the address, with the kinds of subjects that each stands for.
ABOUT = {
    "tjeneste": [About.SERVICE],
    "leverandor": [About.VENDOR],
    "dokument": [About.POLICY],
    "ordliste": [
        About.REGION, About.CATEGORY, About.BASIS, About.PLATFORM, About.LEVEL, About.SUBJECT, About.OWNER
    ],
}  # fmt: skip
ABOUT_CHOICES = [
    ("tjeneste", gettext_lazy("Services")),
    ("leverandor", gettext_lazy("Vendors")),
    ("dokument", gettext_lazy("Documents")),
    ("ordliste", gettext_lazy("Countries, kinds of data and other lists")),
]
KINDS = [(code, words) for code, words in Kind.choices if code != NO_NEWS]
SENSIBLE_DAY = "20[0-9]{2}-[0-9]{2}-[0-9]{2}"
# What tells how a service came to its status.
OF_STATUS = (Kind.DECISION, Kind.LISTED, Kind.BACKFILLED, Kind.LAPSED)


def about_services(services: QuerySet) -> Q:
    """Of entries: those about these services."""
    return Q(subject_kind=About.SERVICE, subject_key__in=services.values("slug"))


def about_vendors(slugs: list[str]) -> Q:
    """Of entries: those about these vendors, and about the services that they offer now, alone or with others."""
    offered = public_services().filter(Q(vendor__slug__in=slugs) | Q(co_vendors__slug__in=slugs))
    return Q(subject_kind=About.VENDOR, subject_key__in=slugs) | about_services(offered)


def with_any_status(values: list[str]) -> QuerySet:
    """The public services that have one of these statuses now."""
    return with_status(public_services()).filter(status__in=values)


class DayField(forms.CharField):
    """Takes a day as in ISO 8601, and remembers what is none. Days of other centuries than the register's are none."""

    ignored = ()

    def clean(self, value):
        self.ignored = []
        if not value:
            return None
        try:
            return datetime.date.fromisoformat(value if re.fullmatch(SENSIBLE_DAY, value) else "")
        except ValueError:
            self.ignored = [value]
            return None


class RecordedFrom(django_filters.Filter):
    """Entries recorded on a day in Norway or later."""

    field_class = DayField

    def filter(self, entries, day):
        return entries.filter(recorded_at__gte=midnight(day)) if day else entries


class RecordedUntil(RecordedFrom):
    """Entries recorded on a day in Norway or earlier."""

    def filter(self, entries, day):
        return entries.filter(recorded_at__lt=midnight(day + datetime.timedelta(days=1))) if day else entries


class AboutAny(AnyOf):
    """Entries about subjects of these kinds."""

    def filter(self, entries, values):
        kinds = [kind for value in values for kind in ABOUT[value]]
        return entries.filter(subject_kind__in=kinds) if kinds else entries


class AnyStatus(AnyOf):
    """Entries about services that have one of these statuses now, whatever they had then."""

    def filter(self, entries, values):
        return entries.filter(about_services(with_any_status(values))) if values else entries


class AnyVendor(AnyOf):
    """Entries about one of these vendors and about its services."""

    def filter(self, entries, values):
        return entries.filter(about_vendors(values)) if values else entries


class NewsFilter(django_filters.FilterSet):
    """The filters of the news. Values of one are OR-ed, the filters AND-ed."""

    om = AboutAny(label=pgettext_lazy("subject", "About"), choices=ABOUT_CHOICES)
    hva = AnyOf(label=gettext_lazy("What happened"), field_name="kind", choices=KINDS)
    status = AnyStatus(label=gettext_lazy("Status of the service now"), choices=Status.choices)
    leverandor = AnyVendor(label=gettext_lazy("Vendor"))
    fra = RecordedFrom(label=gettext_lazy("First day"))
    til = RecordedUntil(label=gettext_lazy("Last day"))

    class Meta:
        model = RegisterEntry
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        vendors = public_vendors().order_by("sort_key").values_list("slug", "name")
        self.filters["leverandor"].extra["choices"] = list(vendors)


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool


class NewsQuestion:
    """One question to the news, as it stands in an address."""

    def __init__(self, params: QueryDict):
        self.filters = NewsFilter(params, news())
        self.filters.is_valid()
        self.chosen = {name: value for name, value in self.filters.form.cleaned_data.items() if value}
        self._page = params.get("side", "")

    @property
    def entries(self) -> QuerySet:
        return self.filters.qs

    @cached_property
    def count(self) -> int:
        return self.entries.order_by().count()

    @cached_property
    def page(self) -> Page:
        pages = Paginator(self.entries, PAGE_SIZE)
        pages.count = self.count
        return pages.get_page(number_in(self._page))

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        return links(self.page, lambda number: self.address(page=number))

    def choices(self, name: str) -> list[Choice]:
        """The values of a filter that are worth showing. Vendors without a service are many, and seldom asked for."""
        chosen, shown = self.chosen.get(name, []), self.filters.form.fields[name].choices
        if name == "leverandor":
            offering = set(offering_vendors().values_list("slug", flat=True))
            shown = [(slug, words) for slug, words in shown if slug in offering or slug in chosen]
        return [Choice(value, str(words), value in chosen) for value, words in shown]

    @cached_property
    def ignored(self) -> list[Ignored]:
        """The values that were not used, of parameters that exist."""
        found = [
            Ignored(echo(value), str(self.filters.filters[name].label).lower())
            for name, field in self.filters.form.fields.items()
            for value in field.ignored
        ]
        if self._page and str(self.page.number) != self._page:
            found.append(Ignored(echo(self._page), _("page")))
        return found[:MOST_IGNORED]

    def address(self, *, without: tuple[str, str] | None = None, page: int = 1) -> str:
        """The query string, with one choice taken out or another page; only what is understood."""
        query = QueryDict(mutable=True)
        for name, value, _words in self._choices_made():
            if (name, value) != without:
                query.appendlist(name, value)
        if page > 1:
            query["side"] = str(page)
        return f"?{query.urlencode()}" if query else ""

    @property
    def chips(self) -> list[Chip]:
        return [Chip(words, self.address(without=(name, value))) for name, value, words in self._choices_made()]

    @property
    def title(self) -> str:
        """What a page or a feed of these news is called."""
        chosen = ", ".join(words for _name, _value, words in self._choices_made())
        return f"{_('What is new')}: {chosen}" if chosen else _("What is new")

    def _choices_made(self):
        """Name, value and words of each choice, in the order of the filters."""
        for name, value in self.chosen.items():
            if isinstance(value, datetime.date):
                words = _("From %(day)s") if name == "fra" else _("Until %(day)s")
                yield name, value.isoformat(), words % {"day": in_words(value.isoformat())}
            else:
                labels = dict(self.filters.form.fields[name].choices)
                yield from ((name, each, str(labels[each])) for each in value)

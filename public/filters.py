"""What the public may narrow the list by. Values of one filter are OR-ed, the filters AND-ed; names are for the URL."""

from collections import Counter

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.models import Ruling
from assessments.status import USABLE, Status
from public.matching import LONGEST, matching
from public.rows import MAY_USE
from public.vendors import offering_vendors
from registry.folding import sort_key
from registry.models import (
    Audience,
    DataCategory,
    Platform,
    PriceModel,
    Service,
    StorageRegion,
    TransferBasis,
)

LONGEST_ECHO = 40


def echo(value: str) -> str:
    """A value as it may be repeated to whoever sent it: short, and without characters that nobody sees."""
    visible = "".join(letter if letter.isprintable() else "�" for letter in value[:LONGEST_ECHO])
    return visible if len(value) <= LONGEST_ECHO else f"{visible}…"


class KnownValues(forms.MultipleChoiceField):
    """Takes the values that it knows and remembers the others. A mistyped address is no reason for an error."""

    ignored = ()

    def clean(self, values):
        known = {code for code, _label in self.choices}
        asked = [value for value in dict.fromkeys(values or ()) if value]
        self.ignored = [value for value in asked if value not in known]
        return [value for value in asked if value in known]


class SearchText(forms.CharField):
    """Takes a text that can be searched for, and remembers one that cannot."""

    ignored = ()

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            self.ignored = [value]
            return ""


class Words(django_filters.CharFilter):
    field_class = SearchText

    def filter(self, services, value):
        return matching(services, value) if value else services


class AnyOf(django_filters.Filter):
    """Services of which the column or annotation is one of the chosen values."""

    field_class = KnownValues

    def filter(self, services, values):
        return services.filter(**{f"{self.field_name}__in": values}) if values else services

    def counts(self, services):
        """How many of these services each value fits."""
        rows = services.order_by().values_list(self.field_name).annotate(Count("pk", distinct=True))
        return dict(rows)


class AnyRelated(AnyOf):
    """The same through a relation; by key, so that a service that fits twice is still found once."""

    def filter(self, services, values):
        if not values:
            return services
        fitting = Service.objects.filter(**{f"{self.field_name}__in": values})
        return services.filter(pk__in=fitting.values("pk"))


class AnyVendor(AnyOf):
    """The vendor itself, or one that it cooperates with."""

    def filter(self, services, values):
        if not values:
            return services
        fitting = Service.objects.filter(Q(vendor__slug__in=values) | Q(co_vendors__slug__in=values))
        return services.filter(pk__in=fitting.values("pk"))

    def counts(self, services):
        services = services.order_by()
        pairs = services.values_list("vendor__slug", "pk").union(services.values_list("co_vendors__slug", "pk"))
        return Counter(slug for slug, _pk in pairs)


class AnyAudience(AnyOf):
    """Services that somebody of these may use now, by the rulings of the round in force."""

    def filter(self, services, values):
        if not values:
            return services
        rulings = Ruling.objects.filter(assessment=OuterRef("round_in_force"), audience__in=values, verdict__in=MAY_USE)
        return services.filter(Exists(rulings), status__in=USABLE)

    def counts(self, services):
        rounds = services.filter(status__in=USABLE).order_by().values("round_in_force")
        rulings = Ruling.objects.filter(assessment__in=rounds, verdict__in=MAY_USE).order_by()
        return dict(rulings.values_list("audience").annotate(Count("assessment", distinct=True)))


class Overdue(AnyOf):
    def filter(self, services, values):
        return services.filter(is_overdue=True) if values else services

    def counts(self, services):
        return {"ja": services.filter(is_overdue=True).count()}


class ServiceFilter(django_filters.FilterSet):
    """The filters of the list. The queryset comes out of `with_status` and `with_situation`."""

    q = Words(label=_("Search"), max_length=LONGEST)
    status = AnyOf(label=_("Status"), field_name="status", choices=Status.choices)
    hvem = AnyAudience(label=_("May be used by"), choices=Audience.choices)
    plattform = AnyRelated(label=_("Platform"), field_name="platforms__code")
    eos = AnyOf(label=_("Where the data lies"), field_name="situation", choices=StorageRegion.Situation.choices)
    forfalt = Overdue(label=_("Reassessment"), choices=[("ja", _("Overdue for reassessment"))])
    pris = AnyOf(label=_("Price"), field_name="price_model", choices=PriceModel.choices)
    lagring = AnyRelated(label=_("Country or region"), field_name="storage__region__code")
    overforing = AnyRelated(label=_("Transfer basis"), field_name="storage__transfer_basis__code")
    opplysning = AnyRelated(label=_("Personal data"), field_name="data_uses__category__code")
    leverandor = AnyVendor(label=_("Vendor"))

    class Meta:
        model = Service
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in reference_choices().items():
            self.filters[name].extra["choices"] = choices

    def without(self, left_out):
        """The services that all filters but one let through."""
        services = self.queryset
        for name, value in self.form.cleaned_data.items():
            if name != left_out:
                services = self.filters[name].filter(services, value)
        return services


def reference_choices():
    """The choices that stand in the database: code and name in the active language, each list in one query."""
    return {
        "plattform": [(row.code, _titled(row.name())) for row in Platform.objects.all()],
        "lagring": _in_order((row.code, row.name()) for row in StorageRegion.objects.all()),
        "overforing": [(row.code, _titled(row.name())) for row in TransferBasis.objects.all()],
        "opplysning": _in_order((row.code, _titled(row.name())) for row in DataCategory.objects.all()),
        "leverandor": list(offering_vendors().order_by("sort_key").values_list("slug", "name")),
    }


def _titled(name):
    """With a capital letter, unless it is a name that is written like iPad."""
    return name if name[1:2].isupper() else capfirst(name)


def _in_order(choices):
    return sorted(choices, key=lambda choice: sort_key(choice[1]))

"""How the rows of a draft lie in the database: read in the form of a draft, added, changed and removed one by one.

Rows are saved without the queries of `full_clean`: their codes come from our own lists, and the constraints of the
database hold in any case.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from assessments.carrying_over.draft import Rows, clipped
from assessments.carrying_over.parties import Vendors, free_slug
from assessments.importing.words import folded
from assessments.models import Agreement, Assessment, Condition, Consideration, Ruling
from policies.models import Policy
from registry.models import DataUse, Disclosure, Service, StorageLocation, Subprocessor, Vendor


class Codes:
    """Primary keys of reference rows by their codes, asked once."""

    def __init__(self):
        self._keys: dict[type[models.Model], dict[str, int]] = {}

    def key(self, model: type[models.Model], code: str) -> int | None:
        """The primary key of a code, None for no code. Raises ValidationError for one that the registry lacks."""
        if model not in self._keys:
            self._keys[model] = dict(model.objects.values_list("code", "pk"))
        if code and code not in self._keys[model]:
            raise ValidationError(
                _("There is no %(model)s “%(code)s” in the registry: run load_reference.")
                % {"model": model._meta.verbose_name, "code": code}
            )
        return self._keys[model].get(code)


@dataclass
class Subject:
    """What a page is about: a service and, if there is one, the round that a page's decision is compared with."""

    service: Service
    round: Assessment | None
    vendors: Vendors
    codes: Codes
    countries: dict[str, str] = field(default_factory=dict)

    def vendor(self, key: str | None) -> Vendor | None:
        """The vendor of a key, made when it is new."""
        return self.vendors.get(key, self.countries) if key else None


class Table(ABC):
    """One table of a draft: its rows that a subject has, by their keys, and the fields that a page can fill in."""

    model: type[models.Model]
    fields: tuple[str, ...] = ()
    # Rows that other services may share, so that what one page says must not change them where people have been.
    is_shared = False
    # Rows that are the vendor's as much as the service's, so that there are none without one.
    needs_vendor = False

    def label(self, fields: Iterable[str]) -> str:
        """What staff call the table, or these fields of a row that there is only one of."""
        return str(self.model._meta.verbose_name_plural)

    @abstractmethod
    def rows(self, subject: Subject) -> dict[str, models.Model]:
        """The rows of a subject, in their order."""

    def values(self, row: models.Model) -> dict[str, Any]:
        """What a row says, as a draft would say it."""
        return {name: _told(row, name) for name in self.fields}

    def change(self, subject: Subject, row: models.Model, values: dict[str, Any]) -> None:
        """Write other values into a row."""
        write(subject, row, values)


class Own(Table):
    """What a service or a round says once. The row is there already, so that it is only ever changed."""

    def __init__(self, name: str, model: type[models.Model], fields: Iterable[str]):
        self.name, self.model, self.fields = name, model, tuple(fields)

    def label(self, fields):
        return ", ".join(str(self.model._meta.get_field(name).verbose_name) for name in fields)

    def rows(self, subject):
        row = getattr(subject, self.name)
        return {"": row} if row else {}


class Parts(Table):
    """Rows that belong to the service, or to the round. `key` tells two of them apart."""

    def __init__(self, model: type[models.Model], fields: Iterable[str], key: Callable[[Any], str], of="service"):
        self.model, self.fields, self.key, self.of = model, tuple(fields), key, of
        self.owner = "assessment" if of == "round" else of
        self.relations = [name for name in self.fields if model._meta.get_field(name).is_relation]

    def rows(self, subject):
        owner = getattr(subject, self.of)
        found: dict[str, models.Model] = {}
        for row in self.model.objects.filter(**{self.owner: owner}).select_related(*self.relations) if owner else ():
            found.setdefault(self.key(row), row)
        return found

    def add(self, subject, key, values, position):
        row = self.model(**{self.owner: getattr(subject, self.of)})
        if self.of == "round":
            row.position = position
        write(subject, row, values)

    def remove(self, subject, row):
        row.delete()


class Partners(Table):
    """The vendors that a service is offered together with."""

    model = Vendor

    def rows(self, subject):
        return {vendor.slug: vendor for vendor in subject.service.co_vendors.order_by("slug")}

    def add(self, subject, key, values, position):
        subject.service.co_vendors.add(subject.vendor(key))

    def remove(self, subject, row):
        subject.service.co_vendors.remove(row)


class Agreements(Table):
    """The data processing agreement that covers the service."""

    model = Agreement
    is_shared = needs_vendor = True
    fields = ("state",)

    def rows(self, subject):
        found = subject.service.agreements.filter(kind=Agreement.Kind.DPA).order_by("pk").first()
        return {"dpa": found} if found else {}

    def add(self, subject, key, values, position):
        row = Agreement(kind=Agreement.Kind.DPA, vendor=subject.service.vendor)
        write(subject, row, values)
        row.services.set([subject.service])

    def remove(self, subject, row):
        row.services.remove(subject.service)


class Documents(Table):
    """The vendor's privacy statements, by their addresses. One that is in the registry already is not made anew."""

    model = Policy
    is_shared = needs_vendor = True

    def rows(self, subject):
        return {policy.url: policy for policy in subject.service.policies.exclude(url="").order_by("pk")}

    def add(self, subject, key, values, position):
        kinds = (Policy.Kind.PRIVACY, Policy.Kind.CHILDREN)
        policy = Policy.objects.filter(url=key, kind__in=kinds).order_by("pk").first() or self._made(subject, key)
        policy.services.add(subject.service)

    def _made(self, subject, url):
        vendor = subject.service.vendor
        title = clipped(_("Privacy statement of %(vendor)s") % {"vendor": vendor.name}, 180)
        number = Policy.objects.filter(title__startswith=title).count() + 1
        policy = Policy(
            title=title if number == 1 else f"{title} ({number})",
            slug=free_slug(Policy, title),
            kind=Policy.Kind.PRIVACY,
            url=url,
        )
        policy.vendor = vendor
        write(subject, policy, {})
        return policy

    def remove(self, subject, row):
        row.services.remove(subject.service)


TABLES: dict[str, Table] = {
    "service": Own(
        "service",
        Service,
        (
            "name", "summary", "purpose", "vendor", "price_model", "price_note", "age_terms", "app_store",
            "accessibility_statement", "accessibility_note",
        ),
    ),
    "co_vendors": Partners(),
    "data_uses": Parts(
        DataUse,
        ("category", "feide_attribute", "retention", "retention_amount", "retention_unit"),
        lambda row: f"{row.category.code} {row.feide_attribute}".strip(),
    ),
    "storage": Parts(StorageLocation, ("region",), lambda row: row.region.code),
    "subprocessors": Parts(Subprocessor, ("vendor", "region", "purpose"), lambda row: row.vendor.slug),
    "disclosures": Parts(Disclosure, ("list", "answer", "address", "note"), lambda row: row.list),
    "agreements": Agreements(),
    "policies": Documents(),
    "round": Own("round", Assessment, ("outcome", "summary", "reasons")),
    "rulings": Parts(Ruling, ("audience", "verdict"), lambda row: row.audience, of="round"),
    "conditions": Parts(Condition, ("text",), lambda row: folded(row.text), of="round"),
    "considerations": Parts(Consideration, ("kind", "text"), lambda row: folded(row.text), of="round"),
}  # fmt: skip


def stated(subject: Subject) -> Rows:
    """What the registry says of a subject now, in the form of a draft."""
    return {
        name: {key: table.values(row) for key, row in table.rows(subject).items()} for name, table in TABLES.items()
    }


def write(subject: Subject, row: models.Model, values: dict[str, Any]) -> None:
    """Set the fields of a row to values as a draft has them, and save it. Raises ValidationError."""
    for name, value in values.items():
        column = row._meta.get_field(name)
        if not column.is_relation:
            setattr(row, name, value)
        elif column.related_model is Vendor:
            setattr(row, name, subject.vendor(value))
        else:
            setattr(row, column.attname, subject.codes.key(column.related_model, value))
    passed_over = [
        column.name for column in row._meta.fields if column.is_relation or getattr(row, column.attname) in (None, "")
    ]
    row.clean_fields(exclude=passed_over)
    row.save()


def _told(row, name):
    column = row._meta.get_field(name)
    value = getattr(row, name)
    if not column.is_relation:
        return value
    if column.related_model is Vendor:
        return value.slug if value else None
    return value.code if value else ""

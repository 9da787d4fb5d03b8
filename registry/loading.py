"""Reading `fixtures/`: one readable TOML file per service, vendor and document, into rows with history.

Keys are field names; a reference is the other row's slug or code; child rows are arrays of tables named as the
related name. Whatever is wrong is a LoadError that names the file, the table and the key. Rows are saved one by one
inside `change()`, so history exists; `loaddata` would write none.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from babel import Locale
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from registry.models import (
    AdequacyDecision,
    DataCategory,
    EducationLevel,
    Platform,
    Retained,
    SchoolOwner,
    Service,
    StorageRegion,
    Subject,
    TransferBasis,
    Vendor,
)

TERMS = {
    "platforms": Platform,
    "education_levels": EducationLevel,
    "subjects": Subject,
    "data_categories": DataCategory,
    "transfer_bases": TransferBasis,
}
# Child rows of a service, in the order in which they may refer to each other.
SERVICE_PARTS = ("editions", "logins", "data_uses", "storage", "subprocessors", "practices", "disclosures")
# What a child row is about; a row that differs only in the rest is the same one, changed.
ABOUT = {
    "editions": ("slug",),
    "logins": ("kind", "name"),
    "data_uses": ("category", "login", "edition"),
    "storage": ("region", "role", "place"),
    "subprocessors": ("vendor", "region", "purpose"),
    "practices": ("kind", "said_by"),
    "disclosures": ("list",),
}
# Services name each other, so these are set when all are there.
LATE = ("alternatives", "replaced_by")
LINES = ("aliases", "domains", "wind_down")
# ISO 3166-1 has 249 codes; CLDR's list of territories also holds groups of countries and codes of its own.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


class LoadError(Exception):
    """Something in a file cannot be loaded. The message names file, table and key, and says what is wrong."""


def read(path: Path) -> dict[str, Any]:
    """The content of one TOML file. Raises LoadError naming the file and the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LoadError(f"{path}: {error}") from error


def build(model: type[models.Model], table: dict[str, Any], where: str, resolve: Callable | None = None, **given):
    """Make and save one row out of a table. `given` are fields that the caller knows; `resolve` finds its own keys.

    Raises LoadError for an unknown key, an unknown reference, or a value that the model refuses.
    """
    row, many = model(**given), {}
    assign(row, table, where, many, resolve)
    save(row, where)
    for name, others in many.items():
        getattr(row, name).set(others)
    return row


def assign(row, table, where, many, resolve=None):
    """Set the fields of a row from a table; many-to-many values are collected in `many`."""
    for key, value in table.items():
        field = _field(row, key, where)
        if key == "retention" and isinstance(row, Retained):
            _assign_retention(row, value, where)
        elif key in LINES:
            setattr(row, key, "\n".join(value))
        elif field.many_to_many:
            many[key] = [_find(field.related_model, item, f"{where}: {key}", resolve, key) for item in value]
        elif field.is_relation:
            setattr(row, key, _find(field.related_model, value, f"{where}: {key}", resolve, key))
        else:
            setattr(row, key, value.strip() if isinstance(value, str) else value)


def save(row, where):
    """Validate as the admin would, then save."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise LoadError(f"{where}: {_in_words(error)}") from error
    row.save()


def _in_words(error):
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())


def _field(row, key, where):
    try:
        field = row._meta.get_field(key)
    except FieldDoesNotExist:
        field = None
    if field is None or (field.auto_created and not field.concrete) or not getattr(field, "editable", True):
        known = sorted(field.name for field in row._meta.get_fields() if getattr(field, "editable", False))
        raise LoadError(f"{where}: unknown key {key!r}. Known: {', '.join(known)}.")
    return field


def _find(model, key, where, resolve, name):
    found = resolve(name, key) if resolve else None
    if found is not None:
        return found
    lookup = "slug" if any(field.name == "slug" for field in model._meta.fields) else "code"
    try:
        return model._default_manager.get(**{lookup: key})
    except model.DoesNotExist:
        raise LoadError(f"{where}: there is no {model._meta.model_name} with {lookup} {key!r}.") from None


def _assign_retention(row, value, where):
    """`"not_stated"`, or {amount, unit, event}, {until, words}, {words}."""
    if isinstance(value, str):
        row.retention = value
        return
    unknown = value.keys() - {"amount", "unit", "event", "until", "words"}
    if unknown:
        raise LoadError(f"{where}: retention has unknown {', '.join(sorted(unknown))}.")
    row.retention = "period" if "amount" in value else "until" if "until" in value else "words"
    row.retention_amount = value.get("amount")
    row.retention_unit = value.get("unit", "")
    row.retention_event = value.get("until") or value.get("event", "")
    row.retention_words = value.get("words", "")


def load_reference(folder: Path) -> int:
    """Create the reference rows of a folder that are not there yet, and return how many were made.

    Rows that exist are left alone: the school owner may have corrected them since.
    """
    made = _load_regions(folder / "regions.toml")
    for name, model in TERMS.items():
        for position, table in enumerate(read(folder / f"{name}.toml")["term"], start=1):
            made += _once(model, {"code": table["code"]}, table, f"{name}.toml: {table['code']}", position=position)
    for table in read(folder / "adequacy_decisions.toml")["decision"]:
        made += _once(AdequacyDecision, {"act": table["act"]}, table, f"adequacy_decisions.toml: {table['act']}")
    return made


def _load_regions(path):
    content = read(path)
    made = 0
    for table in content["special"]:
        made += _once(StorageRegion, {"code": table["code"]}, table, f"{path.name}: {table['code']}")
    for code in country_codes():
        situation = "inside" if code in content["eea"] else "outside"
        table = {"code": code, "kind": "country", "situation": situation}
        made += _once(StorageRegion, {"code": code}, table, f"{path.name}: {code}")
    return made


def country_codes() -> list[str]:
    """The ISO 3166-1 alpha-2 codes, as CLDR lists them."""
    territories = Locale("en").territories
    return sorted(code for code in territories if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES)


def _once(model, key, table, where, **given):
    if model.objects.filter(**key).exists():
        return 0
    build(model, table, where, **given)
    return 1


def load_owner(path: Path) -> int:
    """Create the school owner if there is none."""
    if SchoolOwner.objects.exists():
        return 0
    build(SchoolOwner, read(path), path.name)
    return 1


def load_vendors(folder: Path) -> int:
    """Create the vendors of a folder, one file each, that are not there yet; parents before their subsidiaries."""
    tables = {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}
    made = 0
    for slug in sorted(tables, key=lambda slug: "parent" in tables[slug]):
        made += _once(Vendor, {"slug": slug}, tables[slug], f"vendors/{slug}.toml", slug=slug)
    return made


def load_facts(slug: str, table: dict[str, Any]) -> Service:
    """Create a service with its parts from the facts in a table; it is listed unless the table says otherwise."""
    where = f"services/{slug}.toml"
    own = {key: value for key, value in table.items() if key not in SERVICE_PARTS and key not in LATE}
    service = build(Service, own, where, slug=slug, **({} if "visibility" in own else {"visibility": "listed"}))
    load_parts(service, table)
    return service


def load_parts(service: Service, table: dict[str, Any]) -> None:
    """Write the child rows that a table holds for a service."""
    for name in SERVICE_PARTS:
        for number, child in enumerate(table.get(name, []), start=1):
            _build_part(service, name, number, child)


def _build_part(service, name, number, child):
    where = f"services/{service.slug}.toml: {name} {number}"
    build(getattr(service, name).model, child, where, _own_parts(service), service=service)


def _own_parts(service):
    """Find rows of the same service: an edition by slug, a login by kind or kind/name, a subprocessor by vendor."""

    def resolve(name, key):
        if name == "edition":
            return service.editions.filter(slug=key).first()
        if name == "login":
            kind, _, title = key.partition("/")
            return service.logins.filter(kind=kind, **({"name": title} if title else {})).first()
        if name == "parent":
            return service.subprocessors.filter(vendor__slug=key).first()
        return None

    return resolve


def update_facts(service: Service, then: dict[str, Any], now: dict[str, Any]) -> None:
    """Bring a service, loaded from the table `then`, to the facts of the table `now`; the rest is not touched."""
    where = f"services/{service.slug}.toml"
    many: dict[str, list] = {}
    differing = {
        key: value
        for key, value in now.items()
        if key not in SERVICE_PARTS and key not in LATE and then.get(key) != value
    }
    if differing:
        assign(service, differing, where, many)
        save(service, where)
    for name, others in many.items():
        getattr(service, name).set(others)
    for name in SERVICE_PARTS:
        _update_part(service, name, then.get(name, []), now.get(name, []))


def _update_part(service, name, then, now):
    """Delete what is gone, add what is new, and write on a row that has stayed the same in what it is about."""
    added = [child for child in now if child not in then]
    for row, child in zip(getattr(service, name).order_by("id"), then, strict=True):
        if child in now:
            continue
        successor = next((new for new in added if all(new.get(key) == child.get(key) for key in ABOUT[name])), None)
        if successor is None:
            row.delete()
        else:
            added.remove(successor)
            _rewrite(row, child, successor, f"services/{service.slug}.toml: {name}", _own_parts(service))
    for number, child in enumerate(now, start=1):
        if child in added:
            _build_part(service, name, number, child)


def _rewrite(row, then, now, where, resolve):
    many: dict[str, list] = {}
    for key in then.keys() - now.keys():
        field = row._meta.get_field(key)
        now = now | {key: [] if field.many_to_many else field.get_default()}
    assign(row, {key: value for key, value in now.items() if then.get(key) != value}, where, many, resolve)
    save(row, where)
    for key, others in many.items():
        getattr(row, key).set(others)


def link_services(tables: dict[str, dict[str, Any]]) -> None:
    """Set what services say of each other, once all of them are there."""
    for slug, table in tables.items():
        late = {key: table[key] for key in LATE if key in table}
        if late:
            service, many = Service.objects.get(slug=slug), {}
            assign(service, late, f"services/{slug}.toml", many)
            save(service, f"services/{slug}.toml")
            for name, others in many.items():
                getattr(service, name).set(others)

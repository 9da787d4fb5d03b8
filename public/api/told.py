"""An entry of the register as programs get it: the header as it was hashed, and the texts that may be shown today."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Value, When

from public.api.answers import address
from public.models import RegisterEntry
from public.register.reading import NO_NEWS, hidden_services, names_any
from public.register.subjects import is_public
from registry.models import region_name

CHUNK = 200

Entry = dict[str, Any]


def told(entries: QuerySet) -> list[Entry]:
    """These entries with what may be shown of them, in two queries however many they are.

    The texts are those that were hashed, whatever format they are in. Of a subject that is not public now, header and
    hash are all; a content that names a service which is not public now is withheld as well.
    """
    shown = Case(When(is_public(), then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = list(entries.annotate(is_shown=shown).select_related("content", "details"))
    hidden = hidden_services()
    return [_told(row, hidden) for row in rows]


def _told(row, hidden):
    details = json.loads(row.details.text) if row.is_shown else None
    content = json.loads(row.content.text) if row.is_shown else None
    if names_any(content, hidden):
        content = None
    page = page_of(row) if row.is_shown else None
    beside = {"details": details, "content": content, "withheld": content is None, "page": page}
    return {**hashed(row), **beside}


def page_of(row: RegisterEntry) -> str | None:
    """The page for people about a public entry; one that is no news has none."""
    return address("entry-detail", row.serial) if row.kind != NO_NEWS else None


def hashed(row: RegisterEntry) -> Entry:
    """The part of an entry that everybody may see for ever: what the chain runs over."""
    return {"header": row.header(), "hash": row.hash}


def all_told(until: int) -> Iterator[list[Entry]]:
    """Every entry from 1 to a serial in order, some hundred at a time: memory stays the same however many there are."""
    for start in range(0, until, CHUNK):
        last = min(start + CHUNK, until)
        yield told(RegisterEntry.objects.filter(serial__gt=start, serial__lte=last).order_by("serial"))


def name_of(entry: Entry) -> str:
    """What people call the subject of an entry, as far as its content says; "" where it does not."""
    content = entry["content"] or {}
    if "code" in content and "name" not in content:  # of a region, whose names are those of CLDR
        return region_name(content["code"], "nb")
    found = content.get("facts", content)
    name = found.get("name") or found.get("title") or ""
    return name["nb"] if isinstance(name, dict) else name

"""Whether the register is whole, and whether it says what the tables say. Finds every change that went round the code.

Memory stays the same however long the register is: rows are read some hundred at a time.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from django.apps import apps
from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from public.models import Redaction, RegisterContent, RegisterEntry
from public.register import triggers
from public.register.form import GONE_HASH, canonical, digest, tombstone
from public.register.reading import head, newest, newest_of
from public.register.subjects import all_public
from registry.models import Service, Tracked

CHUNK = 500


def verify() -> Iterator[str]:
    """Everything that is off, in words that name it; nothing when all is well. People may go on writing meanwhile."""
    yield from _triggers()
    with _snapshot():
        yield from _chain()
        yield from _contents()
        yield from _living()
        yield from _histories()


@contextmanager
def _snapshot():
    """All is read as it was at one moment, or what is written meanwhile would look as if it had gone round the code."""
    if connection.in_atomic_block:  # the caller has seen to it
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if is_postgresql() else "BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def is_postgresql():
    return connection.vendor == "postgresql"


def _triggers():
    for name in triggers.missing():
        yield f"trigger {name} is missing or altered: run migrate, which puts it back"


def _chain():
    """Serials without gap, each hash over its header, each header over the hash before, and the head at the end."""
    serial, previous = 0, ""
    for entry in RegisterEntry.objects.order_by("serial").iterator(chunk_size=CHUNK):
        if entry.serial != serial + 1:
            yield f"entry {entry.serial}: {serial + 1} was expected; entries between are gone"
        if entry.previous_hash != previous:
            yield f"entry {entry.serial}: does not continue the entry before it"
        if entry.computed_hash() != entry.hash:
            yield f"entry {entry.serial}: has been altered"
        serial, previous = entry.serial, entry.hash
    end = head()
    if (end.serial, end.hash) != (serial, previous):
        yield f"head: stands at {end.serial}, the last entry is {serial}"


def _contents():
    """Each text has its hash, or is a tombstone that an entry of kind *redacted* and its record vouch for."""
    for content in RegisterContent.objects.order_by("sha256").iterator(chunk_size=CHUNK):
        if content.is_redacted and not _is_vouched_for(content):
            yield f"content {content.sha256} ({_used_by(content)}): was removed without an entry that says so"
        elif not content.is_redacted and digest(content.text) != content.sha256:
            yield f"content {content.sha256} ({_used_by(content)}): has been altered"
    yield from _keys()


def _is_vouched_for(content):
    told = Redaction.objects.filter(content=content).select_related("entry__details", "of").first()
    if told is None or told.entry.kind != RegisterEntry.Kind.REDACTED or told.of.first != told.entry.first:
        return False
    if content.pk not in (told.of.content_id, told.of.details_id):
        return False
    on = timezone.localtime(told.entry.recorded_at).date()
    return content.text == canonical(tombstone(told.entry_id, on, told.entry.reason))


def _used_by(content):
    entries = RegisterEntry.objects.filter(content=content) | RegisterEntry.objects.filter(details=content)
    numbers = list(entries.order_by("serial").values_list("serial", flat=True)[:5])
    return f"entry {', '.join(map(str, numbers))}" if numbers else "of no entry"


def _keys():
    """The subject beside an entry, by which it is found, is the one in its details; its first entry is its own."""
    firsts = {}
    for entry in RegisterEntry.objects.select_related("details").order_by("serial").iterator(chunk_size=CHUNK):
        subject = json.loads(entry.details.text).get("subject")
        if subject and subject != {"kind": entry.subject_kind, "key": entry.subject_key}:
            yield f"entry {entry.serial}: speaks of another subject than its details say"
        if firsts.setdefault((entry.subject_kind, entry.subject_key), entry.serial) != entry.first:
            yield f"entry {entry.serial}: {entry.first} is not the first entry of its subject"


def _living():
    """Every subject as it is now against its newest entry."""
    entries = newest_of(RegisterEntry.objects.all())
    for entry in entries.filter(content__is_redacted=True):
        yield f"{entry.subject_kind} {entry.subject_key}: says again what was removed; correct the page"
    rows = entries.values_list("subject_kind", "subject_key", "content_id")
    said = {(kind, key): sha256 for kind, key, sha256 in rows.iterator(chunk_size=CHUNK)}
    for key, describes in all_public():
        if key not in said:
            yield f"{' '.join(key)}: is public, and the register has not said so"
        elif said.pop(key) != digest(canonical(describes)) and newest([key])[key].said() != describes:
            yield f"{' '.join(key)}: differs from what the register last said"
    for kind, key in sorted(key for key, sha256 in said.items() if sha256 != GONE_HASH):
        yield f"{kind} {key}: is not public any more, and the register has not said so"


# Histories: what simple-history wrote, against the rows themselves


def _histories():
    """Every tracked row against its newest record, field by field and with its many-to-many values, and the reverse."""
    for model in apps.get_models():
        if issubclass(model, Tracked) and not model._meta.abstract:
            yield from _history(model)


def _history(model):
    history = model.history.model
    newest_record = history.objects.filter(id=OuterRef("pk")).order_by("-history_id")
    rows = model._base_manager.annotate(newest=Subquery(newest_record.values("history_id")[:1])).order_by("pk")
    for chunk in _chunks(rows):
        records = history.objects.in_bulk([row.newest for row in chunk if row.newest])
        for row in chunk:
            yield from _row(model, row, records.get(row.newest))
        for field in history._history_m2m_fields:
            yield from _many(model, field, chunk)
    yield from _lost(model, history)


def _row(model, row, record):
    for name, value in _derived(row).items():
        if getattr(row, name) != value:
            yield f"{model._meta.label} {row.pk}: {name} does not follow from the rest"
    if record is None or record.history_type == "-":
        yield f"{model._meta.label} {row.pk}: has no history"
        return
    for field in type(record).tracked_fields:
        if getattr(row, field.attname) != getattr(record, field.attname):
            yield f"{model._meta.label} {row.pk}: {field.name} is not what its history says"


def _derived(row):
    """What is worked out when a row is saved, to sort and to search by: a service without it would not be found."""
    names = [name for name in ("sort_key", "folded") if hasattr(row, name)]
    if not names:
        return {}
    again = copy(row)
    again.derive(*([{}] if isinstance(row, Service) else []))
    return {name: getattr(again, name) for name in names}


def _many(model, field, chunk):
    """The values of one many-to-many field of some rows, against those of their newest records."""
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through = field.remote_field.through._base_manager
    live = _pairs(through.filter(**{f"{own}__in": [row.pk for row in chunk]}).values_list(own, other))
    kept = getattr(model.history.model, field.name).model._base_manager
    recorded = _pairs(kept.filter(history__in=[row.newest for row in chunk]).values_list("history_id", other))
    for row in chunk:
        if row.newest and live[row.pk] != recorded[row.newest]:
            yield f"{model._meta.label} {row.pk}: {field.name} is not what its history says"


def _pairs(pairs):
    found = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return found


def _lost(model, history):
    """Rows that are gone without their history saying so."""
    latest = history.objects.filter(id=OuterRef("id")).order_by("-history_id")
    lost = (
        history.objects.annotate(latest=Subquery(latest.values("history_id")[:1]))
        .filter(history_id=F("latest"))
        .exclude(history_type="-")
        .exclude(id__in=model._base_manager.values("pk"))
    )
    for number in lost.order_by("id").values_list("id", flat=True):
        yield f"{model._meta.label} {number}: is gone, and its history does not say so"


def _chunks(rows):
    chunk = []
    for row in rows.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk

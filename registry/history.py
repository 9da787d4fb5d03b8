"""What has been done to a row and its parts, in words: who, when, what and why. Read from simple-history's records.

The number of queries depends on the models involved, not on the number of changes. This is what was *done*, drafts and
names of staff included; what the public was *told*, and when, is in the register.
"""

import datetime
import itertools
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Max, QuerySet
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import (
    CodeListField,
    DataUse,
    Disclosure,
    Edition,
    LoginMethod,
    Practice,
    StorageLocation,
    Subprocessor,
)

# A model whose rows belong to another row, or such a model with parts of its own: (CollectionPoint, [Collection]).
Part = type[models.Model] | tuple[type[models.Model], Sequence["Part"]]

SERVICE_PARTS: tuple[Part, ...] = (
    Edition, LoginMethod, DataUse, StorageLocation, Subprocessor, Practice, Disclosure,
)  # fmt: skip


class Action(models.TextChoices):
    """What was done to a row."""

    ADDED = "added", gettext_lazy("added")
    CHANGED = "changed", gettext_lazy("changed")
    REMOVED = "removed", gettext_lazy("removed")


@dataclass(frozen=True)
class Edit:
    """One thing that was done. A row added or removed is one edit without a field, the whole row in after or before."""

    subject: str
    action: Action
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Change:
    """Everything that was done at once and for one reason. `user` is None for the system itself."""

    at: datetime.datetime
    change_id: uuid.UUID | None
    kind: str
    reason: str
    user: Any
    edits: tuple[Edit, ...]


def changes_to(row: models.Model, parts: Sequence[Part] = (), since: str = "") -> list[Change]:
    """Every change to a row and its parts, newest first; only those after a `version_of` it, if one is given."""
    tables = list(_tables(row, parts))
    names = _Names(tables)
    seen = _marks(since, len(tables))
    edits, last = defaultdict(list), {}
    for table, mark in zip(tables, seen, strict=True):
        for key, before, after in _steps(table.records):
            if after.history_id > mark:
                edits[key] += _edits(table, before, after, names)
                last[key] = max(last.get(key, after), after, key=lambda record: record.history_date)
    changes = [_change(record, edits[key]) for key, record in last.items() if edits[key]]
    return sorted(changes, key=lambda change: change.at, reverse=True)


def version_of(row: models.Model, parts: Sequence[Part] = ()) -> str:
    """A word that is another after each change to the row or its parts, deletions included."""
    newest = [table.queryset.aggregate(newest=Max("history_id"))["newest"] for table in _tables(row, parts)]
    return ".".join(str(mark or 0) for mark in newest)


def _marks(version, count):
    marks = [int(mark) for mark in version.split(".") if mark.isdecimal() and len(mark) < 20]
    return marks if len(marks) == count else [0] * count


@dataclass
class _Table:
    """The records of one model: of the row itself, or of its parts of one kind."""

    model: type[models.Model]
    queryset: QuerySet
    parent: str = ""
    many: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def __post_init__(self):
        self.ordered = self.queryset.select_related("history_user").order_by("history_id")

    @property
    def records(self):
        return self.ordered  # a queryset keeps what it has fetched

    @property
    def fields(self):
        """Fields that an editor knows: not keys, not the row that it belongs to, not what the machine keeps."""
        for each in self.queryset.model.tracked_fields:
            kept_by_machine = isinstance(each, models.UUIDField) or (
                isinstance(each, models.JSONField) and not isinstance(each, CodeListField)
            )
            if not (each.primary_key or each.name in (self.parent, "only_one") or kept_by_machine):
                yield each

    def load_many(self):
        """Fetch the values of the many-to-many fields of all records, one query a field."""
        for each in self.queryset.model._history_m2m_fields:
            rows = getattr(self.queryset.model, each.name).model.objects.filter(history__in=self.queryset.order_by())
            values = defaultdict(list)
            for history_id, other in rows.values_list("history_id", f"{each.m2m_reverse_field_name()}_id"):
                values[history_id].append(other)
            self.many[each.name] = values


def _tables(row: models.Model, parts: Sequence[Part]) -> Iterator[_Table]:
    yield _Table(type(row), type(row).history.filter(id=row.pk))
    yield from _part_tables(type(row), [row.pk], parts)


def _part_tables(parent, keys, parts):
    for part in parts:
        model, own_parts = part if isinstance(part, tuple) else (part, ())
        link = next(each.name for each in model._meta.fields if each.related_model is parent)
        queryset = model.history.filter(**{f"{link}__in": keys})
        yield _Table(model, queryset, link)
        yield from _part_tables(model, queryset.order_by().values("id"), own_parts)


class _Names:
    """The rows that records point to, by model and key; rows that are gone are made up from their last record."""

    def __init__(self, tables: Iterable[_Table]):
        keys = defaultdict(set)
        for table in tables:
            table.load_many()
            for each in table.fields:
                if each.many_to_one:
                    keys[each.related_model] |= {getattr(record, each.attname) for record in table.records} - {None}
            for name, values in table.many.items():
                keys[table.model._meta.get_field(name).related_model].update(*values.values())
        self.rows = {model: self._fetch(model, wanted) for model, wanted in keys.items() if wanted}

    def _fetch(self, model, keys):
        relations = [each.name for each in model._meta.fields if each.many_to_one]
        rows = model._base_manager.select_related(*relations).in_bulk(keys)
        gone = keys - rows.keys()
        if gone and hasattr(model, "history"):
            for record in model.history.filter(id__in=gone).order_by("history_id"):
                rows[record.id] = self.instance(model, record)
        return rows

    def instance(self, model, record):
        """The row as a record has it, with the rows at hand that its name may be made of."""
        tracked = record.tracked_fields
        instance = model(**{each.attname: getattr(record, each.attname) for each in tracked})
        for each in tracked:
            other = self.get(each.related_model, getattr(record, each.attname)) if each.many_to_one else None
            if other is not None:
                setattr(instance, each.name, other)
        return instance

    def get(self, model, key):
        return getattr(self, "rows", {}).get(model, {}).get(key)

    def of(self, row, key) -> str:
        try:
            return str(row) if row is not None else f"#{key}"
        except ObjectDoesNotExist:
            return f"#{key}"


def _steps(records) -> Iterator[tuple]:
    """What each change did to each row: the key of the change, the record before it, and the last one of it."""
    rows = defaultdict(list)
    for record in records:
        rows[record.id].append(record)
    for own in rows.values():
        before = None
        for key, group in itertools.groupby(own, _key):
            *_others, after = group
            yield key, before, after
            before = None if after.history_type == "-" else after


def _key(record):
    own = record.change_id or (type(record).__name__, record.history_id)
    return own, record.history_change_reason


def _change(record, edits) -> Change:
    return Change(
        at=record.history_date,
        change_id=record.change_id,
        kind=record.change_kind,
        reason=record.history_change_reason or "",
        user=record.history_user,
        edits=tuple(edits),
    )


def _edits(table, before, after, names) -> Iterator[Edit]:
    subject = _subject(table, after, names)
    if after.history_type == "-":
        if before is not None:
            yield Edit(subject, Action.REMOVED, before=_in_full(table, before, names))
    elif before is None:
        yield Edit(subject, Action.ADDED, after=_in_full(table, after, names))
    else:
        old, new = _words(table, before, names), _words(table, after, names)
        for label in new:
            if old[label] != new[label]:
                yield Edit(subject, Action.CHANGED, label, old[label], new[label])


def _subject(table, record, names):
    name = names.of(names.instance(table.model, record), record.id)
    return f"{capfirst(table.model._meta.verbose_name)}: {name}"


def _in_full(table, record, names):
    return "; ".join(f"{label}: {words}" for label, words in _words(table, record, names).items() if words)


def _words(table, record, names) -> dict[str, str]:
    """Every field of a record by its label, each value as a reader would say it, empty ones as ""."""
    words = {capfirst(each.verbose_name): _value(each, getattr(record, each.attname), names) for each in table.fields}
    for name, values in table.many.items():
        each = table.model._meta.get_field(name)
        others = [names.of(names.get(each.related_model, key), key) for key in values.get(record.history_id, [])]
        words[capfirst(each.verbose_name)] = ", ".join(sorted(others))
    return words


def _value(each, value, names) -> str:
    if value in (None, "", []):
        return ""
    if each.many_to_one:
        return names.of(names.get(each.related_model, value), value)
    if isinstance(each, CodeListField):
        return ", ".join(str(dict(each.codes.choices).get(code, code)) for code in value)
    if isinstance(each, models.BooleanField):
        return _("yes") if value else _("no")
    return str(dict(each.flatchoices).get(value, localize(value)))

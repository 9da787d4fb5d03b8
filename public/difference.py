"""What is said now that was not said before, of two published structures of one subject. Pure, and without words.

Nothing is lost: two structures that differ in more than order give at least one edit. Rows are told apart by what they
are about, as in `registry.loading` and `assessments.comparison`, so that a row which is otherwise the same has changed,
and has not gone and come.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assessments import comparison
from registry.facts import without_empties
from registry.history import Action

Row = dict[str, Any]

# What tells the rows of a list apart. The first identity is a row's own; by each later one two rows are the same only
# where there is no doubt about it, because one is left before and one after.
IDENTITY: dict[str, tuple[tuple[str, ...], ...]] = {
    "editions": (("slug",),),
    "logins": (("kind", "name"), ("kind",)),
    "data": (("category", "login", "edition"), ("category",)),
    "storage": (("region", "role", "place"), ("region", "role"), ("region",)),
    "subprocessors": (("vendor", "region", "purpose"), ("vendor",)),
    "practices": (("kind", "said_by"), ("kind",)),
    "disclosures": (("list",),),
    "agreements": (("kind", "vendor"),),
    "rounds": (("number",),),
    **{name: (fields,) for name, fields in comparison.IDENTITY.items()},
    "adequacy_decisions": (("act",),),
    "versions": (("captured_on",),),
    "collection_points": (("name",),),
    "collections": (("category", "detail"), ("category",)),
    "legal_bases": (("purpose", "ground"), ("purpose",)),
    "retentions": (("what",),),
    "cookies": (("name", "pattern", "provider"), ("name",)),
    "recipients": (("name", "vendor"), ("name",)),
    "rights": (("kind",),),
    "measures": (("name",),),
    "contacts": (("kind", "value"), ("kind",)),
    "remarks": (("topic", "text"), ("topic",)),
}

# Dicts that say one thing together; those not named here say several, such as the price and a note on it.
WHOLE = {"retention", "grades", "login"}

# What follows from something else, by the list in which it stands.
DERIVED = {"rounds": {"changed_since"}, "conditions": {"number"}}


@dataclass(frozen=True)
class Field:
    """What a field said and says, None where it said nothing. Of a list: what is gone from it, what is new in it."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Edit:
    """One row that came, went or changed. The subject's own fields are a row too, whose part is the subject's kind.

    `part` is the list, `inside` the rows that it stands in, with their parts: a cookie's version, say. `fields` is
    empty for a row that came or went.
    """

    part: str
    action: Action
    before: Row | None
    after: Row | None
    fields: tuple[Field, ...] = ()
    inside: tuple[tuple[str, Row], ...] = ()


def difference(kind: str, before: Row, after: Row) -> list[Edit]:
    """What happened between two structures; {} is the one of a subject that is not public."""
    old, new = (without_empties({**structure, "format": None}) for structure in (before, after))
    if not old or not new:
        return [_came_or_went(kind, old or None, new or None)] if old or new else []
    if kind != "service":
        return list(_changes(kind, old, new))
    sections = ((_section(old, name), _section(new, name)) for name in {**old, **new})
    return [edit for was, now in sections for edit in _changes(kind, was, now)]


def _section(structure, name):
    """A dossier's facts, statements or decision; what else may stand beside them is a field of its own."""
    value = structure.get(name, {})
    return value if isinstance(value, dict) else {name: value}


def _came_or_went(part, before, after, inside=()):
    return Edit(part, Action.ADDED if before is None else Action.REMOVED, before, after, inside=inside)


def _changes(part: str, before: Row, after: Row, inside=()) -> Iterator[Edit]:
    """What happened to a row: to its own fields, then to the rows of its lists."""
    old, new = dict(_own(part, before)), dict(_own(part, after))
    names = [name for name in {**new, **old} if canonical(old.get(name)) != canonical(new.get(name))]
    if names:
        fields = tuple(_field(name, old.get(name), new.get(name)) for name in names)
        yield Edit(part, Action.CHANGED, before, after, fields, inside)
    within = (*inside, (part, after)) if part in IDENTITY else inside
    for name in {**after, **before}:
        for was, now in pairs(name, rows(before.get(name)), rows(after.get(name))):
            if was is None or now is None:
                yield _came_or_went(name, was, now, within)
            else:
                yield from _changes(name, was, now, within)


def rows(value: Any) -> list[Row]:
    """The rows of a list, [] for what is no list of rows."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _own(part, row):
    """What a row says itself, without the rows of its lists."""
    for name, value in row.items():
        if isinstance(value, list):
            value = [item for item in value if not isinstance(item, dict)] or None
        if name not in DERIVED.get(part, ()) and value is not None:
            yield from flat(name, value)


def flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A field under its name; what says several things as several: `price.model`, `price.note`."""
    if isinstance(value, dict) and name.rpartition(".")[2] not in WHOLE:
        for inner, each in value.items():
            yield from flat(f"{name}.{inner}", each)
    else:
        yield name, value


def _field(name, before, after):
    if {type(before), type(after)} <= {list, type(None)}:
        return Field(name, _beyond(before, after), _beyond(after, before))
    return Field(name, before, after)


def _beyond(items, others):
    """What of a list is not in another, each as often as it is missing there; None for nothing."""
    left = [canonical(other) for other in others or ()]
    found = []
    for item in items or ():
        if canonical(item) in left:
            left.remove(canonical(item))
        else:
            found.append(item)
    return found or None


def pairs(name: str, before: list[Row], after: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """The rows of a list as they were and are: those of now in their order, then those that are gone."""
    old, new, found = dict(enumerate(before)), dict(enumerate(after)), {}
    for number, same in enumerate((canonical, *map(_identity, IDENTITY.get(name, ())))):
        for was, now in _matches(old, new, same, is_certain=number < 2):
            found[now] = old.pop(was), new.pop(now)
    return [*(found.get(n, (None, row)) for n, row in enumerate(after)), *((row, None) for row in old.values())]


def _matches(old, new, same: Callable[[Row], Hashable], is_certain):
    """The numbers of rows that are the same by one identity; among several alike in a fixed order, not in theirs."""
    was, now = _alike(old, same), _alike(new, same)
    for identity in was.keys() & now.keys():
        if is_certain or len(was[identity]) == len(now[identity]) == 1:
            yield from zip(was[identity], now[identity], strict=False)


def _alike(rows_by_number, same):
    alike = defaultdict(list)
    for number in sorted(rows_by_number, key=lambda number: canonical(rows_by_number[number])):
        if (identity := same(rows_by_number[number])) is not None:
            alike[identity].append(number)
    return alike


def _identity(fields: Iterable[str]) -> Callable[[Row], Hashable]:
    """The values of some fields; None for a row that has none of them, which is like no other."""
    return lambda row: tuple(canonical(row.get(name)) for name in fields) if row.keys() & set(fields) else None


def canonical(value: Any) -> str:
    """The same text for values that differ in nothing but order."""
    return json.dumps(_ordered(value), sort_keys=True)


def _ordered(value):
    if isinstance(value, dict):
        return {key: _ordered(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_ordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value

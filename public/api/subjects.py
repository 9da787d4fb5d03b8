"""What the register says of a subject: now, or on a day. Everything is read from entries, nothing from the tables."""

import datetime
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from public.api.answers import address
from public.api.problems import ProblemError
from public.api.told import hashed, page_of
from public.models import RegisterEntry
from public.register import reading
from public.register.form import GONE_HASH

# Names of the reference lists in addresses, and the kind of subject in each.
REFERENCE = {
    "owner": "owner",
    "regions": "region",
    "categories": "category",
    "bases": "basis",
    "platforms": "platform",
    "levels": "level",
    "subjects": "subject",
}


@dataclass(frozen=True)
class Said:
    """What an entry says of its subject, and on which day that was asked."""

    entry: RegisterEntry
    on: datetime.date

    def content(self) -> dict[str, Any]:
        return self.entry.said()

    def described(self, hidden: set[str]) -> dict[str, Any]:
        """As programs get it: without the names of services that are not public any more."""
        content = self.content()
        return {
            "entry": {**hashed(self.entry), "page": page_of(self.entry)},
            "withheld": reading.names_any(content, hidden),
            "content": reading.without(content, hidden),
        }


def said_of(kind: str, key: str, on: datetime.date | None) -> Said:
    """What was said of a subject on a day, or is now. Raises a problem where nothing was, or may be, said."""
    entries = reading.public_entries().filter(subject_kind=kind, subject_key=key)
    until = entries.filter(serial__lte=reading.end_of(on)) if on else entries
    entry = until.select_related("content").order_by("-serial").first()
    if entry is None:
        raise _nothing(kind, key, on, entries.order_by("serial").first())
    if entry.content_id == GONE_HASH:
        words = f"On {on or timezone.localdate()} the {kind} “{key}” was not public any more, by entry {entry.serial}."
        raise ProblemError(404, words)
    return Said(entry, on or timezone.localdate())


def _nothing(kind, key, on, first):
    if first is None:
        return ProblemError(404, f"There is no public {kind} with the key “{key[:120]}”.")
    began, told = reading.began(), timezone.localdate(first.recorded_at)
    words = (
        f"Nothing had been said of the {kind} “{key}” by {on}. It was first told of on {told}, in entry {first.serial}"
    )
    return ProblemError(
        404,
        f"{words}; the register began on {began}.",
        register_began=began.isoformat(),
        first_told_of=told.isoformat(),
        first_entry=first.serial,
    )


def one(kind: str):
    """The answer about one subject of a kind."""

    def answer(request, asked, key):
        return _one(kind, key, asked["on"])

    return answer


def reference(request, asked, name, key):
    return _one(_kind(name), key, asked["on"])


def _one(kind, key, on):
    said = said_of(kind, key, on)
    return {"kind": kind, "key": key, "on": said.on.isoformat(), **said.described(reading.hidden_services())}


def many(kind: str):
    """The answer with all subjects of a kind that are public now, some at a time."""

    def answer(request, asked):
        return _many(kind, asked, address(request.resolver_match.url_name))

    return answer


def references(request, asked, name):
    return _many(_kind(name), asked, address("api-references", name))


def _kind(name):
    if name not in REFERENCE:
        raise ProblemError(404, f"There is no reference list “{name[:40]}”. There are: {', '.join(REFERENCE)}.")
    return REFERENCE[name]


def _many(kind, asked, here):
    limit = asked["limit"]
    rows = list(_newest(kind, asked["after"])[: limit + 1])
    hidden, today = reading.hidden_services(), timezone.localdate()
    shown = [{"kind": kind, "key": row.subject_key, **Said(row, today).described(hidden)} for row in rows[:limit]]
    query = urlencode({"after": shown[-1]["key"], "limit": limit}) if len(rows) > limit else ""
    return {"next": f"{here}?{query}" if query else None, "subjects": shown}


def _newest(kind: str, after: str | None) -> QuerySet:
    newest = reading.newest_of(reading.public_entries().filter(subject_kind=kind)).exclude(content=GONE_HASH)
    rows = newest.filter(subject_key__gt=after) if after else newest
    return rows.select_related("content").order_by("subject_key")


def is_redacted(said: Said) -> bool:
    """Whether a tombstone stands where the content was."""
    return "redacted" in json.loads(said.entry.content.text)

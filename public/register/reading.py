"""What was said: now, on a day, of one subject; and what of it may be shown today.

A subject that is public no more is withheld with all that was ever said of it, and left out of what was said of others.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from public.dossier import public_services
from public.models import RegisterEntry, RegisterHead
from public.references import KINDS, keys_in
from public.register.form import Content
from public.register.subjects import Key, is_public

NO_NEWS = RegisterEntry.Kind.FORMAT


def head() -> RegisterHead:
    """The end of the chain; serial 0 while nothing has been said."""
    return RegisterHead.objects.filter(id=1).first() or RegisterHead()


def public_entries() -> QuerySet:
    """The entries behind every page, feed, export and answer: those whose subject is public now."""
    return RegisterEntry.objects.filter(is_public())


def news() -> QuerySet:
    """Public entries that tell something, the newest first, with their texts."""
    return public_entries().exclude(kind=NO_NEWS).select_related("content", "details").order_by("-serial")


def entries_of(kind: str, key: str) -> QuerySet:
    """All that was said of one subject, the newest first. Whether it is public is for the caller to ask."""
    entries = RegisterEntry.objects.filter(subject_kind=kind, subject_key=key).exclude(kind=NO_NEWS)
    return entries.select_related("content", "details").order_by("-serial")


def newest(keys: Iterable[Key], until: int | None = None) -> dict[Key, RegisterEntry]:
    """The newest entry of each of these subjects, up to a serial if one is given; others are left out."""
    wanted = defaultdict(set)
    for kind, key in keys:
        wanted[kind].add(key)
    found = {}
    for kind, names in wanted.items():
        entries = newest_of(RegisterEntry.objects.filter(subject_kind=kind, subject_key__in=names), until)
        found |= {(kind, entry.subject_key): entry for entry in entries.select_related("content")}
    return found


def newest_of(entries: QuerySet, until: int | None = None) -> QuerySet:
    """Of these entries the newest of each subject, up to a serial when one is given."""
    if until is not None:
        entries = entries.filter(serial__lte=until)
    serials = entries.order_by().values("first").annotate(newest=Max("serial")).values("newest")
    return RegisterEntry.objects.filter(serial__in=serials)


def newest_news(kind: str, key: str, until: int | None = None) -> RegisterEntry | None:
    """The newest entry of a subject that tells something and so has a page, up to a serial if one is given."""
    entries = entries_of(kind, key)
    return (entries if until is None else entries.filter(serial__lte=until)).first()


def before(entry: RegisterEntry) -> RegisterEntry | None:
    """The entry of the same subject before this one."""
    earlier = RegisterEntry.objects.filter(first=entry.first, serial__lt=entry.serial).exclude(kind=NO_NEWS)
    return earlier.select_related("content", "details").order_by("-serial").first()


def after(entry: RegisterEntry) -> RegisterEntry | None:
    """The entry of the same subject after this one."""
    later = RegisterEntry.objects.filter(first=entry.first, serial__gt=entry.serial).exclude(kind=NO_NEWS)
    return later.select_related("content", "details").order_by("serial").first()


# Days


def began() -> datetime.date | None:
    """The day of the first entry."""
    first = RegisterEntry.objects.filter(serial=1).values_list("recorded_at", flat=True).first()
    return timezone.localdate(first) if first else None


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins in Norway."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def end_of(day: datetime.date) -> int:
    """The serial of the last entry recorded on or before a day, 0 for none. Order is the number, not the clock."""
    tomorrow = midnight(day + datetime.timedelta(days=1))
    return RegisterEntry.objects.filter(recorded_at__lt=tomorrow).aggregate(last=Max("serial"))["last"] or 0


# What may be shown today


def hidden_services() -> set[str]:
    """Services that the register has spoken of and that are public no more. They are left out of old texts."""
    spoken_of = RegisterEntry.objects.filter(subject_kind="service").filter(
        ~Q(subject_key__in=public_services().values("slug"))
    )
    return set(spoken_of.values_list("subject_key", flat=True))


def names_any(content: Any, hidden: set[str]) -> bool:
    """Whether a content names one of these services."""
    return bool(hidden) and any(kind == "service" and key in hidden for kind, key in keys_in(content))


def without(content: Content, hidden: set[str]) -> Content:
    """A content without the names of these services: what is shown of it on pages."""
    return _without(content, hidden) if hidden else content


def _without(value, hidden, name=""):
    if isinstance(value, dict):
        kept = {key: _without(item, hidden, key) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, [])}
    if isinstance(value, list):
        return [item for item in (_without(item, hidden, name) for item in value) if item is not None]
    return None if KINDS.get(name) == "service" and value in hidden else value

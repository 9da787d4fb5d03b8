"""What time brings: dates that have passed, and the form that a release has given to contents.

Told for feed and timeline, by `nightly`. The status that pages show never waits for it.
"""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments.status import Status, standing
from public.models import RegisterEntry
from public.presentation.words import day as in_words
from public.register.appending import Kind, News, lock, write
from public.register.form import GONE_HASH, canonical, digest
from public.register.reading import began, newest, newest_of, public_entries
from public.register.subjects import Key, all_public
from registry.changes import change

CHUNK = 200
REFUSED = (Status.NOT_APPROVED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Lapse:
    """A date that has passed: its name, the first day on which it is over (or has begun), and what that means."""

    name: str
    on: datetime.date
    reason: str


def append_lapsed(today: datetime.date) -> list[RegisterEntry]:
    """Tell of dates that have passed and have not been told of, each in an entry of its own. Safe to repeat."""
    added = []
    with translation.override(settings.LANGUAGE_CODE):  # the school owner's own words, as those of editors are
        for entry in _living():
            for lapse in lapses(entry.subject_kind, entry.said(), today):
                added += _tell(entry, lapse)
    return added


def _living() -> Iterator[RegisterEntry]:
    """The newest entry of each public service and region, some hundred at a time."""
    entries = newest_of(public_entries().filter(subject_kind__in=("service", "region"))).exclude(content=GONE_HASH)
    serials = list(entries.order_by("serial").values_list("serial", flat=True))
    for start in range(0, len(serials), CHUNK):
        chunk = RegisterEntry.objects.filter(serial__in=serials[start : start + CHUNK])
        yield from chunk.select_related("content").order_by("serial")


def lapses(kind: str, said: dict, today: datetime.date) -> Iterator[Lapse]:
    """The dates in what is said of a service or a region that have passed by a day."""
    yield from _of_service(said, today) if kind == "service" else _of_region(said, today)


def _of_service(said, today):
    now = standing(said, today)
    row = now.round or {}
    if now.status == Status.EXPIRED:
        words = _("The approval was valid until %(day)s. The service must not be used.")
        yield _over("valid_until", row["valid_until"], words)
    if now.is_overdue:
        words = _("The service should have been reassessed by %(day)s. The decision still applies.")
        yield _over("review_by", row["review_by"], words)
    if now.status in REFUSED and row.get("stop_using_by", today.isoformat()) < today.isoformat():
        yield _over("stop_using_by", row["stop_using_by"], _("The schools were to stop using the service by %(day)s."))
    if row and row["in_force_from"] > _local_day(row["published_at"]):
        words = _("Assessment %(number)s is in force from %(day)s.") % _worded(row["in_force_from"], row["number"])
        yield Lapse(f"in_force_from/{row['number']}", datetime.date.fromisoformat(row["in_force_from"]), words)


def _of_region(said, today):
    """The EU's decisions that have ended since the register began; those that ended before are old news."""
    start = began()
    for row in said.get("adequacy_decisions", []):
        until = row.get("valid_until", "")
        if until and start.isoformat() <= until < today.isoformat():
            words = _("The EU's adequacy decision %(name)s was valid until %(day)s.")
            yield _over(f"valid_until/{row['act']}", until, words, row.get("name") or row["act"])


def _over(what, iso, words, name=""):
    last = datetime.date.fromisoformat(iso)
    return Lapse(what, last + datetime.timedelta(days=1), words % {"day": in_words(iso), "name": name})


def _worded(iso, number):
    return {"day": in_words(iso), "number": number}


def _local_day(moment):
    return timezone.localtime(datetime.datetime.fromisoformat(moment)).date().isoformat()


def _tell(entry, lapse) -> list[RegisterEntry]:
    """One entry in a transaction of its own, unless it has been told of or something newer has been said meanwhile."""
    told = RegisterEntry.objects.filter(first=entry.first, kind=Kind.LAPSED, effective_on=lapse.on)
    told = told.select_related("details")
    with change(lapse.reason) as this:
        head = lock()
        key: Key = (entry.subject_kind, entry.subject_key)
        current = newest([key])[key]
        if current.content_id != entry.content_id or any(_name(row) == lapse.name for row in told):
            return []
        said = current.said()
        added = write(head, key, News(said, current, said), Kind.LAPSED, this, on=lapse.on, lapse=lapse.name)
        head.save()
    return [added]


def _name(entry):
    """Which date an entry told of, whatever words it had. Where the words had to go, the day alone tells."""
    return json.loads(entry.details.text).get("lapse", "")


def append_format(reason: str) -> list[RegisterEntry]:
    """Tell each subject anew, in the present form, where only the form has changed since its newest entry."""
    added = []
    for key, says in all_public():
        entry = newest([key]).get(key)
        if entry is None or entry.content_id == digest(canonical(says)) or entry.said() != says:
            continue
        with change(reason) as this:
            head = lock()
            current = newest([key])[key]
            if current.content_id == entry.content_id:
                added.append(write(head, key, News(says, current, says), Kind.FORMAT, this))
                head.save()
    return added

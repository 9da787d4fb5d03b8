"""One row for one service, the same in every list: name, vendor, status, the answer, where data lies, who, when."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from assessments.models import Assessment, Ruling
from assessments.status import USABLE, Status, with_status
from public.labels import label
from public.presentation.words import NOTHING, Words, gap, listed, people, said
from public.situations import Situation, with_situation
from registry.models import Audience, Disclosure, Service

MOST_PLACES = 3
# With these verdicts an audience may use a service while its round is in force.
MAY_USE = (Ruling.Verdict.ALLOWED, Ruling.Verdict.WITH_CONDITIONS)
SHAPES = {
    Situation.INSIDE: "eea",
    Situation.OUTSIDE: "world",
    Situation.UNKNOWN: "unlisted",
    Situation.NOWHERE: "nothing",
}
UNNAMED = {"EEA", "NON_EEA", "WORLDWIDE"}


@dataclass(frozen=True)
class Stored:
    """Where data lies, in a few words, and the shape that stands beside them."""

    words: Words
    shape: str


@dataclass(frozen=True)
class Dated:
    """What a date in a row is the date of. A last day is given in full; of the others the month is enough."""

    words: Words
    on: datetime.date | None = None
    is_last_day: bool = False


@dataclass(frozen=True)
class Row:
    """A service as every list shows it. `detail` is what one list adds, such as how long it keeps a kind of data."""

    service: Service
    vendors: str
    status: str
    is_overdue: bool
    answer: Words
    stored: Stored
    users: str
    dated: Dated
    detail: Words = NOTHING


def with_status_and_situation(services: QuerySet) -> QuerySet:
    """What lists sort and filter by, worked out by the database."""
    return with_situation(with_status(services))


def rows(services: QuerySet, details: Callable[[list[int]], dict[int, Words]] | None = None) -> list[Row]:
    """The rows of services that came out of `with_status_and_situation`, in a fixed number of queries.

    `details` is asked once, with the keys of all these services, for what the list adds to each.
    """
    found = list(
        services.select_related("vendor").prefetch_related(
            "co_vendors",
            "storage__region",
            Prefetch("disclosures", Disclosure.objects.filter(list="storage"), to_attr="storage_answers"),
        )
    )
    in_force = _rounds(service.round_in_force for service in found)
    added = details([service.pk for service in found]) if details else {}
    return [_row(service, in_force.get(service.round_in_force), added.get(service.pk)) for service in found]


def _rounds(keys):
    shown = Assessment.objects.defer("facts", "reasons", "internal_notes").prefetch_related("rulings")
    return shown.in_bulk([key for key in keys if key])


def _row(service, current, detail):
    return Row(
        service=service,
        vendors=listed([str(vendor) for vendor in [service.vendor, *service.co_vendors.all()] if vendor], most=2),
        status=service.status,
        is_overdue=service.is_overdue,
        answer=said(current.summary if current else "", service.content_language)
        or said(service.summary, service.content_language),
        stored=stored(service),
        users=_users(service, current),
        dated=_dated(service),
        detail=detail or NOTHING,
    )


def _users(service, current):
    if current is None:
        return ""
    allowed = {ruling.audience for ruling in current.rulings.all() if ruling.verdict in MAY_USE}
    if service.status not in USABLE:
        allowed = set()
    return people([code for code in Audience.values if code in allowed], nobody=_("Nobody in the schools"))


def _dated(service):
    if service.status == Status.PILOT and service.valid_until:
        return Dated(Words(_("Pilot until")), service.valid_until, is_last_day=True)
    if service.status == Status.EXPIRED:
        return Dated(Words(_("It was valid until")), service.valid_until, is_last_day=True)
    if service.status == Status.UNDER_ASSESSMENT:
        return Dated(Words(_("Under assessment since")), service.under_assessment_since)
    if service.decided_on:
        return Dated(Words(_("Assessed")), service.decided_on)
    return Dated(gap(_("Day of assessment not stated")) if service.round_in_force else NOTHING)


def stored(service: Service) -> Stored:
    """Where the data of a service lies, told by the worst of its places."""
    situation = service.situation
    places = [row.region for row in service.storage.all() if row.region.situation == situation]
    if situation == Situation.UNKNOWN:
        return Stored(_unknown(service), SHAPES[situation])
    if situation == Situation.NOWHERE:
        return _nowhere([region for region in places if region.code != "NOTHING"])
    text = _("In the EEA") if situation == Situation.INSIDE else _outside(service)
    named = _named(service, situation)
    return Stored(Words(f"{text}: {named}" if named else text), SHAPES[situation])


def _nowhere(places):
    if not places:
        return Stored(Words(_("Nothing is stored")), SHAPES[Situation.NOWHERE])
    return Stored(Words(listed(dict.fromkeys(region.name() for region in places))), "device")


def _outside(service):
    situations = {row.region.situation for row in service.storage.all()}
    return _("In the EEA and outside") if Situation.INSIDE in situations else _("Outside the EEA")


def _named(service, situation):
    """The countries in a situation, the main ones first; "" where none is named."""
    places = [row for row in service.storage.all() if row.region.situation == situation]
    countries = [row for row in places if row.region.code not in UNNAMED]
    mainly = dict.fromkeys(row.region.name() for row in countries if row.extent == "main")
    others = dict.fromkeys(row.region.name() for row in countries)
    if mainly and len(places) > len(mainly):
        return _("mainly %(places)s") % {"places": listed(mainly, MOST_PLACES)}
    return listed(others, MOST_PLACES)


def _unknown(service):
    if any(row.region.situation != Situation.UNKNOWN for row in service.storage.all()):
        return gap(_("Stated only in part"))
    answers = [row.answer for row in service.storage_answers if row.answer not in ("stated", "none")]
    return gap(label("answer", answers[0]) if answers else _("Not stated"))

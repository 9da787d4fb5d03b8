"""What is new: entries of the register about any subject, in words, for the page of changes and for the feeds."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from assessments.status import standing
from public.labels import label
from public.models import RegisterEntry
from public.presentation.timeline import OURS, Told, changed, heading, language
from public.presentation.words import Words, said
from public.register.form import GONE_HASH
from public.register.names import names, page_of
from public.register.reading import NO_NEWS, head, hidden_services, newest_of, without
from public.register.subjects import Key
from public.register.then import ReferencesThen, day_of
from public.templatetags.public import tone

About = RegisterEntry.About

MOST_SENTENCES = 3
LONG_RUN = 4  # that many entries of one sort after each other are told in one

MANY: dict[str, str | Promise] = {
    About.SERVICE: _("Services"),
    About.VENDOR: _("Vendors"),
    About.POLICY: _("Documents"),
    About.REGION: _("Storage regions"),
    About.CATEGORY: _("Kinds of data"),
    About.BASIS: _("Transfer bases"),
    About.PLATFORM: _("Platforms"),
    About.LEVEL: _("Levels of education"),
    About.SUBJECT: _("School subjects"),
    About.OWNER: _("School owner"),
}


@dataclass(frozen=True)
class Item:
    """One entry as news. `page` is about its subject ("" for none), `address` about what happened.

    `tone` is that of a new decision, "" for other news; `status` is what applied to a service by then, "" for others.
    """

    entry: RegisterEntry
    name: str
    page: str
    title: str
    tone: str
    status: str
    text: Words
    sentences: list[str]
    day: datetime.date

    @property
    def address(self) -> str:
        """The readable page, in the active language."""
        return self.entry.get_absolute_url()

    @property
    def permanent_address(self) -> str:
        """What names the entry for ever: whole, and the same in every language."""
        with override(settings.LANGUAGE_CODE):
            return f"{settings.SITE_URL}{reverse('entry-detail', args=[self.entry.serial])}"

    @property
    def about(self) -> str:
        return label("about", self.entry.subject_kind)

    @property
    def holds_from(self) -> datetime.date | None:
        """The day from which it holds, where that is another than the one on which it was recorded."""
        return self.entry.effective_on if self.entry.effective_on != self.day else None

    @property
    def shown(self) -> list[str]:
        return self.sentences[:MOST_SENTENCES]

    @property
    def more(self) -> int:
        """How many sentences are left for the page of the entry."""
        return len(self.sentences) - len(self.shown)


@dataclass(frozen=True)
class Run:
    """Items of the same day, of the same sort and for the same reason, such as 257 regions entered at once."""

    items: list[Item]

    @property
    def first(self) -> Item:
        return self.items[0]

    @property
    def about(self) -> str | Promise:
        return MANY[self.first.entry.subject_kind]


def items(entries: Iterable[RegisterEntry]) -> list[Item]:
    """These entries in words, in their order; they come with their texts. The queries do not grow with their number.

    What names a service that is public no more is left out, as everywhere.
    """
    entries, hidden = list(entries), hidden_services()
    befores = _befores(entries)
    told = [Told(entry, _said(befores.get(entry.serial), hidden), _said(entry, hidden)) for entry in entries]
    named, gone = names({_key(entry) for entry in entries}), _gone(entries)
    compared = [content for one in told if _compares(one) for content in (one.before, one.after)]
    references = ReferencesThen(head().serial, *compared)
    return [_item(one, named, gone, references) for one in told]


def _befores(entries) -> dict[int, RegisterEntry]:
    """The entry of the same subject before each of these, by the serial of the later one."""
    earlier = RegisterEntry.objects.filter(first=OuterRef("first"), serial__lt=OuterRef("serial")).exclude(kind=NO_NEWS)
    newest = Subquery(earlier.order_by("-serial").values("serial")[:1])
    rows = RegisterEntry.objects.filter(serial__in=[entry.serial for entry in entries]).annotate(before=newest)
    serials = dict(rows.values_list("serial", "before"))
    found = RegisterEntry.objects.select_related("content").in_bulk([each for each in serials.values() if each])
    return {serial: found[before] for serial, before in serials.items() if before}


def _gone(entries) -> set[int]:
    """The first serials of subjects that are no longer in the registry, and so have no page."""
    newest = newest_of(RegisterEntry.objects.filter(first__in={entry.first for entry in entries}))
    return set(newest.filter(content=GONE_HASH).values_list("first", flat=True))


def _said(entry, hidden) -> dict[str, Any]:
    return without(entry.said(), hidden) if entry else {}


def _key(entry) -> Key:
    return entry.subject_kind, entry.subject_key


def _compares(told):
    """What came or went is told by its title; all that is said of it stands on its own page."""
    return bool(told.before and told.after)


def _item(told, named, gone, references):
    entry, key = told.entry, _key(told.entry)
    rounds = told.new_rounds() if told.before else []
    decided = rounds[-1] if rounds else {}
    return Item(
        entry=entry,
        name=named.get(key, entry.subject_key),
        page="" if entry.first in gone else page_of(key),
        title=heading(told),
        tone=tone(decided["outcome"]) if decided else "",
        status=decided.get("outcome") or _status(told),
        text=said(decided.get("change_summary") or decided.get("summary"), language(told)) or said(entry.reason, OURS),
        sentences=[line.sentence for line in changed(told, references)] if _compares(told) else [],
        day=day_of(entry),
    )


def _status(told):
    if told.entry.subject_kind != About.SERVICE or "facts" not in told.after:
        return ""
    return standing(told.after, day_of(told.entry)).status.value


# By day


def by_day(found: Iterable[Item]) -> list[tuple[datetime.date, list[Item | Run]]]:
    """Items under the days on which they were recorded, in their order, long runs of one sort folded into one."""
    return [(day, _folded(list(of_day))) for day, of_day in groupby(found, key=lambda item: item.day)]


def _folded(found):
    folded = []
    for _sort, same in groupby(found, key=_sort_of):
        run = list(same)
        folded += [Run(run)] if len(run) >= LONG_RUN and run[0].entry.subject_kind != About.SERVICE else run
    return folded


def _sort_of(item):
    """What items of a run have in common. Each service is news of its own."""
    return item.entry.subject_kind, item.entry.kind, item.title, str(item.text)

"""What is to be done about a page. Planning reads the registry and changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from assessments.carrying_over.draft import DECIDES, Rows
from assessments.carrying_over.hands import is_by_people, service_is_edited
from assessments.carrying_over.known import Known, place
from assessments.carrying_over.merging import NOTHING, Edit, Merged, keyed_like, merged
from assessments.carrying_over.page import Page
from assessments.carrying_over.parties import Vendors, resolved
from assessments.carrying_over.tables import TABLES, Codes, Subject, stated
from assessments.models import Assessment, ImportedPage, Outcome
from assessments.rounds import editors
from registry.folding import plain
from registry.models import Service

NOT_MADE_FROM_IT = "the service was not made from this page: compare them"


class Action(Enum):
    """What becomes of a page; the value marks it in what the command prints."""

    NEW = "+"
    UPDATE = "~"
    BESIDE = "&"
    SAME = "="


@dataclass(frozen=True)
class Step:
    """One page and what is to be done about it.

    `service` is the primary key of the service that it is about; a negative number stands for one that the same run
    would make. `base` are the rows of the version before. `waits` says why it is not published, where that was asked.
    """

    page: Page
    action: Action
    service: int | None
    rows: Rows
    base: Rows | None = None
    merged: Merged = NOTHING
    publish: bool = False
    waits: tuple[str, ...] = ()


class Planner:
    """Plans page after page, and remembers what it has planned, so that two versions of one page make one service.

    `pages` are all that the run is about: two of them that contradict each other are left to people.
    """

    def __init__(self, pages: Iterable[Page] = (), publish: bool = False):
        self.publish = publish
        self.present: set[str] = set()
        self._texts: dict[str, set[str]] = {}
        self._places: dict[str, set[str]] = {}
        for page in pages:
            self.present.add(page.digest)
            self._texts.setdefault(place(page.draft.address), set()).add(page.digest)
            self._places.setdefault(plain(page.draft.name), set()).add(place(page.draft.address))
        self.forget()

    def forget(self) -> None:
        """Begin anew from what the registry holds, since what was made meanwhile is not there after all."""
        self.known = Known.stored()
        self.vendors = Vendors()
        self.codes = Codes()

    def plan(self, page: Page, publish: bool | None = None) -> Step:
        """What is to be done about a page; `publish` as the run was told, if it is not told otherwise."""
        publish = self.publish if publish is None else publish
        rows = resolved(page.draft.rows, self.vendors)
        service = self.known.find(page.draft)
        if service is None:
            waits = tuple(self._undecided(page)) if publish else ()
            return Step(page, Action.NEW, None, rows, publish=publish and not waits, waits=waits)
        if self.known.is_here(service, page, self.present):
            return self._same(page, service, rows, publish)
        base = self._base(page.draft, service)
        if base is None:
            waits = (NOT_MADE_FROM_IT,) if publish else ()
            return Step(page, Action.BESIDE, service, rows, merged=self._difference(service, rows), waits=waits)
        return self._update(page, service, base, rows, publish)

    def foresee(self, page: Page) -> Step:
        """Plan a page, and go on as if it had been carried out."""
        step = self.plan(page)
        if step.action != Action.SAME:
            service = step.service if step.service is not None else -1 - len(self.known.planned)
            if step.action == Action.NEW or service in self.known.planned:
                self.known.planned[service] = (page.draft, step.rows)
            self.known.remember(page, service, bool(step.merged.waiting))
        return step

    def subject(self, service: int, countries: dict[str, str] | None = None) -> Subject:
        """The service as it stands, with its open round, else the one that was published last.

        `countries` are those of vendors that a page may bring (`Draft.countries`).
        """
        rounds = Assessment.objects.filter(service=service).order_by("-number")
        latest = rounds.open().first() or rounds.published().first()
        return Subject(Service.objects.get(pk=service), latest, self.vendors, self.codes, countries or {})

    def _same(self, page, service, rows, publish):
        """Nothing is to be read anew. A draft that nobody has touched may still be published."""
        step = Step(page, Action.SAME, service, rows)
        if not publish or service in self.known.planned:
            return step
        newest = ImportedPage.objects.filter(service=service, digest=page.digest).order_by("-pk").first()
        if newest.is_beside:
            return Step(page, Action.SAME, service, rows, waits=(NOT_MADE_FROM_IT,))
        subject = self.subject(service)
        if subject.round is None or subject.round.is_published:
            return step
        # Whoever has looked through the page has seen what was uncertain, and let it stand.
        doubts = newest.looked_through_at is None
        waits = (*self._undecided(page, doubts), *_for_people(subject, newest.carried))
        return Step(page, Action.SAME, service, rows, publish=not waits, waits=waits)

    def _base(self, draft, service) -> Rows | None:
        """The rows of the version before; None if this page is no version of one that was taken over."""
        if service in self.known.planned:
            before, rows = self.known.planned[service]
            return rows if _is_version(draft, before.address) else None
        for page in ImportedPage.objects.filter(service=service).exclude(carried={}).order_by("-pk"):
            if _is_version(draft, page.address):
                return page.carried
        return None

    def _difference(self, service, rows) -> Merged:
        """What the page says otherwise than the registry, or besides; all of it is left as it is here."""
        if service in self.known.planned:
            return NOTHING
        nothing: Rows = {"service": {"": {}}, "round": {"": {}}}
        found = merged(nothing, stated(self.subject(service)), keyed_like(nothing, rows))
        return Merged(kept=(*found.kept, *found.edits))

    def _update(self, page, service, base, rows, publish):
        alike = keyed_like(base, rows)
        waits = tuple(self._undecided(page)) if publish else ()
        if service in self.known.planned:
            found = merged(base, base, alike)
            return Step(page, Action.UPDATE, service, alike, base, found, publish and not waits, waits)
        subject = self.subject(service)
        waits = (*waits, *_for_people(subject, base)) if publish else ()
        goes_public = publish and not waits
        found = _allowed(merged(base, stated(subject), alike), subject, goes_public)
        return Step(page, Action.UPDATE, service, alike, base, found, goes_public, waits)

    def _undecided(self, page, doubts=True) -> Iterator[str]:
        yield from undecided(page, doubts)
        if len(self._texts.get(place(page.draft.address), ())) > 1 and page.draft.address:
            yield "there are several versions of it here: look which is the newest"
        if len(self._places.get(plain(page.draft.name), ())) > 1:
            yield "another page here is about a service of this name"


def _is_version(draft, address):
    """Two pages with addresses of their own are two pages, even if they are about services of one name."""
    if draft.address and address:
        return place(draft.address) == place(address)
    return "name" not in draft.uncertain


def may_write(row: Assessment | None) -> bool:
    """A round that an import may write in: not handed over, and made by an import, or by nobody."""
    return (
        row is not None
        and row.state == Assessment.State.DRAFT
        and (row.kind == Assessment.Kind.IMPORTED or not editors(row))
    )


def may_begin(row: Assessment | None) -> bool:
    """A new round may follow on this one: it was carried over too, so nobody has decided here since."""
    return row is None or (row.is_published and row.kind == Assessment.Kind.IMPORTED)


def _allowed(found: Merged, subject: Subject, goes_public: bool) -> Merged:
    """Keep what people have had a hand in, and let wait what would be public at once, or is being signed."""
    gate = _Gate(subject, found, goes_public)
    mine = [edit for edit in found.edits if gate.is_peoples(edit)]
    waiting = [edit for edit in found.edits if edit not in mine and gate.must_wait(edit)]
    free = [edit for edit in found.edits if edit not in mine and edit not in waiting]
    return Merged(tuple(free), (*found.kept, *mine), tuple(waiting))


class _Gate:
    """What an import may do to a service as it stands."""

    def __init__(self, subject: Subject, found: Merged, goes_public: bool):
        self.subject = subject
        self.is_handed_over = subject.round is not None and subject.round.state == Assessment.State.SUBMITTED
        self.is_open = goes_public or subject.service.visibility == Service.Visibility.DRAFT
        self.may_decide = self.is_handed_over or may_write(subject.round) or may_begin(subject.round)
        own = next((edit.after for edit in found.edits if edit.table == "service"), {})
        self.has_vendor = bool(own.get("vendor", subject.service.vendor_id))

    def is_peoples(self, edit: Edit) -> bool:
        """People have decided, or had a hand in the row that would go, or that others share; or it has no place."""
        table = TABLES[edit.table]
        if edit.is_decision and not self.may_decide:
            return True
        if edit.after is not None and table.needs_vendor and not self.has_vendor:
            return True
        if edit.after is not None and not table.is_shared:
            return False
        row = table.rows(self.subject).get(edit.key)
        return row is not None and is_by_people(row)

    def must_wait(self, edit: Edit) -> bool:
        """It would be public at once, or change under the hands of whoever signs."""
        return self.is_handed_over or not (edit.is_decision or self.is_open)


def undecided(page: Page, doubts: bool = True) -> Iterator[str]:
    """Why a page's decision cannot be published as it was read; nothing if it can. `doubts` count, or do not."""
    draft, result = page.draft, page.result
    row = draft.rows["round"][""]
    if not row["outcome"]:
        yield "its status is in doubt" if "status" in draft.uncertain else f"its status is {result.status}"
    for name in DECIDES if doubts else ():
        # A section that is missing is no doubt about what the page says; a name has to come from somewhere.
        if name != "status" and name in draft.uncertain and (name in result.lines or name == "name"):
            yield f"in doubt: {name}"
    if not draft.address:
        yield "its address is not known"
    if not draft.rows["service"][""]["summary"]:
        yield "it does not say what the service is for"
    if row["outcome"] not in ("", Outcome.NOT_APPROVED, Outcome.WITHDRAWN) and not draft.rows["rulings"]:
        yield "it does not say who may use the service"
    if row["outcome"] == Outcome.CONDITIONAL and not draft.rows["conditions"]:
        yield "it names no conditions"


def _for_people(subject: Subject, base: Rows) -> Iterator[str]:
    """Why people, not the import, must publish this: somebody has had a hand in it."""
    row = subject.round
    if row is not None and (row.approver_id or (row.is_published and row.kind != Assessment.Kind.IMPORTED)):
        yield "it has been decided on here"
    if row is not None and row.state == Assessment.State.SUBMITTED:
        yield "it waits for approval"
    if subject.service.visibility == Service.Visibility.UNLISTED:
        yield "it was taken off the list"
    if ImportedPage.objects.filter(service=subject.service, carried={}, looked_through_at__isnull=True).exists():
        yield "another page about it is to be looked through"
    mine = stated(subject)
    differs = any(mine.get(table) != rows for table, rows in base.items())
    if differs or (row is not None and editors(row)) or service_is_edited(subject.service):
        yield "it has been edited since: submit it for approval"

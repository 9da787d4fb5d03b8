"""What is to be done about a page. Planning reads the registry and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from assessments.carrying_over.draft import DECIDES, Draft, Rows
from assessments.carrying_over.merging import NOTHING, Edit, Merged, keyed_like, merged
from assessments.carrying_over.page import Page
from assessments.carrying_over.parties import Vendors, resolved
from assessments.carrying_over.tables import Codes, Subject, stated
from assessments.models import Assessment, ImportedPage, Outcome
from assessments.rounds import editors
from registry.folding import plain
from registry.models import Service


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
    would make. `waits` says why it is not published, where that was asked for.
    """

    page: Page
    action: Action
    service: int | None
    rows: Rows
    merged: Merged = NOTHING
    publish: bool = False
    waits: tuple[str, ...] = ()


@dataclass
class Known:
    """What pages are recognised by: their addresses, the names of services, and the versions that are here already.

    `planned` holds the rows of services that a run without --apply would have made.
    """

    addresses: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    versions: set[tuple[int, str]] = field(default_factory=set)
    planned: dict[int, tuple[Draft, Rows]] = field(default_factory=dict)

    @classmethod
    def stored(cls) -> "Known":
        """What the registry holds now."""
        known = cls()
        for pk, name, aliases in Service.objects.values_list("pk", "name", "aliases"):
            known.names |= {plain(other): pk for other in aliases.splitlines() if other.strip()}
            known.names[plain(name)] = pk
        rounds = Assessment.objects.exclude(carried_over_from="")
        for address, pk in rounds.order_by("pk").values_list("carried_over_from", "service_id"):
            known.addresses[place(address)] = pk
        for address, pk, digest in ImportedPage.objects.order_by("pk").values_list("address", "service_id", "digest"):
            known.versions.add((pk, digest))
            if address:
                known.addresses[place(address)] = pk
        return known

    def find(self, draft: Draft) -> int | None:
        """The service that a page is about, by its address, else by its name."""
        found = self.addresses.get(place(draft.address)) if draft.address else None
        return found if found is not None else self.names.get(plain(draft.name))

    def remember(self, page: Page, service: int) -> None:
        """A page has been taken over, or would be."""
        self.versions.add((service, page.digest))
        self.names.setdefault(plain(page.draft.name), service)
        if page.draft.address:
            self.addresses[place(page.draft.address)] = service


def place(address: str) -> str:
    """What two ways of writing one web address have in common."""
    parts = urlsplit(address)
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


class Planner:
    """Plans page after page, and remembers what it has planned, so that two versions of one page make one service."""

    def __init__(self, publish: bool = False):
        self.publish = publish
        self.forget()

    def forget(self) -> None:
        """Begin anew from what the registry holds, since what was made meanwhile is not there after all."""
        self.known = Known.stored()
        self.vendors = Vendors()
        self.codes = Codes()

    def plan(self, page: Page) -> Step:
        """What is to be done about a page."""
        rows = resolved(page.draft.rows, self.vendors)
        service = self.known.find(page.draft)
        if service is None:
            return self._new(page, rows)
        if (service, page.digest) in self.known.versions:
            return self._same(page, service, rows)
        base = self._base(page.draft, service)
        if base is None:
            return Step(page, Action.BESIDE, service, rows)
        return self._update(page, service, base, keyed_like(base, rows))

    def foresee(self, page: Page) -> Step:
        """Plan a page, and go on as if it had been carried out."""
        step = self.plan(page)
        if step.action != Action.SAME:
            service = step.service if step.service is not None else -1 - len(self.known.planned)
            if step.action == Action.NEW or service in self.known.planned:
                self.known.planned[service] = (page.draft, step.rows)
            self.known.remember(page, service)
        return step

    def subject(self, service: int, countries: dict[str, str] | None = None) -> Subject:
        """The service as it stands, with its open round, else the one that was published last.

        `countries` are those of vendors that a page may bring (`Draft.countries`).
        """
        rounds = Assessment.objects.filter(service=service).order_by("-number")
        latest = rounds.open().first() or rounds.published().first()
        return Subject(Service.objects.get(pk=service), latest, self.vendors, self.codes, countries or {})

    def _new(self, page, rows):
        waits = tuple(waiting(page)) if self.publish else ()
        return Step(page, Action.NEW, None, rows, publish=self.publish and not waits, waits=waits)

    def _same(self, page, service, rows):
        """Nothing is to be read anew. A draft that nobody has touched may still be published."""
        step = Step(page, Action.SAME, service, rows)
        if not self.publish or service in self.known.planned:
            return step
        newest = ImportedPage.objects.filter(service=service).exclude(carried={}).order_by("-pk").first()
        subject = self.subject(service)
        if newest is None or newest.digest != page.digest or not is_open(subject.round):
            return step
        # Whoever has looked through the page has seen what was uncertain, and let it stand.
        waits = (*waiting(page, newest.looked_through_at is None), *_touched(subject, newest.carried))
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

    def _update(self, page, service, base, rows):
        if service in self.known.planned:
            return Step(page, Action.UPDATE, service, rows, merged(base, base, rows), *self._publication(page, ()))
        subject = self.subject(service)
        result = merged(base, stated(subject), rows)
        touched = _touched(subject, base) if self.publish else ()
        publish, waits = self._publication(page, touched)
        return Step(page, Action.UPDATE, service, rows, _allowed(result, subject, publish), publish, waits)

    def _publication(self, page, touched) -> tuple[bool, tuple[str, ...]]:
        waits = (*waiting(page), *touched) if self.publish else ()
        return self.publish and not waits, waits


def _is_version(draft, address):
    """Two pages with addresses of their own are two pages, even if they are about services of one name."""
    if draft.address and address:
        return place(draft.address) == place(address)
    return "name" not in draft.uncertain


def is_open(row: Assessment | None) -> bool:
    """A round that an import may write in: its own, and not handed over to anybody."""
    return row is not None and row.kind == Assessment.Kind.IMPORTED and row.state == Assessment.State.DRAFT


def may_begin(row: Assessment | None) -> bool:
    """A new round may follow on this one: it was carried over too, so nobody has decided here since."""
    return row is None or (row.is_published and row.kind == Assessment.Kind.IMPORTED)


def _allowed(result: Merged, subject: Subject, publish: bool) -> Merged:
    """Keep back what would be public at once without --published, or would meddle with what people decide here."""
    is_draft = subject.service.visibility == Service.Visibility.DRAFT
    may_decide = is_open(subject.round) or may_begin(subject.round)

    def is_allowed(edit: Edit) -> bool:
        return may_decide if edit.is_decision else is_draft or publish

    return Merged(
        tuple(edit for edit in result.edits if is_allowed(edit)),
        (*result.kept, *(edit for edit in result.edits if not is_allowed(edit))),
    )


def waiting(page: Page, doubts: bool = True) -> Iterator[str]:
    """Why a page's decision cannot be published as it was read; nothing if it can. `doubts` count, or do not."""
    draft, result = page.draft, page.result
    row = draft.rows["round"][""]
    if not row["outcome"]:
        yield f"status is {result.status}"
    for name in DECIDES if doubts else ():
        # A section that is missing is no doubt about what the page says; a name has to come from somewhere.
        if name in draft.uncertain and (name in result.lines or name == "name"):
            yield f"{name} is uncertain"
    if not draft.address:
        yield "its address is not known"
    if not draft.rows["service"][""]["summary"]:
        yield "it does not say what the service is for"
    if row["outcome"] not in ("", Outcome.NOT_APPROVED, Outcome.WITHDRAWN) and not draft.rows["rulings"]:
        yield "it does not say who may use the service"
    if row["outcome"] == Outcome.CONDITIONAL and not draft.rows["conditions"]:
        yield "it names no conditions"


def _touched(subject: Subject, base: Rows) -> Iterator[str]:
    """Why people, not the import, must publish this: somebody has had a hand in it."""
    row = subject.round
    if row is not None and (row.approver_id or row.kind != Assessment.Kind.IMPORTED):
        yield "it has been decided on here"
    if row is not None and row.state == Assessment.State.SUBMITTED:
        yield "it waits for approval"
    if subject.service.visibility == Service.Visibility.UNLISTED:
        yield "it was taken off the list"
    mine = stated(subject)
    if any(mine.get(table) != rows for table, rows in base.items()) or (row is not None and editors(row)):
        yield "it has been edited since: submit it for approval"

"""What the registry holds already, as far as pages are recognised by it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assessments.carrying_over.draft import Draft, Rows
from assessments.carrying_over.page import Page
from assessments.models import Assessment, ImportedPage
from registry.folding import plain
from registry.models import Service


@dataclass
class Known:
    """Services by the addresses of their pages and by their names, and the version of each page that came last.

    `planned` holds the drafts and rows of services that a run without --apply would have made.
    """

    addresses: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    newest: dict[tuple[int, str], tuple[str, bool]] = field(default_factory=dict)
    versions: set[tuple[int, str]] = field(default_factory=set)
    planned: dict[int, tuple[Draft, Rows]] = field(default_factory=dict)

    @classmethod
    def stored(cls) -> "Known":
        """What the registry holds now."""
        known = cls()
        services = list(Service.objects.values_list("pk", "name", "aliases"))
        known.names = {
            plain(other): pk for pk, _name, aliases in services for other in aliases.splitlines() if other.strip()
        }
        known.names |= {plain(name): pk for pk, name, _aliases in services}
        rounds = Assessment.objects.exclude(carried_over_from="").order_by("pk")
        for address, pk in rounds.values_list("carried_over_from", "service_id"):
            known.addresses[place(address)] = pk
        pages = ImportedPage.objects.order_by("pk")
        for pk, address, digest, waits in pages.values_list("service_id", "address", "digest", "waits"):
            known.note(pk, address, digest, waits)
        return known

    def note(self, service: int, address: str, digest: str, waits: bool) -> None:
        """A version of a page is here. `waits`: something of it has not been written yet."""
        self.newest[service, place(address)] = (digest, waits)
        self.versions.add((service, digest))
        if address:
            self.addresses[place(address)] = service

    def find(self, draft: Draft) -> int | None:
        """The service that a page is about, by its address, else by its name."""
        found = self.addresses.get(place(draft.address)) if draft.address else None
        return found if found is not None else self.names.get(plain(draft.name))

    def is_here(self, service: int, page: Page, present: set[str]) -> bool:
        """The page says what it said last time; or the version after it lies beside it, among those that are `present`.

        A page that goes back to an earlier text has a new version, which says what an older one said.
        """
        digest, waits = self.newest.get((service, place(page.draft.address)), ("", False))
        if digest == page.digest:
            return not waits
        return (service, page.digest) in self.versions and digest in present

    def remember(self, page: Page, service: int, waits: bool) -> None:
        """A page has been taken over, or would be."""
        self.note(service, page.draft.address, page.digest, waits)
        self.names.setdefault(plain(page.draft.name), service)


def place(address: str) -> str:
    """What two ways of writing one web address have in common; "" for none."""
    parts = urlsplit(address)
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}" if address else ""

"""The registry as it was when an entry had been written: the same structures that living pages are made of.

What is not public any more is left out, as everywhere.
"""

import datetime
from typing import Any

from django.utils import timezone

from public.context import owner
from public.dossier import public_policies
from public.models import RegisterEntry
from public.references import References
from public.register.form import GONE
from public.register.reading import hidden_services, newest, without
from public.vendors import public_vendors

Dossier = dict[str, Any]


class ReferencesThen(References):
    """Looks keys up in what the register had said up to an entry."""

    def __init__(self, until: int, *structures: Any):
        self.until = until
        self.hidden = hidden_services()
        super().__init__(*structures)

    def beside(self, *structures: Any) -> "ReferencesThen":
        return ReferencesThen(self.until, *structures)

    def load(self, kind: str, keys: set[str]) -> dict[str, dict[str, Any]]:
        entries = newest({(kind, key) for key in keys}, self.until)
        said = {key: without(entry.said(), self.hidden) for (_kind, key), entry in entries.items()}
        said = {key: content for key, content in said.items() if content != GONE and "redacted" not in content}
        if kind == "service":
            return {key: _named(content["facts"]) for key, content in said.items() if key not in self.hidden}
        return said

    def without_page(self) -> set[tuple[str, str]]:
        """The vendors and documents that were public then and have no page now."""
        absent = set()
        for kind, public in (("vendor", public_vendors), ("policy", public_policies)):
            keys = set(self.found.get(kind, {}))
            there = public().filter(slug__in=keys).values_list("slug", flat=True) if keys else ()
            absent |= {(kind, key) for key in keys.difference(there)}
        return absent


def _named(facts):
    return {name: facts[name] for name in ("slug", "name", "summary")}


def dossier_then(entry: RegisterEntry) -> Dossier:
    """What an entry says of a service, as `public.dossier` would have; {} where it was not on the list."""
    said = without(entry.said(), hidden_services())
    return {"statements": {}, "decision": {}} | said if "facts" in said else {}


def owner_then(until: int) -> dict[str, str]:
    """What the school owner said of itself; what it says now where the register has nothing."""
    entry = newest([("owner", "owner")], until).get(("owner", "owner"))
    return entry.said() if entry and "name" in entry.said() else owner()


def day_of(entry: RegisterEntry) -> datetime.date:
    """The day on which an entry was recorded, in Norway."""
    return timezone.localtime(entry.recorded_at).date()

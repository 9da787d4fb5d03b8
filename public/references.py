"""What the keys in a dossier stand for: vendors, regions, categories and the rest, each as its own public facts.

A page asks for what it needs in one go, so the number of queries is one per kind, however many keys there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from policies.statements import policy_statements, with_versions
from public.dossier import public_policies, public_services
from registry.facts import region_facts, term_facts, vendor_facts
from registry.models import (
    DataCategory,
    EducationLevel,
    Platform,
    StorageRegion,
    Subject,
    TransferBasis,
    Vendor,
    region_name,
)

# Under which names in a dossier keys of other subjects stand, and of which kind they are.
KINDS = {
    "vendor": "vendor",
    "co_vendors": "vendor",
    "host": "vendor",
    "works_for": "vendor",
    "owned_by": "vendor",
    "region": "region",
    "country": "region",
    "category": "category",
    "data": "category",
    "transfer_basis": "basis",
    "fallback_basis": "basis",
    "platforms": "platform",
    "platform": "platform",
    "education_levels": "level",
    "subjects": "subject",
    "alternatives": "service",
    "replaced_by": "service",
    "services": "service",
    "policies": "policy",
    "policy": "policy",
}


def keys_in(value: Any, name: str = "", inside: str = "") -> Iterable[tuple[str, str]]:
    """Every (kind, key) that stands in a dossier or in another subject's facts."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from keys_in(item, key, name)
    elif isinstance(value, list):
        for item in value:
            yield from keys_in(item, name, inside)
    elif isinstance(value, str) and name in KINDS and not _is_word(name, inside):
        yield KINDS[name], value


def _is_word(name, inside):
    """The same name is no key inside these rows: whose data it is, and what a recipient gets in words."""
    return (name == "subjects" and inside in {"data", "collections"}) or (name == "data" and inside == "recipients")


class References:
    """Looks keys up among the living rows. What is not found answers with the key itself as its name."""

    def __init__(self, *structures: Any):
        wanted = defaultdict(set)
        for structure in structures:
            for kind, key in keys_in(structure):
                wanted[kind].add(key)
        self.found = {kind: self.load(kind, keys) for kind, keys in wanted.items()}
        if "policy" in self.found:
            self._follow(self.found["policy"])

    def load(self, kind: str, keys: set[str]) -> dict[str, dict[str, Any]]:
        """What is said of these subjects of one kind; unknown ones are left out."""
        return LOADERS[kind](keys)

    def beside(self, *structures: Any) -> "References":
        """References of the same sort, for other structures."""
        return type(self)(*structures)

    def _follow(self, policies):
        """Policies are shown with what they say, which names vendors, regions and categories of its own."""
        for kind, rows in self.beside(*policies.values()).found.items():
            if kind != "service":
                self.found.setdefault(kind, {}).update(rows)

    def get(self, kind: str, key: str | None) -> dict[str, Any]:
        """The public facts of one subject, {} for none or an unknown one."""
        return self.found.get(kind, {}).get(key, {})

    def name(self, kind: str, key: str | None) -> str:
        """What a reader calls it, in the active language."""
        if not key:
            return ""
        if kind == "region":
            return region_name(key)
        name = self.get(kind, key).get("name") or self.get(kind, key).get("title") or key
        return name.get(get_language() or "nb", name["nb"]) if isinstance(name, dict) else name


def _vendors(keys):
    rows = Vendor.objects.filter(slug__in=keys).select_related("country", "parent")
    return {row.slug: vendor_facts(row) for row in rows}


def _regions(keys):
    rows = StorageRegion.objects.filter(code__in=keys).prefetch_related("adequacy_decisions")
    return {row.code: region_facts(row) for row in rows}


def _terms(model):
    return lambda keys: {row.code: term_facts(row) for row in model.objects.filter(code__in=keys)}


def _services(keys):
    rows = public_services().filter(slug__in=keys).select_related("vendor")
    return {row.slug: {"slug": row.slug, "name": row.name, "summary": row.summary} for row in rows}


def _policies(keys):
    rows = with_versions(public_policies().filter(slug__in=keys))
    return {row.slug: policy_statements(row) for row in rows}


LOADERS = {
    "vendor": _vendors,
    "region": _regions,
    "category": _terms(DataCategory),
    "basis": _terms(TransferBasis),
    "platform": _terms(Platform),
    "level": _terms(EducationLevel),
    "subject": _terms(Subject),
    "service": _services,
    "policy": _policies,
}

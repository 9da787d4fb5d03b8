"""Companies as pages name them, and vendors as the registry has them: the same one in spite of “AS” and capitals."""

import re
from collections.abc import Iterator
from functools import cache

from django.db.models import Model
from django.utils.text import slugify

from assessments.carrying_over.draft import Rows, clipped
from assessments.importing import vocabulary
from registry.folding import plain, unmarked
from registry.models import StorageRegion, Vendor

# Before the name of a company that the registry does not have yet, where otherwise a vendor's slug stands.
NEW = "+"

# "A/S" and "B.V." are one word.
_INITIALS = re.compile(r"(?<=\b\w)[./](?=\w\b)")


class Vendors:
    """Finds vendors by name, and makes those that are new.

    It knows those that were there when it was made, by all names that they have had, and those made through it since.
    """

    def __init__(self):
        self._slugs: dict[str, str] = {}
        # Names of today last, so that they win over those that a vendor once had.
        for records in (Vendor.history.order_by("history_id"), Vendor.objects.order_by("-pk")):
            for slug, name, legal_name in records.values_list("slug", "name", "legal_name"):
                self._slugs |= {bare(known): slug for known in (legal_name, name) if known}

    def key(self, name: str) -> str:
        """The slug of the vendor with this name, or the name behind `NEW`."""
        return self._slugs.get(bare(name)) or f"{NEW}{clipped(name, 200)}"

    def get(self, key: str, countries: dict[str, str]) -> Vendor:
        """The vendor of a key, made if it is new; `countries` are codes by names, of vendors that may be new."""
        if key.startswith(NEW):
            name = key.removeprefix(NEW)
            key = self._slugs.get(bare(name)) or self._make(name, countries.get(name, ""))
        return Vendor.objects.get(slug=key)

    def _make(self, name, country):
        made = Vendor(
            name=name,
            slug=free_slug(Vendor, name),
            country=StorageRegion.objects.filter(kind=StorageRegion.Kind.COUNTRY, code=country).first(),
        )
        made.save()
        self._slugs[bare(name)] = made.slug
        return made.slug


def bare(name: str) -> str:
    """A name without legal forms and signs: what two ways of writing one company have in common."""
    words = re.findall(r"[\w&]+", _INITIALS.sub("", plain(name)))
    while words and words[-1] in _legal_forms():
        words.pop()
    return " ".join(words) or plain(name)


@cache
def _legal_forms():
    return {re.sub(r"\W", "", form).casefold() for form in vocabulary.load("places")["companies"]["suffixes"]}


def free_slug(model: type[Model], name: str) -> str:
    """A slug made of a name, which no row of the model has yet."""
    most = model._meta.get_field("slug").max_length
    head = slugify(unmarked(name))[: most - 4].strip("-") or model._meta.model_name
    taken = set(model.objects.filter(slug__startswith=head).values_list("slug", flat=True))
    return next(slug for slug in _candidates(head) if slug not in taken)


def _candidates(head) -> Iterator[str]:
    yield head
    number = 2
    while True:
        yield f"{head}-{number}"
        number += 1


def resolved(rows: Rows, vendors: Vendors) -> Rows:
    """The same rows with vendors' keys in place of the names of companies, as the registry itself would tell them."""
    service = dict(rows["service"][""])
    if service["vendor"]:
        service["vendor"] = vendors.key(service["vendor"])
    partners = dict.fromkeys(map(vendors.key, rows["co_vendors"]))
    partners.pop(service["vendor"], None)
    subprocessors: dict[str, dict] = {}
    for name, row in rows["subprocessors"].items():
        key = vendors.key(name)
        subprocessors.setdefault(key, {**row, "vendor": key})
    return rows | {
        "service": {"": service},
        "co_vendors": {key: {} for key in partners},
        "subprocessors": subprocessors,
    }

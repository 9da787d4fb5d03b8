"""Finding a service by what somebody types: a name, half of it, a misspelling, or a pasted address."""

import difflib
import heapq
import itertools
import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from registry.folding import plain, sort_key
from registry.models import Service

LONGEST = 200
MOST_WORDS = 10  # SQLite gives up on some thousand conditions

# How much is compared with a name that is not on the list: enough for any school owner, and soon done.
MOST_SERVICES = 2000
MOST_NAMES = 8
LONGEST_NAME = 60
MOST_LIKELY = 50
CUTOFF = 0.65

ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@\s]*@)?((?:[\w-]+\.)+[^\W\d_]{2,})\.?(?::\d*)?(?:[/?#]\S*)?")
AROUND_WORDS = "«»“”\"'`.,:;!?()[]"


def words(text: str) -> list[str]:
    """The words to look for, folded as the stored texts are."""
    return [word.strip(AROUND_WORDS) or word for word in plain(text).split()]


def host(text: str) -> str | None:
    """The host in a pasted address, without www; None where the text is no address."""
    match = ADDRESS.fullmatch(text.strip().casefold())
    return match and match[1].removeprefix("www.")


def matching(services: QuerySet, text: str) -> QuerySet:
    """Services with every word in their own texts or a vendor's name, or with the pasted address as a domain.

    A text that is nothing but marks, folded away with the rest of their kind, is in none of them.
    """
    wanted = [host(text)] if host(text) else words(text)[:MOST_WORDS]
    if not wanted:
        return services.none()
    found = _has_words(wanted)
    if host(text):
        found |= Q(domains__iregex=_any_domain(host(text)))
    return services.filter(pk__in=Service.objects.filter(found).values("pk"))


def _has_words(wanted):
    found = Q()
    for word in wanted:
        found &= Q(folded__contains=word) | Q(vendor__folded__contains=word) | Q(co_vendors__folded__contains=word)
    return found


def _any_domain(address):
    """A pattern for lines that are this domain or one above it: what lies at app.menti.com belongs to menti.com."""
    labels = address.split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return rf"(^|\s)(www\.)?({'|'.join(map(re.escape, domains))})(\s|$)"


def closeness(text: str) -> Case:
    """Orders the service of exactly this name before those whose names begin with it, and these before the rest."""
    key = sort_key(text)
    return Case(
        When(sort_key=key, then=Value(0)),
        When(sort_key__startswith=key, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def similar(services: QuerySet, text: str, most: int = 3) -> list[str]:
    """The slugs of services with a name, former name or domain that looks like the text, the nearest first.

    Looking closely takes long, so a glance at which letters there are chooses the few that are worth it.
    """
    wanted = difflib.SequenceMatcher(b=(host(text) or plain(text))[:LONGEST_NAME])
    names = _known_names(services)
    likely = heapq.nlargest(MOST_LIKELY, ((glance, name) for name in names if (glance := _glance(wanted, name))))
    near = difflib.get_close_matches(wanted.b, [name for _glance, name in likely], n=most * 3, cutoff=CUTOFF)
    return list(dict.fromkeys(names[name] for name in near))[:most]


def _glance(wanted, name):
    """How much two names could at most have in common, 0 for too little. As quick as it can be told."""
    wanted.set_seq1(name)
    if wanted.real_quick_ratio() < CUTOFF:
        return 0
    quick = wanted.quick_ratio()
    return quick if quick >= CUTOFF else 0


def _known_names(services):
    """What people may have meant, and of which service. Of two that share a name the first one has it."""
    rows = services.order_by("sort_key").only("slug", "name", "aliases", "domains")[:MOST_SERVICES]
    names: dict[str, str] = {}
    for service in rows:
        for name in itertools.islice(_names(service), MOST_NAMES):
            names.setdefault(name[:LONGEST_NAME], service.slug)
    return names


def _names(service):
    """The whole name, the first word of it, other names, a domain, the first part of it."""
    for name in [service.name, *service.lines("aliases")]:
        yield plain(name)
        yield next(iter(words(name)), "")
    for domain in service.lines("domains"):
        yield domain.casefold()
        yield domain.casefold().removeprefix("www.").split(".")[0]

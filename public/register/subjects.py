"""The subjects of the register: of what kinds they are, which are public now, and what is said of each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from assessments.models import Agreement, Assessment, RoundPart
from policies.models import Collection, CollectionPoint, Policy, PolicyVersion, Statement
from policies.statements import policy_statements, with_versions
from public.dossier import dossier, public_policies, public_services, with_dossier
from public.register.form import Content, content
from public.vendors import public_vendors
from registry.facts import owner_facts, region_facts, term_facts, vendor_facts
from registry.models import (
    AdequacyDecision,
    DataCategory,
    EducationLevel,
    Part,
    Platform,
    SchoolOwner,
    Service,
    StorageRegion,
    Subject,
    TransferBasis,
    Vendor,
)

# A kind and a key, such as ("service", "mentimeter").
Key = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of subject: its model, which rows are public, all that is said of one, the field of its key."""

    model: type[Model]
    public: Callable[[], QuerySet]
    describe: Callable[[Any], dict[str, Any]]
    prepare: Callable[[QuerySet], QuerySet] = lambda rows: rows
    key: str = "code"

    def key_of(self, row: Model) -> str:
        return "owner" if self.model is SchoolOwner else getattr(row, self.key)


def _all(model):
    return Kind(model, model.objects.all, term_facts)


# In the order in which entries of one change are written: what is named comes before what names it.
KINDS = {
    "owner": Kind(SchoolOwner, SchoolOwner.objects.all, owner_facts, key="only_one"),
    "region": Kind(
        StorageRegion, StorageRegion.objects.all, region_facts, lambda rows: rows.prefetch_related("adequacy_decisions")
    ),
    "category": _all(DataCategory),
    "basis": _all(TransferBasis),
    "platform": _all(Platform),
    "level": _all(EducationLevel),
    "subject": _all(Subject),
    "vendor": Kind(Vendor, public_vendors, vendor_facts, lambda rows: rows.select_related("country", "parent"), "slug"),
    "policy": Kind(Policy, public_policies, policy_statements, with_versions, "slug"),
    "service": Kind(Service, public_services, dossier, with_dossier, "slug"),
}
ORDER = {kind: number for number, kind in enumerate(KINDS)}
# These become public with the first listed service that has to do with them, and go with the last.
NAMED = ("vendor", "policy")


def in_order(key: Key) -> tuple[int, str]:
    """Sorts keys as their entries are written."""
    return ORDER[key[0]], key[1]


def is_public() -> Q:
    """Of entries: those whose subject is public now. The doors of the register open to no others."""
    by_key = Q()
    for kind in ("service", *NAMED):
        by_key |= Q(subject_kind=kind, subject_key__in=KINDS[kind].public().values("slug"))
    return by_key | ~Q(subject_kind__in=("service", *NAMED))


def described(keys: Iterable[Key]) -> dict[Key, Content]:
    """What is said now of those of these subjects that are public."""
    wanted = defaultdict(set)
    for kind, key in keys:
        wanted[kind].add(key)
    found = {}
    for kind, names in wanted.items():
        how = KINDS[kind]
        rows = how.public() if kind == "owner" else how.public().filter(**{f"{how.key}__in": names})
        found |= {(kind, how.key_of(row)): content(how.describe(row)) for row in how.prepare(rows)}
    return found


def all_public() -> Iterator[tuple[Key, Content]]:
    """Every public subject with what is said of it, kind by kind, a hundred rows in memory at a time."""
    for kind, how in KINDS.items():
        for row in how.prepare(how.public()).order_by("pk").iterator(chunk_size=100):
            yield (kind, how.key_of(row)), content(how.describe(row))


# Which subjects a change concerns


@dataclass
class _Touched:
    """What was written: primary keys of services (`listed`), of the services of parts, and so on; keys of the rest."""

    keys: set[Key] = field(default_factory=set)
    services: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    rounds: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    policies: set[int] = field(default_factory=set)
    versions: set[int] = field(default_factory=set)
    points: set[int] = field(default_factory=set)
    agreements: set[int] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)


def touched(rows: Mapping[tuple[type, Any], Model]) -> tuple[set[Key], set[Key]]:
    """The subjects of which something else may be said after these rows were written or deleted.

    First those that the rows belong to, then those that may name one of them: a reason that was given for the first
    is not given for the second, since it may tell of a service that has left the list. `rows` are those of a
    `registry.changes.Change`, by model and primary key, since a deleted row has lost its own.
    """
    found = _Touched()
    for (_model, pk), row in rows.items():
        _sort(found, pk, row)
    direct = (
        found.keys
        | _keys("service", Service.objects.filter(_services(found)))
        | _keys("policy", Policy.objects.filter(_policies(found)))
        | _keys("region", StorageRegion.objects.filter(_regions(found)))
    )
    around = _keys("service", Service.objects.filter(_around_services(found)))
    around |= _keys("policy", Policy.objects.filter(_around_policies(found)))
    return direct, around - direct


def _keys(kind, rows):
    return {(kind, key) for key in rows.values_list(KINDS[kind].key, flat=True)}


def _sort(found, pk, row):
    if isinstance(row, Assessment) and row.state != Assessment.State.PUBLISHED:
        return  # nobody is told of a round that is not published
    places = {
        Part: (found.services, "service_id"),
        Assessment: (found.services, "service_id"),
        RoundPart: (found.rounds, "assessment_id"),
        PolicyVersion: (found.policies, "policy_id"),
        CollectionPoint: (found.versions, "version_id"),
        Collection: (found.points, "point_id"),
        Statement: (found.versions, "version_id"),
    }
    for model, (place, column) in places.items():
        if isinstance(row, model) and hasattr(row, column):
            place.add(getattr(row, column))
            return
    own = {Service: found.listed, Policy: found.documents, Agreement: found.agreements, StorageRegion: found.places}
    own[AdequacyDecision] = found.decisions
    if type(row) in own:
        own[type(row)].add(pk)
    found.keys |= {(kind, how.key_of(row)) for kind, how in KINDS.items() if isinstance(row, how.model)}


def _services(found):
    """Services themselves, and those of agreements, documents and rounds; former ones too, which history knows."""
    agreements = Agreement.history.filter(id__in=found.agreements).values("historicalagreement_services__service")
    policies = Policy.history.filter(id__in=found.documents).values("historicalpolicy_services__service")
    return (
        Q(pk__in=found.services | found.listed)
        | Q(assessments__in=found.rounds, assessments__state=Assessment.State.PUBLISHED)
        | Q(pk__in=agreements)
        | Q(pk__in=policies)
    )


def _regions(found):
    """Those of adequacy decisions, also the one that a decision was entered on by mistake."""
    return Q(pk__in=AdequacyDecision.history.filter(id__in=found.decisions).values("region_id"))


def _around_services(found):
    """Those that name a service as alternative or successor, which they do only while it is on the list."""
    return Q(alternatives__in=found.listed) | Q(replaced_by__in=found.listed)


def _around_policies(found):
    """Those that name a service among those they are about, or a region with what the law says of it."""
    return Q(services__in=found.listed) | Q(versions__recipients__region__in=found.places)


def _policies(found):
    return (
        Q(pk__in=found.policies | found.documents)
        | Q(versions__in=found.versions)
        | Q(versions__collection_points__in=found.points)
    )

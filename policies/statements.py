"""What the public may know of vendors' documents: plain dicts, as in `registry.facts`."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from policies.models import Collection, Policy, PolicyVersion
from registry.facts import iso, retention, without_empties
from registry.models import Service

# The lists of a version that hold what has been read out of it, by their names on the model and in the facts.
READ_OUT = (
    "collection_points", "legal_bases", "retentions", "cookies", "recipients", "rights", "measures", "contacts",
    "remarks",
)  # fmt: skip


def statements(service: Service) -> dict[str, Any]:
    """Which documents speak of a service, by slug. What they say is in each document's own `policy_statements`."""
    return without_empties({"policies": sorted(policy.slug for policy in service.policies.all())})


def with_versions(policies: QuerySet) -> QuerySet:
    """Fetch, in a fixed number of queries, all that `policy_statements()` reads."""
    versions = PolicyVersion.objects.newest_first().prefetch_related(
        Prefetch("collection_points__collections", Collection.objects.select_related("category")),
        "legal_bases",
        "retentions",
        "cookies",
        "recipients__vendor",
        "recipients__region",
        "recipients__transfer_basis",
        "rights",
        "measures",
        "contacts",
        "remarks",
    )
    return policies.select_related("vendor").prefetch_related(Prefetch("versions", versions), "services")


def is_read(version: dict[str, Any]) -> bool:
    """Whether anything has been read out of a version. One that is only captured says nothing yet, nor lacks it."""
    return any(name in version for name in READ_OUT)


def newest_read(policy: dict[str, Any]) -> dict[str, Any]:
    """The newest version of a document that something has been read out of, {} where there is none."""
    return next(filter(is_read, policy.get("versions", [])), {})


def being_read(policy: dict[str, Any]) -> dict[str, Any]:
    """The newest version of a document where it is captured and not read yet, {} where it is read."""
    newest = next(iter(policy.get("versions", [])), {})
    return {} if is_read(newest) else newest


def newest_read_versions() -> QuerySet:
    """What `newest_read` gives, for all documents at once."""
    read = PolicyVersion.objects.filter(_has_been_read())
    newest = read.filter(policy=OuterRef("policy")).newest_first().values("pk")[:1]
    return PolicyVersion.objects.filter(pk=Subquery(newest))


def _has_been_read():
    found = Q()
    for name in READ_OUT:
        rows = PolicyVersion._meta.get_field(name).related_model.objects
        found |= Q(Exists(rows.filter(version=OuterRef("pk"))))
    return found


def policy_statements(policy: Policy) -> dict[str, Any]:
    """All that is public about a document: where it is, its listed services, and each version, newest first."""
    return without_empties(
        {
            "slug": policy.slug,
            "title": policy.title,
            "kind": policy.kind,
            "vendor": policy.vendor.slug,
            "services": sorted(service.slug for service in policy.services.all() if service.visibility == "listed"),
            "url": policy.url,
            "language": policy.language,
            "watched": policy.is_watched or None,
            "note": policy.note,
            "versions": [version_statements(version) for version in policy.versions.all()],
        }
    )


def version_statements(version: PolicyVersion) -> dict[str, Any]:
    """One version with everything that has been read out of it. The text itself stays out; its checksum is here."""
    return without_empties(
        {
            "captured_on": iso(version.captured_on),
            "revised_on": iso(version.revised_on),
            "controller": version.controller,
            "represented_by": version.represented_by,
            "covers": version.covers,
            "sha256": version.sha256,
            "obtained": version.obtained,
            "note": version.note,
            "collection_points": [_point(row) for row in version.collection_points.all()],
            "legal_bases": [_row(row, "purpose", "ground", "law") for row in version.legal_bases.all()],
            "retentions": [_row(row, "what") | retention(row) for row in version.retentions.all()],
            "cookies": [_cookie(row) for row in version.cookies.all()],
            "recipients": [_recipient(row) for row in version.recipients.all()],
            "rights": [_row(row, "kind", "how", "limits", "cost", "body") for row in version.rights.all()],
            "measures": [_row(row, "name", "iri") for row in version.measures.all()],
            "contacts": [_row(row, "kind", "value") for row in version.contacts.all()],
            "remarks": [_row(row, "topic", "text", "url") for row in version.remarks.all()],
        }
    )


def _row(row, *names):
    return {name: getattr(row, name) for name in (*names, "quote", "note")}


def _point(point):
    return _row(point, "kind", "name", "login_kind", "consent", "insight") | {
        "collections": [
            _row(row, "detail", "subjects", "subject_words", "handling", "origin")
            | {"category": row.category.code, "optional": row.is_optional or None}
            for row in point.collections.all()
        ]
    }


def _cookie(cookie):
    names = (
        "name", "pattern", "storage", "party", "provider", "module", "purpose", "necessity", "readers", "audience",
    )  # fmt: skip
    return _row(cookie, *names) | retention(cookie)


def _recipient(recipient):
    return _row(recipient, "name", "purpose", "data", "statement_url") | {
        "vendor": recipient.vendor and recipient.vendor.slug,
        "region": recipient.region and recipient.region.code,
        "situation": recipient.region and recipient.region.situation,
        "transfer_basis": recipient.transfer_basis and recipient.transfer_basis.code,
        "refers_to_own_statement": recipient.refers_to_own_statement or None,
    }

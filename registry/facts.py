"""What the public may know of facts: plain dicts of codes, keys and ISO dates, without labels and without today.

They name what they take, so an internal field cannot reach a page. Empty values are left out, so that a new field
that nobody has filled in changes nothing. Other subjects stand as keys: a vendor's slug, a region's code.
"""

from typing import Any

from django.db.models import Prefetch, QuerySet

from registry.models import (
    AdequacyDecision,
    DataCategory,
    SchoolOwner,
    Service,
    StorageRegion,
    Subprocessor,
    TransferBasis,
    Vendor,
)

# What may change on a service without making its decision rest on other facts than it did.
PROCEDURAL = {
    "alternatives", "first_listed_on", "replaced_by", "under_assessment_since", "aliases", "domains",
}  # fmt: skip


def without_empties(value: Any) -> Any:
    """The same structure without None, empty strings, lists and dicts; False and 0 are answers and stay."""
    if isinstance(value, dict):
        kept = {key: without_empties(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [item for item in map(without_empties, value) if item not in (None, "", [], {})]
    return value


def iso(day) -> str | None:
    """A date or date-time as ISO 8601, None for none."""
    return day.isoformat() if day else None


def with_facts(services: QuerySet) -> QuerySet:
    """Fetch, in a fixed number of queries, all that `facts()` reads."""
    return services.select_related("vendor", "replaced_by").prefetch_related(
        "co_vendors",
        "platforms",
        "education_levels",
        "subjects",
        "alternatives",
        "editions",
        "logins",
        "practices",
        "disclosures",
        "data_uses__category",
        "data_uses__login",
        "data_uses__edition",
        "storage__region",
        "storage__host",
        "storage__transfer_basis",
        "storage__fallback_basis",
        Prefetch(
            "subprocessors",
            Subprocessor.objects.select_related(
                "vendor", "region", "transfer_basis", "parent__vendor"
            ).prefetch_related("data_categories"),
        ),
    )


def facts(service: Service) -> dict[str, Any]:
    """All facts about a service that are public. Keys of top-level lists: see the functions below."""
    return without_empties(
        {
            **_own(service),
            "editions": [_edition(row) for row in service.editions.all()],
            "logins": [_login(row) for row in service.logins.all()],
            "data": [_data_use(row) for row in service.data_uses.all()],
            "storage": [_storage(row) for row in service.storage.all()],
            "subprocessors": [_subprocessor(row) for row in service.subprocessors.all()],
            "practices": [_practice(row) for row in service.practices.all()],
            "disclosures": [_disclosure(row) for row in service.disclosures.all()],
        }
    )


def _own(service):
    return {
        "slug": service.slug,
        "name": service.name,
        "aliases": service.lines("aliases"),
        "domains": service.lines("domains"),
        "vendor": _slug(service.vendor),
        "co_vendors": sorted(vendor.slug for vendor in service.co_vendors.all()),
        "summary": service.summary,
        "purpose": service.purpose,
        "first_listed_on": iso(service.first_listed_on),
        "under_assessment_since": iso(service.under_assessment_since),
        "platforms": _codes(service.platforms),
        "education_levels": _codes(service.education_levels),
        "subjects": _codes(service.subjects),
        "grades": _grades(service),
        "price": {"model": service.price_model, "note": service.price_note},
        "vendor_role": service.vendor_role,
        "minimum_age": service.minimum_age,
        "age_terms": service.age_terms,
        "website": service.website,
        "app_store": service.app_store,
        "accessibility": {"statement": service.accessibility_statement, "note": service.accessibility_note},
        "alternatives": sorted(other.slug for other in service.alternatives.all() if other.visibility == "listed"),
        "replaced_by": _slug(service.replaced_by) if _is_listed(service.replaced_by) else None,
        "language": service.content_language,
        "fictitious": service.is_fictitious or None,
    }


def _edition(edition):
    return {
        "slug": edition.slug,
        "name": edition.name,
        "price": edition.price_model,
        "note": edition.note,
    }


def _login(login):
    return {
        "kind": login.kind,
        "name": login.name,
        "use": login.use,
        "identifiability": login.identifiability,
        "note": login.note,
    }


def _data_use(use):
    return {
        "category": use.category.code,
        "detail": use.detail,
        "subjects": use.subjects,
        "subject_words": use.subject_words,
        "login": use.login and without_empties({"kind": use.login.kind, "name": use.login.name}),
        "edition": _slug(use.edition),
        "purpose": use.purpose,
        "optional": use.optional,
        "feide_attribute": use.feide_attribute,
        **retention(use),
        **source(use),
    }


def _storage(location):
    return {
        "region": location.region.code,
        "extent": location.extent,
        "role": location.role,
        "place": location.place,
        "host": _slug(location.host),
        "transfer_basis": _code(location.transfer_basis),
        "fallback_basis": _code(location.fallback_basis),
        "supplementary_measures": location.supplementary_measures,
        "note": location.note,
        **source(location),
    }


def _subprocessor(row):
    return {
        "vendor": row.vendor.slug,
        "capacity": row.capacity,
        "purpose": row.purpose,
        "data": _codes(row.data_categories),
        "region": _code(row.region),
        "place": row.place,
        "transfer_basis": _code(row.transfer_basis),
        "works_for": row.parent and row.parent.vendor.slug,
        "note": row.note,
        **source(row),
    }


def _practice(practice):
    return {"kind": practice.kind, "claim": practice.claim, "reason": practice.reason, **source(practice)}


def _disclosure(disclosure):
    return {
        "list": disclosure.list,
        "answer": disclosure.answer,
        "address": disclosure.address,
        "since": iso(disclosure.since),
        "note": disclosure.note,
    }


def retention(row) -> dict[str, Any]:
    """How long, of any row that is `Retained`: {"retention": {kind, amount, unit, event, words}}."""
    return {
        "retention": {
            "kind": row.retention,
            "amount": row.retention_amount,
            "unit": row.retention_unit,
            "event": row.retention_event,
            "words": row.retention_words,
        }
    }


def source(row) -> dict[str, Any]:
    """Who says so, of any row that is `Sourced`."""
    return {"said_by": row.said_by, "source": row.source, "stated_on": iso(row.stated_on)}


def vendor_facts(vendor: Vendor) -> dict[str, Any]:
    """All facts about a vendor that are public."""
    return without_empties(
        {
            "slug": vendor.slug,
            "name": vendor.name,
            "legal_name": vendor.legal_name,
            "country": _code(vendor.country),
            "org_number": vendor.org_number,
            "website": vendor.website,
            "privacy_contact": vendor.privacy_contact,
            "owned_by": _slug(vendor.parent),
            "framework_listing": vendor.framework_listing,
            "framework_checked_on": iso(vendor.framework_checked_on),
            "note": vendor.note,
            "fictitious": vendor.is_fictitious or None,
        }
    )


def region_facts(region: StorageRegion) -> dict[str, Any]:
    """A region with the adequacy decisions about it, the newest first."""
    return without_empties(
        {
            "code": region.code,
            "kind": region.kind,
            "situation": region.situation,
            "adequacy_decisions": [
                _adequacy(decision)
                for decision in sorted(
                    region.adequacy_decisions.all(), key=lambda row: (row.valid_from, row.act), reverse=True
                )
            ],
        }
    )


def _adequacy(decision: AdequacyDecision):
    return {
        "act": decision.act,
        "name": decision.name,
        "scope": decision.scope,
        "scope_note": decision.scope_note,
        "valid_from": iso(decision.valid_from),
        "valid_until": iso(decision.valid_until),
        "note": decision.note,
        "source": decision.source,
        "checked_on": iso(decision.checked_on),
    }


def term_facts(term) -> dict[str, Any]:
    """A word of a controlled list in the three languages; of data categories and transfer bases, what they add."""
    described = {
        "code": term.code,
        "name": {"nb": term.name_nb, "nn": term.name_nn, "en": term.name_en},
        "iri": term.iri,
        "position": term.position,
    }
    if isinstance(term, DataCategory):
        described |= {"group": term.group, "special": term.special, "match": term.match, "note": term.note}
    if isinstance(term, TransferBasis):
        described |= {"article": term.article, "gap": term.is_gap or None}
    return without_empties(described)


def owner_facts(owner: SchoolOwner) -> dict[str, Any]:
    """What the school owner says of itself."""
    names = (
        "name", "unit", "org_number", "email", "phone", "website", "dpo_name", "dpo_email", "privacy_statement",
        "accessibility_statement",
    )  # fmt: skip
    return without_empties({name: getattr(owner, name) for name in names})


def _slug(row):
    return row.slug if row else None


def _code(row):
    return row.code if row else None


def _codes(manager):
    return sorted(row.code for row in manager.all())


def _is_listed(service):
    return service is not None and service.visibility == Service.Visibility.LISTED


def _grades(service):
    return {"from": service.grade_from, "to": service.grade_to}

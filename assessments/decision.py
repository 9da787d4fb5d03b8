"""What the public may know of decisions: plain dicts, as in `registry.facts`."""

import json
from typing import Any

from django.db.models import Prefetch, QuerySet

from assessments.models import Assessment, ImpactAssessment
from registry.facts import PROCEDURAL, facts, iso, source, without_empties
from registry.models import Service


def with_decisions(services: QuerySet) -> QuerySet:
    """Fetch, in a fixed number of queries, all that `decision()` reads."""
    rounds = (
        Assessment.objects.published()
        .order_by("-number")
        .prefetch_related(
            "rulings__edition",
            "conditions",
            "considerations",
            "owner_bases",
            "impact_assessments__platform",
            "policy_versions__policy",
        )
    )
    return services.prefetch_related(Prefetch("assessments", rounds, to_attr="published_rounds"), "agreements__vendor")


def decision(service: Service) -> dict[str, Any]:
    """The published rounds of a service, newest first, each with the facts that have changed since, and its agreements.

    `service` comes out of `with_decisions`. Drafts, internal notes and people are not in it.
    """
    now = facts(service)
    return without_empties(
        {
            "rounds": [
                round_facts(row) | {"changed_since": changed_since(row.facts, now)} for row in service.published_rounds
            ],
            "agreements": [_agreement(row) for row in sorted(service.agreements.all(), key=_lasting_order)],
        }
    )


def changed_since(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Which keys of `registry.facts` differ between two days; the order of rows in a list makes no difference."""
    keys = then.keys() | now.keys()
    return sorted(key for key in keys - PROCEDURAL if _unordered(then.get(key)) != _unordered(now.get(key)))


def _unordered(value):
    return sorted(json.dumps(item, sort_keys=True) for item in value) if isinstance(value, list) else value


def round_facts(row: Assessment) -> dict[str, Any]:
    """One published round with all its parts."""
    return {
        "number": row.number,
        "kind": row.kind,
        "outcome": row.outcome,
        "summary": row.summary,
        "reasons": row.reasons,
        "decided_on": iso(row.decided_on),
        "in_force_from": iso(row.in_force_from),
        "review_by": iso(row.review_by),
        "valid_until": iso(row.valid_until),
        "stop_using_by": iso(row.stop_using_by),
        "wind_down": [line.strip() for line in row.wind_down.splitlines()],
        "pilot_schools": row.pilot_schools,
        "case_number": row.case_number,
        "carried_over_from": row.carried_over_from,
        "change_summary": row.change_summary,
        "published_at": iso(row.published_at),
        "rulings": [_ruling(part) for part in row.rulings.all()],
        "conditions": [_condition(part, n) for n, part in enumerate(row.conditions.all(), start=1)],
        "considerations": [_consideration(part) for part in row.considerations.all()],
        "owner_bases": [_owner_basis(part) for part in row.owner_bases.all()],
        "impact_assessments": [_impact_assessment(other) for other in row.impact_assessments.all()],
        "policy_versions": sorted(
            (
                {"policy": version.policy.slug, "captured_on": iso(version.captured_on)}
                for version in row.policy_versions.all()
            ),
            key=lambda version: (version["policy"], version["captured_on"]),
        ),
    }


def _ruling(part):
    return {
        "audience": part.audience,
        "edition": part.edition and part.edition.slug,
        "grades": {"from": part.grade_from, "to": part.grade_to},
        "verdict": part.verdict,
        "use": part.use,
        "voluntary": part.voluntary,
        "offered_instead": part.offered_instead,
    }


def _condition(part, number):
    return {"number": number, "key": str(part.key), "text": part.text, "audiences": part.audiences}


def _consideration(part):
    return {"kind": part.kind, "direction": part.direction, "text": part.text, **source(part)}


def _owner_basis(part):
    return {"audiences": part.audiences, "purpose": part.purpose, "ground": part.ground, "law": part.law}


def _lasting_order(row):
    """An order in which a vendor's new name moves nothing."""
    return row.kind, row.vendor.slug, row.pk


def _agreement(row):
    return {
        "kind": row.kind,
        "vendor": row.vendor.slug,
        "state": row.state,
        "signed_on": iso(row.signed_on),
        "expires_on": iso(row.expires_on),
        "notice_days": row.notice_days,
        "archive_reference": row.archive_reference,
        "note": row.note,
    }


def _impact_assessment(row: ImpactAssessment):
    return {
        "slug": row.slug,
        "title": row.title,
        "platform": row.platform and row.platform.code,
        "dated": iso(row.dated),
        "valid_until": iso(row.valid_until),
        "archive_reference": row.archive_reference,
        "url": row.url,
        "summary": row.summary,
    }

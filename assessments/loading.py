"""Reading the rounds, agreements and impact assessments in `fixtures/`, and the demonstration as a whole."""

import uuid
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import rounds
from assessments.models import Agreement, Assessment, ImpactAssessment
from policies.loading import find_version, load_policies
from registry.changes import ChangeKind, change
from registry.loading import (
    LoadError,
    assign,
    build,
    link_services,
    load_facts,
    load_owner,
    load_vendors,
    read,
    update_facts,
)
from registry.models import Service

ROUND_PARTS = ("rulings", "conditions", "considerations", "owner_bases")
NOT_FACTS = ("reason", "rounds", "agreements")
# Keys of conditions that the files name in words, so that a condition is the same one from round to round.
NAMESPACE = uuid.UUID("5e9ac0a4-7d1e-4a5e-9a32-0f1f0c6f6d35")


@transaction.atomic
def load_demonstration(folder: Path) -> dict[str, int]:
    """Load what is missing of the demonstration, and say how much of each kind. What is there is left as it is.

    Each service is a change of its own, so that each has its own reason. A LoadError undoes all of it.
    """
    made = {}
    with change(_("The demonstration's school owner, vendors and impact assessments entered."), ChangeKind.LISTED):
        made["owner"] = load_owner(folder / "owner.toml")
        made["vendors"] = load_vendors(folder / "vendors")
        made["impact assessments"] = _load_impact_assessments(folder / "impact_assessments")
    tables = {path.stem: read(path) for path in sorted((folder / "services").glob("*.toml"))}
    known = set(Service.objects.values_list("slug", flat=True))
    missing = {slug: table for slug, table in tables.items() if slug not in known}
    for slug, table in missing.items():
        _load_service(slug, table)
    if missing:
        with change(_("Alternatives and successors entered."), ChangeKind.LISTED):
            link_services(missing)
    with change(_("Vendors' documents entered."), ChangeKind.LISTED):
        made["documents"] = load_policies(folder / "policies")
    for slug, table in missing.items():
        _load_rounds(slug, table)
    return made | {"services": len(missing)}


def _load_impact_assessments(folder):
    made = 0
    for path in sorted(folder.glob("*.toml")):
        if not ImpactAssessment.objects.filter(slug=path.stem).exists():
            build(ImpactAssessment, read(path), f"impact_assessments/{path.name}", slug=path.stem)
            made += 1
    return made


def _facts(table, override=None):
    return {key: value for key, value in (table | (override or {})).items() if key not in NOT_FACTS}


def _load_service(slug, table):
    """Enter the facts as they stood when the first round was published, and the agreements."""
    first = table.get("rounds", [{}])[0]
    reason = table.get("reason") or _("Entered for the demonstration.")
    with change(reason, ChangeKind.LISTED):
        service = load_facts(slug, _facts(table, first.get("facts")))
        for number, agreement in enumerate(table.get("agreements", []), start=1):
            where = f"services/{slug}.toml: agreements {number}"
            vendor = {} if "vendor" in agreement else {"vendor": service.vendor}
            build(Agreement, agreement, where, **vendor).services.add(service)


def _load_rounds(slug, table):
    """Publish the rounds one after the other, each on the facts as they stood then, and end at the facts of today."""
    service = Service.objects.get(slug=slug)
    rows = table.get("rounds", [])
    stood = [_facts(table, row.get("facts")) for row in rows] + [_facts(table)]
    for number, row in enumerate(rows, start=1):
        _publish(service, row, f"services/{slug}.toml: rounds {number}")
        then, now = stood[number - 1], stood[number]
        if then != now:
            with change(row.get("facts_changed") or _("Facts brought up to date."), ChangeKind.FACTS):
                update_facts(service, then, now)


def _publish(service, table, where):
    """Write one round as its people would have, and publish it."""
    kind = table.get("kind", Assessment.Kind.IMPORTED)
    editor, approver = _people(kind)
    fields = {
        key: value
        for key, value in table.items()
        if key not in (*ROUND_PARTS, "kind", "facts", "facts_changed", "policy_versions", "impact_assessments")
    }
    with change(table.get("change_summary") or _("Round entered from the demonstration's files."),
                ChangeKind.DECISION, editor):  # fmt: skip
        row = _start(service, kind, editor, fields, table, where)
        _write_parts(row, table, where)
        try:
            if kind == Assessment.Kind.IMPORTED:
                rounds.publish_imported(row)
            else:
                rounds.publish(rounds.submit(row, actor=editor), actor=approver)
        except ValidationError as error:
            raise LoadError(f"{where}: {' '.join(error.messages)}") from error


def _start(service, kind, editor, fields, table, where):
    newest = service.assessments.count()
    row = Assessment(service=service, number=newest + 1, kind=kind)
    many: dict[str, Any] = {}
    assign(row, {"in_force_from": fields.get("decided_on"), **fields}, where, many)
    row.save()
    row.policy_versions.set(find_version(item, where) for item in table.get("policy_versions", []))
    row.impact_assessments.set(_impact_assessment(slug, where) for slug in table.get("impact_assessments", []))
    return row


def _impact_assessment(slug, where):
    found = ImpactAssessment.objects.filter(slug=slug).first()
    if found is None:
        raise LoadError(f"{where}: there is no impact assessment {slug!r}.")
    return found


def _write_parts(row, table, where):
    for name in ROUND_PARTS:
        for position, part in enumerate(table.get(name, []), start=1):
            given = {"assessment": row, "position": position}
            if name == "conditions":
                label = part.pop("key", f"{row.number}/{position}")
                given |= {"key": uuid.uuid5(NAMESPACE, f"{row.service.slug}/{label}"), "is_rechecked": True}
            build(getattr(row, name).model, part, f"{where}: {name} {position}", _editions(row.service), **given)


def _editions(service):
    return lambda name, key: service.editions.filter(slug=key).first() if name == "edition" else None


def _people(kind):
    """The demonstration's editor and approver, without passwords until `demonstration_accounts` gives them some."""
    if kind == Assessment.Kind.IMPORTED:
        return None, None
    return tuple(demonstration_user(role) for role in ("editor", "approver"))


def demonstration_user(role: str):
    """The demonstration's account of a role, made without a usable password when it is not there yet."""
    users = get_user_model().objects
    user = users.filter(username=role).first()
    if user is None:
        user = users.create_user(role, is_staff=True)
    return user

"""What remains to be said of a service: agreements, price, platforms, whom it is for, where it is found."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from public.labels import label
from public.presentation.words import Words, capitalised, gap, grades, listed, said
from public.references import References

Facts = dict[str, Any]


@dataclass(frozen=True)
class AgreementLine:
    """An agreement with a vendor, or the finding that there is none."""

    kind: str
    vendor: str
    vendor_name: str
    state: Words
    signed_on: str
    expires_on: str
    is_over: bool
    notice_days: int | None
    archive_reference: str
    note: Words


@dataclass(frozen=True)
class EditionLine:
    name: Words
    price: str
    note: Words


@dataclass(frozen=True)
class Fact:
    """One line of the page's last list: a term, its values, and an address if there is one."""

    term: str
    values: list[Words]
    address: str = ""


def agreements(decision: dict[str, Any], lang: str, references: References, on: str) -> list[AgreementLine]:
    """The agreements about a service as they stand on a day."""
    return [_agreement(row, lang, references, on) for row in decision.get("agreements", [])]


def _agreement(row, lang, references, on):
    return AgreementLine(
        kind=label("agreement", row["kind"]),
        vendor=row["vendor"],
        vendor_name=references.name("vendor", row["vendor"]),
        state=Words(label("agreement_state", row["state"]), is_gap=row["state"] in ("not_established", "under_way")),
        signed_on=row.get("signed_on", ""),
        expires_on=row.get("expires_on", ""),
        is_over=row.get("expires_on", on) < on,
        notice_days=row.get("notice_days"),
        archive_reference=row.get("archive_reference", ""),
        note=said(row.get("note"), lang),
    )


def editions(facts: Facts) -> list[EditionLine]:
    """The editions of a service."""
    return [
        EditionLine(
            Words(row["name"], facts["language"]),
            label("price", row["price"]),
            said(row.get("note"), facts["language"]),
        )
        for row in facts.get("editions", [])
    ]


def vendor_role(facts: Facts) -> Words:
    """The vendor's role when schools use the service."""
    role = facts["vendor_role"]
    return Words(label("vendor_role", role), is_gap=role == "not_clarified")


def about(facts: Facts, references: References) -> list[Fact]:
    """The remaining facts, in reading order; those that are empty and say nothing by it are left out."""
    lines = [
        Fact(_("Price"), _price(facts)),
        Fact(_("Platforms"), _names(facts, references, "platforms", "platform")),
        Fact(_("Levels of education"), _names(facts, references, "education_levels", "level")),
        Fact(_("Grades"), _words(grades(facts.get("grades")))),
        Fact(_("Subjects"), _names(facts, references, "subjects", "subject")),
        Fact(_("The vendor's age terms"), _age(facts)),
        Fact(_("Also known as"), _words(", ".join(facts.get("aliases", [])))),
        Fact(_("Web domains"), _words(", ".join(facts.get("domains", [])))),
        Fact(_("Website"), [], facts.get("website", "")),
        Fact(_("App store"), [], facts.get("app_store", "")),
        Fact(_("Accessibility"), _accessibility(facts), facts.get("accessibility", {}).get("statement", "")),
    ]
    return [line for line in lines if line.values or line.address]


def _words(text):
    return [Words(text)] if text else []


def _price(facts):
    price = facts["price"]
    answer = Words(label("price", price["model"]), is_gap=price["model"] == "not_stated")
    return [answer, *([Words(price["note"], facts["language"])] if "note" in price else [])]


def _names(facts, references, name, kind):
    codes = sorted(facts.get(name, []), key=lambda code: references.get(kind, code).get("position", 0))
    return _words(capitalised(listed(references.name(kind, code) for code in codes)))


def _age(facts):
    age = facts.get("minimum_age")
    lines = _words(_("From %(age)s years") % {"age": age} if age is not None else "")
    return (lines + ([Words(facts["age_terms"], facts["language"])] if "age_terms" in facts else [])) or [
        gap(_("Not stated"))
    ]


def _accessibility(facts):
    described = facts.get("accessibility", {})
    note = said(described.get("note"), facts["language"])
    return [note] if note else ([] if "statement" in described else [gap(_("No accessibility statement is known"))])

"""Where data lies, on what ground it may leave the EEA, and who else processes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from public.labels import label
from public.law import holds
from public.presentation.words import Credit, Words, article, capitalised, credit, day, gap, listed, said
from public.references import References

Facts = dict[str, Any]


@dataclass(frozen=True)
class Company:
    """A company by its slug, and its name."""

    slug: str
    name: str


@dataclass(frozen=True)
class Ground:
    """A transfer basis with its article, and what holds or is missing on the day: decisions, listings."""

    code: str
    name: Words
    article: str
    remarks: list[Words]


@dataclass(frozen=True)
class Place:
    """One region where data lies or is reached from."""

    region: str
    name: str
    situation: str
    extent: Words
    role: str
    place: Words
    host: Company | None
    ground: Ground
    fallback: Ground | None
    measures: Words
    note: Words
    credit: Credit


@dataclass(frozen=True)
class Processor:
    """One company that processes data for the vendor, or for another such company (`level` 1 and more)."""

    company: Company
    level: int
    works_for: str
    capacity: Words
    purpose: Words
    data: str
    region: str
    region_name: Words
    place: Words
    ground: Ground
    note: Words
    credit: Credit


def places(facts: Facts, references: References, on: str) -> list[Place]:
    """The storage locations as the law stands on a day."""
    return [_place(row, facts, references, on) for row in facts.get("storage", [])]


def _place(row, facts, references, on):
    lang, holder = facts["language"], row.get("host") or facts.get("vendor")
    return Place(
        region=row["region"],
        name=capitalised(references.name("region", row["region"])),
        situation=_situation(row, references),
        extent=Words(label("extent", row["extent"]), is_gap=row["extent"] == "not_stated"),
        role=label("storage_role", row["role"]),
        place=said(row.get("place"), lang),
        host=company(row.get("host"), references),
        ground=ground(row.get("transfer_basis"), row["region"], holder, references, on),
        fallback=_fallback(row, holder, references, on),
        measures=said(row.get("supplementary_measures"), lang),
        note=said(row.get("note"), lang),
        credit=credit(row, lang),
    )


def _situation(row, references):
    return references.get("region", row["region"]).get("situation", "unknown")


def _fallback(row, holder, references, on):
    code = row.get("fallback_basis")
    return ground(code, row["region"], holder, references, on) if code else None


def company(slug: str | None, references: References) -> Company | None:
    """The company behind a key, None for none."""
    return Company(slug, references.name("vendor", slug)) if slug else None


def ground(code: str | None, region: str, holder: str | None, references: References, on: str) -> Ground:
    """The ground of a transfer to a region, to a company, as things stand on a day."""
    situation = references.get("region", region).get("situation", "unknown")
    if not code:
        needed = situation in ("outside", "unknown")
        name = gap(_("Not stated")) if needed else Words(_("No transfer out of the EEA"))
        return Ground("", name, "", list(_decisions(region, holder, references, on)) if needed else [])
    basis = references.get("basis", code)
    name = Words(capitalised(references.name("basis", code)), is_gap=bool(basis.get("gap")))
    rests_on_decision = basis.get("article", "").startswith("45")
    remarks = [*_decisions(region, holder, references, on, rests_on_decision)] if situation != "inside" else []
    return Ground(code, name, article(basis.get("article")), remarks)


def _decisions(region, holder, references, on, rests_on_decision=False) -> Iterator[Words]:
    """What the EU has decided about the region, as far as it holds on the day."""
    in_force = [row for row in references.get("region", region).get("adequacy_decisions", []) if holds(row, on)]
    for row in in_force:
        yield Words(_decision(row))
        if row["scope"] == "certified" and holder:
            yield _listing(holder, references)
    if rests_on_decision and not in_force:
        yield gap(_("No adequacy decision applies on this day"))


def _decision(row):
    named = (row.get("name") and f"{row['name']}, {row['act']}") or row["act"]
    scope = "" if row["scope"] == "all" else f" {label('adequacy_scope', row['scope'])}."
    until = row.get("valid_until")
    ends = " " + _("It holds until %(day)s.") % {"day": day(until)} if until else ""
    return _("The EU's adequacy decision: %(act)s.") % {"act": named} + scope + ends


def _listing(holder, references):
    """A decision for certified organisations is worth what the company's own listing is worth."""
    facts = references.get("vendor", holder)
    listing = facts.get("framework_listing", "not_checked")
    checked = facts.get("framework_checked_on")
    text = f"{references.name('vendor', holder)}: {label('framework', listing).lower()}"
    when = " (" + _("checked %(day)s") % {"day": day(checked)} + ")" if checked else ""
    return Words(text + when, is_gap=listing in ("not_checked", "not_listed"))


def processors(facts: Facts, references: References, on: str) -> list[Processor]:
    """The subprocessors as a tree in one column: each is followed by those that work for it."""
    return [_processor(row, level, facts, references, on) for row, level in _tree(facts.get("subprocessors", []))]


def _tree(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """Rows with their depth. A row whose employer is not listed stands at the top; a circle is cut open."""
    listed_companies = {row["vendor"] for row in rows}
    found: list[tuple[dict[str, Any], int]] = []

    def follow(row, level):
        if any(row is other for other, _level in found):
            return
        first_of_company = all(other["vendor"] != row["vendor"] for other, _level in found)
        found.append((row, level))
        for other in rows if first_of_company else ():
            if other.get("works_for") == row["vendor"]:
                follow(other, level + 1)

    for row in rows:
        if row.get("works_for") not in listed_companies:
            follow(row, 0)
    for row in rows:
        follow(row, 0)
    return found


def _processor(row, level, facts, references, on):
    lang, capacity, region = facts["language"], row["capacity"], row.get("region", "")
    return Processor(
        company=company(row["vendor"], references),
        level=level,
        works_for=references.name("vendor", row.get("works_for")),
        capacity=Words(label("capacity", capacity), is_gap=capacity == "not_stated"),
        purpose=said(row.get("purpose"), lang, missing=_("Not stated")),
        data=capitalised(listed(references.name("category", code) for code in row.get("data", []))),
        region=region,
        region_name=Words(capitalised(references.name("region", region))) if region else gap(_("Not stated")),
        place=said(row.get("place"), lang),
        ground=ground(row.get("transfer_basis"), region, row["vendor"], references, on),
        note=said(row.get("note"), lang),
        credit=credit(row, lang),
    )

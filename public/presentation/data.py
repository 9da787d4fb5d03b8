"""Which data a service uses, how one logs in, and what the vendor does with data besides its purpose."""

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from public.labels import CHOICES, label
from public.presentation.retention import Kept, kept
from public.presentation.words import Credit, Words, capitalised, credit, listed, people, said
from public.references import References

Facts = dict[str, Any]


@dataclass(frozen=True)
class Datum:
    """One kind of data, what it is more exactly, and whether it is of a special category."""

    code: str
    name: str
    detail: Words
    special: str


@dataclass(frozen=True)
class DataRow:
    """Kinds of data of which all the rest is the same."""

    items: list[Datum]
    whose: Words
    ways: list[Words]
    purpose: Words
    optional: str
    kept: Kept
    feide_attribute: str
    credit: Credit


@dataclass(frozen=True)
class DataGroup:
    title: str
    rows: list[DataRow]


@dataclass(frozen=True)
class LoginRow:
    name: Words
    kind: str
    use: Words
    identifiability: Words
    note: Words


@dataclass(frozen=True)
class PracticeRow:
    """What one source answers about one practice."""

    name: str
    claim: Words
    reason: Words
    credit: Credit


def data_groups(facts: Facts, references: References) -> list[DataGroup]:
    """The uses of data under their headings; uses that differ only in the kind of data share a row."""
    order = list(CHOICES["group"].values)
    uses = [(references.get("category", use["category"]).get("group", ""), use) for use in facts.get("data", [])]
    uses.sort(key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return [
        DataGroup(label("group", code) or _("Other"), _rows([use for _code, use in pairs], facts, references))
        for code, pairs in groupby(uses, key=lambda pair: pair[0])
    ]


def _rows(uses, facts, references):
    alike: dict[str, list] = {}
    for use in uses:
        rest = {key: value for key, value in use.items() if key not in ("category", "detail")}
        alike.setdefault(json.dumps(rest, sort_keys=True), []).append(use)
    return [_row(same, facts, references) for same in alike.values()]


def _row(uses, facts, references):
    use, lang = uses[0], facts["language"]
    return DataRow(
        items=[datum(row, references, lang) for row in uses],
        whose=whose(use, lang),
        ways=_ways(use, facts),
        purpose=said(use.get("purpose"), lang, missing=_("Not stated")),
        optional="" if use["optional"] == "not_stated" else label("optional", use["optional"]),
        kept=kept(use.get("retention"), lang),
        feide_attribute=use.get("feide_attribute", ""),
        credit=credit(use, lang),
    )


def datum(row: dict[str, Any], references: References, lang: str) -> Datum:
    """A kind of data as a row of facts or of a document names it."""
    category = references.get("category", row["category"])
    special = category.get("special", "no")
    return Datum(
        row["category"],
        references.name("category", row["category"]),
        said(row.get("detail"), lang),
        "" if special == "no" else label("special", special),
    )


def whose(row: dict[str, Any], lang: str) -> Words:
    """Whose data it is, of our audiences or in words; not to say so is a finding."""
    subjects = row.get("subjects", [])
    if len(subjects) == len(CHOICES["audience"]):
        return Words(_("Everybody"))
    if subjects:
        return Words(people(subjects))
    return said(row.get("subject_words"), lang, missing=_("Not stated whose"))


def _ways(use, facts):
    """By which login, and in which edition."""
    editions = {row["slug"]: row["name"] for row in facts.get("editions", [])}
    login, edition = use.get("login"), use.get("edition")
    ways = []
    if login:
        name = login.get("name")
        ways.append(Words(name, facts["language"]) if name else Words(label("login", login["kind"])))
    if edition:
        ways.append(Words(editions.get(edition, edition), facts["language"]))
    return ways


def logins(facts: Facts) -> list[LoginRow]:
    """The ways in, and what applies to each in the school owner's schools."""
    return [_login(row, facts["language"]) for row in facts.get("logins", [])]


def _login(row, lang):
    kind = label("login", row["kind"])
    use, identifiability = row["use"], row["identifiability"]
    return LoginRow(
        name=Words(row["name"], lang) if row.get("name") else Words(kind),
        kind=kind if row.get("name") else "",
        use=Words(label("login_use", use), is_gap=use == "not_decided"),
        identifiability=Words(label("identifiability", identifiability), is_gap=identifiability == "not_stated"),
        note=said(row.get("note"), lang),
    )


def practices(facts: Facts) -> list[PracticeRow]:
    """What each source answers, practice by practice in the order in which assessments ask."""
    order = list(CHOICES["practice"].values)
    rows = sorted(facts.get("practices", []), key=lambda row: order.index(row["kind"]))
    return [_practice(row, facts["language"]) for row in rows]


def _practice(row, lang):
    return PracticeRow(
        label("practice", row["kind"]),
        Words(label("claim", row["claim"]), is_gap=row["claim"] == "not_stated"),
        said(row.get("reason"), lang),
        credit(row, lang, understood=""),
    )


def unanswered_practices(facts: Facts) -> str:
    """The practices that nobody has said anything about, in one line."""
    answered = {row["kind"] for row in facts.get("practices", [])} | {"unknown_use"}
    names = [label("practice", code) for code in CHOICES["practice"].values if code not in answered]
    return capitalised(listed(name.lower() for name in names))

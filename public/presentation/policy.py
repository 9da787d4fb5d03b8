"""The page of a vendor's document: what one version says, arranged, and what it does not say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from policies.statements import is_read, newest_read
from public.labels import CHOICES, label
from public.presentation import collection, storage
from public.presentation.documents import OURS, Document, Missing, document, missing
from public.presentation.retention import Kept, kept
from public.presentation.sections import Section
from public.presentation.words import NOTHING, Phrase, Words, capitalised, composed, gap, people, said
from public.references import References

Version = dict[str, Any]


@dataclass(frozen=True)
class Quoted:
    """Something the document says: a term, our words for it, the document's own words, and a note."""

    term: Words
    text: Words | Phrase
    quote: str
    note: Words
    address: str = ""


@dataclass(frozen=True)
class KeptRow:
    what: Words
    kept: Kept
    quote: str
    note: Words


@dataclass(frozen=True)
class CookieRow:
    names: list[str]
    pattern: Words
    provider: Words
    module: Words
    storage: str
    purpose: Words
    necessity: Words
    kept: Kept
    readers: Words
    audience: str
    quote: str
    note: Words


@dataclass(frozen=True)
class CookieGroup:
    title: str
    rows: list[CookieRow]


@dataclass(frozen=True)
class RecipientRow:
    company: storage.Company | None
    name: Words
    purpose: Words
    data: Words
    region: str
    region_name: Words
    ground: storage.Ground
    address: str
    refers: bool
    quote: str
    note: Words


@dataclass(frozen=True)
class VersionRow:
    """One version in the list of all of them."""

    facts: Version
    is_read: bool


@dataclass(frozen=True)
class PolicyPage:
    """All that the templates of the page show. `version` is empty for a document that has not been read in."""

    document: Document
    vendor: storage.Company
    services: list[dict[str, Any]]
    version: Version
    controller: Words | Phrase
    covers: Words
    version_note: Words
    sections: list[Section]
    missing: list[Missing]
    matrix: collection.Matrix | None
    points: list[collection.PointGroup]
    legal_bases: list[Quoted]
    retentions: list[KeptRow]
    cookies: list[CookieGroup]
    recipients: list[RecipientRow]
    rights: list[Quoted]
    measures: list[Quoted]
    contacts: list[Quoted]
    remarks: list[Quoted]
    versions: list[VersionRow]


def policy_page(policy: dict[str, Any], references: References, on: str, uses: Mapping[str, str]) -> PolicyPage:
    """The page of a document by its newest version that is read; `uses` says of a login what schools may do."""
    version = newest_read(policy)
    matrix = collection.matrix(version, references, uses)
    return PolicyPage(
        document=document(policy),
        vendor=storage.company(policy["vendor"], references),
        services=[row for slug in policy.get("services", []) if (row := references.get("service", slug))],
        version=version,
        controller=_controller(version),
        covers=said(version.get("covers"), OURS, missing=_("Not stated")),
        version_note=said(version.get("note"), OURS),
        sections=sections(policy, version, matrix),
        missing=missing(policy, version),
        matrix=matrix,
        points=collection.other_points(version, references),
        legal_bases=legal_bases(version),
        retentions=[_kept_row(row) for row in version.get("retentions", [])],
        cookies=cookies(version),
        recipients=[_recipient(row, references, on) for row in version.get("recipients", [])],
        rights=[_right(row) for row in version.get("rights", [])],
        measures=[_quoted(row, Words(row["name"], OURS)) for row in version.get("measures", [])],
        contacts=[
            _quoted(row, Words(label("contact", row["kind"])), Words(row["value"], OURS))
            for row in version.get("contacts", [])
        ],
        remarks=[_remark(row) for row in version.get("remarks", [])],
        versions=[VersionRow(row, is_read(row)) for row in policy.get("versions", [])],
    )


def sections(policy: dict[str, Any], version: Version, matrix) -> list[Section]:
    """The parts of the page that have something to show."""
    others = [point for point in version.get("collection_points", []) if not collection.is_login(point)]
    last = any(version.get(name) for name in ("rights", "measures", "contacts", "remarks"))
    found = [
        (
            Section("mangler", _("What the document does not say"), "policies/_missing.html", is_panel=True),
            bool(missing(policy, version)),
        ),
        (Section("om", _("About the document"), "policies/_about.html"), True),
        (Section("innlogging", _("How one logs in decides what is stored"), "policies/_logins.html"), matrix),
        (Section("utenom", _("Apart from logging in"), "policies/_points.html"), others),
        (Section("grunnlag", _("The vendor's legal bases"), "policies/_legal_bases.html"), version.get("legal_bases")),
        (Section("lagringstid", _("How long data is kept"), "policies/_retentions.html"), version.get("retentions")),
        (Section("kapsler", _("Cookies and local storage"), "policies/_cookies.html"), version.get("cookies")),
        (Section("mottakere", _("Who gets data"), "policies/_recipients.html"), version.get("recipients")),
        (Section("rettigheter", _("Rights, security and contact"), "policies/_rights.html"), last),
        (Section("versjoner", _("Versions of the document"), "policies/_versions.html"), policy.get("versions")),
    ]
    return [section for section, present in found if present]


def _controller(version):
    named, by = version.get("controller"), version.get("represented_by")
    if named and by:
        return composed(_("%(controller)s, represented by %(person)s"), OURS, controller=named, person=by)
    return said(named, OURS, missing=_("Not stated"))


def _quoted(row, term, text=NOTHING, address=""):
    return Quoted(term, text, row.get("quote", ""), said(row.get("note"), OURS), address)


def legal_bases(version: Version) -> list[Quoted]:
    """What the vendor rests each purpose on, with the laws it names."""
    return [_legal_basis(row) for row in version.get("legal_bases", [])]


def _legal_basis(row):
    law = (Words(". "), Words(row["law"], OURS)) if "law" in row else ()
    ground = Words(label("ground", row["ground"]), is_gap=row["ground"] == "not_stated")
    return _quoted(row, Words(row["purpose"], OURS), Phrase((ground, *law)))


def _kept_row(row):
    return KeptRow(
        Words(row["what"], OURS), kept(row["retention"], OURS), row.get("quote", ""), said(row.get("note"), OURS)
    )


def cookies(version: Version) -> list[CookieGroup]:
    """Cookies and local keys by whose they are; those that differ only in the name share a row."""
    rows = version.get("cookies", [])
    return [
        CookieGroup(label("party", party), _cookies([row for row in rows if row["party"] == party]))
        for party in CHOICES["party"].values
        if any(row["party"] == party for row in rows)
    ]


def _cookies(rows):
    alike: dict[str, list] = {}
    for row in rows:
        rest = {key: value for key, value in row.items() if key != "name"}
        alike.setdefault(json.dumps(rest, sort_keys=True), []).append(row)
    return [_cookie(same[0], [row["name"] for row in same if "name" in row]) for same in alike.values()]


def _cookie(row, names):
    necessity = row["necessity"]
    return CookieRow(
        names=names,
        pattern=said(row.get("pattern"), OURS),
        provider=Words(row["provider"], OURS),
        module=said(row.get("module"), OURS),
        storage=label("cookie_storage", row["storage"]),
        purpose=said(row.get("purpose"), OURS, missing=_("Not stated")),
        necessity=Words(label("necessity", necessity), is_gap=necessity == "not_stated"),
        kept=kept(row["retention"], OURS),
        readers=said(row.get("readers"), OURS),
        audience=people(row.get("audience", [])),
        quote=row.get("quote", ""),
        note=said(row.get("note"), OURS),
    )


def _recipient(row, references, on):
    region = row.get("region", "")
    return RecipientRow(
        company=storage.company(row.get("vendor"), references),
        name=Words(row["name"], OURS),
        purpose=said(row.get("purpose"), OURS, missing=_("Not stated")),
        data=said(row.get("data"), OURS),
        region=region,
        region_name=Words(capitalised(references.name("region", region))) if region else gap(_("Not stated")),
        ground=storage.ground(row.get("transfer_basis"), region, row.get("vendor"), references, on),
        address=row.get("statement_url", ""),
        refers=row.get("refers_to_own_statement", False),
        quote=row.get("quote", ""),
        note=said(row.get("note"), OURS),
    )


def _right(row):
    told = [row.get(name, "") for name in ("how", "limits", "cost", "body")]
    return _quoted(row, Words(label("right", row["kind"])), Words(" ".join(_stop(text) for text in told if text), OURS))


def _stop(text):
    return text if text[-1] in ".!?" else f"{text}."


def _remark(row):
    return _quoted(row, Words(label("topic", row["topic"])), Words(row["text"], OURS), row.get("url", ""))


@dataclass(frozen=True)
class PolicyLine:
    """A document as the list names it."""

    document: Document
    vendor: storage.Company
    services: list[dict[str, Any]]


def policy_line(policy: dict[str, Any], references: References) -> PolicyLine:
    """A document for the list."""
    services = [row for slug in policy.get("services", []) if (row := references.get("service", slug))]
    return PolicyLine(document(policy), storage.company(policy["vendor"], references), services)

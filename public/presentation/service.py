"""The page of a service: everything in its dossier, in the order in which people ask."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.status import USABLE, Status, standing
from public.labels import label
from public.presentation import about, brief, data, documents, known, picture, rounds, storage
from public.presentation.changes import marks
from public.presentation.sections import Section
from public.presentation.words import Words, day, gap, listed, said
from public.references import References
from public.templatetags.public import tone

Dossier = dict[str, Any]


@dataclass(frozen=True)
class Date:
    """One of the dates below the answer: a day, or words where there is none."""

    term: str
    day: str = ""
    words: Words | None = None


@dataclass(frozen=True)
class Answer:
    """The band on top: the status, what it means, and what a reader must know at once."""

    status: Status
    word: str
    tone: str
    summary: Words
    explanation: str
    changed: str
    notices: list[str]
    rulings: list[rounds.RulingLine]
    is_usable: bool
    is_refusal: bool


@dataclass(frozen=True)
class ServicePage:
    """All that the templates of the page show."""

    slug: str
    name: str
    lang: str
    summary: Words
    is_fictitious: bool
    answer: Answer
    dates: list[Date]
    vendors: list[storage.Company]
    round: dict[str, Any] | None
    sections: list[Section]
    brief: brief.Brief
    purpose: Words
    conditions: list[rounds.ConditionGroup]
    considerations: list[rounds.ConsiderationGroup]
    owner_bases: list[rounds.BasisRow]
    grounds: rounds.Grounds
    data: list[data.DataGroup]
    logins: list[data.LoginRow]
    practices: list[data.PracticeRow]
    unanswered_practices: str
    places: list[storage.Place]
    picture: picture.Picture | None
    processors: list[storage.Processor]
    known: dict[str, list[known.Known]]
    missing: dict[str, str]
    documents: list[documents.Document]
    agreements: list[about.AgreementLine]
    vendor_role: Words
    editions: list[about.EditionLine]
    about: list[about.Fact]
    alternatives: list[dict[str, Any]]
    replaced_by: dict[str, Any]

    @property
    def vendor_grounds(self):
        """The legal bases that the vendor's documents name."""
        return [words for document in self.documents for words in document.grounds]


def service_page(dossier: Dossier, references: References, on: datetime.date) -> ServicePage:
    """The page of a service as a day finds it."""
    facts, decision = dossier["facts"], dossier["decision"]
    now, lang, today = standing(dossier, on), facts["language"], on.isoformat()
    current = now.round or {}
    places = storage.places(facts, references, today)
    return ServicePage(
        slug=facts["slug"],
        name=facts["name"],
        lang=lang,
        summary=Words(facts["summary"], lang),
        is_fictitious=facts.get("fictitious", False),
        answer=answer(dossier, now, today),
        dates=dates(facts, now),
        vendors=vendors(facts, references),
        round=now.round,
        sections=sections(dossier, now),
        brief=brief.brief(facts, references),
        purpose=said(facts.get("purpose"), lang),
        conditions=rounds.conditions(current, lang, marks(decision.get("rounds", []), now.round)),
        considerations=rounds.considerations(current, lang),
        owner_bases=rounds.owner_bases(current, lang),
        grounds=rounds.grounds(current, lang, references),
        data=data.data_groups(facts, references),
        logins=data.logins(facts),
        practices=data.practices(facts),
        unanswered_practices=data.unanswered_practices(facts),
        places=places,
        picture=picture.picture(facts, places),
        processors=storage.processors(facts, references, today),
        known=_known(facts),
        missing={name: known.nothing_entered(facts, name) for name in ("data", "storage", "subprocessors")},
        documents=documents.documents(dossier, references),
        agreements=about.agreements(decision, lang, references, today),
        vendor_role=about.vendor_role(facts),
        editions=about.editions(facts),
        about=about.about(facts, references),
        alternatives=_alternatives(facts, references),
        replaced_by=references.get("service", facts.get("replaced_by")),
    )


def _known(facts):
    return {
        "data": known.known(facts, "data", "retention", "cookies"),
        "storage": known.known(facts, "storage", "transfers"),
        "subprocessors": known.known(facts, "subprocessors"),
    }


def _alternatives(facts, references):
    """Those that are still listed; one that replaces the service is named on its own."""
    slugs = [slug for slug in facts.get("alternatives", []) if slug != facts.get("replaced_by")]
    return [row for slug in slugs if (row := references.get("service", slug))]


def vendors(facts: dict[str, Any], references: References) -> list[storage.Company]:
    """Who offers the service: the vendor first, then those it cooperates with."""
    slugs = [facts.get("vendor"), *facts.get("co_vendors", [])]
    return [storage.company(slug, references) for slug in slugs if slug]


# The answer


def answer(dossier: Dossier, now, today: str) -> Answer:
    """The status on a day and what follows from it."""
    facts, current = dossier["facts"], now.round or {}
    return Answer(
        status=now.status,
        word=label("status", now.status),
        tone=tone(now.status),
        summary=said(current.get("summary"), facts["language"]),
        explanation=explanation(now, facts),
        changed=changed(current),
        notices=notices(dossier, now, today),
        rulings=rounds.rulings(current, facts, is_over=now.status == Status.EXPIRED),
        is_usable=now.status in USABLE,
        is_refusal=now.status in (Status.NOT_APPROVED, Status.WITHDRAWN),
    )


def explanation(now, facts: dict[str, Any]) -> str:
    """What a status means where no round says so itself, or where the round's own words no longer hold."""
    if now.status == Status.NOT_ASSESSED:
        return _("We have not assessed this service. Do not use it with pupils.")
    if now.status == Status.UNDER_ASSESSMENT:
        since = day(facts["under_assessment_since"])
        return _("We have been assessing it since %(day)s. Do not use it with pupils before there is a decision.") % {
            "day": since
        }
    if now.status == Status.EXPIRED:
        ended = day(now.round["valid_until"])
        return _("The approval ended on %(day)s. Do not use it with pupils before it is assessed again.") % {
            "day": ended
        }
    return ""


def changed(row: dict[str, Any]) -> str:
    """Which facts have changed since those that a round rested on, in words."""
    return listed(dict.fromkeys(fact_words(key) for key in row.get("changed_since", [])))


def notices(dossier: Dossier, now, today: str) -> list[str]:
    """What else a reader must know at once: that it is overdue, or that another decision is yet to take effect."""
    found = []
    if now.is_overdue:
        overdue = {"day": day(now.round["review_by"])}
        found.append(_("Overdue for a new assessment since %(day)s. The decision stands until then.") % overdue)
    for row in rounds.coming(dossier["decision"].get("rounds", []), now.round, today):
        words = {"outcome": label("status", row["outcome"]).lower(), "day": day(row["in_force_from"])}
        found.append(_("From %(day)s: %(outcome)s.") % words)
    return found


def fact_words(key: str) -> str:
    """A key of the facts as a reader calls it."""
    return {
        "name": _("the name"),
        "slug": _("the address"),
        "vendor": _("the vendor"),
        "co_vendors": _("the vendors"),
        "summary": _("the description"),
        "purpose": _("the description"),
        "platforms": _("the platforms"),
        "education_levels": _("the levels of education"),
        "subjects": _("the subjects"),
        "grades": _("the grades"),
        "price": _("the price"),
        "vendor_role": _("the vendor's role"),
        "minimum_age": _("the age terms"),
        "age_terms": _("the age terms"),
        "website": _("the website"),
        "app_store": _("the address in the app store"),
        "accessibility": _("accessibility"),
        "language": _("the language of the texts"),
        "fictitious": _("the note on demonstration"),
        "editions": _("the editions"),
        "logins": _("the ways to log in"),
        "data": _("the data that is used"),
        "storage": _("where data is stored"),
        "subprocessors": _("the subprocessors"),
        "practices": _("advertising, analysis and AI"),
        "disclosures": _("what the vendor has told us"),
    }.get(key, key)


def dates(facts: dict[str, Any], now) -> list[Date]:
    """The dates below the answer."""
    current = now.round
    if current is None:
        if now.status == Status.UNDER_ASSESSMENT:
            return [Date(_("Under assessment since"), facts["under_assessment_since"])]
        return [Date(_("Last assessed"), words=gap(_("Never")))]
    found = [
        Date(_("Last assessed"), current.get("decided_on", ""), gap(_("Date not stated"))),
        Date(_("Next assessment"), current.get("review_by", ""), gap(_("Not planned"))),
        _last_day(current),
        Date(_("Stop using it by"), current.get("stop_using_by", "")),
        Date(_("Assessment"), words=Words(_("Number %(number)s") % current)),
    ]
    return [date for date in found if date.day or date.words]


def _last_day(current):
    day = current.get("valid_until", "")
    if current["outcome"] == "pilot":
        return Date(_("Pilot until"), day, gap(_("Date not stated")))
    return Date(_("Valid until"), day)


def sections(dossier: Dossier, now) -> list[Section]:
    """The parts of the page that have something to show, in order: a refusal answers other questions first."""
    facts, row = dossier["facts"], now.round or {}
    refused = row.get("outcome") in ("not_approved", "withdrawn")
    instead = facts.get("alternatives") or facts.get("replaced_by")
    short = Section("kort", _("In short, for pupils and parents"), "services/_brief.html", is_panel=True)
    why = Section(
        "begrunnelse", _("Why the answer is no") if refused else _("Why we decided this"), "services/_reasons.html"
    )
    other = Section(
        "alternativer", _("Use this instead") if refused else _("Alternatives"), "services/_alternatives.html"
    )
    leave = Section("avvikling", _("How the school stops using it"), "services/_wind_down.html")
    kept = Section("forutsetninger", _("Conditions of use"), "services/_conditions.html")
    first = [(why, row), (other, instead), (leave, row.get("wind_down")), (short, True), (kept, row.get("conditions"))]
    if not refused:
        first = [
            (short, True),
            (kept, row.get("conditions")),
            (why, row),
            (other, instead),
            (leave, row.get("wind_down")),
        ]
    return [section for section, present in first if present] + _evidence()


def _evidence():
    return [
        Section("opplysninger", _("Data that is used"), "services/_data.html"),
        Section("innlogging", _("Logging in"), "services/_logins.html"),
        Section("praksis", _("Advertising, analysis and AI"), "services/_practices.html"),
        Section("lagring", _("Where the data ends up"), "services/_storage.html"),
        Section("erklaering", _("What the vendor says, and does not say"), "services/_documents.html"),
        Section("grunnlag", _("Legal bases and agreements"), "services/_grounds.html"),
        Section("om", _("About the service"), "services/_about.html"),
        Section("historikk", _("History"), "services/_history.html"),
        Section("rettigheter", _("Your rights"), "services/_rights.html"),
    ]

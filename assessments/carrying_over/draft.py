"""What a page would have in the registry: rows of plain values, made out of a `Result` alone.

Only what the page says becomes a value. What is uncertain about a decision is left out, so that somebody takes it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.data import category_of
from assessments.importing.denial import denies
from assessments.importing.result import Result
from assessments.importing.storage import says_outside
from assessments.importing.words import folded, sentences
from assessments.models import Agreement, Consideration, Outcome, Ruling
from registry.models import DataUse, Disclosure, PriceModel, Service, Subprocessor

# Table → key of the row within its service → field → value as JSON has it. The tables of one row have the key "".
Rows = dict[str, dict[str, dict[str, Any]]]

FACTS = ("service", "co_vendors", "data_uses", "storage", "subprocessors", "disclosures", "agreements", "policies")
DECISION = ("round", "rulings", "conditions", "considerations")

# What a decision is made of, with the vendor: what is uncertain of these is left to people.
DECIDES = ("name", "vendor", "status", "audiences", "conditions")
LONGEST_ADDRESS = 500

_URL = re.compile(r"https?://[^\s<>\"»“”]+[^\s<>\"»“”.,;:)]")
_STATES = {
    "established": Agreement.State.ESTABLISHED,
    "not_needed": Agreement.State.NOT_NEEDED,
    "not_established": Agreement.State.NOT_ESTABLISHED,
    "scc": Agreement.State.SCC_ONLY,
    "follow_up": Agreement.State.UNDER_WAY,
}


@dataclass(frozen=True)
class Draft:
    """What a page would have: its rows, its address if a round can say it, and what must be looked at, and why.

    `countries` are the codes of those that the page names beside vendors, by the names of these.
    """

    name: str
    address: str
    rows: Rows
    uncertain: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)


def drafted(result: Result, words: Mapping[int, str]) -> Draft:
    """The draft of one page, whose lines are `words` by their numbers.

    Companies stand by their names on the page; see `parties` for who they are.
    """
    uncertain = dict(result.uncertain)
    if _has_unread_data(result):
        uncertain.setdefault("data_categories", _("The section names no kind of data that could be read."))
    outcome = _outcome(result)
    rows: Rows = {
        "service": {"": _service(result)},
        "co_vendors": {party.name: {} for party in result.vendor[1:]},
        "data_uses": _data_uses(result),
        "storage": _storage(result),
        "subprocessors": _subprocessors(result),
        "disclosures": _disclosures(result, uncertain, words),
        "agreements": {"dpa": {"state": _STATES[result.dpa].value}} if result.dpa and result.vendor else {},
        "policies": {url: {} for url in map(usable, result.policy_urls) if url} if result.vendor else {},
        "round": {"": _round(result, outcome)},
        "rulings": _rulings(result, outcome),
        "conditions": {folded(text): {"text": text} for text in result.conditions},
        "considerations": _considerations(result),
    }
    if result.storage == () and "storage" not in uncertain:
        rows["storage"] = {"NOTHING": {"region": "NOTHING"}}
    if not result.vendor and (result.dpa or result.policy_urls):
        uncertain.setdefault("vendor", _("Agreement and documents need a vendor, and the page names none."))
    countries = {party.name: party.region for party in result.vendor if party.region}
    return Draft(rows["service"][""]["name"], usable(result.address), rows, uncertain, countries)


def clipped(text: str, most: int) -> str:
    """The text on one line, cut between two words where it is longer than the field; the page keeps all of it."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[:most]  # one letter more than there is room for, which may be the space after a whole word
    return f"{head.rpartition(' ')[0] or head[:-1]}…"


def usable(address: str) -> str:
    """The web address with its scheme, or "" where it is none that a field can hold."""
    full = f"https://{address}" if address.startswith("www.") else address
    try:
        URLValidator(["http", "https"])(full)
    except ValidationError:
        return ""
    return full if len(full) <= LONGEST_ADDRESS else ""


def _longest(model, name):
    return model._meta.get_field(name).max_length


def _service(result):
    texts = result.texts
    words = [part for part in (texts.get("introduction", ""), texts.get("description", "")) if part]
    store, accessibility = _addresses(texts.get("store_link", "")), _addresses(texts.get("accessibility", ""))
    return {
        "name": clipped(result.name, _longest(Service, "name")),
        "summary": _summary(texts.get("description") or texts.get("introduction", "")),
        "purpose": "\n\n".join(words),
        "vendor": result.vendor[0].name if result.vendor else None,
        "price_model": result.price or PriceModel.NOT_STATED.value,
        "price_note": clipped(texts.get("price", ""), _longest(Service, "price_note")),
        "age_terms": clipped(texts.get("age", ""), _longest(Service, "age_terms")),
        "app_store": store[0] if store else "",
        "accessibility_statement": accessibility[0] if len(accessibility) == 1 else "",
        "accessibility_note": texts.get("accessibility", ""),
    }


def _addresses(text):
    return [url for url in map(usable, _URL.findall(text)) if url]


def _summary(text):
    """The first sentence, without its full stop."""
    first = next((line for line in text.splitlines() if not line.lstrip().startswith("•")), text)
    found = sentences(first.lstrip(" •"))
    return clipped(found[0].rstrip(". "), _longest(Service, "summary")) if found else ""


# Data, where it lies, and who else gets it


def _data_uses(result):
    kept = _kept(result)
    uses = {}
    for category in result.data_categories:
        codes = [code for code in result.feide_attributes if category_of(code) == category]
        for code in codes or [""]:
            uses[f"{category} {code}".strip()] = {"category": category, "feide_attribute": code, **kept}
    return uses


def _kept(result):
    measured = _measured(result)
    return {
        "retention": DataUse.RetentionKind.PERIOD.value if measured else DataUse.RetentionKind.NOT_STATED.value,
        "retention_amount": result.retention[0].amount if measured else None,
        "retention_unit": result.retention[0].unit if measured else "",
    }


def _measured(result):
    """The page asks how long data is kept, and gives one answer; any other period is about a part of it."""
    return len(result.retention) == 1 and "retention" in result.texts and "retention" not in result.uncertain


def _subprocessors(result):
    most = _longest(Subprocessor, "purpose")
    return {
        party.name: {"vendor": party.name, "region": party.region, "purpose": clipped(party.purpose, most)}
        for party in result.subprocessors or ()
    }


def _has_unread_data(result):
    """There is a section on data, and neither a kind of data nor a denial was found in it."""
    said = sentences(result.texts.get("data_categories", ""))
    return "data_categories" in result.lines and not result.data_categories and not any(map(denies, said))


def _disclosures(result, uncertain, words):
    """How complete each list is, as far as the page tells."""
    answers = {
        Disclosure.List.DATA: _answer(result, "data_categories", uncertain),
        Disclosure.List.STORAGE: _storage_answer(result, uncertain),
        Disclosure.List.SUBPROCESSORS: _subprocessor_answer(result, uncertain),
        Disclosure.List.RETENTION: _retention_answer(result),
    }
    rows = {
        name.value: {"list": name.value, "answer": answer.value, "address": "", "note": ""}
        for name, answer in answers.items()
        if answer
    }
    listed = _addresses(result.texts.get("subprocessors", ""))
    if result.subprocessors == () and listed:
        answer = Disclosure.Answer.ELSEWHERE.value
        rows["subprocessors"] = {"list": "subprocessors", "answer": answer, "address": listed[0], "note": ""}
    if answers[Disclosure.List.RETENTION] == Disclosure.Answer.PARTLY:
        said = " ".join(words[number].strip(" •") for number in result.lines.get("retention", ()))
        rows["retention"]["note"] = clipped(said, _longest(Disclosure, "note"))
    return rows


def _answer(result, name, uncertain) -> Disclosure.Answer | None:
    """None where the page says nothing of it, or nothing that could be read: whatever is so, it is not known here."""
    if name not in result.lines:
        return None
    if getattr(result, name):
        return Disclosure.Answer.PARTLY if name in uncertain else Disclosure.Answer.STATED
    return None if name in uncertain else Disclosure.Answer.NONE


def _subprocessor_answer(result, uncertain):
    answer = _answer(result, "subprocessors", uncertain)
    text = folded(result.texts.get("subprocessors", ""))
    if answer == Disclosure.Answer.NONE and not _says_none(text):
        return Disclosure.Answer.NOT_STATED
    return answer


def _says_none(text):
    """Nobody, rather than nobody that is known."""
    says = vocabulary.matcher("completeness", "subprocessors", "none").search(text)
    return says and not vocabulary.matcher("completeness", "subprocessors", "unknown").search(text)


def _storage(result):
    """The places. What is not stated is a place of its own beside others, or outside the EEA."""
    codes = [code for code in result.storage or () if code != "UNSTATED"]
    if "UNSTATED" in (result.storage or ()):
        outside = says_outside(result.texts.get("storage", ""))
        codes += ["NON_EEA"] if outside else ["UNSTATED"] if codes else []
    return {code: {"region": code} for code in codes}


def _storage_answer(result, uncertain):
    if result.storage and set(result.storage) == {"UNSTATED"}:
        return Disclosure.Answer.NOT_STATED if result.texts.get("storage") else None
    if result.storage and "UNSTATED" in result.storage:
        return Disclosure.Answer.PARTLY
    return _answer(result, "storage", uncertain)


def _retention_answer(result):
    """A period that is not known to be about all data stands in words; silence says nothing of what is kept."""
    if _measured(result):
        return Disclosure.Answer.STATED
    if result.retention:
        return Disclosure.Answer.PARTLY
    return Disclosure.Answer.NOT_STATED if "retention" in result.texts else None


# The decision


def _outcome(result):
    """The outcome that the page states for certain; "" leaves it to somebody."""
    certain = result.status in Outcome.values and "status" not in result.uncertain
    return result.status if certain else ""


def _round(result, outcome):
    text = result.texts.get("status", "")
    return {"outcome": outcome, "summary": _first_sentences(text) if outcome else "", "reasons": text}


def _first_sentences(text):
    """As many whole sentences as the field holds."""
    most = 300
    kept = ""
    for sentence in sentences(" ".join(text.replace("•", " ").split())):
        if len(f"{kept} {sentence}".strip()) > most:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or clipped(text, most)


def _rulings(result, outcome):
    if not outcome:
        return {}
    if outcome in (Outcome.NOT_APPROVED, Outcome.WITHDRAWN):
        verdict = Ruling.Verdict.NOT_ALLOWED
    else:
        verdict = Ruling.Verdict.WITH_CONDITIONS if result.conditions else Ruling.Verdict.ALLOWED
    return {audience: {"audience": audience, "verdict": verdict.value} for audience in result.audiences}


def _considerations(result):
    text = result.texts.get("risk", "")
    return {folded(text): {"kind": Consideration.Kind.RISK.value, "text": text}} if text else {}

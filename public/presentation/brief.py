"""The short version for pupils and parents: five plain lines, made of the facts."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from public.labels import label
from public.presentation.retention import kept
from public.presentation.words import Words, capitalised, gap, listed, located, lowered, said, sentence, stopped
from public.references import References

Facts = dict[str, Any]

MOST = 8  # names in one sentence
FEW = 4
READERS = {"pupil", "guardian"}


@dataclass(frozen=True)
class Brief:
    """What it is for, what it knows about you, where that ends up and how long: sentences each."""

    purpose: list[Words]
    knows: list[Words]
    where: list[Words]
    kept: list[Words]


def brief(facts: Facts, references: References) -> Brief:
    """The first four of the five lines; the fifth, what you can demand, is the same for every service."""
    uses = about_readers(facts)
    return Brief(
        _purpose(facts), _knows(facts, uses, references), _where(facts, references), _kept(facts, uses, references)
    )


def about_readers(facts: Facts) -> list[dict[str, Any]]:
    """The uses of data about pupils and guardians, or of nobody in particular, by a login that schools may use."""
    forbidden = [(row["kind"], row.get("name")) for row in facts.get("logins", []) if row["use"] == "forbidden"]
    return [use for use in facts.get("data", []) if _is_about_readers(use) and _login(use) not in forbidden]


def _is_about_readers(use):
    if use.get("subjects"):
        return bool(READERS & set(use["subjects"]))
    return not use.get("subject_words")


def _login(use):
    login = use.get("login", {})
    return login.get("kind"), login.get("name")


def _purpose(facts):
    """The first paragraph of the purpose, unless the summary says more."""
    first = facts.get("purpose", "").strip().split("\n")[0].strip()
    return [stopped(said(max(first, facts["summary"], key=len), facts["language"]))]


def _knows(facts, uses, references):
    if not uses:
        return [_knows_nothing(facts)]
    told = _told(uses)
    always = _names([use for use in told if use["optional"] != "optional"], references)
    chosen = [name for name in _names(told, references) if name not in always]
    special = _names([use for use in told if _is_special(use, references)], references)
    sentences = [
        sentence(listed(always, MOST)),
        _("Only if you choose to give it: %(data)s.") % {"data": listed(chosen, MOST)} if chosen else "",
        _("This may say something sensitive about you: %(data)s.") % {"data": listed(special)} if special else "",
    ]
    told_plainly = [Words(text) for text in sentences if text]
    return [*_anonymous(facts), *told_plainly, *_unclear(uses, told, references)]


def _told(uses):
    """Those that are said to be about pupils or guardians; where nobody is named anywhere, all of them."""
    return [use for use in uses if use.get("subjects")] or uses


def _unclear(uses, told, references):
    """How many more kinds of data there are of which nobody has said whom they are about."""
    count = len(set(_names(uses, references)) - set(_names(told, references)))
    if not count:
        return [] if told[0].get("subjects") else [gap(_("It is not stated whom this is about."))]
    text = ngettext(
        "It is not stated whom %(count)d more kind of data is about.",
        "It is not stated whom %(count)d more kinds of data are about.",
        count,
    )
    return [gap(text % {"count": count})]


def _anonymous(facts):
    """Where every login that schools may use leaves the user unknown."""
    allowed = [row for row in facts.get("logins", []) if row["use"] != "forbidden"]
    unknown = allowed and all(row["identifiability"] == "anonymous" for row in allowed)
    return [Words(_("You use it without saying who you are."))] if unknown else []


def _knows_nothing(facts):
    if facts.get("data"):
        return Words(_("Only data about those who work at the school is listed."))
    answer = _answer(facts, "data")
    if answer == "none":
        return Words(_("Nothing."))
    return gap(sentence(label("answer", answer) or _("Not entered yet")))


def _answer(facts, name):
    """What somebody has said of how complete a list is; "" where nobody has."""
    return next((row["answer"] for row in facts.get("disclosures", []) if row["list"] == name), "")


def _names(uses, references):
    return list(dict.fromkeys(references.name("category", use["category"]) for use in uses))


def _is_special(use, references):
    return references.get("category", use["category"]).get("special", "no") != "no"


def _where(facts, references):
    rows = [row for row in facts.get("storage", []) if row["region"] != "UNSTATED"]
    stored = [row for row in rows if row["role"] in ("storage", "backup")]
    sentences = [_stored(extent, stored, references) for extent in ("main", "some", "not_stated")]
    sentences += [_used(role, rows, references) for role in ("analysis", "support")]
    sentences.append(_shared(facts, references))
    sentences = [Words(text) for text in sentences if text]
    if any(row["region"] == "NOTHING" for row in stored):
        sentences.insert(0, Words(_("Nothing is stored.")))
    return sentences if rows else [_where_unknown(facts), *sentences]


def _shared(facts, references):
    """Who else gets to see it, as far as it is said which data they get."""
    others = [row["vendor"] for row in facts.get("subprocessors", []) if row.get("data")]
    names = listed([references.name("vendor", slug) for slug in dict.fromkeys(others)], FEW)
    return _("Other companies get some of it: %(companies)s.") % {"companies": names} if names else ""


def _stored(extent, rows, references):
    places = [row for row in rows if row["extent"] == extent and row["region"] != "NOTHING"]
    if not places:
        return ""
    words = _located(places, references)
    return {
        "main": _("Mostly %(places)s."),
        "some": _("Some of it %(places)s."),
        "not_stated": "%(places)s.",
    }[extent] % {"places": words if extent != "not_stated" else capitalised(words)}


def _used(role, rows, references):
    places = [row for row in rows if row["role"] == role]
    if not places:
        return ""
    text = _("It is analysed %(places)s.") if role == "analysis" else _("Support staff %(places)s may get to see it.")
    return text % {"places": _located(places, references)}


def _located(rows, references):
    return located({row["region"]: references.name("region", row["region"]) for row in rows})


def _where_unknown(facts):
    if facts.get("storage"):
        return gap(_("Not stated."))
    answer = _answer(facts, "storage")
    if answer == "none":
        return Words(_("Nothing is stored."))
    return gap(sentence(label("answer", answer) or _("Not entered yet")))


def _kept(facts, uses, references):
    if not uses and _answer(facts, "data") == "none":
        return [Words(_("Nothing is kept."))]
    alike: dict[str, list] = {}
    for use in _told(uses):
        alike.setdefault(json.dumps(use.get("retention"), sort_keys=True), []).append(use)
    answers = [(kept(same[0].get("retention"), facts["language"]), same) for same in alike.values()]
    stated = [(answer, same) for answer, same in answers if answer.is_stated]
    if not stated:
        vague = [answer.words for answer, _same in answers if answer.words]
        return [gap(_("No period is stated.")), *map(stopped, vague)]
    lines = [line for answer, same in stated for line in _kept_lines(answer, same, references, len(answers) > 1)]
    return lines + ([gap(_("No period is stated for the rest."))] if len(stated) < len(answers) else [])


def _kept_lines(answer, uses, references, is_one_of_many):
    """How long, of what if there is more than one answer, and what the vendor says beyond that."""
    names = capitalised(listed(_names(uses, references), FEW))
    text = f"{names}: {lowered(answer.answer.text)}" if is_one_of_many else answer.answer.text
    return [Words(sentence(text)), *([stopped(answer.words)] if answer.words else [])]

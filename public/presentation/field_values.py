"""The values of fields in words, and what a reader calls a row of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from public.labels import label
from public.presentation.fact_names import Named
from public.presentation.retention import kept
from public.presentation.words import (
    NOTHING,
    Phrase,
    Words,
    article,
    capitalised,
    day,
    gap,
    grades,
    language,
    listed,
    lowered,
    said,
)
from public.references import References
from public.templatetags.public import as_date
from registry.models import StorageRegion

Row = dict[str, Any]

# Answers which say that there is none.
NOT_SAID = {"not_stated", "not_clarified", "not_checked"}
# Our own words and no names, which begin with a small letter inside a sentence.
LOWERED = {"label", "yes", "grades", "retention", "region_kind", "article"}
# How much of a text is enough to know it by.
ENOUGH = 60


@dataclass(frozen=True)
class Teller:
    """What it takes to put a structure into words: names, and in which languages its texts and quotations are."""

    references: References
    lang: str
    quoted: str
    editions: dict[str, str]

    def words(self, named: Named, value: Any) -> Words | Phrase:
        """A value, or the values of a list, as a reader sees them; NOTHING where the public may know nothing of it."""
        if not isinstance(value, list):
            return FORMS[named.form](value, named, self)
        told = [words for item in value if (words := self.words(named, item))]
        if named.form in LOWERED:
            return Words(capitalised(listed(lowered(words.text) for words in told)))
        return Words(listed(told), told[0].lang) if told else NOTHING

    def in_a_sentence(self, named: Named, words: Words | Phrase) -> Words | Phrase:
        """The same as it stands inside a sentence."""
        if not isinstance(words, Words) or not (words.is_gap or named.form in LOWERED):
            return words
        return Words(lowered(words.text), words.lang, words.is_gap)


def _text(value, named, teller):
    return Words(str(value), named.of or teller.lang)


def _label(value, named, teller):
    return Words(label(named.of, value), is_gap=value in NOT_SAID)


def _key(value, named, teller):
    found = teller.references.get(named.of, value)
    if not found and named.of == "service":
        return NOTHING  # it may not be public
    if not found and named.of == "policy":
        return Words(_("A document that is not public here"))
    return Words(teller.references.name(named.of, value), is_gap=bool(named.of == "basis" and found.get("gap")))


def _retention(value, named, teller):
    answer = kept(value, teller.lang)
    return Phrase((answer.answer, Words(answer.joint), answer.words)) if answer.words else answer.answer


def _way(value, named, teller):
    """A login, by its name or by its kind."""
    return said(value.get("name"), teller.lang) or Words(label("login", value["kind"]))


def _region_kind(value, named, teller):
    kinds = StorageRegion.Kind
    return Words(str(kinds(value).label) if value in kinds.values else value)


FORMS: dict[str, Callable[[Any, Named, Teller], Words | Phrase]] = {
    "text": _text,
    "plain": lambda value, named, teller: Words(str(value)),
    "quote": lambda value, named, teller: Words(str(value), teller.quoted),
    "label": _label,
    "login": lambda value, named, teller: Words(label("login", value)),
    "key": _key,
    "way": _way,
    "edition": lambda value, named, teller: Words(teller.editions.get(value, value), teller.lang),
    "region_kind": _region_kind,
    "day": lambda value, named, teller: Words(day(as_date(value).isoformat())),
    "yes": lambda value, named, teller: Words(_("Yes") if value else _("No")),
    "years": lambda value, named, teller: Words(
        ngettext("%(count)d year", "%(count)d years", value) % {"count": value}
    ),
    "days": lambda value, named, teller: Words(ngettext("%(count)d day", "%(count)d days", value) % {"count": value}),
    "grades": lambda value, named, teller: Words(grades(value)),
    "retention": _retention,
    "language": lambda value, named, teller: Words(language(value)),
    "article": lambda value, named, teller: Words(article(value)),
    "unsaid": lambda value, named, teller: NOTHING,
}


def missing(named: Named, is_finding: bool) -> Words:
    """What stands where a field says nothing: nothing, “No”, or the finding that it is not stated."""
    if named.form == "yes":
        return Words(_("No"))
    return gap(_("Not stated")) if is_finding else NOTHING


def row_name(part: str, row: Row, teller: Teller) -> Words | Phrase:
    """What a reader calls a row; "" for what is no row of a list, or has no name."""
    return NAMES[part](row, teller) if part in NAMES else NOTHING


def _by(name):
    return lambda row, teller: _short(row.get(name, ""), teller.lang)


def _short(text, lang):
    return Words(text if len(text) <= ENOUGH else f"{text[:ENOUGH].rsplit(' ', 1)[0]} …", lang)


def _by_label(name, of):
    return lambda row, teller: Words(label(of, row[name]))


def _by_key(name, of):
    return lambda row, teller: Words(capitalised(teller.references.name(of, row[name])))


def _data(row, teller):
    """The category, what it is more exactly, and where it is used: “IP address (the last octet, Feide)”."""
    more = [Words(row["detail"], teller.lang)] if "detail" in row else []
    more += [_way(row["login"], None, teller)] if "login" in row else []
    more += [Words(teller.editions.get(row["edition"], row["edition"]), teller.lang)] if "edition" in row else []
    return _specified(_by_key("category", "category")(row, teller), more)


def _storage(row, teller):
    role = [] if row["role"] == "storage" else [Words(lowered(label("storage_role", row["role"])))]
    return _specified(_by_key("region", "region")(row, teller), role)


def _specified(words, more):
    commas = [part for each in more for part in (Words(", "), each)][1:]
    return Phrase((words, Words(" ("), *commas, Words(")"))) if more else words


def _agreement(row, teller):
    return Words(f"{label('agreement', row['kind'])}, {teller.references.name('vendor', row['vendor'])}")


def _round(row, teller):
    outcome = label("status", row["outcome"]).lower()
    return Words(_("Assessment %(number)s: %(outcome)s") % {"number": row["number"], "outcome": outcome})


def _version(row, teller):
    return Words(_("The version of %(day)s") % {"day": day(row["captured_on"])})


def _document(row, teller):
    return _key(row["policy"], Named("", "key", "policy"), teller)


def _cookie(row, teller):
    return Words(row["name"]) if "name" in row else _short(row.get("pattern") or row["provider"], teller.lang)


NAMES: dict[str, Callable[[Row, Teller], Words | Phrase]] = {
    "data": _data,
    "logins": lambda row, teller: _way(row, None, teller),
    "practices": _by_label("kind", "practice"),
    "storage": _storage,
    "subprocessors": _by_key("vendor", "vendor"),
    "disclosures": _by_label("list", "list"),
    "editions": _by("name"),
    "agreements": _agreement,
    "rounds": _round,
    "rulings": _by_label("audience", "audience"),
    "conditions": _by("text"),
    "considerations": _by_label("kind", "consideration"),
    "owner_bases": _by("purpose"),
    "impact_assessments": _by("title"),
    "policy_versions": _document,
    "adequacy_decisions": lambda row, teller: Words(row.get("name") or row["act"]),
    "versions": _version,
    "collection_points": _by("name"),
    "collections": _data,
    "legal_bases": _by("purpose"),
    "retentions": _by("what"),
    "cookies": _cookie,
    "recipients": _by("name"),
    "rights": _by_label("kind", "right"),
    "measures": _by("name"),
    "contacts": _by_label("kind", "contact"),
    "remarks": _by_label("topic", "topic"),
}

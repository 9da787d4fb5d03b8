"""How names of companies look: their legal forms, what stands before them, and which words are none."""

import re
from functools import cache

from assessments.importing import vocabulary
from assessments.importing.words import folded


@cache
def _forms():
    return sorted(vocabulary.load("places")["companies"]["suffixes"], key=len, reverse=True)


@cache
def _plain_forms():
    return frozenset(form.casefold().rstrip(".") for form in _forms())


@cache
def form() -> re.Pattern:
    """A legal form."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _forms()))})(?!\w)")


@cache
def stopped() -> re.Pattern:
    """Signs that end no sentence: the full stop of a legal form, and "!" or "?" before one, as in "Hurra! AS"."""
    dotted = "|".join(re.escape(form) for form in _forms() if form.endswith("."))
    return re.compile(rf"(?<!\w)(?:{dotted})\s+(?=[A-ZÆØÅ(])|[!?]\s+(?={form().pattern})")


def has_suffix(text: str) -> bool:
    """A legal form stands somewhere in the text."""
    return bool(form().search(text))


def is_suffix(text: str) -> bool:
    """The text is nothing but a legal form."""
    return bool(text) and text.casefold().rstrip(".") in _plain_forms()


def ends_as_company(text: str) -> bool:
    """The text ends with a legal form."""
    return bool(text.split()) and is_suffix(text.split()[-1])


def ends_in_suffix(text: str) -> bool:
    """The text ends with a legal form whose full stop belongs to it."""
    return f" {text}".endswith(_dotted_ends())


@cache
def _dotted_ends():
    return tuple(f" {form}" for form in _forms() if form.endswith("."))


def is_firm_of_two(text: str) -> bool:
    """“Penn og Pult AS” is one company; "Penn AS og Pult AS" and "Statped og Pult AS" are two."""
    first, joint, last = text.partition(" og ")
    alone = ends_as_company(first) or is_institution(first)
    return bool(joint) and ends_as_company(last) and not alone and len(text.split()) <= 4


def is_institution(text: str) -> bool:
    """A public body or the like, which has no legal form in its name."""
    return bool(vocabulary.matcher("parties", "institutions").search(folded(text)))


def is_head(text: str) -> bool:
    """What is a name only with what follows: "Direktoratet for …", "Universitetet i …"."""
    words = folded(text).split()
    return bool(words) and bool(vocabulary.matcher("parties", "heads").fullmatch(words[-1]))


def looks_like_name(text: str) -> bool:
    """A capital within the first word, as in "TekstLab", or in a later one: "Skyvik Web Services", not "Drift"."""
    first, *rest = text.split()
    if re.match(r"\w+[a-zæøå]+[A-ZÆØÅ]", first):
        return True
    capitals = [word for word in rest if word[0].isupper() and not word.isupper()]
    return first[0].isupper() and bool(capitals) and folded(first) not in _tasks()


@cache
def _tasks():
    return {phrase.rstrip("*") for phrase in vocabulary.load("parties")["purposes"]}


def begins_small(text: str) -> bool:
    """A name though its first letter is small: a known one, "eTwin", "3D Skog AS", or one with its legal form."""
    words = text.split()
    if words[0] in vocabulary.load("parties")["small"] or re.match(r"(?:[a-z]{1,2}|\d+)[A-ZÆØÅ]", text):
        return True
    return 1 < len(words) <= 4 and ends_as_company(text) and (len(words) == 2 or not words[1][0].islower())


@cache
def general_word() -> re.Pattern:
    """A word that names no company by itself."""
    known = vocabulary.load("parties")
    adjectives = [word for words in vocabulary.load("places")["countries"].values() for word in words if word.islower()]
    return vocabulary.compiled([*known["general"], *known["roles"], *adjectives])


@cache
def title() -> re.Pattern:
    """Small words for what a name is the name of: "forlaget Eksempel"."""
    words = "|".join(vocabulary.load("parties")["titles"])
    return re.compile(rf"(?:^|(?<=\sog\s))(?:{words}) (?=[A-ZÆØÅ])")


@cache
def lead() -> re.Pattern:
    """What stands before a name: "Tjenesten er utviklet og eies av", "Produsenten er", "Vi bruker"."""
    known = vocabulary.load("parties")
    made, by, roles, before = (_one_of(known[key]) for key in ("made", "by", "roles", "before"))
    being = r"(?:er|blir|ble|vert|vart|is|was)"
    subject = rf"(?:(?:[^\s,]+ ){{0,5}}?(?:{being} )?)"
    makers = rf"{subject}{made}(?:(?:,| og|/| and) ?(?:{being} )?{made})* (?:\w+ ){{0,2}}?{by}"
    role = rf"(?:\w+ ){{0,2}}?{roles}(?: (?:av|til|for|bak|på|i)(?: \w+){{1,3}}?| bak)?(?: er|\s*:| heter| heiter)"
    some = r"(?:[^\s,]+ ){1,3}?"
    user = rf"(?:{some}(?:bruker|benytter|brukar|nyttar|leier)|(?:for|til|ved) {some}(?:brukes|benyttes|brukast))"
    return re.compile(
        rf"(?i:{makers}|{user}(?=\s+(?-i:[A-ZÆØÅ]))|{role}|(?:(?:\S+ ){{0,4}}{being} )?{before})\s*:?\s+(?=\S)"
    )


def _one_of(phrases):
    return rf"(?:{'|'.join(map(vocabulary.pattern, sorted(phrases, key=len, reverse=True)))})"

"""Names of companies out of a line that holds name, purpose, country and address in any order."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.translation import gettext as _

from assessments.importing import company, contact, places, vocabulary
from assessments.importing.company import ends_as_company, ends_in_suffix, has_suffix, is_suffix
from assessments.importing.result import Party
from assessments.importing.words import folded, sentences

_ASIDE = re.compile(r"\(([^()]*)(?:\)|$)|\[([^\[\]]*)(?:\]|$)")
_PARTS = re.compile(r"\s*[,;:|]\s+|\s+[-–—]\s+|\s+/\s+|,$|\s*[:;]$|\t+")
_AND = re.compile(r"\s+(?:og|and|samt)\s+(?=[A-ZÆØÅ])|(?<!v)(?<!\bA)/(?=[A-ZÆØÅ])")
_WITH = re.compile(r"\s(?:i (?:\w+ )?samarbeid|sammen|i lag|saman|in cooperation|in collaboration) (?:med|with)\s")
_PERSON = re.compile(r"\s?\b(?:v/|c/o )")
_HELD = "\ue000"  # stands for the space after "Inc." in the middle of a sentence
_LONGEST = 60


def parties(text: str, known: Iterable[Party] = (), *, is_vendor: bool = False, is_first: bool = False) -> list[Party]:
    """The parties in a paragraph or an item. Its first sentence with a name counts, and of the rest what names another.

    `is_vendor`: the text tells who offers the service, so that what stands around the name is about that one;
    `is_first`: and begins with the name if it can, though that may look like a description.
    """
    found: list[Party] = []
    for position, sentence in enumerate(_sentences(contact.without(text))):
        if found and (is_vendor or not _goes_on(sentence)):
            continue
        said = _in_sentence(sentence, position, is_vendor, is_first)
        for party in said:
            if party.name.casefold() not in {other.name.casefold() for other in [*known, *found]}:
                found.append(party)
    return found


def _goes_on(sentence):
    """“Nyhetsbrev sendes fra Eksempel.”: a later sentence that hands another task to somebody by name."""
    if _serves().match(sentence):
        return True
    lead = company.lead().match(sentence)
    label, colon, rest = sentence.partition(": ")
    if lead is None and not (colon and (_is_purpose(label) or places.only_place(label))):
        return False
    return (sentence[lead.end() :] if lead else rest)[:1].isupper() and not _names_nobody(sentence)


@cache
def _serves():
    """“Eksempel AS leverer e-post”: a company by its legal form, and what it does."""
    verbs = "|".join(vocabulary.load("parties")["serving"])
    return re.compile(rf"[A-ZÆØÅ0-9](?:[^\s,.]+ ){{1,4}}?{company.form().pattern} (?:{verbs})(?!\w)")


def is_sentence(text: str) -> bool:
    """The text tells something with a verb, and does not begin with what leads to a name."""
    return company.lead().match(text) is None and bool(_finite().search(folded(text))) and not has_suffix(text)


@cache
def _finite():
    return vocabulary.matcher("parties", "finite")


def others(text: str, known: Iterable[Party]) -> Iterator[str]:
    """What in a text on the vendor may be the name of somebody else: owners, dealers, and words taken for towns."""
    for sentence in _sentences(contact.without(text)):
        fragments = [part for half in _ASIDE.split(sentence) if half for part in _fragments(half)]
        for place, fragment in enumerate(fragments):
            if contact.is_address(fragment) or (re.search(r"\d", fragment) and not has_suffix(fragment)):
                break  # and then comes the town
            rest = _after_known(fragment, known)
            is_town = place and _is_town(fragment, fragments[:place], fragments[place + 1 :], True)
            is_other = rest and (_is_related(rest) or _relation().search(rest) or has_suffix(rest))
            if _has_name(rest) and (is_other or is_town):
                yield _("“%(text)s”") % {"text": fragment[:60]}


def _after_known(fragment, known):
    """What a fragment says after the names that were read."""
    for party in known:
        name = party.name.rstrip(".")
        fragment = fragment.rpartition(name)[2].strip(" .,") if name in fragment else fragment
    return fragment


def _has_name(text):
    """A capital letter that is neither a place's nor an abbreviation's."""
    words = re.findall(r"[A-ZÆØÅ]\w{3,}", text)
    return any(not places.find(word) for word in words) and not places.only_place(text)


def _sentences(text):
    held = company.stopped().sub(lambda found: found[0].strip() + _HELD, text)
    return [part.replace(_HELD, " ") for part in sentences(held)]


def _in_sentence(sentence: str, position: int, is_vendor: bool, is_first: bool) -> Iterator[Party]:
    asides = [a or b for a, b in _ASIDE.findall(sentence)]
    bare = _ASIDE.sub(" , " if asides and not sentence.rstrip().endswith(")") else " ", sentence).strip()
    if position and _is_prose(bare) and not _goes_on(bare):
        return
    fragments = list(_fragments(_before_colon(bare)))
    if is_vendor and asides and all(_is_general(fragment) for fragment in fragments):
        fragments += asides  # "Norsk leverandør (Eksempel AS)"
    region = next((code for part in [*fragments, *asides] if (code := places.only_place(part))), "")
    purpose = next((part for part in [*asides, *fragments] if _is_purpose(part)), "")
    for place, fragment in _naming(fragments, is_vendor):
        for name, does in _names(fragment, is_first and place == 0):
            yield Party(name, region, (does or purpose)[:300])


def _naming(fragments: list[str], is_vendor: bool) -> Iterator[tuple[int, str]]:
    """The fragments that may hold names, with their places: no statements, no addresses, no other companies' parts."""
    reached = is_other = False
    first = ""
    for place, fragment in enumerate(fragments):
        was_other, is_other = is_other, is_vendor and _is_label_of_other(fragment)
        reached = not has_suffix(fragment) and (reached or contact.is_address(fragment))
        if was_other or is_other or reached or _names_nobody(fragment) or (first and _is_related(fragment)):
            continue
        if first and _is_town(fragment, fragments[:place], fragments[place + 1 :], is_vendor):
            continue
        first = first or next((name for name, _does in _names(fragment, place == 0)), "")
        yield place, fragment


def _is_town(fragment: str, before: list[str], after: list[str], is_vendor: bool) -> bool:
    """“Eksempel AS, Lillevik” and "Eksempel, Brooklyn, USA": a word beside the name or a country is a town.

    Companies in a row are written alike, so one without its legal form beside one that has it is none.
    """
    if has_suffix(fragment) or company.is_institution(fragment) or " og " in fragment:
        return False
    before_country = bool(after and places.only_place(after[0]))
    if not is_vendor:
        return has_suffix(before[-1]) and before_country and len(fragment.split()) == 1
    return has_suffix(before[0]) or before_country


def _is_label_of_other(fragment):
    """“Drift:” and "Forhandler:" name others than who offers the service."""
    return bool(vocabulary.matcher("parties", "others").fullmatch(folded(fragment)))


def _is_related(fragment):
    """“eid av Eksempel Group”, "tidligere Prøve AS": another company, which the page tells about the first."""
    return bool(vocabulary.matcher("parties", "related").match(folded(fragment)) or _PERSON.match(fragment))


def _before_colon(text):
    """“Eksempel AS: lagring” names before the colon; "USA: Eksempel Inc." after it."""
    head, colon, _rest = text.partition(": ")
    return head if colon and any(list(_names(part)) for part in _fragments(head) if not _names_nobody(part)) else text


def _names_nobody(text):
    """A statement that there are none, that they are not known, or that names only what is not processed."""
    return bool(vocabulary.matcher("parties", "nobody").search(folded(text))) and not has_suffix(text)


def _is_prose(text):
    """A later sentence, which has a verb and explains: it names nobody new."""
    return len(text.split()) > 6 or bool(_finite().search(folded(text)))


def _fragments(text) -> Iterator[str]:
    """What stands between commas, dashes and colons; "Inc." and the like belong to the name before the comma."""
    parts = [_trimmed(part) for part in _PARTS.split(_closed(text)) if part]
    kept: list[str] = []
    for part in parts:
        if kept and is_suffix(part):
            kept[-1] += f", {part}" if f", {part}" in text else f" {part}"
        elif part:
            kept.append(part)
    yield from kept


def _trimmed(part):
    part = part.strip(" –—-*•")
    return part if ends_in_suffix(part) else part.strip(" .")


def _closed(text):
    """Without the full stop that ends the sentence, unless it belongs to "Inc."."""
    return text.strip() if ends_in_suffix(text) else text.strip().rstrip(".")


def _is_purpose(part):
    text = folded(part).strip()
    if not text or has_suffix(part) or places.only_place(part):
        return False
    if vocabulary.matcher("parties", "purposes").match(text) and not company.looks_like_name(part):
        return True
    if len(text.split()) > 1 and text.endswith(tuple(vocabulary.load("parties")["describing"])):
        return True
    return part[0].islower() and not company.begins_small(part)


def _is_general(text):
    """Words that say what kind of company it is, not which: "Norsk leverandør", "Privatperson"."""
    words = re.findall(r"\w+", folded(text))
    return bool(words) and not has_suffix(text) and all(company.general_word().fullmatch(word) for word in words)


def _names(fragment: str, is_first: bool = False) -> Iterator[tuple[str, str]]:
    """Names in a fragment, each with the purpose that follows it ("Zendesk til kundestøtte")."""
    fragment = _WITH.sub(" og ", _without_lead(fragment))
    fragment = company.title().sub("", _without_relation(fragment))
    for part in [fragment] if company.is_firm_of_two(fragment) else _AND.split(fragment):
        name, does = _without_description(_without_lead(part))
        name, does = (name, does) if is_first else _without_task(name, does)
        name = _without_place(name)
        name = name.strip(" ,;:") if ends_in_suffix(name) else name.strip(" .,;:")
        if _can_be_name(name, is_first):
            yield name, does


def _without_relation(text):
    """“Eksempel AS på oppdrag fra Udir”: what the company is to others is not a part of its name."""
    found = _relation().search(text)
    person = _PERSON.search(text)  # "Eksempel AS v/Kari Nordmann"; in "Eksempel v/ Hansen" it may be the firm's
    if person and ends_as_company(text[: person.start()]):
        found = person
    return text[: found.start()] if found and found.start() else text


@cache
def _relation():
    return re.compile(rf"\s(?:{'|'.join(map(vocabulary.pattern, vocabulary.load('parties')['related']))})(?!\w)")


def _without_description(text):
    """“Zendesk til kundestøtte” as name and purpose."""
    if ends_as_company(text) and not _verb().search(text):
        return text, ""
    for end in _after().finditer(f"{text} "):
        if not (end[1] in ("for", "i") and company.is_head(text[: end.start()])):
            return text[: end.start()], text[end.end() :].strip(" .")
    return text, ""


def _without_task(name, does):
    """“Eksempel database”: a small word for a task is not a part of the name."""
    words = name.split()
    for place, word in enumerate(words[1:], 1):
        is_task = vocabulary.matcher("parties", "purposes").fullmatch(folded(word))
        after_name = words[place - 1][0].isupper() and word[0].islower()
        if is_task and (after_name or ends_as_company(" ".join(words[:place]))):
            return " ".join(words[:place]), does or " ".join(words[place:])
    return name, does


@cache
def _after():
    return re.compile(rf"\s({'|'.join(map(re.escape, vocabulary.load('parties')['after']))})(?=\s)")


@cache
def _verb():
    return re.compile(rf"\s(?:{'|'.join(vocabulary.load('parties')['verbs'])})\s")


def _without_place(text):
    """“Eksempel AS i Norge”: the country is not a part of the name; in "Eksempel Norge AS" it is."""
    cut = re.search(r"\s(?:i|fra|in|frå)\s(?=[A-ZÆØÅ])", text)
    if not cut or company.is_head(text[: cut.start()]):
        return text
    return text[: cut.start()] if has_suffix(text[: cut.start()]) or places.find(text[cut.end() :]) else text


def _without_lead(name):
    while lead := company.lead().match(name):
        if not lead.end() or has_suffix(lead[0]):
            break
        name = name[lead.end() :].strip()
    return name


def _can_be_name(name, is_first=False):
    words = name.split()
    if not words or len(name) > _LONGEST or places.only_place(name) or is_suffix(name) or _is_general(name):
        return False
    if (
        (_is_purpose(name) and not (is_first and name[0].isupper()))
        or name in vocabulary.load("parties")["not_names"]
        or not re.search(r"[^\W\d_]{2}", name)
    ):
        return False
    starts = [word for word in words if word[0].isupper() or word[0].isdigit() or company.begins_small(word)]
    return (
        bool(starts)
        and (words[0][0].isupper() or company.begins_small(name))
        and not (len(words) > 5 and len(starts) < len(words) / 2)
    )

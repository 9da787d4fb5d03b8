"""Names of companies out of lines that hold name, purpose and country in any order."""

import re
from collections.abc import Iterator
from functools import cache

from assessments.importing import places, vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Party, Reading
from assessments.importing.words import folded, is_cut, sentences

_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+>?")
_ASIDE = re.compile(r"\(([^()]*)(?:\)|$)|\[([^\[\]]*)(?:\]|$)")
_PARTS = re.compile(r"\s*[,;:|]\s+|\s+[-–—]\s+|\s+/\s+|,$|\s*[:;]$|\t+")
_AND = re.compile(r"\s+(?:og|and|samt)\s+(?=[A-ZÆØÅ])|(?<!v)(?<!\bA)/(?=[A-ZÆØÅ])")
_REACHED = re.compile(r"\S@\S|https?://|www\.|\b\d{4,5} [A-ZÆØÅ][\w]+\b")
_LONGEST = 60


def vendor(blocks: list[Block]) -> Reading:
    """Who offers the service: the names in the section on the vendor."""
    found, doubts = [], []
    for block in blocks:
        if not _is_contact(block.text):
            found += _named(block.text, found, eager=not found)
    if not found and any(block.text for block in blocks):
        doubts.append("The section names no company that could be read.")
    elif not found:
        doubts.append("The section is empty.")
    return Reading(tuple(found), (), " ".join(doubts))


def _is_contact(text):
    """A line with an address of the vendor's, by mail, telephone, web or post."""
    return bool(_REACHED.search(text)) or bool(vocabulary.matcher("parties", "contact").match(folded(text)))


def subprocessors(blocks: list[Block], is_last: bool = False) -> Reading:
    """Who else gets the data. () where the page says nobody, does not know, or only points elsewhere."""
    found: list[Party] = []
    doubts: list[str] = []
    for block in blocks:
        named = _named(block.text, found)
        found += named
        if not named and (block.links or _ADDRESS.search(block.text) or _says("lists", block.text)):
            doubts.append(
                "The list is elsewhere."
                if _has_address(block)
                else "The list is elsewhere, and the link to it is lost."
            )
        elif not named and block.text and not _says("nobody", block.text):
            doubts.append(f"No name could be read in “{block.text[:60]}”.")
    if not any(block.text for block in blocks):
        doubts.append("The section is empty.")
    elif is_last and found and is_cut(blocks[-1].text):
        doubts.append("The list may be cut off.")
    return Reading(tuple(found), (), " ".join(dict.fromkeys(doubts)))


def _has_address(block):
    return bool(block.links or _ADDRESS.search(block.text))


def _named(text: str, known: list[Party], eager: bool = False) -> list[Party]:
    """The parties in a paragraph or an item. Only its first sentence with a name counts; the rest explains it.

    `eager`: the text begins with a name if it can, though the name may look like a description.
    """
    taken = {party.name.casefold() for party in known}
    for position, sentence in enumerate(_lines(_ADDRESS.sub(" ", text))):
        parties = [party for party in _in_sentence(sentence, position, eager) if party.name.casefold() not in taken]
        if parties:
            return parties
    return []


def _lines(text):
    # "Inc. " before a capital ends no sentence.
    parts = sentences(re.sub(r"\b(Inc|Ltd|Corp|Co|L\.L\.C|B\.V|S\.A)\.\s+(?=[A-ZÆØÅ(])", "\\1.\u2003", text))
    return [part.replace("\u2003", " ") for part in parts]


def _in_sentence(sentence: str, position: int, eager: bool) -> Iterator[Party]:
    asides = [a or b for a, b in _ASIDE.findall(sentence)]
    bare = _ASIDE.sub(
        " , " if _ASIDE.search(sentence) and not sentence.rstrip().endswith(")") else " ", sentence
    ).strip()
    if position and _is_prose(bare):
        return
    fragments = list(_fragments(_before_colon(bare)))
    region = next((code for part in [*fragments, *asides] if (code := _region(part))), "")
    purpose = next((part for part in [*asides, *fragments] if _is_purpose(part)), "")
    for place, fragment in enumerate(fragments):
        for name, does in () if _names_nobody(fragment) else _names(fragment, eager and place == 0):
            yield Party(name, region, (does or purpose)[:300])


def _before_colon(text):
    """“Eksempel AS: lagring” names before the colon; "USA: Eksempel Inc." after it."""
    head, colon, _ = text.partition(": ")
    return head if colon and any(list(_names(part)) for part in _fragments(head) if not _names_nobody(part)) else text


def _names_nobody(text):
    """A statement that there are none, that they are not known, or that names only what is not processed."""
    found = vocabulary.matcher("parties", "nobody").search(folded(text))
    return bool(found) and not _suffix().search(text)


def _is_prose(text):
    """A later sentence, which has a verb and explains: it names nobody new."""
    return len(text.split()) > 6 or bool(re.search(r"\b(?:er|har|skal|kan|blir|slettes|gjelder)\b", folded(text)))


def _fragments(text) -> Iterator[str]:
    """What stands between commas, dashes and colons; "Inc." and the like belong to the name before the comma."""
    parts = [_trimmed(part) for part in _PARTS.split(_closed(text)) if part]
    kept: list[str] = []
    for part in parts:
        if kept and _is_suffix(part):
            kept[-1] += f", {part}" if _had_comma(text, part) else f" {part}"
        elif part:
            kept.append(part)
    yield from kept


def _trimmed(part):
    part = part.strip(" –—-*•")
    return part if _ends_in_suffix(part) else part.strip(" .")


def _closed(text):
    """Without the full stop that ends the sentence, unless it belongs to "Inc."."""
    return text.strip() if _ends_in_suffix(text) else text.strip().rstrip(".")


def _had_comma(text, part):
    return f", {part}" in text


@cache
def _suffixes():
    return frozenset(suffix.casefold().rstrip(".") for suffix in vocabulary.load("places")["companies"]["suffixes"])


@cache
def _suffix():
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(s) for s in vocabulary.load('places')['companies']['suffixes'])})(?!\w)"
    )


def _is_suffix(part):
    return bool(part) and part.casefold().rstrip(".") in _suffixes()


def _region(part):
    return places.only_place(part)


def _is_purpose(part):
    text = folded(part).strip()
    if not text or _region(part):
        return False
    if _suffix().search(part):
        return False
    if vocabulary.matcher("parties", "purposes").match(text) and not _is_coined(part):
        return True
    if len(text.split()) > 1 and text.endswith(tuple(vocabulary.load("parties")["describing"])):
        return True
    return part[0].islower() and part.split()[0] not in vocabulary.load("parties")["small"]


def _is_coined(text):
    """A capital within the first word, as in "TekstLab", is a name's."""
    return bool(re.match(r"\w+[a-zæøå]+[A-ZÆØÅ]", text))


def _names(fragment: str, eager: bool = False) -> Iterator[tuple[str, str]]:
    """Names in a fragment, each with the purpose that follows it ("Zendesk til kundestøtte")."""
    fragment = _without_lead(fragment)
    fragment = _titles().sub("", re.sub(r"\s(?:i samarbeid|sammen) med\s", " og ", fragment))
    for part in [fragment] if _is_firm_of_two(fragment) else _AND.split(fragment):
        name, does = _without_description(_without_lead(part))
        name = _without_place(name)
        name = name.strip(" ,;:") if _ends_in_suffix(name) else name.strip(" .,;:")
        if _can_be_name(name, eager):
            yield name, does


def _without_description(text):
    """“Zendesk til kundestøtte” as name and purpose."""
    end = None if _ends_as_company(text) and not _verb().search(text) else _after().search(f"{text} ")
    return (text[: end.start()], text[end.end() :].strip(" .")) if end else (text, "")


@cache
def _after():
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, vocabulary.load('parties')['after']))})\s")


@cache
def _verb():
    return re.compile(r"\s(?:er|leverer|drifter|driver|har|brukes|benyttes|leveres|eies)\s")


@cache
def _titles():
    return re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary.load('parties')['titles'])}) (?=[A-ZÆØÅ])")


@cache
def _before():
    phrases = "|".join(map(vocabulary.pattern, sorted(vocabulary.load("parties")["before"], key=len, reverse=True)))
    # "Eksempelet er levert av …" names the product first.
    return re.compile(rf"(?:(?:\S+ ){{0,4}}(?:er|blir|ble) )?(?i:{phrases})\s*:?\s+(?=\S)")


def _is_firm_of_two(text):
    """“Penn og Pult AS” is one company; "Penn AS og Pult AS" and "Google Play og App Store" are two."""
    first, joint, last = text.partition(" og ")
    return bool(joint) and _ends_as_company(last) and not _ends_as_company(first) and len(text.split()) <= 4


def _ends_as_company(text):
    return bool(text.split()) and _is_suffix(text.split()[-1])


def _ends_in_suffix(part):
    words = part.split()
    suffixes = vocabulary.load("places")["companies"]["suffixes"]
    return bool(words) and words[-1].endswith(".") and words[-1] in suffixes


def _without_place(text):
    """“Eksempel AS i Norge”: the country is not a part of the name; in "Eksempel Norge AS" it is."""
    cut = re.search(r"\s(?:i|fra|in)\s(?=[A-ZÆØÅ])", text)
    if cut and folded(text[: cut.start()]).split()[-1] in vocabulary.load("parties")["of_a_place"]:
        return text
    return text[: cut.start()] if cut and places.find(text[cut.end() :]) else text


def _without_lead(name):
    while lead := _before().match(name):
        name = name[lead.end() :].strip()
    return name


def _can_be_name(name, eager=False):
    words = name.split()
    if not words or len(name) > _LONGEST or _region(name) or _is_suffix(name):
        return False
    if (
        (_is_purpose(name) and not (eager and name[0].isupper()))
        or name in vocabulary.load("parties")["not_names"]
        or not re.search(r"[^\W\d_]{2}", name)
    ):
        return False
    starts = [word for word in words if word[0].isupper() or word[0].isdigit()]
    return (
        bool(starts)
        and (words[0][0].isupper() or words[0] in vocabulary.load("parties")["small"])
        and not (len(words) > 5 and len(starts) < len(words) / 2)
    )


def _says(key, text):
    return bool(vocabulary.matcher("parties", key).search(folded(text)))

"""Blocks become sections under the headings that pages of this kind use, however they are written."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache

from assessments.importing import vocabulary
from assessments.importing.page import Block
from assessments.importing.words import alike, folded

OTHER = "other"  # a heading that is none of ours; what stands under it belongs to no field
SHARED = {"vendor", "storage", "subprocessors", "policy_urls", "dpa", "data_categories"}
_ASKING = {"er", "hva", "hvem", "hvor", "hvordan", "hvilke", "hvilken", "hvorfor", "når", "kan", "har", "skal", "må"}
_NUMBERED = re.compile(r"^(?:(?:punkt|pkt|spørsmål|del) )?\d{1,2} (?:\d{1,2} )?(?=\D)")
_NOT_WORDS = re.compile(r"[^\w]+")
_QUESTION = re.compile(
    r"^(?:er|hva|hvem|hvor|hvordan|hvilke|hvilken|hvorfor|når|kan|finnes|har|må|skal|brukes|kva|kven|kvar|korleis)\b.*\?$"
)
_LONGEST = 170


@dataclass
class Section:
    """What stands under one heading. `heading` is None for what stands before the first."""

    field: str
    heading: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    is_named: bool = False  # its heading has the service's name in it: "Om Regnbuen"
    is_cut: bool = False  # its heading is the last of the page, and not whole


@dataclass(frozen=True)
class Heading:
    """A line recognised as a heading: its field, and the rest of the line where the answer follows at once."""

    field: str
    rest: str = ""
    is_cut: bool = False


def split(found: list[Block], name: str = "") -> list[Section]:
    """The sections of a page, whose service has a name. The first holds what stands before any heading."""
    sections = [Section("introduction")]
    named = _named(name)
    level = 0  # of the heading that opened the section; one without a level stands as high as the one before it
    for position, block in enumerate(found):
        if named and not block.title and bare(block.text) in named:
            sections.append(Section(named[bare(block.text)], block, is_named=True))
            level = block.heading or level
            continue
        heading = heading_of(block, is_last=position == len(found) - 1)
        if heading and heading.is_cut and heading.field == sections[-1].field:
            heading = None  # "Gratis" under the heading that begins with it
        if heading is None and level >= block.heading and _is_foreign(block):
            heading = Heading(OTHER)
        if heading is None:
            sections[-1].blocks.append(block)
            continue
        level = block.heading or level
        sections.append(Section(heading.field, block, is_cut=heading.is_cut))
        if heading.rest:
            sections[-1].blocks.append(block.with_text(heading.rest))
    return sections


def _is_foreign(block):
    """Marked up as a heading, and neither a sentence nor a mere sign."""
    is_sentence = block.text.endswith(".") and len(block.text.split()) > 3
    return bool(block.heading and bare(block.text)) and not is_sentence and len(block.text) <= _LONGEST


def is_assessment(sections: list[Section]) -> bool:
    """One full heading that only an assessment has, two such of one word, or three that others may have as well."""
    known = vocabulary.load("headings")
    found = [section for section in sections if section.heading and not section.is_named]
    own = [section for section in found if known.get(section.field, {}).get("own")]
    if any(len(bare(section.heading.text).split()) > 1 for section in own):
        return True
    return len({section.field for section in own}) > 1 or len({section.field for section in found} & SHARED) > 2


def _named(name):
    """Headings that are made of the service's own name, with their fields."""
    known = vocabulary.load("page")["named_headings"]
    return {bare(text.replace("NAVN", name)): field for field, texts in known.items() for text in texts} if name else {}


def heading_of(block: Block, is_last: bool = False) -> Heading | None:
    """The heading that a block is, or None for ordinary text. The last block of a page may be cut off."""
    if len(block.text) > _LONGEST or not block.text:
        return None
    is_item = block.level > 0 and not block.heading
    if is_item and not block.text.endswith((":", "?")) and len(block.text.split()) < 3:
        return None  # "pris" in a list is an item of it
    # An item, or a sentence with its full stop, is a heading only in so many words.
    exactly = is_item or block.text.endswith((".", ",", ";"))
    answered = None if is_item or bare(block.text) in _variants() else _with_answer(block.text)
    if answered:
        return answered
    whole = _field_of(bare(block.text), exact_only=exactly)
    if whole:
        return Heading(whole)
    if is_item:
        return None
    return _with_more(block.text) or (_cut_off(block.text) if is_last else None)


def bare(text: str) -> str:
    """Only the words: no punctuation, numbering or mark-up."""
    words = _NOT_WORDS.sub(" ", folded(text)).strip()
    return _NUMBERED.sub("", words)


@cache
def _variants():
    """Each known heading, as bare words, with its field."""
    known = vocabulary.load("headings")
    return {bare(text): name for name, entry in known.items() for text in entry["headings"]}


@cache
def _index():
    """Beginnings of words, with the headings that hold them."""
    index: dict[str, set[str]] = {}
    for variant in _variants():
        for word in variant.split():
            index.setdefault(word[:4], set()).add(variant)
    return index


@lru_cache(maxsize=65536)
def _field_of(words, exact_only=False):
    if words in _variants():
        return _variants()[words]
    if exact_only or len(words) < 5 or vocabulary.matcher("questions", OTHER).search(words):
        return None
    best = max(
        ((alike(words, variant), variant) for variant in _candidates(words) if _begin_alike(words, variant)),
        default=(0, ""),
    )
    return _variants()[best[1]] if best[0] >= _enough(best[1]) else None


def _begin_alike(words, variant):
    """“Tjenesten er godkjent” is an answer, "Er tjenesten godkjent" the question."""
    one, other = words.split()[0], variant.split()[0]
    if {one, other} <= _ASKING:
        return one == other
    return one[:2] == other[:2] or SequenceMatcher(None, one, other).ratio() > 0.7


def _enough(variant):
    """Long headings may differ in more letters."""
    return 0.86 if len(variant) < 14 else 0.84 if len(variant) < 30 else 0.78


def _candidates(words):
    """Known headings that share half of their words with these, or that are as short and begin or end alike."""
    own = words.split()
    hits = Counter(variant for word in set(own) for variant in _index().get(word[:4], ()))
    near = [variant for variant, count in hits.items() if 2 * count >= max(len(own), len(variant.split()))]
    if len(own) <= 2:
        near += [
            v
            for v in _variants()
            if len(v.split()) == len(own) and abs(len(v) - len(words)) <= 2 and v[-3:] == words[-3:]
        ]
    return near


def _with_answer(text):
    """“Leverandør: Eksempel AS” and "Kikora: Er tjenesten godkjent?": a heading before or after a colon or a dash."""
    for sign in re.finditer(r"[:?](?!//)|\s[-–]\s", text):
        before, after = text[: sign.end()], text[sign.end() :].strip()
        name = _variants().get(bare(before))
        if name and after:
            return Heading(name, after) if vocabulary.load("headings")[name].get("inline") else None
        tail = bare(after)
        if after and tail in _variants() and len(bare(before).split()) <= 4 and len(tail.split()) > 1:
            return Heading(_variants()[tail])
    return None


def _with_more(text):
    """“Er tjenesten godkjent til bruk i Sandvik kommune?”: a known question that goes on; or an unknown one."""
    words = bare(text)
    if not text.rstrip().endswith(("?", ":")):
        return None
    known = [v for v in _variants() if len(v.split()) > 2 and words.startswith(f"{v} ") and len(words) <= len(v) + 50]
    if known:
        return Heading(_variants()[max(known, key=len)])
    if len(words) > 90:
        return None
    is_question = _QUESTION.match(folded(text))
    return Heading(_asked(words) or OTHER) if is_question else None


def _asked(words):
    """What a question in other words is about."""
    asked = vocabulary.load("questions")
    return next((name for name in asked if vocabulary.matcher("questions", name).search(words)), None)


def _cut_off(text):
    """The beginning of a heading, at the end of a page that was cut off; None where it could be of two fields."""
    words = bare(text)
    fields = {name for variant, name in _variants().items() if variant.startswith(words)}
    return Heading(fields.pop(), is_cut=True) if len(words) >= 3 and len(fields) == 1 else None

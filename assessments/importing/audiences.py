"""Who may use the service, as the page lists them."""

import re
from functools import cache

from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.words import folded, sentences

AUDIENCES = ("pupil", "teacher", "guardian", "staff", "leader")
# "Lærer - lager quiz": what follows the dash says how, not who.
_HOW = re.compile(r"\s[-–—]\s|:\s|\(|\bsom\b|\bbruker kun\b")
_NOT = re.compile(r"(?:,|;|\bmen\b|^)\s*(?:ikke|ikkje|unntatt|bortsett fra|med unntak av)\b[^,;.]*")

# "1.–4. trinn, lærere": the pupils, by their years.
_YEARS = re.compile(r"(?:elever på )?\d{1,2}\.?(?: ?(?:[-–]|til|og) ?\d{1,2}\.?)? (?:trinn|steg|klasse)\b")


def read(blocks: list[Block]) -> Reading:
    """The audiences named in the section on who may use the service, in the page's order."""
    found: list[str] = []
    for block in blocks:
        for code in _named(block):
            if code not in found:
                found.append(code)
    if found:
        return Reading(tuple(found))
    words = [block for block in blocks if block.text]
    return Reading(
        (), (), _("The section names no group of users that could be read.") if words else _("The section is empty.")
    )


def elsewhere(blocks: list[Block]) -> Reading:
    """Where no section asks who may use it: items that hold nothing but words for people."""
    lists = [block for block in blocks if is_role(block)]
    if len(lists) < 2:
        return Reading((), (), _("No section says who may use it."))
    codes = dict.fromkeys(code for block in lists for code in _named(block))
    numbers = tuple(number for block in lists for number in block.numbers)
    return Reading(tuple(codes), numbers, _("No heading asks who may use it; a list of groups elsewhere was read."))


def is_role(block: Block) -> bool:
    """The block is nothing but one or two words for people."""
    words = re.findall(r"\w+", block.folded)
    return (
        0 < len(words) <= 3
        and bool(_named(block))
        and all(_codes(word) or word in ("og", "andre", "alle") for word in words)
    )


def _named(block):
    text = block.folded
    if re.match(r"(?:ingen|ikke aktuelt|ikke relevant)\b(?! ?begrens)", text):
        return []
    text = re.sub(r"\([^()]*\)", " ", text) if _codes(re.sub(r"\([^()]*\)", " ", text)) else text
    if block.level or len(sentences(block.text)) == 1:
        text = _HOW.split(text)[0] or text
    shut_out = vocabulary.matcher("audiences", "shut_out")
    text = " ".join(clause for clause in re.split(r"(?<=[,.;]) ", text) if not shut_out.search(clause))
    codes = _codes(_NOT.sub(" ", vocabulary.matcher("audiences", "not_people").sub(" ", text)))
    return list(dict.fromkeys(["pupil", *codes])) if _YEARS.match(text) else codes


def _codes(text):
    """The audiences that a text names, in its order."""
    places = [(found.start(), code) for code in AUDIENCES if (found := _pattern(code).search(text))]
    return [code for _, code in sorted(places)]


@cache
def _pattern(code):
    return vocabulary.matcher("audiences", code)


def of_text(text: str) -> tuple[str, ...]:
    """The audiences that any text names."""
    return tuple(_codes(folded(text)))

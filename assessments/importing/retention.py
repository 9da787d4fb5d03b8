"""How long data is kept, wherever on the page it is said."""

import re
from functools import cache

from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Period, Reading
from assessments.importing.words import folded, sentences

# "ikke har logget inn på fem år": how long an account has lain idle.
_NOT_USED = re.compile(
    r"\b(?:logget|logga|logger|innlogget|innlogga|pålogget|brukt|brukte|benyttet|aktiv\w*|i bruk)\b[^.]{0,20}"
    r"\b(?:på|i|over|for)(?: (?:de siste|dei siste|mer enn|meir enn|over|minst))? $"
)

# "elever under 13 år", "5–8 år".
_OF_AGE = re.compile(
    r"\b(?:under|over|fra|til|yngre enn|eldre enn|minst|fylt|fyller|på|alder(?:en)?|mellom|være|vere|er) (?:de )?$"
    r"|\d ?[-–] ?$"
)


def read(blocks: list[Block], asked: bool = False) -> Reading:
    """The periods on the page, each with its line. `asked`: there is a section on it, so silence is a doubt."""
    found: list[Period] = []
    numbers: list[int] = []
    for block in blocks:
        for sentence in sentences(block.text):
            periods = _periods(folded(sentence))
            found += [period for period in periods if period not in found]
            numbers += block.numbers if periods else ()
    doubt = _("The section names no period that could be read.") if asked and not found else ""
    if len(found) > 1:
        doubt = _("More than one period; see the lines for what each is about.")
    return Reading(tuple(found), tuple(dict.fromkeys(numbers)), doubt)


def _periods(text):
    if not _pattern().search(text) or not vocabulary.matcher("retention", "keeps").search(text):
        return []
    if vocabulary.matcher("retention", "other").search(text):
        return []
    known = vocabulary.load("retention")
    periods = []
    for found in _pattern().finditer(text):
        if found["phrase"]:
            amount, unit = known["phrases"][found["phrase"]]
        else:
            amount = int(found["digits"]) if found["digits"] else known["numbers"][found["word"]]
            unit = _units()[found["unit"]]
        if 0 < amount < 1000 and not _is_something_else(text, found, unit):
            periods.append(Period(amount, unit))
    return periods


def _is_something_else(text, found, unit):
    """An age ("elever under 13 år"), a span of ages, a year of school, or a notice."""
    before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() : found.end() + 60]
    if _NOT_USED.search(before):
        return False
    if unit == "year" and _OF_AGE.search(before):
        return not re.search(r"(?:slett\w*|lagr\w*|oppbevar\w*)[^.]{0,20}(?:fra|til|over|minst|på|er) $", before)
    return bool(re.match(r" (?:gamle?|og eldre|og oppover|varsel)\b", after))


@cache
def _units():
    units = {}
    for unit, words in vocabulary.load("retention")["units"].items():
        units |= {word.rstrip("*"): unit for word in words}
    return units


@cache
def _pattern():
    known = vocabulary.load("retention")
    units = "|".join(sorted(_units(), key=len, reverse=True))
    numbers = "|".join(sorted(known["numbers"], key=len, reverse=True))
    phrases = "|".join(known["phrases"])
    between = r"(?:(?:hele|siste|påfølgende|kalender)[ -]?)*"
    number = rf"(?P<digits>\d{{1,3}})|(?P<word>{numbers})"
    return re.compile(rf"(?<![\w.,])(?:(?P<phrase>{phrases})|(?:{number})[ -]?{between}(?P<unit>{units})\.?)(?!\w)")

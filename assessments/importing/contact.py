"""How to reach a company, which stands beside its name: addresses of all kinds, telephone and registered number."""

import re
from functools import cache

from assessments.importing import vocabulary
from assessments.importing.words import folded

_CAPITAL = "[A-ZÆØÅ]"
_SHAPES = re.compile(
    r"<?(?:https?://|www\.)[^\s)\]]+>?"
    r"|[\w.+-]+@[\w.-]+\w"
    # A number of nine figures is a company's, one of eight a telephone's.
    r"|(?<![\w-])(?:NO ?)?\d{3} ?\d{3} ?\d{3}(?: ?MVA)?(?![\w-])|(?<![\w-])\+?\d{2,3}(?: ?\d{2,3}){3}(?![\w-])"
    r"|\s(?:d/b/a|dba)\s[^,;(]*"
    # Postcodes, with their town where it stands after them.
    rf"|(?<![\w-])(?:(?:NO?|SE?|DK|FI|DE|D|CH|AT)-)?\d{{4,5}}(?: \d{{2}})? {_CAPITAL}\w+(?: {_CAPITAL}{{1,2}}\b)?"
    rf"|(?<!\w)[A-Z]{{2}} \d{{5}}(?!\w)|(?<!\w)(?:{_CAPITAL}\w+ )?[A-Z]{{1,2}}\d{{1,2}}[A-Z]? \d[A-Z]{{2}}(?!\w)"
    rf"|(?i:(?<!\w)(?:postboks|pb\.?|boks|p\.? ?o\.? ?box|postbox|postfach) \d+)(?: {_CAPITAL}\w+)?"
)


def without(text: str) -> str:
    """The text without what only tells how to reach somebody."""
    return _labels().sub(" ", _SHAPES.sub(" ", text))


@cache
def _labels():
    """“Tlf.” and "org.nr", whose number is gone."""
    words = "|".join(map(re.escape, sorted(vocabulary.load("parties")["contact"]["labels"], key=len, reverse=True)))
    return re.compile(rf"(?i)(?<!\w)(?:{words})\.?:?(?=\s*(?:[,;)|–—-]|$))")


def is_of(text: str) -> bool:
    """The line is about how to reach the company, or whom there."""
    return bool(vocabulary.matcher("parties", "contact", "lines").match(folded(text)))


def is_address(text: str) -> bool:
    """“Storgata 4”, "12 High Street", "Suite 400"."""
    return bool(_street().search(text))


@cache
def _street():
    known = vocabulary.load("parties")["address"]
    streets, english, parts = ("|".join(map(re.escape, known[key])) for key in ("streets", "english", "parts"))
    return re.compile(
        rf"(?i)(?:{streets}) ?\d{{1,4}} ?[a-z]?(?!\w)|^\d{{1,5}}[a-z]? (?:[\w.]+ ){{1,3}}(?:{english})(?!\w)"
        rf"|(?<!\w)(?:{parts})\.? \d+|(?<!\w)\d{{1,2}}\. (?:{parts})(?!\w)"
    )

"""Which of Feide's attributes a service gets: by their codes, or by their names where the text speaks of Feide."""

import re
from functools import cache

from django.utils.translation import gettext as _

from assessments.importing import denial, vocabulary
from assessments.importing.page import Block, with_children
from assessments.importing.result import Reading
from assessments.importing.words import folded, sentences

_CODE = re.compile(r"\b(?:userinfo|userid|groups)-[a-z]+\b|\((e-?mail)\)")
_PURPOSE = re.compile(r"\s[-–—]\s|\s(?:for å|brukes til|til å)\s")


def read(blocks: list[Block]) -> Reading:
    """The attributes in the section on data."""
    found: list[str] = []
    numbers: list[int] = []
    doubts: list[str] = []
    for run in _runs(blocks):
        speaks = any(_speaks_of_feide(block) or _codes(block.text, speaks=False) for block in run)
        for block in run:
            text = _asserted(block.text)
            codes = _codes(text, speaks and (block.level > 0 or _speaks_of_feide(block)))
            found += [code for code in codes if code not in found]
            numbers += block.numbers if codes else ()
            if (
                speaks
                and block.level
                and not codes
                and vocabulary.matcher("feide", "context", "vague").search(block.folded)
            ):
                doubts.append(_("“%(text)s” is not one of Feide's groups of attributes.") % {"text": block.text[:60]})
    return Reading(tuple(found), tuple(numbers), " ".join(doubts))


def _asserted(text):
    """Without the sentences that say what is not handed over, unless they name an attribute's code."""
    return " ".join(part for part in sentences(text) if _CODE.search(part) or not denial.denies(folded(part)))


def _runs(blocks):
    """A paragraph with the list under it, or an item with those below it: what is said of one holds for the others."""
    runs: list[list[Block]] = []
    for block, below in with_children(blocks):
        goes_on = runs and block.level == 1 and not below and not (len(runs[-1]) > 1 and runs[-1][-1].level > 1)
        if goes_on and not block.text.endswith(":"):
            runs[-1].append(block)
        else:
            runs.append([block, *below])
    return runs


def _speaks_of_feide(block):
    return bool(vocabulary.matcher("feide", "context", "phrases").search(block.folded)) or bool(
        _CODE.search(block.text)
    )


def _codes(text, speaks):
    """The codes in a text; names count where the text around speaks of Feide."""
    written = [found[0] if not found[1] else "email" for found in _CODE.finditer(text)]
    known = vocabulary.load("feide")["attributes"]
    head = folded(re.sub(r"[()]", " ", _PURPOSE.split(text)[0]))
    named = []
    for code, words in known.items():
        if (speaks and _matcher(code, "plain").search(head)) or _matcher(code, "sure").search(head):
            named.append((head.find(words.get("plain", [""])[0]), code))
    codes = [code for code in written if code in known] + [code for _, code in sorted(named)]
    return list(dict.fromkeys(_without_echoes(codes, head)))


def _without_echoes(codes, head):
    """“Andre gruppetilhørigheter” is not also the groups for teaching."""
    if "groups-other" in codes and not re.search(r"undervisning|groups-edu", head):
        codes = [code for code in codes if code != "groups-edu"]
    return codes


@cache
def _matcher(code, kind):
    return vocabulary.compiled(vocabulary.load("feide")["attributes"][code].get(kind, []))

"""Text made ready for rules: folded, with misspelt key words mended; and sentences."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from assessments.importing import vocabulary
from registry.folding import plain

_WORD = re.compile(r"[^\W\d_]{6,}")
# Letters that `plain` leaves as they are; it takes each letter by itself, which takes time.
_UNMARKED = re.compile(r"[\x00-\x7fæøåäö«»“”–—•…§°]*")
_ENDS = re.compile(r"(?<=[.!?])[»\"”)]*\s+(?=[\"«(]?[A-ZÆØÅ0-9])|(?<=[a-zæøå]{3}[.!?])(?=[A-ZÆØÅ][a-zæøå])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[Ff]\.?eks|[Bb]l\.?a|[Oo]\.?l|[Cc]a|[Ee]vt|[Nn]r|[Jj]f|[Dd]vs|[Kk]l|[Ss]ml|[Mm]v|[Mm]m|pkt|art)\.|(?<![\w./])[A-ZÆØÅ]\.)$"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Small letters without odd marks, single spaces, and key words as they should be spelt."""
    small = text.replace("’", "'").casefold()
    small = " ".join(small.split()) if _UNMARKED.fullmatch(small) else plain(small)
    return _WORD.sub(_mended, small)


def _mended(found):
    return _mend(found[0])


@lru_cache(maxsize=65536)
def _mend(word):
    known = vocabulary.load("words")
    if word in known["mended"] or word in known["left_alone"]:
        return word
    for right in known["mended"]:
        if word[0] == right[0] and _differ_little(word, right):
            return right
    return word


def _differ_little(word, right):
    """A letter lost, doubled, swapped or wrong; two in long words. Another ending is another word."""
    allowed = 1 if len(right) < 12 else 2
    if abs(len(word) - len(right)) > allowed:
        return False
    same = sum(block.size for block in SequenceMatcher(None, word, right, autojunk=False).get_matching_blocks())
    if max(len(word), len(right)) - same > allowed:
        return False
    return word[-1] == right[-1] or len(right) > 6


def alike(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.7 and matcher.quick_ratio() > 0.7 else 0.0


def sentences(text: str) -> list[str]:
    """The sentences of a text. Abbreviations and web addresses do not end one."""
    kept: list[str] = []
    joined = False
    for part in _split(text):
        if joined and kept:
            kept[-1] += f" {part}"
        else:
            kept.append(part)
        joined = bool(_ABBREVIATED.search(part))
    return [part for part in (part.strip() for part in kept) if part]


def _split(text):
    if not _ADDRESS.search(text):
        return _ENDS.split(text)
    # A full stop within an address is no end; only white space after one is.
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])", text)


def is_cut(text: str) -> bool:
    """The text stops without a sign that ends a sentence."""
    return bool(text) and text[-1].isalnum()

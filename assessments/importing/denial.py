"""What a sentence says that is not so: clauses that deny, and exceptions from a denial."""

import re
from collections.abc import Iterator

from assessments.importing import vocabulary
from assessments.importing.words import folded

_CLAUSES = re.compile(r";|,\s*(?=men |og ikke |ikke |ikkje |uten |bare |kun |verken )|\smen\s|\smens\s")
_EXCEPTIONS = re.compile(r",?\s(?:utover|bortsett fra|unntatt|annet enn|anna enn|med unntak av|foruten|ut over)\s")
_REFUSED = re.compile(r"(?:men |og )?(?:ikke|ikkje) ")


def asserted(sentence: str) -> Iterator[str]:
    """The clauses that say what is, in folded words: "ingen data utover navn" says the name."""
    for clause in _CLAUSES.split(sentence):
        head, *exceptions = _EXCEPTIONS.split(clause)
        head = folded(head.replace("/", " / "))
        if not denies(head):
            yield head
        else:
            yield from (folded(text) for text in exceptions)


def denies(text: str) -> bool:
    """A clause, in folded words, that says that data is not taken."""
    return bool(_REFUSED.match(text)) or bool(vocabulary.matcher("data", "denied", "phrases").search(text))

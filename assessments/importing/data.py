"""Which categories of personal data a page says that the service takes in, by their codes in the registry."""

import re
from functools import cache

from django.utils.translation import gettext as _

from assessments.importing import feide, vocabulary
from assessments.importing.denial import asserted, denies
from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.words import sentences

# "Navn (userinfo-name) - vise personer": what follows the dash is the purpose.
_PURPOSE = re.compile(r"\s[-–—]\s")
# "etter siste innlogging": what a period is counted from is no data of its own.
_KEPT_SINCE = re.compile(r"(?i)\b(?:etter|siden|fra) (?:siste|sist) (?:innlogging|pålogging|bruk|aktivitet|gang)\w*")
# Groups of data that pages use as labels.
_GROUPS = {"usage", "user_content"}
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_OF_FEIDE = {
    "userinfo-name": "name",
    "userid-feide": "feide_id",
    "userinfo-language": "language",
    "email": "email",
    "groups-org": "org_membership",
    "groups-edu": "group_membership",
    "groups-memberids": "group_membership",
    "groups-other": "group_membership",
    "userinfo-title": "job_title",
    "userinfo-mobile": "phone",
    "userinfo-photo": "picture",
    "userinfo-birthdate": "birth_date",
    "userid-nin": "national_id",
}


def read(blocks: list[Block]) -> Reading:
    """The categories in the section on data, in its order. What is said not to be taken in is left out."""
    found: list[str] = []
    doubts: list[str] = []
    heads: list[tuple[Block, list[str]]] = []
    for position, block in enumerate(blocks):
        heads = [(head, codes) for head, codes in heads if head.level < block.level]
        codes = _of_block(block)
        if _is_head(blocks, position):
            heads.append((block, [code for code in codes if code not in found]))
            codes = _of_block(block.with_text(block.text.partition(":")[2]))
        elif block.level and not codes and block.text and not denies(block.folded):
            # "Brukergenerert innhold:" with items that no word is known for: the head says what they are.
            codes = next((codes for _head, codes in reversed(heads) if codes), [])
            doubts += [] if codes else [_("“%(text)s”") % {"text": block.text[:60]}]
        elif not codes and _is_list(blocks, position) and not denies(block.folded):
            doubts.append(_("“%(text)s”") % {"text": block.text[:60]})
        found += [code for code in codes if code not in found]
    doubt = _("No category was found for %(words)s.") % {"words": ", ".join(doubts[:5])} if doubts else ""
    if not any(block.text for block in blocks):
        doubt = _("The section is empty.")
    return Reading(tuple(found), (), doubt)


def category_of(attribute: str) -> str:
    """The category of data that a group of Feide's attributes holds; "" for one that is not known."""
    return _OF_FEIDE.get(attribute, "")


def _is_list(blocks, position):
    """A few words without a full stop, and no list below: data, and no explanation."""
    text = blocks[position].text
    leads = any(block.level for block in blocks[position + 1 : position + 2])
    return 0 < len(text.split()) <= 4 and text[-1] not in ".:?!" and not leads


def _is_head(blocks, position):
    """An item or a line with items below it names a group of data, and its items the data."""
    block, following = blocks[position], blocks[position + 1 : position + 2]
    if not following or following[0].level <= block.level:
        return False
    words = len(block.text.split())
    return bool(block.level) or (words <= 5 and block.text.endswith(":")) or words <= 2


def _of_block(block):
    codes = []
    for sentence in sentences(_KEPT_SINCE.sub(" ", _ADDRESS.sub(" ", block.text))):
        part = _PURPOSE.split(sentence)[0] if block.level else sentence
        for clause in asserted(part):
            codes += _of_clause(clause)
    attributes = [_OF_FEIDE[code] for code in feide.read([block]).value if code in _OF_FEIDE]
    return list(dict.fromkeys(attributes + codes))


def _of_clause(text):
    text = vocabulary.matcher("data", "not_data", "phrases").sub(" ", text)
    purpose = vocabulary.matcher("data", "purpose", "starts").search(text)
    text = text[: purpose.start()] if purpose else text
    label, colon, rest = text.partition(": ")
    labelled = _codes(rest) if colon else []
    # "Logger: IP-adresse og nettleser": what is listed says more than its label.
    return [code for code in _codes(label) if not (labelled and code in _GROUPS)] + labelled


def _codes(text):
    """Categories whose words stand in the text; of words that begin alike, the longest are taken."""
    codes, position = [], 0
    while found := _WORD.search(text, position):
        position = found.end()
        pattern, names = _words().get(found[0][0], _words()["*"])
        if phrase := pattern.match(text, found.start()):
            codes.append(names[phrase.lastgroup])
            position = max(position, phrase.end())
    return codes


@cache
def _words():
    """By first letter: all words for data in one pattern, and the code of each of its groups. "*" is any other."""
    known = [(phrase, code) for code, phrases in vocabulary.load("data")["categories"].items() for phrase in phrases]
    known.sort(key=lambda entry: _weight(entry[0]), reverse=True)
    letters = {letter for phrase, _ in known for letter in _first_letters(phrase)} | {"*"}
    return {
        letter: _one_of([entry for entry in known if {letter, "*"} & _first_letters(entry[0])]) for letter in letters
    }


def _weight(phrase):
    """Longer phrases are tried first; of words to choose from, one counts."""
    chosen = re.sub(r"\(([^()|]*)[^()]*\)\??", r"\1", phrase)
    return chosen.count(" "), len(chosen)


def _first_letters(phrase):
    """“(opptak|lyd) av” begins with o or l; "*navn" with anything."""
    return {part[0] for part in phrase[1:].split(")")[0].split("|")} if phrase[0] == "(" else {phrase[0]}


def _one_of(known):
    groups = (f"(?P<g{number}>{vocabulary.pattern(phrase)})" for number, (phrase, _) in enumerate(known))
    names = {f"g{number}": code for number, (_, code) in enumerate(known)}
    return re.compile(rf"(?:{'|'.join(groups)})(?!\w)"), names

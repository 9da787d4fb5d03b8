"""Which categories of personal data a page says that the service takes in, by their codes in the registry."""

import re
from functools import cache

from assessments.importing import feide, vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.words import folded, sentences

_CLAUSES = re.compile(r";|,\s*(?=men |og ikke |ikke |ikkje |uten |bare |kun |verken )|\smen\s|\smens\s")
# "Navn (userinfo-name) - vise personer": what follows the dash is the purpose.
_PURPOSE = re.compile(r"\s[-–—]\s")
# "etter siste innlogging": what a period is counted from is no data of its own.
_KEPT_SINCE = re.compile(r"(?i)\b(?:etter|siden|fra) (?:siste|sist) (?:innlogging|pålogging|bruk|aktivitet|gang)\w*")
_REFUSED = re.compile(r"(?:men |og )?(?:ikke|ikkje) ")
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
    for position, block in enumerate(blocks):
        codes = _of_block(block, _is_head(blocks, position))
        found += [code for code in codes if code not in found]
        if not codes and block.level and block.text and not _is_head(blocks, position) and not _denies(block.folded):
            doubts.append(f"“{block.text[:60]}”")
    doubt = f"No category was found for {', '.join(doubts[:5])}." if doubts else ""
    if not any(block.text for block in blocks):
        doubt = "The section is empty."
    return Reading(tuple(found), (), doubt)


def _is_head(blocks, position):
    """An item or a line with items below it names a group of data, and its items the data."""
    block, following = blocks[position], blocks[position + 1 : position + 2]
    return bool(block.level and following and following[0].level > block.level)


def _of_block(block, is_head):
    # "Teknisk informasjon: IP-adresse" has data of its own after the colon.
    text = block.text.partition(":")[2] if is_head else block.text
    codes = []
    for sentence in sentences(_KEPT_SINCE.sub(" ", _ADDRESS.sub(" ", text))):
        part = _PURPOSE.split(sentence)[0] if block.level else sentence
        for clause in _CLAUSES.split(part):
            codes += _of_clause(clause)
    attributes = [_OF_FEIDE[code] for code in feide.read([block]).value if code in _OF_FEIDE] if not is_head else []
    return list(dict.fromkeys(attributes + codes))


def _of_clause(clause):
    text = folded(re.sub(r"[/]", " / ", clause))
    if _denies(text):
        return []
    text = vocabulary.matcher("data", "not_data", "phrases").sub(" ", text)
    purpose = vocabulary.matcher("data", "purpose", "starts").search(text)
    head = text[: purpose.start()] if purpose else text
    return _codes(head)


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
    known.sort(key=lambda entry: (-entry[0].count(" "), -len(entry[0])))
    letters = {letter for phrase, _ in known for letter in _first_letters(phrase)} | {"*"}
    return {
        letter: _one_of([entry for entry in known if {letter, "*"} & _first_letters(entry[0])]) for letter in letters
    }


def _first_letters(phrase):
    """“(opptak|lyd) av” begins with o or l; "*navn" with anything."""
    return {part[0] for part in phrase[1:].split(")")[0].split("|")} if phrase[0] == "(" else {phrase[0]}


def _one_of(known):
    groups = (f"(?P<g{number}>{vocabulary.pattern(phrase)})" for number, (phrase, _) in enumerate(known))
    names = {f"g{number}": code for number, (_, code) in enumerate(known)}
    return re.compile(rf"(?:{'|'.join(groups)})(?!\w)"), names


def _denies(text):
    return bool(_REFUSED.match(text)) or bool(vocabulary.matcher("data", "denied", "phrases").search(text))

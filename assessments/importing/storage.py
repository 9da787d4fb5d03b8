"""Where a page says that data is stored: countries, EEA, DEVICE, or UNSTATED; nothing where nothing is stored."""

import re

from django.utils.translation import gettext as _

from assessments.importing import places, vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.words import folded, is_cut, sentences

_CLAUSES = re.compile(r";|,\s+(?=kun |bare |berre )|,\s+men\s|\smen\s|,\s+mens\s|\bbortsett fra\b")


def read(blocks: list[Block], is_last: bool = False) -> Reading:
    """The places named in the section on storage, in its order; () where it says that nothing is stored."""
    clauses = [clause for block in blocks for clause in _clauses(block.text)]
    codes: list[str] = []
    doubts: list[str] = []
    for clause in clauses:
        _read_clause(clause, codes, doubts)
    codes = list(dict.fromkeys(codes))
    if codes:
        return Reading(tuple(codes), (), " ".join(dict.fromkeys(doubts)))
    text = " ".join(clauses)
    if _says("nothing", text) and not _says("hosts", text):
        return Reading((), (), " ".join(doubts))
    if not any(block.text for block in blocks):
        return Reading(("UNSTATED",), (), _("The section is empty."))
    if is_last and is_cut(text):
        return Reading(("UNSTATED",), (), _("The section is cut off."))
    return Reading(("UNSTATED",), (), _("The section names no place that could be read."))


def says_outside(text: str) -> bool:
    """Data is stored outside the EEA, or also there, and the text does not say in which country."""
    return any(
        not _says("only_inside", clause) and _is_beyond(clause, _meant(clause, []))
        for line in text.splitlines()
        for clause in _clauses(line)
    )


def _clauses(text):
    return [clause for sentence in sentences(text) for clause in _CLAUSES.split(sentence)]


def _read_clause(clause, codes, doubts):
    if _says("only_inside", clause):
        found = [place for place in places.find(clause) if not _denies(clause, place.start)]
        codes += [place.code for place in found if place.code not in ("EEA", "EUROPE")]
        if not codes:
            codes.append("EEA")
            doubts.append(_("Read from a sentence that denies storage outside the EEA."))
        return
    found = _meant(clause, doubts)
    inside = [place for place in found if not _is_outside(clause, place)]
    if any(place.code == "EUROPE" for place in inside) and _says("unstated", clause):
        inside = [place for place in inside if place.code != "EUROPE"]  # "innenfor Europa, uten å si hvor"
    for place in inside:
        codes.append("EEA" if place.code == "EUROPE" else place.code)
    if any(place.code == "EUROPE" for place in inside):
        doubts.append(_("“Europa” is wider than the EEA."))
    if _says("device", clause) and not re.search(r"\b(?:ikke|ikkje|ingen\w*)\b.*\b(?:lokalt|på)\b", folded(clause)):
        codes.append("DEVICE")
    _read_unknown(clause, found, codes, doubts)


def _meant(clause, doubts):
    """The places where data may be by a clause: none where it tells the vendor's place, or denies the first."""
    found = places.find(clause)
    if found and _says("seat", clause) and not _says("kept", clause):
        doubts.append(_("“%(place)s” is named as the place of the vendor.") % {"place": found[0].word})
        return []
    if found and _denies(clause, found[0].start):
        doubts.append(_("“%(place)s” is named as a place where data is not stored.") % {"place": found[0].word})
        return []
    return found


def _read_unknown(clause, found, codes, doubts):
    """“USA og andre steder”: what is said not to be known stands beside what is."""
    if not _says("unstated", clause):
        return
    if _says("outside", clause):
        if _is_beyond(clause, found):
            codes.append("UNSTATED")
            doubts.append(_("Outside the EEA, and not said where."))
        return
    if _says("cloud", clause) and (found or codes):
        return
    if "EEA" in codes and _says("which_country", clause):
        doubts.append(_("Which countries of the EEA is not said."))
        return
    codes.append("UNSTATED")
    doubts.append(_("It is not said where, or not exactly."))


def _is_beyond(clause, found):
    """Outside the EEA and not said where; in "i tredjeland (USA)" the country is told."""
    inside = {"EEA", "EUROPE", *vocabulary.load("places")["eea"]}
    told = {place.code for place in found if not _is_outside(clause, place)} - inside
    beside = re.search(r"\b(?:og|eller|samt) (?:utenfor|utanfor|i andre)\b", folded(clause))
    return _says("outside", clause) and (not told or bool(beside))


def _is_outside(clause, place):
    """“utenfor EU”: the area is named as what it is not; "i og utenfor EU" is both."""
    before = folded(clause[max(0, place.start - places.NEAR) : place.start])
    if place.code not in ("EEA", "EUROPE"):
        return False
    outside = re.search(r"\b(?:utenfor|utanfor|ut av)\b(?: eu/?| eøs/?)?[ /]*$", before)
    both = re.search(r"\b(?:i|innenfor|inne) (?:og|eller|som) (?:utenfor|utanfor)\b", before)
    return bool(outside) and not both


def _denies(clause, start):
    return bool(
        re.search(
            r"\b(?:ikke|ikkje|ingen|aldri)\b(?! (?:bare|kun|berre))(?:(?!\bbare\b|\bkun\b).){0,60}$",
            folded(clause[:start]),
        )
    )


def _says(key, text):
    return bool(vocabulary.matcher("storage", key).search(folded(text)))

"""Who offers a service, and who else gets its data: the companies that two sections of a page name."""

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from django.utils.translation import gettext as _

from assessments.importing import contact, names, places, vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Party, Reading
from assessments.importing.words import folded, is_cut

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def vendor(blocks: list[Block]) -> Reading:
    """Who offers the service: the names in the section on the vendor."""
    found, doubts = [], []
    for block in blocks:
        is_beside = contact.is_address(block.text) or names.is_sentence(block.text)
        if not contact.is_of(block.text) and not (found and is_beside):
            found += names.parties(block.text, found, is_vendor=True, is_first=not found)
    if not found and any(block.text for block in blocks):
        doubts.append(_("The section names no company that could be read."))
    elif not found:
        doubts.append(_("The section is empty."))
    elif others := [other for block in blocks for other in names.others(block.text, found)]:
        doubts.append(_("Not read as the vendor: %(words)s.") % {"words": ", ".join(others[:5])})
    return Reading(tuple(found), (), " ".join(doubts))


def subprocessors(blocks: list[Block], is_last: bool = False) -> Reading:
    """Who else gets the data. () where the page says nobody, does not know, or only points elsewhere."""
    found: list[Party] = []
    doubts: list[str] = []
    for block, told in _rows(blocks):
        named = [told.of(party) for party in names.parties(block.text, found)]
        found += named
        if not named and (block.links or _ADDRESS.search(block.text) or _says("lists", block.text)):
            doubts.append(
                _("The list is elsewhere.")
                if _has_address(block)
                else _("The list is elsewhere, and the link to it is lost.")
            )
        elif not named and block.text and not _says("nobody", block.text):
            doubts.append(_("No name could be read in “%(text)s”.") % {"text": block.text[:60]})
    if not any(block.text for block in blocks):
        doubts.append(_("The section is empty."))
    elif is_last and found and is_cut(blocks[-1].text):
        doubts.append(_("The list may be cut off."))
    return Reading(tuple(found), (), " ".join(dict.fromkeys(doubts)))


@dataclass(frozen=True)
class _Told:
    """What the other cells of a row tell of the company in it."""

    region: str = ""
    purpose: str = ""

    def of(self, party: Party) -> Party:
        return replace(party, region=self.region or party.region, purpose=self.purpose or party.purpose)


def _rows(blocks: list[Block]) -> list[tuple[Block, _Told]]:
    """The blocks that hold names. Where the cells of a table stand one below the other, under "Navn", "Formål" and
    "Land", those are the cells of one column, each with what its row tells."""
    heads = list(takewhile(bool, (_column(block) for block in blocks)))
    cells = blocks[len(heads) :]
    if "names" not in heads or len(heads) < 2 or len(cells) % len(heads):
        return [(block, _Told()) for block in blocks]
    starts = range(0, len(cells), len(heads))
    rows = [dict(zip(heads, cells[start : start + len(heads)], strict=True)) for start in starts]
    return [(row["names"], _told(row)) for row in rows]


def _column(block):
    """What a column of a table holds, by its head; "" for what is no head."""
    heads = vocabulary.load("parties")["columns"]
    return next((column for column, words in heads.items() if block.folded.strip(" :") in words), "")


def _told(row):
    region = places.only_place(row["places"].text) if "places" in row else ""
    return _Told(region, row["purposes"].text if "purposes" in row else "")


def _has_address(block):
    return bool(block.links or _ADDRESS.search(block.text))


def _says(key, text):
    return bool(vocabulary.matcher("parties", key).search(folded(text)))

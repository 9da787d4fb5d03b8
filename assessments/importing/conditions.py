"""The conditions of use: each paragraph and each item of the uppermost level, with the items below it.

A paragraph that only leads in to the list, or says who is responsible for it, is none.
"""

import re

from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.audiences import is_role
from assessments.importing.page import Block, with_children
from assessments.importing.result import Reading
from assessments.importing.words import is_cut, sentences

_FEW = 4  # words of a heading that is not known
_FINAL = (".", "!", "?", ";", ",", "…")


def read(blocks: list[Block], has_audiences: bool = True, is_last: bool = False) -> Reading:
    """The conditions in their order. What says that there are none, or that more may come, is not one."""
    filled = with_children([block for block in blocks if block.text])
    if not filled:
        return Reading((), (), _("The section is empty."))
    said = [
        (block, below, filled[position + 1 :])
        for position, (block, below) in enumerate(filled)
        if not _sets_nothing(block) and not _leads_in(block, filled[position + 1 :])
    ]
    texts = [
        _text(block, below)
        for block, below, _following in said
        if not _is_label(block) and (has_audiences or below or not is_role(block))
    ]
    doubts = [
        _("“%(text)s” may be a heading of something else.") % {"text": block.text.rstrip(" :")}
        for block, _below, following in said
        if _may_be_heading(block, following)
    ]
    if texts and is_last and is_cut(texts[-1]):
        doubts.append(_("The last one may be cut off."))
    return Reading(tuple(texts), (), " ".join(dict.fromkeys(doubts)))


def _text(block, below):
    return "\n".join([block.text, *(f"{'  ' * (item.level - 2)}• {item.text}" for item in below if item.text)])


def _is_label(block):
    """“Lærere:” above a list says whom its items are for."""
    if block.level or len(block.text.split()) > 3:
        return False
    return block.text.endswith(":") or bool(block.heading and _tells_whom(block))


def _tells_whom(block):
    """“Lærere” and "For lærere"."""
    return is_role(block.with_text(re.sub(r"(?i)^for\b", "", block.text)))


def _may_be_heading(block, following):
    """A few words above other text, or a heading by its markup, may begin something that is no condition."""
    if block.level or not following or (_is_label(block) and _tells_whom(block)):
        return False
    is_list_next = following[0][0].level > 0
    is_open = not (block.text.endswith(":") and is_list_next) and not block.text.endswith(_FINAL)
    return is_open and bool(block.heading or len(block.text.split()) <= _FEW)


def _leads_in(block, following):
    """“The school is responsible for the guidelines”, “Teachers must:” – says something of those that follow."""
    if block.level or not following:
        return False
    if block.text.endswith(":") and following[0][0].level:
        return True
    one = len(sentences(block.text)) == 1
    return one and bool(vocabulary.matcher("conditions", "leads_in").search(block.folded))


def _sets_nothing(block):
    return any(vocabulary.matcher("conditions", key).search(block.folded) for key in ("none", "coming"))

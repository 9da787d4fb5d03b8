"""The conditions of use: each paragraph and each item of the uppermost level, with the items below it.

A paragraph that only leads in to the list, or says who is responsible for it, is none.
"""

from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.audiences import is_role
from assessments.importing.page import Block, with_children
from assessments.importing.result import Reading
from assessments.importing.words import is_cut, sentences


def read(blocks: list[Block], has_audiences: bool = True, is_last: bool = False) -> Reading:
    """The conditions in their order. What says that there are none, or that more may come, is not one."""
    filled = with_children([block for block in blocks if block.text])
    texts = [
        _text(block, below)
        for position, (block, below) in enumerate(filled)
        if not _sets_nothing(block)
        and not _is_label(block)
        and not _leads_in(block, filled[position + 1 :])
        and (has_audiences or below or not is_role(block))
    ]
    doubt = _("The last one may be cut off.") if texts and is_last and is_cut(texts[-1]) else ""
    if not any(block.text for block in blocks):
        doubt = _("The section is empty.")
    return Reading(tuple(texts), (), doubt)


def _text(block, below):
    return "\n".join([block.text, *(f"{'  ' * (item.level - 2)}• {item.text}" for item in below if item.text)])


def _is_label(block):
    """“Lærere:” above a list says whom its items are for."""
    return not block.level and block.text.endswith(":") and len(block.text.split()) <= 3


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

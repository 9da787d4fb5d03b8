"""What is known of each list of facts. Not knowing is information, so it stands right where the list stands."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from public.labels import label
from public.presentation.words import Words, said

FINDINGS = {"partly", "not_stated", "asked", "not_examined"}


@dataclass(frozen=True)
class Known:
    """How complete one list is: the answer, since when, where it is listed, and a note."""

    list: str
    answer: Words
    since: str
    address: str
    note: Words


def known(facts: dict[str, Any], *lists: str) -> list[Known]:
    """What is known of these lists, in this order; a list that nobody has answered for is left out."""
    answers = {row["list"]: row for row in facts.get("disclosures", [])}
    return [_known(answers[name], facts["language"]) for name in lists if name in answers]


def is_answered(facts: dict[str, Any], name: str) -> bool:
    """Whether somebody has said how complete a list is."""
    return any(row["list"] == name for row in facts.get("disclosures", []))


def _known(row, lang):
    return Known(
        label("list", row["list"]),
        Words(label("answer", row["answer"]), is_gap=row["answer"] in FINDINGS),
        row.get("since", ""),
        row.get("address", ""),
        said(row.get("note"), lang),
    )


def nothing_entered(facts: dict[str, Any], name: str) -> str:
    """What stands in the place of an empty list that nobody has answered for; "" where there is an answer."""
    return "" if is_answered(facts, name) else _("Not entered yet")

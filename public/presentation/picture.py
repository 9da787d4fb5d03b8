"""The picture of where data flows: who gives it, the service, and the regions where it ends up.

The table beside it says the same.
"""

import textwrap
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from public.labels import CHOICES, label
from public.presentation.storage import Place
from public.presentation.words import listed, lowered

WIDTH = 352
BOX = 60
LOW_BOX = 50
LINE = 17
LETTER = 9  # of the widest fonts that readers may have
STEP = 58
LEFT = 40
MOST = 12  # regions drawn; beyond these the table alone has them all
SITUATIONS = ["outside", "unknown", "inside", "nowhere"]
GIVERS = ["pupil", "guardian", "teacher", "staff", "leader"]


@dataclass(frozen=True)
class Box:
    """A box with a line of text, a softer one below, and the weight of the arrow that leads to it."""

    x: int
    y: int
    width: int
    text: str
    soft: str
    arrow: str = "thin"

    height: int = BOX

    @property
    def middle(self):
        return self.x + self.width // 2

    @property
    def middle_y(self):
        return self.y + self.height // 2

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The text on one line or two, as wide letters need it, and for each line how far down it stands."""
        room = (self.width - 14) // LETTER
        texts = [cut(text, room) for text in textwrap.wrap(self.text, room)[:2]]
        return [(self._line(n, len(texts)), text) for n, text in enumerate(texts)]

    @property
    def soft_y(self):
        count = len(self.lines)
        return self._line(count, count)

    def _line(self, n, texts):
        rows = texts + bool(self.soft)
        return self.middle_y + 5 - (rows - 1) * LINE // 2 + n * LINE


@dataclass(frozen=True)
class Heading:
    """What a group of regions has in common: in the EEA, outside it."""

    y: int
    text: str


@dataclass(frozen=True)
class Picture:
    """Everything that the template draws; y grows downwards."""

    height: int
    description: str
    givers: list[Box]
    service: Box
    others: Box | None
    headings: list[Heading]
    regions: list[Box]
    left_out: str
    left_out_y: int

    @property
    def trunk_end(self):
        return self.regions[-1].middle_y


def picture(facts: dict[str, Any], places: list[Place]) -> Picture | None:
    """The picture of a service's flow of data; None where nothing is known to lie anywhere."""
    if not places:
        return None
    ordered = sorted(places, key=lambda place: SITUATIONS.index(place.situation))[:MOST]
    headings, regions, end = _regions(ordered, top=BOX + 44 + BOX + 20)
    rest = len(places) - len(ordered)
    left_out = ngettext("and %(count)d more place", "and %(count)d more places", rest) % {"count": rest} if rest else ""
    return Picture(
        height=end + (24 if rest else 0),
        description=describe(facts, places),
        givers=_givers(facts),
        service=Box(1, BOX + 44, 190, facts["name"], ""),
        others=_others(facts),
        headings=headings,
        regions=regions,
        left_out=left_out,
        left_out_y=end + 14,
    )


def _givers(facts):
    """Up to two boxes side by side: pupils and guardians, and those who work there; with how much each gives."""
    home, work = _counted(facts, GIVERS[:2]), _counted(facts, GIVERS[2:])
    drawn = [pair for pair in (home, work) if pair] or [(_("Users"), _("not stated whose data"))]
    width = WIDTH // len(drawn) - 7 if len(drawn) > 1 else WIDTH - 2
    return [Box(1 + n * (WIDTH - width - 2), 1, width, *pair) for n, pair in enumerate(drawn)]


def _counted(facts, audiences):
    uses = [use for use in facts.get("data", []) if set(use.get("subjects", [])) & set(audiences)]
    present = [code for code in audiences if any(code in use["subjects"] for use in uses)]
    if not present:
        return None
    kinds = len({use["category"] for use in uses})
    names = listed(label("audience", code).lower() for code in present)
    many = ngettext("%(count)d kind of data", "%(count)d kinds of data", kinds) % {"count": kinds}
    return names[:1].upper() + names[1:], many


def _others(facts):
    companies = {row["vendor"] for row in facts.get("subprocessors", [])}
    if not companies:
        return None
    many = ngettext("%(count)d company", "%(count)d companies", len(companies)) % {"count": len(companies)}
    return Box(225, BOX + 44, WIDTH - 226, _("Subprocessors"), many)


def _regions(places, top):
    headings, boxes, y = [], [], top
    for situation, group in groupby(places, key=lambda place: place.situation):
        headings.append(Heading(y + 14, label("situation", situation)))
        rows = list(group)
        for place, n in zip(rows, count()):
            boxes.append(_region(place, y + 22 + n * STEP))
        y += 22 + len(rows) * STEP + 8
    return headings, boxes, y


def _region(place, y):
    where = f"{place.name}, {place.place}" if place.place else place.name
    how = [lowered(place.role)] if place.extent.is_gap else [lowered(place.extent.text), lowered(place.role)]
    weight = "thick" if place.extent.text == label("extent", "main") else "thin"
    if place.role == label("storage_role", "support"):
        weight = "dash"
    return Box(LEFT, y, WIDTH - LEFT - 1, where, ", ".join(how), weight, LOW_BOX)


def cut(text: str, length: int) -> str:
    """The text, or as much of it as there is room for."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def describe(facts: dict[str, Any], places: list[Place]) -> str:
    """The picture in words."""
    codes = [
        code
        for code in CHOICES["audience"].values
        if any(code in use.get("subjects", []) for use in facts.get("data", []))
    ]
    givers = listed(label("audience", code).lower() for code in codes) or _("users")
    ends = listed(
        f"{place.name} ({lowered(place.role)}, {lowered(label('situation', place.situation))})" for place in places
    )
    return _("Data goes from %(givers)s to %(service)s. It ends up here: %(places)s.") % {
        "givers": givers,
        "service": facts["name"],
        "places": ends,
    }

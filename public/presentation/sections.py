"""The parts of a long page, in order: the page is made of them, and so is its table of contents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One part of a page: its address on the page, its heading, and the template that shows it."""

    id: str
    title: str
    template: str
    is_panel: bool = False

"""Lines become blocks: paragraphs and list items, with the lines they came from and their depth in a list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from assessments.importing.lines import Link, RawLine
from assessments.importing.words import folded

# o, - and – only count when white space follows; the rest are bullets wherever they stand.
_BULLET = re.compile(r"^(\s*)(?:([•●▪◦‣■□○∙·*])\s*|([-–—o+])(?:\s+|$))(.*)$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_INDENTED = re.compile(r"^\s{2,}\S")


@dataclass(frozen=True)
class Block:
    """A paragraph (level 0) or an item of a list (level 1 and down), wrapped lines joined.

    `heading` is the level of an element h1 to h6, and 0 for what is none.
    """

    numbers: tuple[int, ...]
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()
    title: bool = False
    heading: int = 0

    @property
    def number(self) -> int:
        return self.numbers[0]

    @cached_property
    def folded(self) -> str:
        return folded(self.text)

    def with_text(self, text: str) -> "Block":
        """The same block with only a part of its words."""
        return replace(self, text=text.strip())


def blocks(lines: Iterable[RawLine]) -> list[Block]:
    """The blocks of a page, in its order. Every line that is not empty is in one of them."""
    made: list[Block] = []
    levels = _Levels()
    gap = True
    for line in lines:
        if not line.text.strip():
            gap = True
            continue
        bullet = _BULLET.match(line.text)
        if bullet is None and not gap and made and _goes_on(line, made[-1]):
            made[-1] = _joined(made[-1], line)
        elif bullet is None:
            levels.reset()
            made.append(Block((line.number,), line.text.strip(), 0, line.links, line.title, line.heading))
        else:
            level = levels.of(len(bullet[1].expandtabs(4)), bullet[2] or bullet[3])
            made.append(Block((line.number,), bullet[4].strip(), level, line.links, heading=line.heading))
        gap = False
    return made


def _goes_on(line, block):
    """A wrapped line goes on in small letters, or indented under an item. A heading goes on nothing."""
    text = line.text.strip()
    if line.heading:
        return False
    if block.level and not block.heading and _INDENTED.match(line.text):
        return True
    if block.title or _ADDRESS.match(block.text) or _ADDRESS.match(text):
        return False
    return text[0].islower() and not block.text.endswith((".", "?", "!"))


def _joined(block, line):
    text = f"{block.text} {line.text.strip()}"
    return replace(block, numbers=(*block.numbers, line.number), text=text, links=block.links + line.links)


class _Levels:
    """Depth in a list. The same indent means different depths on different pages, so only what is deeper counts."""

    def __init__(self):
        self.open: list[tuple[int, str]] = []

    def reset(self):
        self.open = []

    def of(self, indent, mark):
        while self.open and self.open[-1][0] > indent:
            self.open.pop()
        if (indent, mark) in self.open:
            del self.open[self.open.index((indent, mark)) + 1 :]
        else:
            self.open.append((indent, mark))
        return len(self.open)


def with_children(found: list[Block]) -> list[tuple[Block, list[Block]]]:
    """Each block of the uppermost level, with the items below it."""
    grouped: list[tuple[Block, list[Block]]] = []
    top = 0
    for block in found:
        if grouped and block.level > top and block.level > 1:
            grouped[-1][1].append(block)
        else:
            grouped.append((block, []))
            top = block.level
    return grouped

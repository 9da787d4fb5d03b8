"""The lines of a page, as its file has them."""

from dataclasses import dataclass

# Marks that turn the direction of what follows, and so make a text look other than it is.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Letters that steer a terminal, and that old charsets leave behind; the one at 0x85 ends a line.
_STEERING = "".join(chr(code) for code in range(0x80, 0xA0) if code != 0x85)
# Letters that are not seen, and spaces of other kinds.
INVISIBLE = str.maketrans("\u00a0\u202f\u2007", "   ", "\u00ad\u200b\ufeff\u2060" + _DIRECTIONS + _STEERING)


@dataclass(frozen=True)
class Link:
    """A link within a line, with the address that a saved page has kept."""

    text: str
    address: str


@dataclass(frozen=True)
class RawLine:
    """A line of a file. `framed` lines stand outside the article (menus, footers), `title` is the main heading.

    `heading` is the level that its markup gives a heading, from 1 to 6, and 0 for any other line.

    A line of nothing but invisible letters has an empty text, and `is_blank` is False all the same.
    """

    number: int
    text: str
    links: tuple[Link, ...] = ()
    framed: bool = False
    title: bool = False
    is_blank: bool = False
    heading: int = 0


@dataclass(frozen=True)
class Source:
    """A page as it lies in a file: its lines, empty ones too, and the address that its markup tells."""

    file: str
    lines: tuple[RawLine, ...]
    address: str = ""


def of_text(text: str, file: str = "") -> Source:
    """The page in a text: its lines, numbered as in the file."""
    lines = enumerate(text.splitlines(), 1)
    return Source(
        file, tuple(RawLine(number, line.translate(INVISIBLE), is_blank=not line.strip()) for number, line in lines)
    )

"""The lines of a page, as its file has them."""

from dataclasses import dataclass

# Letters that are not seen, and spaces of other kinds.
INVISIBLE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u00ad": "", "\u200b": "", "\ufeff": "", "\u2060": ""}
)


@dataclass(frozen=True)
class Link:
    """A link within a line, with the address that a saved page has kept."""

    text: str
    address: str


@dataclass(frozen=True)
class RawLine:
    """A line of a file. `framed` lines stand outside the article (menus, footers), `title` is the main heading.

    A line of nothing but invisible letters has an empty text, and `is_blank` is False all the same.
    """

    number: int
    text: str
    links: tuple[Link, ...] = ()
    framed: bool = False
    title: bool = False
    is_blank: bool = False


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

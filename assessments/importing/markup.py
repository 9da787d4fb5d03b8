"""A page as a browser saves it becomes lines as a text file has them: one a block, list items indented and marked."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Comment, MarkupResemblesLocatorWarning, NavigableString, Tag, XMLParsedAsHTMLWarning
from bs4.element import PreformattedString

from assessments.importing.lines import INVISIBLE, Link, RawLine, Source

BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
    *("label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td"),
    *("tfoot", "th", "thead", "tr", "ul"),
}
UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "title", "iframe", "object", "select", "textarea"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
FRAME = {"nav", "footer", "aside"}
FRAME_ROLES = {"navigation", "contentinfo", "banner", "search", "complementary"}
# Letters that no file may have, but that an entity may write (`&#27;`).
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), 0x7F])
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")


@dataclass
class _Block:
    """One line in the making."""

    depth: int = 0
    item: bool = False
    framed: bool = False
    title: bool = False
    heading: Tag | None = None
    text: str = ""
    links: list[Link] = field(default_factory=list)


def parsed(text: str) -> Source:
    """The lines of a saved page, numbered in reading order, with an empty one between blocks. Raises NotMarkup."""
    with warnings.catch_warnings(category=XMLParsedAsHTMLWarning, action="ignore"):
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(text, "html.parser")
    article = soup.find("main") or soup.find(attrs={"role": "main"}) or soup.find("article")
    blocks = [_Block()]
    for node, place in _walk(soup, article):
        _take(node, place, blocks)
    return Source("", tuple(_lines(blocks)), _clean(_address(soup)))


def _walk(root, article) -> Iterator[tuple]:
    """Nodes in reading order, each with (depth of list, framed, heading around it, element).

    A block element comes before and after its content, the second time without the node.

    A stack of our own, because pages nest deeper than Python calls may.
    """
    stack: list = [(root, 0, article is not None, None, False)]
    while stack:
        node, depth, framed, heading, leaving = stack.pop()
        around, heading = heading, node if not leaving and node.name in HEADINGS else heading
        yield (None if leaving else node), (depth, framed, heading, node)
        if leaving or not isinstance(node, Tag) or node.name in UNSEEN or _is_hidden(node):
            continue
        if node is article:
            framed = False
        elif node.name in FRAME or node.get("role") in FRAME_ROLES:
            framed = True
        deeper = depth + (node.name in ("ul", "ol"))
        if node.name in BLOCKS:
            stack.append((node, depth, framed, around, True))
        stack.extend((child, deeper, framed, heading, False) for child in reversed(list(node.children)))


def _is_hidden(node):
    return node.has_attr("hidden")


def _take(node, place, blocks):
    depth, framed, heading, element = place
    block = blocks[-1]
    if isinstance(node, NavigableString):
        if not isinstance(node, Comment | PreformattedString):
            text = _clean(str(node))
            block.text += text if element.parent.name == "pre" else re.sub(r"\s+", " ", text)
    elif isinstance(element, Tag) and element.name in BLOCKS:
        title = node is not None and element.name == "h1"
        blocks.append(_Block(depth, node is not None and element.name == "li", framed, title, heading))
    elif element.name == "br":
        blocks[-1].text += "\n"
    elif element.name == "a" and node is not None:
        _link(element, block)


def _clean(text):
    """The text without letters that are not seen, also those that entities write."""
    return text.translate(INVISIBLE).translate(_CONTROLS)


def _link(element, block):
    address = _clean(str(element.get("href") or "")).strip()
    if re.match(r"(?i)https?://", address):
        block.links.append(Link(" ".join(_clean(element.get_text(" ")).split()), address))


def _lines(blocks):
    lines: list[RawLine] = []
    owed = False  # an item whose bullet has not been written yet
    written: Tag | None = None  # the heading whose first line has been written; those that follow are text
    for block in blocks:
        owed = owed or block.item
        parts = [part for part in (" ".join(part.split()) for part in block.text.split("\n")) if part]
        if parts and (owed or not block.depth):
            lines.append(RawLine(len(lines) + 1, "", is_blank=True))
        for position, part in enumerate(parts):
            mark = "• " if owed and block.depth and position == 0 else ""
            links = tuple(link for link in block.links if _holds(part, link, position))
            text = "  " * block.depth + mark + part
            level = HEADINGS[block.heading.name] if block.heading is not None and block.heading is not written else 0
            written = block.heading
            lines.append(RawLine(len(lines) + 1, text, links, block.framed, block.title, heading=level))
        owed = owed and not parts
    return lines


def _holds(part, link, position):
    return link.text in part if link.text else position == 0


def _address(soup):
    link = soup.find("link", rel="canonical")
    if isinstance(link, Tag) and str(link.get("href", "")).startswith("http"):
        return str(link["href"])
    meta = soup.find("meta", property="og:url")
    if isinstance(meta, Tag) and str(meta.get("content", "")).startswith("http"):
        return str(meta["content"])
    saved = soup.find(string=lambda text: isinstance(text, Comment) and "saved from url" in text)
    found = _SAVED_FROM.search(str(saved)) if saved else None
    return found[1] if found else ""

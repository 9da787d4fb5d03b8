"""Whose page it is: address, note, name and what surrounds them, before the first heading."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.lines import Source
from assessments.importing.page import Block
from assessments.importing.sections import bare
from assessments.importing.words import folded

_ADDRESS = re.compile(r"^<?(?:https?://|www\.)\S+>?$")
_LONGEST = 100
_MARKER = r"\s*(?:\((?P<a>[^()]*)\)|[-–—:,]\s*(?P<b>[^()–—:,-]*))\s*$"
_TWINS = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o"})


@dataclass
class Top:
    """What stands before the first heading, sorted; `hints` are statuses that title and address tell, with where."""

    address: str = ""
    name: str = ""
    doubt: str = ""
    hints: list[tuple[str, str]] = field(default_factory=list)
    lines: dict[str, list[int]] = field(default_factory=dict)
    introduction: list[Block] = field(default_factory=list)

    def put(self, name: str, block: Block) -> None:
        self.lines.setdefault(name, []).extend(block.numbers)


def read(source: Source, found: list[Block], page: list[Block]) -> Top:
    """Sort the blocks before the first heading. `page` is the whole page, whose spelling of the name counts."""
    top = Top(address=source.address)
    rest = _without_address(top, found)
    rest = _without_frame(top, rest)
    title = next((block for block in rest if block.title), None) or next(filter(_can_be_title, rest[:2]), None)
    if title is not None:
        rest.remove(title)
        top.put("name", title)
        top.name, status = _unmarked(title.text)
        top.hints += [(status, "title")] if status else []
    top.introduction = rest
    _use_address(top, source.file, page)
    return top


def _without_address(top, found):
    rest = list(found)
    if rest and _ADDRESS.match(rest[0].text):
        block = rest.pop(0)
        top.address = block.text.strip("<>")
        top.put("address", block)
        note = rest[0] if rest else None
        if note and note.number == block.numbers[-1] + 1 and _is_note(note, rest[1:]):
            top.put("note", rest.pop(0))
    return rest


def _is_note(block, rest):
    """How the file was made: a known word, or any line that stands before the page's own first line."""
    notes = vocabulary.load("page")["notes"]
    return folded(block.text).split(" ")[0].strip(":()") in notes or any(is_furniture(other) for other in rest[:1])


def _without_frame(top, found):
    rest = []
    for block in found:
        if is_furniture(block):
            top.put("furniture", block)
        else:
            rest.append(block)
    return rest


@cache
def _furniture():
    return frozenset(bare(text) for text in vocabulary.load("page")["furniture"])


def is_furniture(block: Block) -> bool:
    """A line of the page's frame, such as a menu, or the path to the page."""
    text = block.text
    return bare(text) in _furniture() or text.count(" > ") > 1 or text.count(" / ") > 2 or text.count(" › ") > 1


def _can_be_title(block):
    text = block.text
    return (
        not block.level
        and len(text) <= _LONGEST
        and not (text.endswith(".") and len(text.split()) > 3)
        and not text.endswith(":")
        and not _ADDRESS.match(text)
    )


@cache
def _markers():
    return {phrase: status for status, phrases in vocabulary.load("page")["markers"].items() for phrase in phrases}


def _unmarked(text):
    """A title without its marker, and the status that the marker tells."""
    found = re.search(_MARKER, text)
    if found:
        marker = folded(found["a"] if found["a"] is not None else found["b"]).strip(" .")
        if marker in _markers():
            return text[: found.start()].strip(), _markers()[marker]
    return text.strip(" :"), ""


def _use_address(top, file, page):
    """A hint of the status, and the name where the page has no title."""
    path = _place_of(unquote(urlsplit(top.address).path))
    slug, status = _slug(path)
    if status:
        top.hints.append((status, "address"))
    elif any(f"/{folder}/" in path for folder in vocabulary.load("page")["folders"]["not_approved"]):
        top.hints.append(("not_approved", "address"))
    if not top.name and not slug:
        slug = _take_file_name(top, Path(file))
    elif not top.name:
        top.doubt = _("The page has no title; the name is taken from its address.")
    if not top.name:
        top.name = _as_written(slug.split(), page)


def _take_file_name(top, file):
    """The words of the file's name, or of its folder's where any page may be called what the file is."""
    slug, _status = _slug(_unnumbered(file.name))
    if slug in vocabulary.load("page")["any_page"]["names"] and file.parent.name:
        top.doubt = _("The page has no title; this is the name of its folder.")
        return _slug(_unnumbered(file.parent.name))[0]
    top.doubt = _("The page has no title; this is the name of the file.")
    return slug


def _unnumbered(name):
    return re.sub(r"^\d+[-_ ]", "", name)


def _place_of(path):
    """The path of an address without a file that any page may be called."""
    folder, _sign, last = path.rpartition("/")
    return folder if "." in last and _slug(last)[0] in vocabulary.load("page")["any_page"]["names"] else path


def lies_among_assessments(top: Top) -> bool:
    """The page's address has a folder in which only assessments lie."""
    return any(f"/{folder}/" in top.address for folder in vocabulary.load("page")["folders"]["assessments"])


def _slug(path):
    """The words of the last part of an address, and the status that a marker among them tells."""
    last = path.rstrip("/").rpartition("/")[2]
    last = re.sub(r"(?i)\.(?:html?|aspx?|php|txt|no|nb|nn|\d+)(?=\.|$)", "", last)
    words = " ".join(part for part in re.split(r"[-_+\s]+", last.lower()) if part)
    for marker, status in _markers_in_addresses():
        if words.endswith(f" {marker}"):
            return words[: -len(marker)].strip(), status
    return words, ""


@cache
def _markers_in_addresses():
    """Markers, longest first, also with the letters that addresses use for æ, ø and å."""
    spelt = {form: status for marker, status in _markers().items() for form in (marker, marker.translate(_TWINS))}
    return sorted(spelt.items(), key=lambda entry: -len(entry[0]))


def _as_written(words, page):
    """The words of an address with the letters and capitals that the page's own text gives them."""
    wanted = " ".join(words)
    spelling = vocabulary.load("page")["spelling"]
    # Signs are lost in addresses: "MakeCode for micro:bit" is makecode-for-microbit there.
    pattern = re.compile(r"\W+".join(r"[:.'!&+]?".join(map(re.escape, word)) for word in words)) if words else None
    for block in page:
        plainly = block.text.lower().translate(_TWINS)
        found = pattern.search(plainly) if pattern and len(plainly) == len(block.text) else None
        if found and block.text[found.start()].isupper() and _is_whole(plainly, found):
            return block.text[found.start() : found.end()]
    return " ".join(
        spelling.get(word, word.capitalize() if place == 0 else word) for place, word in enumerate(wanted.split())
    )


def _is_whole(text, found):
    return not text[: found.start()][-1:].isalnum() and not text[found.end() :][:1].isalnum()

"""A file becomes numbered lines. What is no page, or cannot be read, is a SourceError that names the file."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assessments.importing import markup
from assessments.importing.lines import INVISIBLE, Source, of_text

# A saved page of text is some kilobytes; with all its markup, hardly ever more than one megabyte.
LARGEST = 5_000_000
LONGEST_LINE = 50_000
_MARKUP = re.compile(
    rb"(?is)^\W{0,8}(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|main|article)\b"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_DECLARED = re.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)")
WESTERN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "iso-8859-15", "us-ascii", "ascii"}


class SourceError(Exception):
    """A file that cannot be read as a page. The message names the file and says what is wrong."""


def files(paths: list[Path]) -> Iterator[Path | SourceError]:
    """The files that are meant, sorted within each folder, and in their places what is said of those that are none.

    What a browser saves beside a page is left out. A path that is given and not there is told when it is loaded.
    """
    for path in paths:
        if os.path.isdir(path):
            yield from (found for _place, found in sorted(_within(path), key=lambda entry: entry[0]))
        else:
            yield _refusal(path) or path


def _within(folder):
    """What lies in a folder and in those below it: the path of each, and what `files` says of it."""
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".") and not name.endswith(("_files", "_filer"))]
        for path in (Path(place, name) for name in names if not name.startswith(".")):
            yield path, _refusal(path) or path
        for path in (Path(place, name) for name in folders):
            if os.path.islink(path):
                yield path, refused(path, "is a link to a folder, which is not followed.")
    for error in closed:
        path = Path(error.filename or folder)
        yield path, _closed(path, error)


def _refusal(path):
    """Why a path cannot be a page; None for a file, and for what is not there."""
    try:
        is_file = stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return refused(path, "is a link to nothing.") if os.path.islink(path) else None
    except OSError as error:
        return _closed(path, error)
    return None if is_file else refused(path, "is no file.")


def _closed(path, error):
    return refused(path, f"cannot be opened ({error.strerror or error}).")


def refused(path: Path | str, why: str) -> SourceError:
    """The error that says why a file is not read as a page."""
    return SourceError(f"{_named(path)}: {why}")


def load(path: Path) -> Source:
    """The page in a file. Raises SourceError."""
    content = _content(path)
    if _MARKUP.match(content[:20_000]) or path.suffix.lower() in (".html", ".htm", ".xhtml"):
        source = _from_markup(_decoded(content, path, _declared(content)), path)
    else:
        source = of_text(_decoded(content, path), _named(path))
    long = next((line.number for line in source.lines if len(line.text) > LONGEST_LINE), None)
    if long:
        raise refused(path, f"line {long} is longer than {LONGEST_LINE} letters, so it is no page.")
    return source


def _from_markup(text, path):
    try:
        return replace(markup.parsed(text), file=_named(path))
    except markup.NotMarkup as error:
        raise refused(path, "is not HTML that can be read.") from error


def _named(path):
    """The file's name as text, also where the system allows letters that are none."""
    return os.fsencode(path).decode("utf-8", "replace")


def _content(path):
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise refused(path, "is no file.")
        if about.st_size > LARGEST:
            raise refused(path, f"larger than {LARGEST // 1_000_000} MB, so it is no saved page.")
        content = path.read_bytes()
    except OSError as error:
        raise refused(path, f"{error.strerror or error}.") from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(path, "is written in UTF-16. Save it as UTF-8.")
    if re.match(rb"(?is)(?:from:|mime-version:|snapshot-content).{0,2000}multipart/related", content[:4000]):
        raise refused(path, "is a web archive. Save the page as HTML.")
    if _CONTROL.search(content):
        raise refused(path, "is not text. Save the page as text or HTML.")
    if not content.decode("utf-8", "ignore").translate(INVISIBLE).strip():
        raise refused(path, "is empty.")
    return content


def _declared(content):
    found = _DECLARED.search(content[:5000])
    return found[1].decode("ascii", "ignore").lower() if found else ""


def _decoded(content, path, declared=""):
    """UTF-8, or what a saved page declares; a file that is neither is refused, since guessing garbles æ, ø and å."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if declared in WESTERN:
            return content.decode("cp1252", "replace")
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(path, f"line {line} is not UTF-8. Save it as UTF-8.") from error

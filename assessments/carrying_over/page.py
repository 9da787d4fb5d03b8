"""A saved page, read and drafted, with its lines."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assessments.carrying_over.draft import Draft, drafted
from assessments.importing.lines import RawLine
from assessments.importing.reader import read_assessment
from assessments.importing.result import Result
from assessments.importing.source import load


@dataclass(frozen=True)
class Page:
    """A page as it was read. `digest` is the same for two files that hold the same words; `saved_at` in nanoseconds."""

    result: Result
    draft: Draft
    lines: tuple[tuple[int, str], ...]
    digest: str
    saved_at: int


def opened(path: Path) -> Page:
    """The page in a file. Raises SourceError."""
    source = load(path)
    result = read_assessment(source)
    lines = tuple((line.number, _with_addresses(line)) for line in source.lines if not line.is_blank)
    words = "\n".join(" ".join(text.split()) for _number, text in lines)
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Page(result, drafted(result, dict(lines)), lines, digest, path.stat().st_mtime_ns)


def in_order(pages: Iterable[Page]) -> list[Page]:
    """The pages as they came, but versions of one page together, the one that was saved last at the end."""
    versions: dict[str, list[Page]] = {}
    for number, page in enumerate(pages):
        versions.setdefault(page.draft.address or f"#{number}", []).append(page)
    return [page for found in versions.values() for page in sorted(found, key=lambda page: page.saved_at)]


def _with_addresses(line: RawLine) -> str:
    """The line, and behind it where its links lead, which the text of a saved page does not tell."""
    hidden = [link.address for link in line.links if link.address not in line.text]
    return " ".join([line.text.rstrip(), *(f"<{address}>" for address in dict.fromkeys(hidden))])

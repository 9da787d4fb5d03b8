"""A saved page, read and drafted, with its lines."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from assessments.carrying_over.draft import Draft, drafted
from assessments.importing.reader import read_assessment
from assessments.importing.result import Result
from assessments.importing.source import load


@dataclass(frozen=True)
class Page:
    """A page as it was read. `digest` is the same for two files that hold the same words."""

    result: Result
    draft: Draft
    lines: tuple[tuple[int, str], ...]
    digest: str


def opened(path: Path) -> Page:
    """The page in a file. Raises SourceError."""
    source = load(path)
    result = read_assessment(source)
    lines = tuple((line.number, line.text.rstrip()) for line in source.lines if not line.is_blank)
    words = "\n".join(" ".join(text.split()) for _number, text in lines)
    return Page(result, drafted(result, dict(lines)), lines, hashlib.sha256(words.encode()).hexdigest())

"""Whatever is done to a page, every line of it is accounted for, and nothing raises."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.importing import lines, reader, source
from assessments.importing.result import STATUSES

OWN = Path(__file__).parent / "pages"
# Real pages may be tried as well: IMPORT_PAGES=/path/to/a/folder
FOLDERS = [OWN, *filter(None, [os.environ.get("IMPORT_PAGES")])]
PAGES = [path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted(Path(folder).glob("*.txt"))]

INDENTS = st.sampled_from(["", " ", "  ", "    ", "\t", " • ", "  • ", "- ", "– ", "* ", "o ", "1. ", "> "])
NOISE = st.sampled_from(
    ["", "•", "\u200b", ":", "?", "-", "Leverandør", "Ja", "https://", "(", "\u00ad", "ʼn", "İ", "1", "😀"]
)


@st.composite
def mangled(draw):
    """A page cut off somewhere, with its lines in another order, indented anew, or with something between them."""
    text = draw(st.sampled_from(PAGES))
    text = text[draw(st.integers(0, len(text) // 2)) : draw(st.integers(len(text) // 3, len(text)))]
    lines = text.split("\n")
    if draw(st.booleans()):
        lines = draw(st.permutations(lines))
    if draw(st.booleans()):
        lines = [draw(INDENTS) + line.lstrip(" •") if draw(st.booleans()) else line for line in lines]
    if draw(st.booleans()):
        lines = [line for line in lines if line.strip()]
    for _ in range(draw(st.integers(0, 4))):
        lines.insert(draw(st.integers(0, len(lines))), draw(NOISE))
    return "\n".join(lines)


def assert_accounted_for(text):
    result = reader.read(lines.of_text(text, "side.txt"))
    placed = {number for numbers in result.lines.values() for number in numbers}
    filled = {number for number, line in enumerate(text.splitlines(), 1) if line.strip()}

    assert placed | set(result.unplaced) == filled
    assert not placed & set(result.unplaced)
    assert result.status in STATUSES


@given(mangled())
@settings(max_examples=150, deadline=None)
def test_a_mangled_page_loses_no_line(text):
    assert_accounted_for(text)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_loses_no_line(text):
    assert_accounted_for(text)


@pytest.mark.parametrize("text", PAGES)
def test_a_page_as_it_is_loses_no_line(text):
    assert_accounted_for(text)


@pytest.mark.parametrize("path", sorted(OWN.glob("*.html")), ids=lambda path: path.name)
def test_a_saved_page_loses_no_line_of_its_text(path):
    page = source.load(path)
    result = reader.read(page)

    placed = {number for numbers in result.lines.values() for number in numbers} | set(result.unplaced)
    assert placed == {line.number for line in page.lines if not line.is_blank}

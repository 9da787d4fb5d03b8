"""The pages in `pages/`, invented after the rules were made, against what a person says of them."""

import tomllib
from pathlib import Path

import pytest

from assessments.importing import reader, source
from tests.importing import score

FOLDER = Path(__file__).parent / "pages"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_is_read_as_a_person_reads_it(name):
    path = FOLDER / name
    truth, lines = EXPECTED[name], path.read_text(encoding="utf-8").splitlines()
    read = reader.read(source.load(path)).as_dict()

    assert {key: read[key] for key in score.SINGLE} == {key: truth.get(key) for key in score.SINGLE}
    for key in score.LISTS:
        assert score.found(read, key) == score.expected(truth, key, lines), key
    assert [read["storage"] is None, read["subprocessors"] is None] == [
        "storage" not in truth,
        "subprocessors" not in truth,
    ]


def test_every_page_has_its_truth():
    assert {path.name for path in FOLDER.iterdir()} - {"expected.toml"} == set(EXPECTED)

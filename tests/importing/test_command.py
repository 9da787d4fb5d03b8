import io
import json

import pytest
from django.core.management import CommandError, call_command

from registry.models import Service
from tests.importing.texts import page

KEYS = [
    "file",
    "name",
    "status",
    "vendor",
    "audiences",
    "conditions",
    "storage",
    "dpa",
    "price",
    "feide_attributes",
    "policy_urls",
    "subprocessors",
    "retention",
    "data_categories",
    "lines",
    "unplaced",
    "uncertain",
]


@pytest.fixture
def folder(tmp_path):
    for name in ["Blåbær", "Ananas"]:
        text = page(name=name, status="Tjenesten er godkjent til bruk.", vendor=f"{name} AS")
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def run(*paths):
    """What the command prints, and what it says on the side."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_assessments", *map(str, paths), "--json", stdout=out, stderr=err)
        failure = None
    except CommandError as error:
        failure = error
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), failure


def test_each_page_is_one_object_with_the_agreed_keys(folder):
    objects, _, failure = run(folder)

    assert [read["name"] for read in objects] == ["Ananas", "Blåbær"]
    assert [list(read) for read in objects] == [KEYS, KEYS]
    assert failure is None


def test_letters_are_printed_as_they_are(folder):
    out = io.StringIO()
    call_command("import_assessments", str(folder), "--json", stdout=out, stderr=io.StringIO())

    assert "Blåbær AS" in out.getvalue()


def test_totals_are_told_on_the_side(folder):
    _, said, _ = run(folder)

    assert "2 pages read, 0 files left out. 12 lines: 12 read, 0 unplaced." in said


def test_a_bad_file_is_named_and_does_not_stop_the_others(folder):
    (folder / "bilde.png").write_bytes(b"\x89PNG\x00")

    objects, said, failure = run(folder)

    assert len(objects) == 2
    assert "bilde.png: is not text" in said
    assert (failure.returncode, str(failure)) == (1, "1 file could not be taken over; see above.")


@pytest.mark.django_db
def test_reading_writes_nothing(folder):
    run(folder)

    assert not Service.objects.exists()

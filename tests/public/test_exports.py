import csv
import datetime
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from public.api import exports, told
from public.api.sheets import lines
from public.models import RegisterEntry, RegisterHead
from registry.changes import change
from registry.models import Service
from tests.factories import (
    PlatformFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    VendorFactory,
    published_round,
)
from tests.public.answers import check, everything
from tests.public.pages import LIST, names

pytestmark = pytest.mark.django_db

DATA = ["/data/register.jsonl", "/data/register.csv", "/tjenester.csv"]


@pytest.fixture
def three():
    """Approved with everything stated; refused; not assessed."""
    published_round(
        ServiceFactory(
            name="Kahoot", platforms=[PlatformFactory()], price_model="free", vendor=VendorFactory(name="Kahoot AS"),
            co_vendors=[VendorFactory(name="Helper, Inc.", slug="helper")],
        ),
        rulings=[{"audience": "pupil"}, {"audience": "teacher"}],
        review_by=datetime.date(2026, 3, 2),
    )  # fmt: skip
    StorageLocationFactory(service=Service.objects.get(), region=StorageRegionFactory())
    published_round(
        ServiceFactory(name="Dropbox"), outcome="not_approved", rulings=[{"verdict": "not_allowed"}], review_by=None
    )
    ServiceFactory(name='Ærlig "app"', slug="erlig")


def sheet(response):
    """The rows of a CSV file, as a spreadsheet reads it: each by its headings."""
    content = response.getvalue().decode()
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content[1:], newline=""), strict=True))


# What a spreadsheet makes of it


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_a_cell_that_could_be_a_formula_is_a_text(first):
    [[cell]] = csv.reader(io.StringIO(lines([[f"{first}cmd|' /C calc'!A0"]]), newline=""), strict=True)

    assert cell == f"'{first}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "text", ["a=1", "1-2", "", "'quoted'", 'He said "hi"', "a,b;c", "two\r\nlines", "æøå 🙂", " =1"]
)
def test_other_texts_come_through_as_they_are(text):
    written = lines([[text, "x"]])

    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == [[text, "x"]]
    assert written.endswith("\r\n")


def test_dangerous_names_are_disarmed_in_both_files(client, register):
    ServiceFactory(name="=HYPERLINK(1)", slug="bad", summary="@SUM(1)\nnext")
    with change("+1 for privacy."):
        Service.objects.get().save()
        ServiceFactory(name="-2+3", slug="worse")

    rows = sheet(client.get("/en/tjenester.csv"))
    told_of = sheet(client.get("/data/register.csv"))

    assert {row["Name"] for row in rows} == {"'=HYPERLINK(1)", "'-2+3"}
    assert "'@SUM(1)\nnext" in {row["Summary"] for row in rows}
    assert "'+1 for privacy." in {row["reason"] for row in told_of}


# The list


def test_a_line_says_what_officers_ask_for(client, three, settings):
    row = sheet(client.get("/en/tjenester.csv?q=kahoot"))[0]

    assert row == {
        "Name": "Kahoot",
        "Key": "kahoot",
        "Vendors": "Kahoot AS, Helper, Inc.",
        "Status": "Approved",
        "Code of the status": "approved",
        "Overdue for reassessment": "Yes",
        "Decided on": "2026-03-01",
        "Reassessment by": "2026-03-02",
        "Valid until": "",
        "May be used by": "Pupil and teacher",
        "Where the data lies": "In the EEA: Germany",
        "Platforms": "feide (en)",
        "Price": "Free",
        "Summary": "Makes quizzes that pupils answer with a code",
        "Address": f"{settings.SITE_URL}/en/tjenester/kahoot/",
    }


@pytest.mark.parametrize("query", ["", "status=approved&status=not_approved", "q=app", "sorter=vurdert", "forfalt=ja"])
def test_the_file_holds_what_the_page_shows_in_its_order(client, three, query):
    assert [row["Name"] for row in sheet(client.get(f"/en/tjenester.csv?{query}"))] == names(
        client.get(f"{LIST}?{query}")
    )


def test_all_pages_are_in_the_file(client):
    for number in range(51):
        ServiceFactory(name=f"Quiz {number:03}", vendor=None)

    assert len(sheet(client.get("/en/tjenester.csv?side=2&q=quiz"))) == 51


def test_words_are_in_the_language_of_the_address(client, three):
    rows = {path: sheet(client.get(f"{path}?q=kahoot"))[0] for path in ("/tjenester.csv", "/nn/tjenester.csv")}

    assert (rows["/tjenester.csv"]["Navn"], rows["/tjenester.csv"]["Status"]) == ("Kahoot", "Godkjent")
    assert rows["/nn/tjenester.csv"]["Leverandørar"] == "Kahoot AS, Helper, Inc."


@pytest.mark.parametrize("query", ["status=bogus", "sorter=x", "lagring=XX", "q=a%00"])
def test_a_file_that_would_hold_more_than_was_asked_for_is_refused(client, three, query):
    response = client.get(f"/tjenester.csv?{query}")

    assert response.status_code == 400
    check(response, "/tjenester.csv")


# The register


def test_json_lines_are_all_entries_as_the_api_gives_them(client, register, three):
    response = client.get("/data/register.jsonl")
    entries = [json.loads(line) for line in response.getvalue().decode().splitlines()]

    check(response, "/data/register.jsonl")
    assert entries == everything(client, "/entries")[0]
    assert entries[-1]["hash"] == RegisterHead.objects.get().hash


def test_the_register_in_short_says_what_happened(client, register, three):
    rows = sheet(client.get("/data/register.csv"))
    decision = next(row for row in rows if row["kind"] == "decision")
    entry = RegisterEntry.objects.get(serial=decision["serial"])

    assert [int(row["serial"]) for row in rows] == list(range(1, len(rows) + 1))
    assert decision == {
        "serial": str(entry.serial),
        "recorded_at": entry.header()["recorded_at"],
        "effective_on": "2026-03-01",
        "kind": "decision",
        "subject_kind": "service",
        "subject_key": "kahoot",
        "name": "Kahoot",
        "status": "approved",
        "reason": entry.reason,
        "content_hash": entry.content_id,
        "hash": entry.hash,
    }
    assert "Tyskland" in {row["name"] for row in rows if row["subject_kind"] == "region"}


def test_what_is_withheld_has_blanks(client, register, three):
    gone = Service.objects.get(slug="kahoot")
    with change("It spied.", "listed"):
        gone.visibility = Service.Visibility.UNLISTED
        gone.save()
    row = sheet(client.get("/data/register.csv"))[-1]

    assert (row["subject_key"], row["name"], row["status"], row["reason"]) == ("", "", "", "")
    assert len(row["hash"]) == 64


# How it is sent


@pytest.mark.parametrize("path", DATA)
def test_files_have_a_name_with_the_day_and_an_etag(client, register, three, path):
    response = client.get(path)
    name = path.rpartition("/")[2].replace(".", f"-{timezone.localdate()}.")
    again = client.get(path, headers={"If-None-Match": response["ETag"]})

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).getvalue() == b""
    assert client.post(path).status_code == 405


def counted(iterator):
    """How many queries each part takes, and how many parts there are."""
    counts = []
    while True:
        with CaptureQueriesContext(connection) as queries:
            if next(iterator, None) is None:
                return counts
        counts.append(len(queries))


@pytest.mark.parametrize("path", DATA)
def test_a_file_is_read_part_by_part_as_it_is_sent(client, register, three, path, monkeypatch):
    monkeypatch.setattr(told, "CHUNK", 2)
    monkeypatch.setattr(exports, "CHUNK", 2)
    counts = counted(iter(client.get(path).streaming_content))
    parts = [count for count in counts if count]

    assert len(parts) >= 2
    assert max(parts) <= 12


def test_entries_that_come_while_it_is_sent_are_left_for_the_next(client, register, three):
    response = client.get("/data/register.jsonl")
    before = RegisterHead.objects.get().serial
    ServiceFactory(name="Late")

    assert len(response.getvalue().splitlines()) == before

"""The page as it was: on a day, after a change, and what is said of a day that has no page."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from public.models import RegisterEntry
from public.register import triggers
from public.register.reading import entries_of
from registry.changes import change
from registry.models import AdequacyDecision, SchoolOwner
from tests.factories import (
    AdequacyDecisionFactory,
    AgreementFactory,
    DataUseFactory,
    PolicyFactory,
    PolicyVersionFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    SubprocessorFactory,
    TransferBasisFactory,
    VendorFactory,
    published_round,
)
from tests.public.pages import links, text, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

QUERIES = 20
BEFORE, FIRST_DAY = datetime.date(2026, 1, 5), datetime.date(2026, 2, 2)


def edit(row, reason="Because.", **fields):
    with change(reason):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def dated(day, first=1):
    """Makes entries from a serial on as old as a day, which nothing but a test can do."""
    moment = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    with triggers.lifted():
        RegisterEntry._base_manager.filter(serial__gte=first).update(recorded_at=moment)


@pytest.fixture
def quiz():
    """A service with most that refers to something else, as it was told in February."""
    SchoolOwnerFactory()
    vendor = VendorFactory(name="Acme", slug="acme")
    usa = StorageRegionFactory(outside=True)
    AdequacyDecisionFactory(region=usa)
    quiz = ServiceFactory(
        name="Quiz", slug="quiz", vendor=vendor, alternatives=[ServiceFactory(name="Rival", slug="rival")]
    )
    StorageLocationFactory(
        service=quiz, region=usa, host=VendorFactory(name="Cloud", slug="cloud"), transfer_basis=TransferBasisFactory()
    )
    SubprocessorFactory(service=quiz, vendor=VendorFactory(name="Helper", slug="helper"))
    DataUseFactory(service=quiz)
    AgreementFactory(vendor=vendor, services=[quiz])
    PolicyVersionFactory(policy=PolicyFactory(title="Terms", slug="terms", vendor=vendor, services=[quiz]))
    published_round(quiz, summary="Teachers may use it.", decided_on=BEFORE, in_force_from=BEFORE)
    dated(FIRST_DAY)
    return quiz


def then(client, day=FIRST_DAY):
    return client.get(f"/en/tjenester/quiz/per/{day}/")


def main_part(response):
    """What the page says, without the band that leads to later versions."""
    return re.search(r"(?s)<article>.*</article>", response.content.decode())[0]


def test_the_page_says_what_it_said_that_day_and_marks_itself_as_old(client, quiz):
    edit(quiz, summary="Makes polls")
    page = then(client)

    assert "Makes quizzes that pupils answer with a code" in main_part(page)
    assert "Makes polls" not in main_part(page)
    assert "This is an old version of the page" in text(page)
    assert title(page).startswith("Quiz as the page was on 2 February 2026: approved")
    assert links(page)["Quiz today"] == "/en/tjenester/quiz/"
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_it_leads_to_the_next_change(client, quiz):
    edit(quiz, summary="Makes polls")
    newest = entries_of("service", "quiz").first()
    address = f"/en/tjenester/quiz/endring/{newest.serial}/"

    assert address in links(then(client)).values()
    assert client.get(address).status_code == 200


def test_a_hundred_later_edits_change_nothing_in_it(client, quiz):
    before = main_part(then(client))
    for number in range(96):
        edit(quiz, summary=f"Summary {number}", price_note=f"Price {number}")
    edit(quiz.vendor, name="Renamed", note="Bought")
    edit(AdequacyDecision.objects.get(), valid_until=FIRST_DAY - datetime.timedelta(days=1), name="Renamed")
    edit(quiz.data_uses.get().category, name_en="renamed")
    edit(quiz.alternatives.get(), name="Renamed")
    edit(SchoolOwner.objects.get(), name="Renamed kommune", dpo_name="Renamed", dpo_email="renamed@example.no")
    published_round(quiz, summary="Nobody may use it.", outcome="not_approved", review_by=None,
                    rulings=[{"verdict": "not_allowed"}])  # fmt: skip

    assert main_part(then(client)) == before
    assert "Renamed" not in before


def test_the_law_is_that_of_the_day(client, quiz):
    later = datetime.date(2026, 6, 1)
    with change("The EU's court has ruled."):
        decision = AdequacyDecision.objects.get()
        decision.valid_until = datetime.date(2026, 5, 31)
        decision.save()
    dated(later, entries_of("region", "US").first().serial)

    assert "The EU's adequacy decision" in text(then(client))
    assert "The EU's adequacy decision" not in text(then(client, later))


def test_status_is_that_of_the_day(client, quiz):
    published_round(quiz, valid_until=datetime.date(2026, 3, 31), review_by=None, decided_on=FIRST_DAY,
                    in_force_from=FIRST_DAY)  # fmt: skip
    dated(FIRST_DAY)

    assert "approved" in title(then(client, "2026-03-31"))
    assert "expired" in title(then(client, "2026-04-01"))


def test_what_is_not_public_any_more_is_neither_named_nor_linked(client, quiz):
    edit(quiz.alternatives.get(), "Off.", visibility="unlisted")
    with change("Others now."):
        for part in (*quiz.storage.all(), *quiz.subprocessors.all()):
            part.delete()
    page = then(client)

    assert "Rival" not in page.content.decode()
    assert "Cloud" in text(page)
    assert "/leverandorer/cloud/" not in page.content.decode()
    assert "/leverandorer/acme/" in page.content.decode()
    for address in set(links(page).values()):
        if address.startswith("/"):
            assert (address, client.get(address, follow=True).status_code) == (address, 200)


def test_a_day_before_the_register_says_so_and_what_applied(client, quiz):
    page = client.get("/en/tjenester/quiz/per/2023-05-01/")

    assert page.status_code == 200
    assert "The register began on 2 February 2026" in text(page)
    assert "No assessment that we know of applied on that day." in text(page)


def test_what_was_entered_afterwards_is_told_of_a_day_before_the_register(client, quiz):
    day = datetime.date(2021, 8, 1)
    published_round(quiz, decided_on=day, in_force_from=day)
    page = client.get("/en/tjenester/quiz/per/2023-05-01/")

    assert "this applied on that day: Approved" in text(page)
    assert links(page)["All of assessment 2"] == "/en/tjenester/quiz/vurdering/2/"


def test_a_day_before_the_service_was_listed_says_so(client, quiz):
    late = ServiceFactory(name="Late", slug="late", vendor=quiz.vendor)
    page = client.get("/en/tjenester/late/per/2026-03-01/")

    assert page.status_code == 200
    assert "Late was not on the list on this day" in text(page)
    assert late.slug == "late"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-30", "That is not a day"),
        ("tull", "That is not a day"),
        ("20260202", "That is not a day"),
        ("2999-01-01", "has not come yet"),
    ],
)
def test_a_day_that_is_none_or_has_not_come_is_explained(client, quiz, day, words):
    page = then(client, day)

    assert page.status_code == 404
    assert words in text(page)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("dag=2026-02-02", "/en/tjenester/quiz/per/2026-02-02/"),
        ("dag=2026-02-30", "/en/tjenester/quiz/per/2026-02-30/"),
    ],
    ids=["a day", "no day"],
)
def test_the_form_leads_to_the_day(client, quiz, query, address):
    response = client.get(f"/en/tjenester/quiz/per/?{query}")

    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize("query", ["dag=//evil.example", "dag=", "", "dag=%00"])
def test_what_is_no_day_is_explained_where_it_was_asked(client, quiz, query):
    page = client.get(f"/en/tjenester/quiz/per/?{query}")

    assert page.status_code == 404
    assert "Write the day with year, month and day" in text(page)


def test_every_entry_has_its_version(client, quiz):
    edit(quiz, summary="First")
    edit(quiz, summary="Second")
    newest, middle = entries_of("service", "quiz")[:2]

    assert "First" in main_part(client.get(f"/en/tjenester/quiz/versjon/{middle.serial}/"))
    page = client.get(f"/en/tjenester/quiz/versjon/{newest.serial}/")
    assert "Second" in main_part(page)
    assert "The text about the service has not changed since" in text(page)


@pytest.mark.parametrize(
    "path",
    [
        "tjenester/quiz/versjon/1/",
        "tjenester/quiz/endring/1/",
        "tjenester/quiz/endring/99999999999999999999/",
        "endringer/99999999999999999999/",
        "tjenester/rivals/per/2026-02-02/",
        "tjenester/rivals/per/?dag=2026-02-02",
    ],
)
def test_an_entry_of_something_else_or_of_nothing_is_not_there(client, quiz, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_a_service_that_is_taken_off_the_list_takes_its_old_pages_with_it(client, quiz):
    serials = [entry.serial for entry in entries_of("service", "quiz")]
    edit(quiz, "Secret.", visibility="unlisted")
    last = entries_of("service", "quiz").first().serial
    paths = [f"tjenester/quiz/per/{FIRST_DAY}", "tjenester/quiz/historikk", f"endringer/{last}"]
    paths += [f"{place}/{serial}" for serial in serials for place in ("tjenester/quiz/versjon", "endringer")]

    assert {client.get(f"/en/{path}/").status_code for path in paths} == {404}


def test_number_of_queries_does_not_grow(client, quiz):
    with CaptureQueriesContext(connection) as few:
        then(client)
    for number in range(4):
        SubprocessorFactory(service=quiz, vendor=VendorFactory(name=f"Helper {number}"))
        PolicyVersionFactory(policy=PolicyFactory(title=f"Terms {number}", vendor=quiz.vendor, services=[quiz]))
        edit(quiz, price_note=str(number))
    dated(FIRST_DAY)
    with CaptureQueriesContext(connection) as many:
        then(client)

    assert (len(few), len(many)) == (QUERIES, QUERIES)
    assert timezone.localdate() > FIRST_DAY

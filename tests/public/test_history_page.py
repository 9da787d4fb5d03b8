import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from public.register.reading import entries_of
from registry.changes import change
from tests.factories import (
    DataUseFactory,
    ServiceFactory,
    StorageLocationFactory,
    UserFactory,
    published_round,
)
from tests.public.pages import links, text, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

QUERIES = 11


@pytest.fixture
def quiz():
    return ServiceFactory(name="Quiz", slug="quiz")


def history(client):
    return client.get("/en/tjenester/quiz/historikk/")


def edit(service, reason="Because.", actor=None, **fields):
    with change(reason, actor=actor):
        for name, value in fields.items():
            setattr(service, name, value)
        service.save()


def test_rounds_and_changed_facts_are_told_the_newest_first(client, quiz):
    published_round(quiz, decided_on=datetime.date(2026, 3, 2), change_summary="First look.")
    edit(quiz, "The vendor wrote to us.", price_note="Free for schools")
    told = text(history(client))

    assert told.index("The vendor wrote to us.") < told.index("First look.") < told.index("Made for a test.")
    assert "Free for schools added" in told


def test_each_round_leads_to_its_own_page(client, quiz):
    published_round(quiz)

    assert links(history(client))["All of assessment 1"] == "/en/tjenester/quiz/vurdering/1/"


def test_nothing_from_before_the_listing_is_told(client):
    draft = ServiceFactory(slug="quiz", draft=True)
    edit(draft, "A secret reason.", summary="A secret summary")
    edit(draft, "Now public.", visibility="listed", summary="A public summary")
    told = text(history(client))

    assert "secret" not in told.lower()
    assert "Listed" in told


@pytest.fixture
def secretly(client):
    """A service that was listed, then taken off the list and edited there, and is listed again."""
    quiz = ServiceFactory(slug="quiz", draft=True)
    for visibility in ("listed", "unlisted"):
        edit(quiz, f"It is {visibility}.", visibility=visibility)
    edit(quiz, "A secret reason.", summary="A secret summary")
    DataUseFactory(service=quiz, purpose="A secret purpose")
    edit(quiz, "It is back.", visibility="listed", summary="Public")
    with change("Corrected."):
        quiz.data_uses.get().delete()
    return quiz


def test_what_was_done_while_it_was_off_the_list_is_not_told(client, secretly):
    edit(secretly, "Now in public.", price_note="Free")
    told = text(history(client))

    assert "secret" not in told.lower()
    assert told.index("Now in public.") < told.index("Listed again") < told.index("Taken off the list")
    assert told.index("Taken off the list") < told.rindex("Listed")


def test_a_draft_that_was_unlisted_before_it_was_listed_has_one_listing(client):
    quiz = ServiceFactory(slug="quiz", draft=True)
    edit(quiz, "A secret reason.", visibility="unlisted", first_listed_on=timezone.localdate())
    edit(quiz, "Another secret.", summary="A secret summary")
    edit(quiz, "Open to all.", visibility="listed", summary="Public")
    told = text(history(client))

    assert "secret" not in told.lower()
    assert "Listed again" not in told
    assert "Taken off" not in told


def test_nobody_is_named(client, quiz):
    edit(quiz, "Corrected.", actor=UserFactory(username="kanarifugl"), price_note="New")

    assert "Corrected." in text(history(client))
    assert "kanarifugl" not in history(client).content.decode()


def test_other_services_are_not_named_since_they_may_not_be_public(client, quiz):
    hidden = ServiceFactory(name="Kanarifugl", draft=True)
    with change("An alternative."):
        quiz.alternatives.add(hidden)
        quiz.save()
    edit(quiz, "Replaced.", replaced_by=hidden)
    told = text(history(client))

    assert "Kanarifugl" not in told
    assert "An alternative." not in told
    assert "Replaced by" not in told


def test_title_says_the_status(client, quiz):
    published_round(quiz)

    assert title(history(client)).startswith("History of Quiz: approved – ")


def test_days_are_those_of_norway(client, quiz):
    edit(quiz, price_note="New")
    today = timezone.localdate()

    assert f'<time datetime="{today.isoformat()}">' in history(client).content.decode()


def test_number_of_queries_does_not_grow(client, quiz):
    def more(number):
        DataUseFactory(service=quiz)
        StorageLocationFactory(service=quiz, place=str(number))
        edit(quiz, price_note=str(number))
        published_round(quiz)

    more(0)
    with CaptureQueriesContext(connection) as few:
        history(client)
    for number in range(1, 6):
        more(number)
    with CaptureQueriesContext(connection) as many:
        history(client)

    assert (len(few), len(many)) == (QUERIES, QUERIES)


def test_a_changed_fact_is_told_in_words(client, quiz):
    StorageLocationFactory(service=quiz, role="backup")

    assert "Storage: Germany (backup) added" in text(history(client))


def test_each_entry_leads_to_itself_and_to_the_page_after_it(client, quiz):
    edit(quiz, price_note="Free")
    serial = entries_of("service", "quiz").first().serial
    addresses = links(history(client)).values()

    for address in (f"/en/tjenester/quiz/endring/{serial}/", f"/en/tjenester/quiz/versjon/{serial}/"):
        assert address in addresses
        assert client.get(address).status_code == 200


def test_a_round_that_was_decided_long_ago_says_when_it_was_entered(client, quiz):
    published_round(quiz, decided_on=datetime.date(2021, 8, 1), in_force_from=datetime.date(2021, 8, 1))

    assert "1 August 2021" in text(history(client))
    assert "Entered in the register on" in text(history(client))


def test_any_two_versions_stand_side_by_side(client, quiz):
    edit(quiz, summary="Makes polls")
    edit(quiz, price_note="Free")
    newest, _middle, oldest = (entry.serial for entry in entries_of("service", "quiz"))
    for query in (f"fra={oldest}&til={newest}", f"fra={newest}&til={oldest}"):
        page = client.get(f"/en/tjenester/quiz/historikk/?{query}")
        told = text(page)

        assert f"Version {oldest} beside version {newest}" in told
        assert "<ins>Makes polls</ins>" in page.content.decode() or "Makes polls" in told
        assert "Free" in told
        assert "Changed" in told
        assert "Added" in told


@pytest.mark.parametrize("query", ["fra=1&til=2", "fra=tull&til=", "til=99999999999999999999", "fra=%00&til=%00"])
def test_versions_that_are_none_are_explained(client, quiz, query):
    page = client.get(f"/en/tjenester/quiz/historikk/?{query}")

    assert page.status_code == 200
    assert "That is not a version of this page" in text(page)


def test_two_equal_versions_say_the_same(client, quiz):
    serial = entries_of("service", "quiz").first().serial

    assert "say the same" in text(client.get(f"/en/tjenester/quiz/historikk/?fra={serial}&til={serial}"))


def test_one_change_is_a_page_with_its_difference_and_its_neighbours(client, quiz):
    edit(quiz, "The vendor wrote to us.", summary="Makes polls")
    edit(quiz, price_note="Free")
    newest, middle, oldest = entries_of("service", "quiz")
    page = client.get(f"/en/endringer/{middle.serial}/", follow=True)
    told = text(page)

    assert page.redirect_chain == [(f"/en/tjenester/quiz/endring/{middle.serial}/", 302)]
    assert "Quiz: Facts changed" in told
    assert "The vendor wrote to us." in told
    assert "Makes polls" in told
    assert middle.hash in told
    assert links(page)[f"The change before: {oldest.serial}"] == f"/en/tjenester/quiz/endring/{oldest.serial}/"
    assert links(page)[f"The next change: {newest.serial}"] == f"/en/tjenester/quiz/endring/{newest.serial}/"


def test_a_decision_is_a_page_that_says_what_it_changed(client, quiz):
    published_round(quiz)
    published_round(quiz, outcome="not_approved", review_by=None, rulings=[{"verdict": "not_allowed"}])
    entry = entries_of("service", "quiz").first()
    told = text(client.get(f"/en/endringer/{entry.serial}/", follow=True))

    assert "Quiz: Assessment 2: not approved" in told
    assert "Before Now Outcome Approved Not approved" in told


def test_a_change_to_something_else_than_a_service_has_a_page_too(client, quiz):
    edit(quiz.vendor, "It was bought.", name="Acme")
    entry = entries_of("vendor", quiz.vendor.slug).first()
    page = client.get(f"/en/endringer/{entry.serial}/")

    assert "Acme: Facts changed" in text(page)
    assert "It was bought." in text(page)
    assert links(page)["Acme"] == f"/en/leverandorer/{quiz.vendor.slug}/"


def test_what_came_back_on_the_list_has_not_been_decided_anew(client, quiz):
    published_round(quiz)
    edit(quiz, "Off.", visibility="unlisted")
    edit(quiz, "On.", visibility="listed")

    assert text(history(client)).count("All of assessment 1") == 1

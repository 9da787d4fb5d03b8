import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.changes import change
from tests.factories import (
    DataUseFactory,
    ServiceFactory,
    StorageLocationFactory,
    UserFactory,
    published_round,
)
from tests.public.pages import links, text, title

pytestmark = pytest.mark.django_db

QUERIES = 42


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

    assert told.index("The vendor wrote to us.") < told.index("First look.") < told.index("First time on the list.")
    assert "Price in words: Free for schools" in told


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
        edit(quiz, f"A secret reason for {visibility}.", visibility=visibility, summary="A secret summary")
    edit(quiz, "A secret reason.", summary="Another secret")
    DataUseFactory(service=quiz, purpose="A secret purpose")
    edit(quiz, "The last secret reason.", visibility="listed", summary="Public")
    return quiz


def test_what_was_done_while_it_was_off_the_list_is_not_told(client, secretly):
    edit(secretly, "Now in public.", price_note="Free")
    told = text(history(client))

    assert "secret" not in told.lower()
    assert told.index("Now in public.") < told.index("Listed again") < told.index("Taken off the list")
    assert told.index("Taken off the list") < told.index("First time on the list.")


def test_a_draft_that_was_unlisted_before_it_was_listed_has_one_listing(client):
    quiz = ServiceFactory(slug="quiz", draft=True)
    edit(quiz, "A secret reason.", visibility="unlisted", first_listed_on=timezone.localdate())
    edit(quiz, "Another secret.", summary="A secret summary")
    edit(quiz, "The last secret.", visibility="listed", summary="Public")
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
    assert "An alternative." in told
    assert "Replaced by" in told


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

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AssessmentFactory, ServiceFactory
from tests.public.pages import links, names, text

pytestmark = pytest.mark.django_db

QUERIES = 5


def test_counts_lead_to_the_filtered_list(client):
    AssessmentFactory()
    AssessmentFactory(refused=True)
    AssessmentFactory(refused=True)
    shown = links(client.get("/en/"))

    assert shown["1 service with the status Approved"] == "/en/tjenester/?status=approved"
    assert shown["2 services with the status Not approved"] == "/en/tjenester/?status=not_approved"
    assert shown["0 services that are overdue for reassessment"] == "/en/tjenester/?forfalt=ja"


def test_meaning_of_the_two_approvals(client):
    page = text(client.get("/en/"))

    assert "All schools can use it. It may have conditions of use; they stand on its page." in page
    assert "The approval holds only while its conditions are kept." in page


def test_latest_decisions_come_newest_first_and_say_what_applied_before(client):
    old, new = ServiceFactory(name="Old"), ServiceFactory(name="New")
    AssessmentFactory(service=old, decided_on=datetime.date(2026, 1, 1))
    AssessmentFactory(service=new, decided_on=datetime.date(2026, 2, 1))
    AssessmentFactory(service=new, decided_on=datetime.date(2026, 3, 1), refused=True, change_summary="It shows ads.")
    response = client.get("/en/")

    assert names(response) == ["New", "New", "Old"]
    assert "New 1 March 2026 Not approved Before: approved It shows ads." in text(response)


def test_five_decisions_at_most(client):
    for _ in range(6):
        AssessmentFactory()

    assert len(names(client.get("/en/"))) == 5


def test_rounds_that_have_not_taken_effect_are_no_news(client):
    AssessmentFactory(decided_on=datetime.date(2026, 3, 1), in_force_from=datetime.date(2099, 1, 1))
    AssessmentFactory(draft=True)

    assert "No decisions have been published yet." in text(client.get("/en/"))


@pytest.mark.parametrize("day", [datetime.date(2026, 1, 31), datetime.date(2026, 2, 1)])
def test_a_round_that_was_overtaken_before_its_day_is_no_news(client, day):
    quiz = ServiceFactory(name="Quiz")
    AssessmentFactory(service=quiz, decided_on=datetime.date(2026, 1, 1))
    AssessmentFactory(service=quiz, in_force_from=datetime.date(2026, 2, 1), refused=True)
    AssessmentFactory(service=quiz, in_force_from=day, summary="The newest.")
    response = client.get("/en/")

    assert names(response) == ["Quiz", "Quiz"]
    assert "The newest." in text(response)
    assert "Not approved As before" not in text(response)


def test_what_applied_before_is_not_a_round_that_never_did(client):
    quiz = ServiceFactory()
    AssessmentFactory(service=quiz, decided_on=datetime.date(2026, 1, 1))
    AssessmentFactory(service=quiz, refused=True, in_force_from=datetime.date(2099, 1, 1))
    AssessmentFactory(service=quiz, conditional=True, decided_on=datetime.date(2026, 3, 1))

    assert "Approved with conditions Before: approved" in text(client.get("/en/"))


def test_number_of_queries_does_not_grow(client):
    AssessmentFactory()
    with CaptureQueriesContext(connection) as few:
        client.get("/en/")
    for _ in range(20):
        AssessmentFactory()
    with CaptureQueriesContext(connection) as many:
        client.get("/en/")

    assert (len(few), len(many)) == (QUERIES, QUERIES)

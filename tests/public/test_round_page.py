import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Condition
from tests.factories import (
    AssessmentFactory,
    ImpactAssessmentFactory,
    PolicyFactory,
    PolicyVersionFactory,
    ServiceFactory,
    published_round,
)
from tests.public.pages import links, text, title

pytestmark = pytest.mark.django_db

QUERIES = 40


@pytest.fixture
def quiz():
    return ServiceFactory(name="Quiz", slug="quiz")


def page(client, number):
    return client.get(f"/en/tjenester/quiz/vurdering/{number}/")


def test_a_round_is_shown_in_full(client, quiz):
    version = PolicyVersionFactory(policy=PolicyFactory(title="Statement", services=[quiz]))
    published_round(
        quiz, case_number="2026/17", conditions=[{}], considerations=[{}], owner_bases=[{}],
        impact_assessments=[ImpactAssessmentFactory(title="Overall")], policy_versions=[version],
    )  # fmt: skip
    told = text(page(client, 1))

    for part in ("It asks for no names.", "2026/17", "Use no surnames.", "may show advertising", "Teaching", "Overall"):
        assert part in told
    assert "Statement , as it stood on 1 March 2026" in told


def test_a_round_says_what_it_changed_from_the_one_before(client, quiz):
    first = published_round(quiz, conditions=[{"text": "Delete it every year."}])
    key = Condition.objects.get(assessment=first).key
    published_round(
        quiz, outcome="conditional", conditions=[{"text": "Delete it at once.", "key": key}, {"text": "More."}]
    )
    told = text(page(client, 2))

    assert "What changed from assessment 1" in told
    assert "Conditions: 1 new and 1 changed." in told
    assert "<del>every year.</del>" in page(client, 2).content.decode()
    assert "Before Approved" not in text(page(client, 1))


def test_an_old_round_says_that_it_no_longer_applies(client, quiz):
    published_round(quiz)
    published_round(quiz)

    assert "This assessment no longer applies. Assessment 2 has replaced it." in text(page(client, 1))
    assert "This is the assessment that applies." in text(page(client, 2))


def test_a_round_that_is_yet_to_take_effect_says_so(client, quiz):
    published_round(quiz, in_force_from=datetime.date(2099, 1, 1))

    assert "This assessment has not taken effect yet." in text(page(client, 1))


def test_a_round_whose_day_is_not_known_is_not_said_to_be_in_force_from_the_day_it_was_entered(client, quiz):
    published_round(quiz, decided_on=None, in_force_from=None)

    assert "Decided on Date not stated" in text(page(client, 1))
    assert "In force from" not in text(page(client, 1))


def test_title_says_the_outcome(client, quiz):
    published_round(quiz)

    assert title(page(client, 1)).startswith("Quiz, assessment 1: approved – ")
    assert links(page(client, 1))["Quiz today"] == "/en/tjenester/quiz/"


def test_drafts_and_unknown_rounds_are_not_there(client, quiz):
    published_round(quiz)
    AssessmentFactory(service=quiz, draft=True)

    assert [page(client, number).status_code for number in (0, 1, 2, 99)] == [404, 200, 404, 404]


def test_number_of_queries_does_not_grow(client, quiz):
    def parts(count):
        version = PolicyVersionFactory(policy=PolicyFactory(services=[quiz]))
        return {
            "conditions": [{}] * count, "considerations": [{}] * count, "owner_bases": [{}] * count,
            "impact_assessments": [ImpactAssessmentFactory() for _ in range(count)], "policy_versions": [version],
        }  # fmt: skip

    published_round(quiz, **parts(1))
    with CaptureQueriesContext(connection) as few:
        page(client, 1)
    for _number in range(4):
        published_round(quiz, **parts(5))
    with CaptureQueriesContext(connection) as many:
        page(client, 5)

    assert (len(few), len(many)) == (QUERIES, QUERIES)

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from public.api.subjects import REFERENCE
from public.models import RegisterEntry
from registry.changes import change
from registry.models import Service
from tests.factories import (
    AssessmentFactory,
    DataUseFactory,
    PlatformFactory,
    PolicyFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    VendorFactory,
    published_round,
)
from tests.public.answers import ask, everything
from tests.public.pages import LIST, names

pytestmark = pytest.mark.django_db

told = pytest.mark.usefixtures("register")  # what these are about stands in the register

LIST_QUERIES, ONE_QUERIES, SUBJECTS_QUERIES = 9, 3, 3


@pytest.fixture
def at(monkeypatch):
    """Lets it be noon on a day, until it is another."""

    def at(day):
        moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


@pytest.fixture
def three():
    """Approved for pupils, stored in Germany; refused, stored in the USA; not assessed."""
    kahoot, dropbox, padlet = (ServiceFactory(name=name) for name in ["Kahoot", "Dropbox", "Padlet"])
    published_round(kahoot, rulings=[{"audience": "pupil"}], review_by=datetime.date(2026, 3, 2))
    published_round(dropbox, outcome="not_approved", rulings=[{"verdict": "not_allowed"}], review_by=None)
    StorageLocationFactory(service=kahoot, region=StorageRegionFactory(code="DE"))
    StorageLocationFactory(service=dropbox, region=StorageRegionFactory(outside=True))
    DataUseFactory(service=padlet)
    with change("Where it lives."):
        padlet.platforms.add(PlatformFactory())
    return kahoot, dropbox, padlet


def take_off(service):
    if service.visibility == Service.Visibility.LISTED:
        with change("It is taken off the list.", "listed"):
            service.visibility = Service.Visibility.UNLISTED
            service.save()


# The list


def test_the_list_is_the_one_on_the_page(client, three):
    for query in [
        "", "status=approved", "status=approved&status=not_approved", "hvem=pupil", "eos=outside", "lagring=US",
        "forfalt=ja", "opplysning=name", "plattform=feide", f"leverandor={three[0].vendor.slug}", "pris=not_stated",
        "q=kahoot", "q=", "q=nothing+like+it", "sorter=frist", "sorter=vurdert&status=approved",
        "eos=inside&status=not_approved",
    ]:  # fmt: skip
        answer = ask(client, f"/services?{query}")
        page = names(client.get(f"{LIST}?{query}")) if answer["count"] else []

        assert ([row["name"] for row in answer["services"]], answer["count"]) == (page, len(page)), query


def test_a_row_says_what_applies_today_and_where_to_read_on(client, three, settings):
    [row] = ask(client, "/services?q=kahoot")["services"]

    assert row == {
        "slug": "kahoot",
        "name": "Kahoot",
        "vendors": [three[0].vendor.slug],
        "status": "approved",
        "is_overdue": True,
        "decided_on": "2026-03-01",
        "review_by": "2026-03-02",
        "valid_until": None,
        "summary": "Makes quizzes that pupils answer with a code",
        "page": f"{settings.SITE_URL}/tjenester/kahoot/",
        "api": f"{settings.SITE_URL}/api/v1/services/kahoot",
    }


def test_pages_lead_to_each_other_and_keep_the_question(client, settings):
    for number in range(51):
        ServiceFactory(name=f"Quiz {number:03}", vendor=None)

    first = ask(client, "/services?q=quiz&sorter=frist")
    second = ask(client, first["next"].removeprefix(f"{settings.SITE_URL}/api/v1"))

    assert (first["count"], first["page"], first["pages"], len(first["services"])) == (51, 1, 2, 50)
    assert first["next"] == f"{settings.SITE_URL}/api/v1/services?q=quiz&sorter=frist&side=2"
    assert ([row["name"] for row in second["services"]], second["next"]) == (["Quiz 050"], None)
    assert second["previous"] == f"{settings.SITE_URL}/api/v1/services?q=quiz&sorter=frist"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("status=bogus", "status"), ("status=approved&status=bogus", "status"), ("hvem=x", "hvem"), ("eos=x", "eos"),
        ("lagring=XX", "lagring"), ("leverandor=nobody", "leverandor"), ("status=", "status"), ("sorter=x", "sorter"),
        ("q=a%00b", "q"), ("q=" + "x" * 201, "q"), ("q=" + "ord+" * 11, "q"), ("utm_source=x", "utm_source"),
        ("Status=approved", "Status"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_named(client, query, parameter):
    problem = ask(client, f"/services?{query}", 400)

    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["detail"].startswith(f"{parameter}: ")


@pytest.mark.parametrize("side", ["0", "2", "01", "-1", "x", "9" * 30, "²"])
def test_a_page_that_there_is_not_is_refused(client, side):
    assert "none of the pages 1 to 1" in ask(client, f"/services?side={side}", 400)["detail"]


def test_all_faults_are_named_at_once_and_long_values_are_cut(client):
    problem = ask(client, f"/services?status=bogus&eos=x&eos={'y' * 500}", 400)

    assert [error["parameter"] for error in problem["errors"]] == ["status", "eos", "eos"]
    assert "Use one of: approved, " in problem["errors"][0]["detail"]
    assert "y" * 41 not in problem["detail"]


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        ask(client, path)
    return len(captured)


@told
def test_number_of_queries_does_not_grow(client, three):
    few = [queries(client, path) for path in ("/services", "/services/kahoot", "/vendors")]
    for _ in range(4):
        service = StorageLocationFactory(service=ServiceFactory(co_vendors=[VendorFactory()])).service
        published_round(service, rulings=[{"audience": "pupil"}])
    many = [queries(client, path) for path in ("/services", "/services/kahoot", "/vendors")]

    assert few == many == [LIST_QUERIES, ONE_QUERIES, SUBJECTS_QUERIES]


# One service


@told
def test_one_service_is_what_the_register_last_said_of_it(client, three):
    entry = RegisterEntry.objects.filter(subject_key="kahoot").first()
    answer = ask(client, "/services/kahoot")

    assert answer["content"] == entry.said()
    assert (answer["entry"]["header"], answer["entry"]["hash"]) == (entry.header(), entry.hash)
    assert (answer["status"], answer["is_overdue"], answer["withheld"]) == ("approved", True, False)


@told
def test_one_service_on_a_day_is_what_was_said_and_applied_then(client, at):
    at("2026-03-10")
    service = published_round(ServiceFactory(name="Kahoot"), review_by=datetime.date(2026, 4, 1)).service
    at("2026-05-10")
    with change("It has a new name."):
        service.name = "Kahoot!"
        service.save()
    at("2026-06-01")

    march, may, now = (ask(client, f"/services/kahoot{query}") for query in ("?on=2026-03-10", "?on=2026-05-09", ""))

    assert [answer["content"]["facts"]["name"] for answer in (march, may, now)] == ["Kahoot", "Kahoot", "Kahoot!"]
    assert [answer["is_overdue"] for answer in (march, may, now)] == [False, True, True]
    assert [answer["on"] for answer in (march, may, now)] == ["2026-03-10", "2026-05-09", "2026-06-01"]


@told
def test_a_day_ends_at_midnight_in_norway(client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 3, 10, 23, 30, tzinfo=datetime.UTC))
    ServiceFactory(name="Kahoot")

    assert ask(client, "/services/kahoot?on=2026-03-11")["entry"]["header"]["recorded_at"].startswith(
        "2026-03-10T23:30"
    )
    ask(client, "/services/kahoot?on=2026-03-10", 404)


@told
def test_before_the_first_word_the_answer_says_when_that_was(client, at):
    at("2026-03-10")
    ServiceFactory(name="Other")
    at("2026-03-20")
    ServiceFactory(name="Kahoot")

    for day in ("2026-03-15", "2026-01-01", "0001-01-01"):
        problem = ask(client, f"/services/kahoot?on={day}", 404)

        assert (problem["register_began"], problem["first_told_of"]) == ("2026-03-10", "2026-03-20")
        assert f"by {day}. It was first told of on 2026-03-20" in problem["detail"]


@told
def test_while_it_was_off_the_list_there_is_nothing_to_say(client, at):
    at("2026-03-10")
    service = ServiceFactory(name="Kahoot")
    for day, visibility in [("2026-04-10", Service.Visibility.UNLISTED), ("2026-05-10", Service.Visibility.LISTED)]:
        at(day)
        with change("It comes and goes.", "listed"):
            service.visibility = visibility
            service.save()

    problem = ask(client, "/services/kahoot?on=2026-04-20", 404)

    assert "On 2026-04-20 the service “kahoot” was not public any more" in problem["detail"]
    assert [ask(client, f"/services/kahoot?on={day}")["status"] for day in ("2026-04-09", "2026-05-10")] == [
        "not_assessed",
        "not_assessed",
    ]


@pytest.mark.parametrize(
    "day", ["2099-01-01", "yesterday", "2026-02-30", "20260310", "2026-W10-2", "", "a%00b", "٢٠٢٦-٠٣-١٠"]
)
def test_days_to_come_and_nonsense_are_refused(client, day):
    assert ask(client, f"/services/kahoot?on={day}", 400)["errors"][0]["parameter"] == "on"


def test_a_day_given_twice_is_refused(client):
    assert "more than once" in ask(client, "/services/kahoot?on=2026-03-10&on=2026-03-11", 400)["detail"]


@told
@pytest.mark.parametrize("path", ["/services/{}", "/services/{}?on=2026-03-10", "/vendors/{}-vendor", "/policies/{}"])
def test_what_is_hidden_answers_as_what_does_not_exist(client, path):
    for slug in ("draft", "gone"):
        vendor = VendorFactory(slug=f"{slug}-vendor")
        service = ServiceFactory(slug=slug, vendor=vendor, draft=slug == "draft")
        PolicyFactory(slug=slug, vendor=vendor, services=[service])
        take_off(service)
        hidden, missing = (ask(client, path.format(name), 404)["detail"] for name in (slug, "never"))

        assert hidden == missing.replace("never", slug)


@told
def test_an_alternative_that_is_gone_is_left_out_of_what_was_said_before(client, at):
    at("2026-03-10")
    gone = ServiceFactory(name="Gone")
    ServiceFactory(name="Kahoot", alternatives=[gone, ServiceFactory(name="Stays")])
    at("2026-04-10")
    take_off(gone)

    before, now = ask(client, "/services/kahoot?on=2026-03-10"), ask(client, "/services/kahoot")

    assert (before["withheld"], now["withheld"]) == (True, False)
    assert before["content"]["facts"]["alternatives"] == now["content"]["facts"]["alternatives"] == ["stays"]


# Vendors, documents, reference lists


@told
def test_vendors_and_documents_are_what_the_register_last_said(client, three):
    PolicyFactory(slug="kahoot-privacy", vendor=three[0].vendor, services=[three[0]])

    vendor = ask(client, f"/vendors/{three[0].vendor.slug}")
    policy = ask(client, "/policies/kahoot-privacy")

    assert vendor["content"]["name"] == three[0].vendor.name
    assert policy["content"]["services"] == ["kahoot"]
    assert [row["key"] for row in ask(client, "/policies")["subjects"]] == ["kahoot-privacy"]
    assert len(ask(client, "/vendors")["subjects"]) == 3


@told
def test_reference_lists_say_what_codes_stand_for(client, three):
    SchoolOwnerFactory()
    lists = {name: ask(client, f"/reference/{name}")["subjects"] for name in REFERENCE}

    assert {name: [row["key"] for row in rows] for name, rows in lists.items()} == {
        "owner": ["owner"],
        "regions": ["DE", "US"],
        "categories": ["name"],
        "platforms": ["feide"],
        "bases": [],
        "levels": [],
        "subjects": [],
    }
    assert ask(client, "/reference/regions/DE")["content"] == lists["regions"][0]["content"]


@told
def test_a_list_comes_in_parts_that_hold_everything_once(client, three):
    vendors, parts = everything(client, "/vendors?limit=2")

    assert sorted(row["key"] for row in vendors) == sorted(service.vendor.slug for service in three)
    assert parts == 2


@pytest.mark.parametrize(
    "path", ["/reference/services", "/reference/regions/XX", "/reference/nope/DE", "/vendors/nobody"]
)
def test_what_there_is_not_is_a_problem_that_says_so(client, path):
    assert ask(client, path, 404)["detail"].startswith("There is no ")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "limit=", "after=a/b", "after=", "page=2"])
def test_lists_refuse_what_they_do_not_understand(client, query):
    assert ask(client, f"/vendors?{query}", 400)["errors"][0]["parameter"] == query.split("=")[0]


@told
def test_status_follows_the_day_and_not_the_entry(client, at):
    at("2026-03-10")
    AssessmentFactory(service=ServiceFactory(name="Kahoot"), valid_until=datetime.date(2026, 3, 31))
    at("2026-04-01")

    assert ask(client, "/services/kahoot")["status"] == "expired"
    assert ask(client, "/services/kahoot?on=2026-03-31")["status"] == "approved"

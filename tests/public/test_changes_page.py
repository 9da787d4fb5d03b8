import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from public.models import RegisterEntry
from public.register.appending import News, lock, write
from registry.changes import change
from registry.models import DataCategory, Service, StorageRegion
from tests.factories import (
    AssessmentFactory,
    DataCategoryFactory,
    DataUseFactory,
    PolicyFactory,
    ServiceFactory,
    StorageRegionFactory,
    VendorFactory,
)
from tests.public.pages import links, text, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

NEWS = "/en/endringer/"
QUERIES = 23


@pytest.fixture
def at(monkeypatch):
    """Lets it be noon on a day, or another time, until it is another."""

    def at(moment):
        moment = moment if "T" in moment else f"{moment}T12:00:00+00:00"
        monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.fromisoformat(moment))

    return at


@pytest.fixture
def news(at):
    """Kahoot is entered, approved two days after, and has a new price on the third of May; Padlet has nothing new."""
    at("2026-05-01")
    with change("Two services."):
        kahoot = ServiceFactory(name="Kahoot", vendor=VendorFactory(name="Maker"))
        ServiceFactory(name="Padlet", vendor=VendorFactory(name="Wallwisher"))
    at("2026-05-03")
    AssessmentFactory(
        service=kahoot, change_summary="First look.", decided_on=None, in_force_from=datetime.date(2026, 4, 1)
    )
    edit(kahoot, "The vendor wrote to us.", price_note="Free for schools")
    return kahoot


def edit(row, reason="Because.", kind="facts", **fields):
    with change(reason, kind):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def told(response):
    """Whom each item on the page is about with what happened, in order."""
    rows = re.findall(r"(?s)<li>\s*<h3>(.*?) <small>.*?<div>\s*<p>(.*?)</p>", response.content.decode())
    return [": ".join(re.sub(r'(?s)<span class="unseen">.*?</span>|<[^>]+>', "", part) for part in row) for row in rows]


def found(client, query):
    return told(client.get(f"{NEWS}?{query}"))


def test_what_is_new_is_told_by_day_the_newest_first(client, news):
    page = text(client.get(NEWS))

    assert page.index("3 May 2026 Kahoot") < page.index("First look.") < page.index("1 May 2026 Padlet")
    assert "The register began on 1 May 2026" in page


def test_an_item_says_of_whom_what_why_and_from_when(client, news):
    page = text(client.get(NEWS))

    assert "Kahoot Service Facts changed : Kahoot The vendor wrote to us. Price in words: Free for schools" in page
    assert "Assessment 1: approved (imported) : Kahoot Holds from 1 April 2026 First look." in page


def test_items_lead_to_their_subject_and_to_a_page_about_the_change(client, news):
    found = links(client.get(NEWS))

    assert found["Kahoot"] == "/en/tjenester/kahoot/"
    for words in ("Facts changed : Kahoot", "Assessment 1: approved (imported) : Kahoot", "Listed : Maker"):
        response = client.get(found[words], follow=True)
        assert response.status_code == 200, words


def test_days_are_those_of_norway(client, at):
    at("2026-05-01T22:30:00+00:00")
    ServiceFactory(name="Late", vendor=None)

    assert "2 May 2026 Late" in text(client.get(NEWS))
    assert found(client, "fra=2026-05-02") == ["Late: Listed"]
    assert found(client, "til=2026-05-01") == []


FOUND = {
    "om=tjeneste&hva=listed": ["Padlet: Listed", "Kahoot: Listed"],
    "om=leverandor": ["Wallwisher: Listed", "Maker: Listed"],
    "om=dokument": [],
    "om=ordliste": ["Germany: Listed"],
    "hva=facts": ["Kahoot: Facts changed"],
    "hva=facts&hva=decision": ["Kahoot: Facts changed", "Kahoot: Assessment 1: approved (imported)"],
    "status=not_assessed": ["Padlet: Listed"],
    "status=approved&hva=listed": ["Kahoot: Listed"],
    "status=approved&om=leverandor": [],
    "leverandor=wallwisher": ["Padlet: Listed", "Wallwisher: Listed"],
    "fra=2026-05-02&hva=facts": ["Kahoot: Facts changed"],
    "til=2026-05-02&om=tjeneste": ["Padlet: Listed", "Kahoot: Listed"],
    "fra=2026-05-02&til=2026-05-02": [],
    "fra=2026-05-03&til=2026-05-03&hva=facts": ["Kahoot: Facts changed"],
}


def test_values_of_a_filter_widen_and_filters_narrow(client, news):
    assert {query: found(client, query) for query in FOUND} == FOUND
    assert found(client, "hva=&om=&fra=") == found(client, "")
    assert len(found(client, "")) == 7


NONSENSE = {
    "om=skole": "“skole” for about",
    "hva=format": "“format” for what happened",
    "status=godkjent": "“godkjent” for status of the service now",
    "leverandor=kanarifugl": "“kanarifugl” for vendor",
    "fra=2026-13-01": "“2026-13-01” for first day",
    "fra=20260501": "“20260501” for first day",
    "fra=0001-01-01": "“0001-01-01” for first day",
    "til=9999-12-31": "“9999-12-31” for last day",
    "til=%00%0a": "“��” for last day",
    "side=99": "“99” for page",
}


def test_values_that_make_no_sense_are_named_and_not_used(client, news):
    for query, named in NONSENSE.items():
        response = client.get(f"{NEWS}?{query}")

        assert response.status_code == 200
        assert f"The unknown value {named} was not used." in text(response)
        assert len(told(response)) == 7


def test_chips_take_out_one_choice_and_keep_the_rest(client, news):
    response = client.get(f"{NEWS}?om=tjeneste&status=approved&fra=2026-05-02&ukjent=1")

    assert links(response)["Remove the filter Approved"] == f"{NEWS}?om=tjeneste&fra=2026-05-02"
    assert links(response)["Remove the filter From 2 May 2026"] == f"{NEWS}?om=tjeneste&status=approved"
    assert links(response)["Remove all filters"] == NEWS
    assert title(response).startswith("What is new: Services, Approved, From 2 May 2026 (2 changes) –")
    assert "2 changes" in text(response)


def test_the_feed_is_of_what_is_shown(client, news):
    response = client.get(f"{NEWS}?hva=facts&side=1")

    assert links(response)["Follow by feed (Atom)"] == f"{NEWS}atom.xml?hva=facts"
    assert 'type="application/atom+xml" title="What is new: Facts changed"' in response.content.decode()


def test_choices_that_leave_nothing_over_are_no_dead_end(client, news):
    response = client.get(f"{NEWS}?status=pilot")

    assert "No change fits all these choices." in text(response)
    assert links(response)["Show all that is new"] == NEWS


def test_an_empty_register_says_so(client):
    page = text(client.get(NEWS))

    assert "Nothing has been entered in the register yet." in page
    assert "The register began" not in page


def test_many_rows_entered_at_once_are_one_item(client):
    with change("The countries of the world."):
        for code in ("SE", "DK", "FI", "IS"):
            StorageRegionFactory(code=code)
    with change("A kind of data."):
        DataCategoryFactory()
    response = client.get(NEWS)

    assert told(response) == ["Name (en): Listed", "Storage regions: Listed"]
    assert text(response).count("The countries of the world.") == 1
    assert client.get(links(response)["Iceland"]).status_code == 200


def test_what_differs_in_kind_or_reason_is_not_folded(client):
    with change("The countries of the north."):
        rows = [StorageRegionFactory(code=code) for code in ("SE", "DK", "FI")]
    with change("One more."):
        StorageRegionFactory(code="IS")
    with change("One more."):
        rows[0].situation = StorageRegion.Situation.OUTSIDE
        rows[0].save()

    assert len(told(client.get(NEWS))) == 5


def test_services_are_never_folded(client):
    with change("All at once."):
        for number in range(5):
            ServiceFactory(name=f"Service {number}", vendor=None)

    assert len(told(client.get(NEWS))) == 5


def test_three_sentences_at_most(client, news):
    edit(
        news, "Much has changed.",
        price_note="Now paid", summary="Another", purpose="Quizzes", website="https://example.no", price_model="free",
    )  # fmt: skip

    assert re.search(r"Much has changed\. .* and 2 more changes ", text(client.get(f"{NEWS}?hva=facts")))


def test_what_is_no_longer_in_the_registry_has_no_page(client):
    category = DataCategoryFactory()
    with change("Nobody used it."):
        DataCategory.objects.get(pk=category.pk).delete()
    response = client.get(NEWS)

    assert "Taken off the list" in text(response)
    assert "/en/opplysninger/name/" not in links(response).values()


def test_the_same_said_in_a_new_form_is_no_news(client, news):
    before = told(client.get(NEWS))
    entry = RegisterEntry.objects.select_related("content").get(kind="facts")
    with change("A new release.") as this:
        head = lock()
        write(head, ("service", "kahoot"), News(entry.said(), entry, entry.said()), RegisterEntry.Kind.FORMAT, this)
        head.save()
    edit(news, "And then the price.", price_note="Paid")
    response = client.get(NEWS)

    assert told(response) == ["Kahoot: Facts changed", *before]
    assert "Price in words: Paid, was Free for schools" in text(response)


def test_fifty_a_page(client):
    with change("All at once."):
        for number in range(51):
            ServiceFactory(name=f"Service {number:03}", vendor=None)
    first, second = client.get(NEWS), client.get(f"{NEWS}?side=2")

    assert len(told(first)) == 50
    assert told(second) == ["Service 000: Listed"]
    assert links(first)["Page 2"] == f"{NEWS}?side=2"
    assert "page 2 of 2" in title(second)


def test_number_of_queries_does_not_grow(client):
    def more(number):
        service = ServiceFactory(name=f"Service {number}", vendor=VendorFactory())
        policy = PolicyFactory(services=[service])
        DataUseFactory(service=service)
        AssessmentFactory(service=service)
        edit(service, price_note="New")
        edit(policy, title=f"Statement {number}")

    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{NEWS}?om=tjeneste&om=leverandor&om=dokument")
        return len(queries)

    more(0)
    few = ask()
    for number in range(1, 4):
        more(number)

    assert (few, ask()) == (QUERIES, QUERIES)


def test_what_is_taken_off_the_list_is_gone_at_once(client, news):
    edit(news, "It is no more.", visibility=Service.Visibility.UNLISTED)
    page = text(client.get(NEWS))

    assert "Kahoot" not in page
    assert "It is no more." not in page

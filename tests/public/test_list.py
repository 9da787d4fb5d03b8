import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from public.rows import rows, with_status_and_situation
from registry.changes import change
from registry.models import Service
from tests.factories import (
    AssessmentFactory,
    DataCategoryFactory,
    DataUseFactory,
    DisclosureFactory,
    PlatformFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    TransferBasisFactory,
    VendorFactory,
    published_round,
)
from tests.public.pages import LIST, choices, links, names, text, title

pytestmark = pytest.mark.django_db

QUERIES = 25


@pytest.fixture
def three():
    """Approved for pupils and stored in Germany; refused and stored in the USA; not assessed and nothing stated."""
    kahoot, dropbox, padlet = (ServiceFactory(name=name) for name in ["Kahoot", "Dropbox", "Padlet"])
    published_round(kahoot, rulings=[{"audience": "pupil"}, {"audience": "teacher"}], summary="Use it with a code.")
    published_round(dropbox, outcome="not_approved", rulings=[{"audience": "pupil", "verdict": "not_allowed"}])
    StorageLocationFactory(service=kahoot, region=StorageRegionFactory(code="DE"))
    StorageLocationFactory(
        service=dropbox, region=StorageRegionFactory(outside=True), extent="main", transfer_basis=TransferBasisFactory()
    )
    return kahoot, dropbox, padlet


def found(client, query):
    return names(client.get(f"{LIST}?{query}"))


def test_a_row_says_what_a_teacher_needs(client, three):
    page = text(client.get(f"{LIST}?status=approved"))

    assert "Kahoot Vendor" in page
    assert "Approved Use it with a code." in page
    assert "In the EEA: Germany" in page
    assert "May be used by: Pupil and teacher" in page
    assert "Assessed March 2026" in page


def test_a_service_without_a_round_shows_its_summary_and_that_nothing_is_decided(client, three):
    page = text(client.get(f"{LIST}?status=not_assessed"))

    assert "Not assessed Makes quizzes that pupils answer with a code" in page
    assert "May be used by" not in page.split("Padlet")[1].split("Apps and services")[0]


def test_last_days_are_given_in_full(client):
    AssessmentFactory(valid_until=datetime.date(2026, 4, 1))
    AssessmentFactory(pilot=True, valid_until=datetime.date(2099, 4, 1))
    page = text(client.get(LIST))

    assert "It was valid until 1 April 2026" in page
    assert "Pilot until 1 April 2099" in page


def test_an_overdue_decision_says_so_beside_its_status(client):
    AssessmentFactory(review_by=datetime.date(2026, 3, 2))

    assert "Approved Overdue for reassessment" in text(client.get(LIST))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=approved", ["Kahoot"]),
        ("status=approved&status=not_approved", ["Dropbox", "Kahoot"]),
        ("hvem=pupil", ["Kahoot"]),
        ("hvem=guardian", []),
        ("eos=inside", ["Kahoot"]),
        ("eos=outside", ["Dropbox"]),
        ("eos=unknown", ["Padlet"]),
        ("lagring=US", ["Dropbox"]),
        ("overforing=scc", ["Dropbox"]),
        ("status=approved&eos=outside", []),
        ("status=approved&eos=outside&eos=inside", ["Kahoot"]),
        ("status=", ["Dropbox", "Kahoot", "Padlet"]),
    ],
)
def test_values_of_a_filter_widen_and_filters_narrow(client, three, query, expected):
    assert found(client, query) == expected


def test_filters_by_platform_vendor_data_and_price(client):
    feide, name = PlatformFactory(), DataCategoryFactory()
    wanted = ServiceFactory(platforms=[feide], price_model="free", co_vendors=[VendorFactory(name="Helper")])
    DataUseFactory(service=wanted, category=name)
    ServiceFactory()

    for query in [
        "plattform=feide",
        "pris=free",
        "opplysning=name",
        "leverandor=helper",
        f"leverandor={wanted.vendor.slug}",
    ]:
        assert found(client, query) == [wanted.name], query


def test_filter_of_overdue_services(client):
    AssessmentFactory(service=ServiceFactory(name="Late"), review_by=datetime.date(2026, 3, 2))
    AssessmentFactory(service=ServiceFactory(name="In time"))

    assert found(client, "forfalt=ja") == ["Late"]


def test_who_may_use_it_follows_the_round_in_force_not_an_expired_or_older_one(client):
    expired, refused = ServiceFactory(name="Expired"), ServiceFactory(name="Refused")
    published_round(expired, valid_until=datetime.date(2026, 3, 2))
    published_round(refused)
    published_round(refused, outcome="not_approved", rulings=[{"verdict": "not_allowed"}])

    assert found(client, "hvem=teacher") == []


def test_counts_are_those_with_the_other_filters_applied(client, three):
    response = client.get(f"{LIST}?status=approved&eos=inside")

    assert choices(response, "status") == {
        "approved": 1, "conditional": 0, "pilot": 0, "under_assessment": 0,
        "not_approved": 0, "withdrawn": 0, "expired": 0, "not_assessed": 0,
    }  # fmt: skip
    assert choices(response, "eos") == {"inside": 1, "outside": 0, "nowhere": 0, "unknown": 0}
    assert choices(client.get(f"{LIST}?status=approved"), "status")["not_approved"] == 1


@pytest.mark.parametrize(
    "name", ["status", "hvem", "plattform", "eos", "pris", "lagring", "overforing", "opplysning", "leverandor"]
)
def test_every_count_is_the_number_of_services_that_its_choice_gives(client, three, name):
    DataUseFactory(service=three[0])
    with change("Added."):
        three[1].platforms.add(PlatformFactory())
    counts = choices(client.get(LIST), name)

    assert counts
    assert counts == {value: len(found(client, f"{name}={value}")) for value in counts}


def test_chips_take_out_one_choice_and_keep_the_rest(client, three):
    response = client.get(f"{LIST}?status=approved&hvem=pupil&sorter=frist&side=1&ukjent=1")

    assert links(response)["Remove the filter Approved"] == f"{LIST}?hvem=pupil&sorter=frist"
    assert links(response)["Remove the filter Pupil"] == f"{LIST}?status=approved&sorter=frist"
    assert links(response)["Remove all filters"] == LIST


def test_names_sort_as_in_norwegian(client):
    for name in ["Øve", "Årstall", "Zoo", "Ære", "ape", "Bok"]:
        ServiceFactory(name=name, slug=name.lower().translate(str.maketrans("æøå", "eoa")))

    assert found(client, "") == ["ape", "Bok", "Zoo", "Ære", "Øve", "Årstall"]


def test_sorting_by_dates_puts_those_without_last(client):
    ServiceFactory(name="None")
    for name, day in [("Old", 1), ("New", 3)]:
        AssessmentFactory(
            service=ServiceFactory(name=name),
            decided_on=datetime.date(2026, 1, day),
            review_by=datetime.date(2028, 1, day),
        )

    assert found(client, "sorter=vurdert") == ["New", "Old", "None"]
    assert found(client, "sorter=frist") == ["Old", "New", "None"]


def test_title_says_what_is_shown(client, three):
    assert title(client.get(f"{LIST}?status=approved&q=kahoot")).startswith("Services: “kahoot”, Approved (1 hit) –")


def test_fifty_services_a_page(client):
    for number in range(51):
        ServiceFactory(name=f"Service {number:03}", vendor=None)

    first, second = client.get(LIST), client.get(f"{LIST}?side=2")

    assert len(names(first)) == 50
    assert names(second) == ["Service 050"]
    assert links(first)["Page 2"] == f"{LIST}?side=2"
    assert "page 2 of 2" in title(second)


@pytest.mark.parametrize("query", ["", "?status=approved&eos=inside&hvem=pupil&q=quizzes&sorter=vurdert"])
def test_number_of_queries_does_not_grow_with_the_list(client, three, query):
    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{LIST}{query}")
        return len(queries)

    few = ask()
    for _ in range(50):
        service = StorageLocationFactory(service=ServiceFactory(co_vendors=[VendorFactory()])).service
        published_round(service, rulings=[{"audience": "pupil"}])

    assert (few, ask()) == (QUERIES, QUERIES)


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        ([("DE", "not_stated"), ("SE", "not_stated")], "In the EEA: Germany and Sweden"),
        ([("US", "main"), ("CA", "some")], "Outside the EEA: mainly United States"),
        ([("US", "not_stated"), ("DE", "not_stated")], "In the EEA and outside: United States"),
        ([("NON_EEA", "not_stated")], "Outside the EEA"),
        ([("EEA", "main")], "In the EEA"),
        ([("DEVICE", "main")], "On the device"),
        ([("NOTHING", "main")], "Nothing is stored"),
        ([("UNSTATED", "main")], "Not stated"),
        ([("UNSTATED", "main"), ("DE", "some")], "Stated only in part"),
        ([], "Not stated"),
    ],
)
def test_where_data_lies_in_words(client, regions, expected):
    situations = {"US": "outside", "CA": "outside", "NON_EEA": "outside", "DEVICE": "nowhere", "NOTHING": "nowhere"}
    service = ServiceFactory()
    for code, extent in regions:
        region = StorageRegionFactory(
            code=code,
            kind="country" if len(code) == 2 else "place",
            situation="unknown" if code == "UNSTATED" else situations.get(code, "inside"),
        )
        StorageLocationFactory(service=service, region=region, extent=extent)

    assert f"Where the data lies: {expected} " in text(client.get(LIST))


@pytest.mark.parametrize(
    ("answer", "expected", "shape"),
    [("asked", "The vendor has been asked, no answer yet", "unlisted"), ("none", "Nothing is stored", "nothing")],
)
def test_an_empty_list_of_places_says_what_is_known_of_it(client, answer, expected, shape):
    DisclosureFactory(answer=answer)
    [row] = rows(with_status_and_situation(Service.objects.all()))

    assert (row.stored.shape, expected in text(client.get(LIST))) == (shape, True)


def test_without_any_service_the_list_says_so(client):
    assert "No services have been published yet." in text(client.get(LIST))


def test_choices_that_leave_nothing_over_are_no_dead_end(client, three):
    response = client.get(f"{LIST}?q=kahoot&status=pilot")

    assert "No service fits all these choices." in text(response)
    assert "Remove the filter Pilot" in links(response)

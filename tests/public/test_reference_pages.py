import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AdequacyDecisionFactory,
    AssessmentFactory,
    DataCategoryFactory,
    DataUseFactory,
    PolicyFactory,
    PolicyVersionFactory,
    RecipientFactory,
    RetentionFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    SubprocessorFactory,
    TransferBasisFactory,
    VendorFactory,
)
from tests.public.pages import links, names, text

pytestmark = pytest.mark.django_db

QUERIES = {
    "leverandorer/": 4,
    "leverandorer/acme/": 15,
    "lagring/": 5,
    "lagring/US/": 15,
    "opplysninger/": 3,
    "opplysninger/name/": 12,
    "overforing/": 4,
    "overforing/scc/": 14,
}


def involve(name, **fields):
    """A listed service that has to do with everything that has a page."""
    acme = VendorFactory._meta.model.objects.filter(slug="acme").first() or VendorFactory(name="Acme", slug="acme")
    service = AssessmentFactory(service=ServiceFactory(name=name, vendor=acme, **fields)).service
    region, basis = StorageRegionFactory(outside=True), TransferBasisFactory()
    StorageLocationFactory(service=service, region=region, transfer_basis=basis, extent="main")
    DataUseFactory(service=service, kept_for_a_year=True)
    return service


@pytest.mark.parametrize("path", QUERIES)
def test_number_of_queries_does_not_grow(client, path):
    AdequacyDecisionFactory()
    for name in ["One", "Two"]:
        helped = involve(name)
    SubprocessorFactory(
        service=ServiceFactory(name="Helped"), vendor=helped.vendor,
        region=StorageRegionFactory(outside=True), transfer_basis=TransferBasisFactory(),
    )  # fmt: skip
    with CaptureQueriesContext(connection) as few:
        client.get(f"/en/{path}")
    for number in range(20):
        involve(f"Service {number}")
        VendorFactory()
    with CaptureQueriesContext(connection) as many:
        client.get(f"/en/{path}")

    assert (len(few), len(many)) == (QUERIES[path], QUERIES[path])


@pytest.mark.parametrize("path", [path for path in QUERIES if path.count("/") == 2])
def test_each_page_lists_its_services_in_the_common_row(client, path):
    involve("Kahoot")
    response = client.get(f"/en/{path}")

    assert names(response) == ["Kahoot"]
    assert "Approved" in text(response)
    assert "Teachers may use it." in text(response)


def test_long_lists_have_pages(client):
    for number in range(51):
        DataUseFactory(service=ServiceFactory(name=f"Service {number:02}", vendor=None))

    assert names(client.get("/en/opplysninger/name/?side=2")) == ["Service 50"]
    assert len(names(client.get("/en/opplysninger/name/?side=abc"))) == 50


def test_vendor_with_its_facts_owner_and_documents(client):
    owner = VendorFactory(name="Owner")
    acme = VendorFactory(
        name="Acme", legal_name="Acme AS", parent=owner, website="https://www.acme.example/x",
        framework_listing="listed", framework_checked_on=datetime.date(2026, 3, 1), privacy_contact="dpo@acme.example",
    )  # fmt: skip
    PolicyFactory(vendor=acme, title="Privacy at Acme", services=[ServiceFactory(name="Offered", vendor=acme)])
    SubprocessorFactory(service=ServiceFactory(name="Helped"), vendor=acme, purpose="Sends e-mail")
    response = client.get("/en/leverandorer/acme/")

    for said in ["Acme AS", "acme.example", "On the list , checked 1 March 2026", "Sends e-mail", "Germany"]:
        assert said.replace(" ,", ",") in text(response).replace(" ,", ","), said
    assert names(response) == ["Offered", "Helped"]
    assert links(response)["Owner"] == "/en/leverandorer/owner/"
    assert links(response)["Privacy at Acme"] == "/en/personvernerklaringer/privacy-at-acme/"
    assert "Acme" in links(client.get("/en/leverandorer/owner/"))


def test_vendor_leads_to_the_services_that_it_hosts(client):
    acme = VendorFactory(name="Acme")
    StorageLocationFactory(service=ServiceFactory(name="Hosted"), host=acme)
    StorageLocationFactory(service=ServiceFactory(name="Secret", draft=True), host=acme)
    response = client.get("/en/leverandorer/acme/")

    assert names(response) == ["Hosted"]
    assert "Hosts data: Germany" in text(response)


def recipient(name="Counter", newer=False, **fields):
    """A recipient that a listed service's document names, or named in the version before."""
    service = ServiceFactory(name=f"Uses {name}")
    policy = PolicyFactory(services=[service, ServiceFactory(name=f"Hides {name}", draft=True)])
    RecipientFactory(version__policy=policy, name=name, **fields)
    if newer:
        RetentionFactory(version=PolicyVersionFactory(policy=policy, captured_on=datetime.date(2026, 4, 1)))


@pytest.mark.parametrize(("kind", "key"), [("lagring", "US"), ("overforing", "scc")])
def test_subprocessors_and_recipients_count_as_storage_does(client, kind, key):
    there = {"region": StorageRegionFactory(outside=True), "transfer_basis": TransferBasisFactory()}
    both = ServiceFactory(name="Stores and passes on")
    StorageLocationFactory(service=both, **there)
    SubprocessorFactory(service=both, **there)
    SubprocessorFactory(service=ServiceFactory(name="Passes on"), vendor=VendorFactory(name="Helper"), **there)
    recipient("Counter", **there)
    recipient("Before", newer=True, **there)
    response = client.get(f"/en/{kind}/{key}/")

    assert names(response) == ["Stores and passes on", "Passes on", "Uses Counter"]
    assert "Helper" in text(response)
    assert "Not assessed Counter" in text(response)
    assert re.search(r"(Outside the EEA|46\(2\)\(c\)) 3 ", text(client.get(f"/en/{kind}/")))


@pytest.mark.parametrize(
    ("website", "is_link"),
    [
        ("https://acme.example/", True),
        ("HTTP://acme.example/", True),
        ("javascript:alert(1)", False),
        (" data:x", False),
    ],
)
def test_only_addresses_of_the_web_are_links(client, website, is_link):
    ServiceFactory(vendor=VendorFactory(name="Acme", website=website))
    shown = client.get("/en/leverandorer/acme/").content.decode()

    assert (f'href="{website}"' in shown) == is_link
    assert ("javascript:alert(1)" in shown) == (website == "javascript:alert(1)")


def test_vendors_of_nothing_that_is_listed_have_no_page(client):
    draft = ServiceFactory(draft=True, vendor=VendorFactory(name="Secret"))
    SubprocessorFactory(service=draft, vendor=VendorFactory(name="Helper"))

    assert client.get("/en/leverandorer/secret/").status_code == 404
    assert client.get("/en/leverandorer/helper/").status_code == 404
    assert "No vendors have been published yet." in text(client.get("/en/leverandorer/"))


def test_region_says_what_the_law_says_today(client):
    AdequacyDecisionFactory(valid_from=datetime.date(2023, 7, 10))
    AdequacyDecisionFactory(
        act="(EU) 2016/1250", name="Privacy Shield",
        valid_from=datetime.date(2016, 7, 12), valid_until=datetime.date(2020, 7, 16),
    )  # fmt: skip
    page = text(client.get("/en/lagring/US/"))

    assert "The EU's decision covers only organisations on its list." in page
    assert "Data Privacy Framework (EU) 2023/1795 In force Only certified organisations" in page
    assert "Privacy Shield (EU) 2016/1250 Not in force" in page
    assert "12 July 2016 – 16 July 2020" in page


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ("inside", "The GDPR applies here."),
        ("outside", "No decision of the EU applies here today."),
        ("nowhere", "Nothing leaves the school or the device"),
        ("unknown", "Nobody has said where it is"),
    ],
)
def test_the_law_of_each_situation(client, situation, expected):
    StorageRegionFactory(code="XX", situation=situation)

    assert expected in text(client.get("/en/lagring/XX/"))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("all", "data is well enough protected here"), ("sector", "covers only some recipients")],
)
def test_the_law_by_the_scope_of_a_decision(client, scope, expected):
    AdequacyDecisionFactory(scope=scope)

    assert expected in text(client.get("/en/lagring/US/"))


def test_category_says_how_long_each_service_keeps_it(client):
    name = DataCategoryFactory(iri="https://w3id.org/dpv/pd#Name", match="exact")
    DataUseFactory(service=ServiceFactory(name="A year"), category=name, kept_for_a_year=True)
    DataUseFactory(service=ServiceFactory(name="Unknown"), category=name)
    page = text(client.get("/en/opplysninger/name/"))

    assert "https://w3id.org/dpv/pd#Name (exact)" in page
    assert "Kept: 1 year after last use" in page
    assert "No period is stated" in page


def test_categories_stand_in_their_groups_with_special_ones_marked(client):
    DataCategoryFactory()
    DataCategoryFactory(special_category=True)
    page = text(client.get("/en/opplysninger/"))

    assert "Account Name (en) 0 services" in page
    assert "Special categories Health (en) Special category: Yes, article 9 0 services" in page


def test_basis_tells_a_ground_from_a_gap(client):
    TransferBasisFactory()
    TransferBasisFactory(gap=True)

    assert "Article of the GDPR article 46(2)(c)" in text(client.get("/en/overforing/scc/"))
    assert "This is not a ground" in text(client.get("/en/overforing/not_stated/"))


@pytest.mark.parametrize("kind", ["leverandorer", "lagring", "opplysninger", "overforing"])
@pytest.mark.parametrize("key", ["finnes-ikke", "us", "0", "A" * 41])
def test_unknown_keys_get_the_page_for_what_does_not_exist(client, kind, key):
    StorageRegionFactory(outside=True)
    response = client.get(f"/en/{kind}/{key}/")

    assert response.status_code == 404
    assert "There is no such page" in text(response)

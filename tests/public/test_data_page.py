import pytest

from public.models import RegisterHead
from tests.factories import SchoolOwnerFactory, ServiceFactory
from tests.public.pages import LIST, links, text

pytestmark = pytest.mark.django_db

PAGE = "/en/data/"


def test_the_page_names_the_licence_the_files_and_the_present_head(client, register):
    SchoolOwnerFactory(name="Fjellvik kommune", email="school@example.no")
    ServiceFactory()
    response, head = client.get(PAGE), RegisterHead.objects.get()
    page, found = text(response), links(response)

    assert found["Norwegian Licence for Open Government Data (NLOD) 2.0"] == "https://data.norge.no/nlod/no/2.0"
    assert "Publisher Fjellvik kommune" in page
    assert f"Last entry {head.serial} Its fingerprint {head.hash}" in page
    assert f"<code>{head.hash}</code>" in response.content.decode()
    assert found["school@example.no"] == "mailto:school@example.no"


def test_every_address_on_the_page_answers(client, register, settings):
    ServiceFactory(slug="mentimeter")
    page = text(client.get(PAGE))
    examples = [word.strip('"') for word in page.split() if word.strip('"').startswith(f"{settings.SITE_URL}/")]
    paths = [address.removeprefix(settings.SITE_URL) for address in examples]

    assert len(paths) >= 6
    for path in [*paths, *(link for link in links(client.get(PAGE)).values() if link.startswith("/"))]:
        assert client.get(path).status_code == 200, path


def test_the_licence_can_be_the_other_one(client, settings):
    settings.DATA_LICENCE = "CC-BY-4.0"

    assert "Creative Commons Attribution 4.0 (CC BY 4.0)" in links(client.get(PAGE))


def test_before_the_first_publication_the_page_says_so(client):
    page = text(client.get(PAGE))

    assert "The register began Nothing has been published yet" in page
    assert "Last entry 0" in page


def test_every_page_leads_to_it(client):
    assert links(client.get("/en/"))["Open data"] == PAGE


def test_the_list_can_be_taken_along_as_it_is_filtered(client):
    ServiceFactory(name="Kahoot")
    found = links(client.get(f"{LIST}?q=kahoot&status=not_assessed&utm_source=x"))

    assert found["CSV"] == "/en/tjenester.csv?q=kahoot&status=not_assessed"
    assert found["JSON"] == "/api/v1/services?q=kahoot&status=not_assessed"
    assert [client.get(found[name]).status_code for name in ("CSV", "JSON")] == [200, 200]


def test_an_empty_list_is_not_worth_taking_along(client):
    assert "Take this list with you" not in text(client.get(LIST))

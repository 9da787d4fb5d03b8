"""What is not public stands on no page: everything that can be reached from the front page is read."""

import re

import pytest

from registry.changes import change
from registry.models import Service
from tests.factories import (
    AssessmentFactory,
    ConditionFactory,
    DataUseFactory,
    PolicyFactory,
    PolicyVersionFactory,
    RulingFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    SubprocessorFactory,
    UserFactory,
    VendorFactory,
    published_round,
)

pytestmark = pytest.mark.django_db

CANARY = "kanarifugl"


@pytest.fixture
def hidden(register):
    """A listed service with a draft beside its decision, and a draft and an unlisted service with all of theirs."""
    SchoolOwnerFactory()
    listed = published_round(ServiceFactory(name="Listed"), internal_notes=CANARY).service
    DataUseFactory(service=listed)
    StorageLocationFactory(service=listed)
    draft = AssessmentFactory(
        service=listed, draft=True, summary=CANARY, reasons=CANARY, internal_notes=CANARY, case_number=CANARY,
        submitted_by=UserFactory(username=CANARY),
    )  # fmt: skip
    RulingFactory(assessment=draft, use=CANARY)
    ConditionFactory(assessment=draft, text=CANARY)
    for number, visibility in enumerate(["draft", "unlisted"]):
        hide(f"{CANARY}-{number}", visibility)
    return listed


def hide(name, visibility):
    vendor = VendorFactory(name=f"{name} vendor")
    service = ServiceFactory(name=name, vendor=vendor, visibility=visibility, summary=name, domains=f"{name}.no")
    published_round(service, summary=name)
    DataUseFactory(service=service, purpose=name)
    StorageLocationFactory(service=service, note=name)
    SubprocessorFactory(service=service, vendor=VendorFactory(name=f"{name} helper"))
    PolicyVersionFactory(policy=PolicyFactory(title=name, vendor=vendor, services=[service]), controller=name)


def crawl(client, start):
    """Every page that can be reached by links, filters and sorting aside, with its content."""
    pages, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        if path not in pages:
            response = client.get(path, follow=True)
            assert response.status_code == 200, path
            pages[path] = response.getvalue().decode()  # files are sent part by part
            found = re.findall(r'(?:href|src)="(/[^"?#]*)', pages[path])
            waiting += [link for link in found if not link.startswith("/static/")]
    return pages


def test_no_page_holds_a_word_of_what_is_not_public(client, hidden):
    pages = crawl(client, "/")

    assert {"/", "/nn/", "/en/", "/tjenester/listed/", "/leverandorer/", "/opplysninger/name/"} <= pages.keys()
    assert [path for path, content in pages.items() if CANARY in content.lower()] == []


def test_no_page_asks_for_a_cookie_or_names_the_admin(client, hidden, settings):
    pages = crawl(client, "/")

    assert not client.cookies
    assert not [path for path, content in pages.items() if settings.ADMIN_PATH in content]


@pytest.mark.parametrize(
    "query",
    [
        "q=kanari",
        "q=kanarifugl-0.no",
        "q=kanarifugk",
        "leverandor=kanarifugl-0-vendor",
        "status=approved",
        "opplysning=name",
        "lagring=DE",
    ],
)
def test_no_search_or_count_gives_it_away(client, hidden, query):
    content = client.get(f"/en/tjenester/?{query}").content.decode()

    repeated = re.sub(r'value="kanari\w*[^"]*"|“kanari[^”]*”|q=kanari[^"&]*|%20kanari[^"]*', "", content)
    assert CANARY not in repeated.lower()
    assert '<span class="num">2<' not in content
    assert '<span class="num">3<' not in content


@pytest.mark.parametrize(
    "path",
    [
        "tjenester/kanarifugl-0/",
        "tjenester/kanarifugl-1/",
        "tjenester/kanarifugl-1/historikk/",
        "leverandorer/kanarifugl-1-vendor/",
    ],
)
def test_what_is_hidden_answers_as_what_does_not_exist(client, hidden, path):
    missing = client.get("/en/" + path.replace("kanarifugl", "finnes-ikke"))
    response = client.get(f"/en/{path}")

    assert response.status_code == missing.status_code == 404
    assert response.content == missing.content


def test_what_is_taken_off_the_list_is_gone_at_once(client, hidden):
    with change("It is closed."):
        hidden.visibility = Service.Visibility.UNLISTED
        hidden.save()

    assert "Listed" not in client.get("/en/tjenester/").content.decode()

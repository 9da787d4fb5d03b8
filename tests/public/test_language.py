import re

import pytest

from tests.factories import AssessmentFactory, ServiceFactory

pytestmark = pytest.mark.django_db

PATHS = ["", "tjenester/", "leverandorer/", "lagring/", "opplysninger/", "overforing/", "om/"]


def body(response):
    return response.content.decode()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("prefix", "language"), [("/", "nb"), ("/nn/", "nn"), ("/en/", "en")])
def test_a_page_says_which_language_it_is_in(client, prefix, language, path):
    response = client.get(prefix + path)

    assert f'<html lang="{language}">' in body(response)
    assert response["Content-Language"] == language


def test_the_browser_and_old_cookies_do_not_choose_the_language(client):
    client.cookies["django_language"] = "en"

    assert '<html lang="nb">' in body(client.get("/", headers={"accept-language": "en"}))


@pytest.mark.parametrize("path", PATHS)
def test_every_page_leads_to_itself_in_the_other_languages(client, path):
    page = body(client.get(f"/nn/{path}"))

    assert f'<a href="/{path}" lang="nb" hreflang="nb">Bokmål</a>' in page
    assert f'<a href="/en/{path}" lang="en" hreflang="en">English</a>' in page
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page))
    assert alternates == {
        "nb": f"http://localhost:8000/{path}",
        "nn": f"http://localhost:8000/nn/{path}",
        "en": f"http://localhost:8000/en/{path}",
    }
    assert f'<link rel="canonical" href="http://localhost:8000/nn/{path}">' in page


def test_the_other_language_keeps_search_and_filters(client):
    AssessmentFactory()

    assert 'href="/nn/tjenester/?status=approved" lang="nn"' in body(client.get("/tjenester/?status=approved&x=1"))


def test_an_error_page_leads_home_in_the_other_languages(client):
    assert 'href="/nn/" lang="nn"' in body(client.get("/en/finnes-ikke/"))


def test_content_in_another_language_than_the_page_is_marked(client):
    AssessmentFactory(service=ServiceFactory(content_language="nn"), summary="Lærarar kan bruke ho.")

    assert '<span lang="nn">Lærarar kan bruke ho.</span>' in body(client.get("/tjenester/"))
    assert '<span lang="nn">' not in body(client.get("/nn/tjenester/"))

"""A page that has not changed is not sent again; one that has is, on the next request."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from public import freshness
from registry.changes import change
from tests.factories import AssessmentFactory, RulingFactory, SchoolOwnerFactory, ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

PATHS = ["/", "/en/tjenester/quiz/", "/nn/tjenester/?status=approved", "/tjenester/quiz/historikk/", "/robots.txt"]


@pytest.fixture
def quiz():
    SchoolOwnerFactory()
    return ServiceFactory(name="Quiz", slug="quiz")


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_who_has_the_page_gets_304_and_nothing_is_rendered(client, quiz, path):
    first = client.get(path)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Cache-Control"] == "public, no-cache"
    assert len(queries) == 1


@pytest.mark.parametrize("path", PATHS)
def test_a_publication_shows_on_the_next_request(client, quiz, path):
    tag = client.get(path)["ETag"]
    with change("The vendor wrote to us."):
        quiz.summary = "Makes polls"
        quiz.save()
    again = client.get(path, headers={"If-None-Match": tag})

    assert again.status_code == 200
    assert again["ETag"] != tag


def test_a_change_that_the_public_cannot_see_moves_no_tag(client, quiz):
    tags = [client.get(path)["ETag"] for path in PATHS]
    RulingFactory(assessment=AssessmentFactory(service=quiz, draft=True, summary="Secret"))
    ServiceFactory(name="Draft", draft=True)
    ServiceFactory(name="Unlisted", unlisted=True)

    assert [client.get(path)["ETag"] for path in PATHS] == tags


def test_a_new_day_and_a_new_release_are_new_versions(client, quiz, settings, monkeypatch):
    tags = {client.get("/")["ETag"]}
    settings.RELEASE = "2026-05-01"
    tags.add(client.get("/")["ETag"])
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr("public.freshness.timezone.localdate", lambda: tomorrow)
    tags.add(client.get("/")["ETag"])

    assert len(tags) == 3
    assert f".{tomorrow.isoformat()}.2026-05-01-" in freshness.version()


def test_what_is_set_otherwise_shows_at_once(client, quiz, settings):
    tags = {client.get("/")["ETag"]}
    for name, value in (
        ("DATA_LICENCE", "CC-BY-4.0"),
        ("DEMONSTRATION", "other"),
        ("SITE_URL", "https://other.example"),
    ):
        setattr(settings, name, value)
        tags.add(client.get("/")["ETag"])

    assert len(tags) == 4


def test_the_tag_of_one_page_is_not_that_of_another(client, quiz):
    tag = client.get("/")["ETag"]

    assert client.get("/om/", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/tjenester/missing/", headers={"If-None-Match": tag}).status_code == 404


def test_a_tag_that_a_proxy_has_weakened_is_still_known(client, quiz):
    tag = client.get("/")["ETag"]

    assert client.get("/", headers={"If-None-Match": f'"other", W/{tag}'}).status_code == 304


@pytest.mark.parametrize("path", ["/helse/", "/tjenester/missing/", "/nowhere/"])
def test_what_is_missing_or_not_a_page_has_no_tag(client, quiz, path):
    assert "ETag" not in client.get(path)


def test_while_developing_an_edited_template_is_a_new_version(client, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("old")
    settings.DEBUG = True
    before = freshness.release()
    (tmp_path / "templates" / "b.html").write_text("new")

    assert freshness.release() != before
    assert before.startswith("development-")

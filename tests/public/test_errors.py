import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from config.urls import urlpatterns
from public import errors
from public import urls as public
from public.api import urls as api
from tests.public.pages import links, text

# Programs are answered in JSON; see test_api_entries.
FOR_PROGRAMS = [*api.urlpatterns, *api.translated]
PATHS = [route.pattern._route for route in [*public.urlpatterns, *public.plain] if route not in FOR_PROGRAMS]
FILLED = {re.sub(r"<int:\w+>", "1", re.sub(r"<(?:slug|code):\w+>", "x", path)) for path in PATHS}


@pytest.fixture
def request_(rf: RequestFactory):
    return rf.get("/en/finnes-ikke/?q=canary")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (lambda request: errors.bad_request(request, SuspiciousOperation("canary")), 400, "We could not read that"),
        (lambda request: errors.permission_denied(request, PermissionDenied()), 403, "You do not have access"),
        (lambda request: errors.page_not_found(request, None), 404, "There is no such page"),
        (errors.method_not_allowed, 405, "This page can only be read"),
        (errors.server_error, 500, "Something went wrong with us"),
    ],
)
def test_each_page_has_its_own_words_a_search_box_and_a_way_home(request_, handler, status, words, in_english):
    response = handler(request_)

    assert response.status_code == status
    assert words in text(response)
    assert 'name="q"' in response.content.decode()
    assert links(response)["Go to the front page"] == "/en/"
    assert "canary" not in response.content.decode()


@pytest.mark.django_db
def test_what_our_own_code_says_of_a_bad_request_is_shown(request_):
    assert "That cannot be looked up." in text(errors.bad_request(request_, BadRequest("That cannot be looked up.")))


def test_server_error_asks_the_database_nothing_and_can_be_found_in_the_log(request_, caplog):
    response = errors.server_error(request_)  # without django_db, a query would fail

    reference = re.search(r"<code>(\w{8})</code>", response.content.decode())[1]
    assert reference in caplog.text


@pytest.mark.django_db
def test_server_error_shows_nothing_of_what_failed(client, monkeypatch):
    def fail(*args):
        raise ValueError("canary")

    client.raise_request_exception = False
    monkeypatch.setattr("public.views.home.latest", fail)
    response = client.get("/en/")

    assert response.status_code == 500
    assert "canary" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", sorted(FILLED))
def test_pages_can_only_be_read(path, method):
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)(f"/{path}")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "<h1>" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(path for path in FILLED if not re.search("x/|1/", path)))
def test_head_is_get_without_a_body(client, path):
    response = client.head(f"/{path}")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.django_db
def test_old_form_gets_a_page_of_ours():
    response = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert 'name="q"' in response.content.decode()


@pytest.mark.django_db
def test_foreign_host_gets_a_page_of_ours(client):
    response = client.get("/en/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert 'name="q"' in response.content.decode()
    assert "evil" not in response.content.decode()


@pytest.mark.django_db
def test_health_asks_the_database_once(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/helse/")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_health_tells_when_the_database_is_gone(client, monkeypatch):
    def fail():
        raise OperationalError("no connection")

    monkeypatch.setattr(connection, "cursor", fail)

    assert client.get("/helse/").status_code == 503


@pytest.mark.django_db
def test_robots_may_read_everything_and_learn_nothing_of_the_admin(client, settings):
    content = client.get("/robots.txt").content.decode()

    assert "User-agent: *" in content
    assert settings.ADMIN_PATH.strip("/") not in content


def test_all_public_pages_stand_in_one_list():
    assert len(urlpatterns) == len(public.plain) + 1


@pytest.mark.parametrize("path", ["/no/such/page/", "/tjenester/nobody/"])
def test_a_missing_page_says_so_in_our_words_in_development_too(client, db, settings, path):
    settings.DEBUG = True

    answer = client.get(path)

    assert answer.status_code == 404
    assert "DEBUG" not in answer.text
    assert "404.html" in [template.name for template in answer.templates]

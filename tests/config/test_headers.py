import datetime

import pytest
from django.contrib.auth.models import User
from django.db import DataError
from django.test import RequestFactory
from django.urls import ResolverMatch, reverse
from django.utils import timezone

from config.middleware import AdminInput

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ADDRESSES = [
    pytest.param("/", 200, id="page"),
    pytest.param("/helse/", 200, id="health"),
    pytest.param("/finnes-ikke/", 404, id="no such page"),
    pytest.param("/static/admin/css/base.css", 200, id="style sheet"),
]


@pytest.fixture
def get(client):
    """Ask for a page or a file; a file stays open until somebody closes it."""

    def ask(path):
        response = client.get(path)
        response.close()
        return response

    return ask


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("officer"))
    return client


@pytest.mark.parametrize(("path", "status"), ADDRESSES)
def test_every_answer_keeps_other_sites_out(get, path, status):
    response = get(path)

    assert response.status_code == status
    assert HEADERS.items() <= dict(response.headers).items()
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize(("path", "status"), ADDRESSES)
def test_anonymous_answers_set_no_cookie(get, path, status):
    response = get(path)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_style_sheets_are_not_open_to_other_sites(get):
    assert "Access-Control-Allow-Origin" not in get("/static/admin/css/base.css")


def test_unknown_host_is_refused_with_the_headers_of_a_page(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"


def test_plain_http_is_sent_to_https_except_for_the_health_check(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/")["Location"] == "https://testserver/"
    assert client.get("/helse/").status_code == 200


def test_forged_protocol_changes_nothing(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/", headers={"x-forwarded-proto": "https"}).status_code == 301


def test_staff_session_ends_after_a_working_day(staff):
    session = staff.session
    session["began"] = (timezone.now() - datetime.timedelta(hours=8, minutes=1)).isoformat()
    session.save()

    response = staff.get(reverse("admin:index"))

    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_staff_session_ends_after_half_an_hour_without_a_page(staff):
    cookie = staff.get(reverse("admin:index")).cookies["sessionid"]

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (1800, True, "Lax")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("?id__exact=99999999999999999999", id="number too large"),
        pytest.param("?q=" + "+".join(["ord"] * 1200), id="search of 1,200 words"),
    ],
)
def test_values_that_no_database_takes_are_the_visitors_mistake(staff, query):
    assert staff.get(reverse("admin:auth_user_changelist") + query).status_code in {200, 302, 400}


def admin_input(exception, namespace="admin"):
    request = RequestFactory().get("/")
    request.resolver_match = ResolverMatch(None, (), {}, namespaces=[namespace])
    return AdminInput(get_response=None).process_exception(request, exception)


@pytest.mark.parametrize(
    "exception",
    [
        pytest.param(DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"), id="NUL"),
        pytest.param(OverflowError("Python int too large to convert to SQLite INTEGER"), id="too large"),
        pytest.param(ValueError("Field 'id' expected a number but got 'abc'."), id="no number"),
    ],
)
def test_admin_answers_400_to_what_the_database_cannot_look_up(exception):
    assert admin_input(exception).status_code == 400


def test_other_errors_of_the_admin_stay_errors():
    assert admin_input(ValueError("a mistake of ours")) is None


def test_public_pages_have_no_such_net():
    assert admin_input(DataError("too long"), namespace="public") is None

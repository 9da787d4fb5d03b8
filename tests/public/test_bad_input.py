"""Nonsense in addresses is never an error. SQLite and PostgreSQL differ in what they refuse; the suite runs on both."""

import pytest

from config.guard import is_readable
from tests.factories import AssessmentFactory, DataCategoryFactory, StorageRegionFactory, VendorFactory
from tests.public.pages import LIST, names, text

pytestmark = pytest.mark.django_db

VALUES = [
    "", " ", "0", "-1", "abc", "1e309", "NaN", "²", "9223372036854775808", "99999999999999999999", "1" * 400,
    "\0", "a\0b", "%00", "' OR 1=1 --", "\"><script>alert(1)</script>", "../../etc/passwd", "{{7*7}}", "%s%n", "${x}",
    "\u202e", "\ufeff", "\ufffd", "\U0001f600", "\ufdfa" * 200, "a\u0301" * 100, "\r\nSet-Cookie: a=b", "\\", "[",
    "(((", "*", "x" * 5000, "ord " * 1200, "http://", "https://" + "a." * 100 + "no", "://", "@", "a@b",
    "//evil.example", "javascript:alert(1)",
]  # fmt: skip
PARAMETERS = [
    "q", "status", "hvem", "plattform", "eos", "forfalt", "pris", "lagring", "overforing", "opplysning", "leverandor",
    "sorter", "side", "unknown", "page", "format", "id__in", "status__exact", "_method",
]  # fmt: skip
PATHS = [
    "/",
    "/om/",
    "/leverandorer/",
    "/leverandorer/acme/",
    "/lagring/",
    "/lagring/US/",
    "/opplysninger/name/",
    "/overforing/",
]


@pytest.fixture
def content():
    StorageRegionFactory(outside=True)
    DataCategoryFactory()
    return AssessmentFactory(service__vendor=VendorFactory(name="Acme")).service


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_value_of_a_parameter_breaks_the_list(client, content, parameter):
    for value in VALUES:
        response = client.get(LIST, {parameter: value})

        assert response.status_code == 200, value[:50]
        assert "<script" not in response.content.decode(), value[:50]
        assert "Set-Cookie" not in response.headers, value[:50]


@pytest.mark.parametrize("path", PATHS)
def test_no_query_breaks_another_page(client, content, path):
    for value in VALUES:
        assert client.get(path, {"side": value, "q": value}).status_code == 200, value[:50]


@pytest.mark.parametrize("parameter", PARAMETERS[1:13])
def test_a_value_that_was_not_used_is_named_and_the_list_is_shown(client, content, parameter):
    response = client.get(LIST, {parameter: "nonsense"})

    assert names(response) == [content.name]
    assert "The unknown value “nonsense” for" in text(response)
    assert 'role="status"' in response.content.decode()


@pytest.mark.parametrize(
    ("parameter", "value"), [("side", "0"), ("side", "2"), ("side", "01"), ("q", "x" * 201), ("q", "a\0b")]
)
def test_pages_that_do_not_exist_and_searches_that_cannot_be_are_named_too(client, content, parameter, value):
    response = client.get(LIST, {parameter: value})

    assert names(response) == [content.name]
    assert "The unknown value “" in text(response)


@pytest.mark.parametrize("parameter", PARAMETERS[:13])
def test_nul_passes_the_guard_and_is_named_as_any_other_nonsense(client, content, parameter):
    response = client.get(LIST, {parameter: "a\0b"})

    assert is_readable(response.wsgi_request.environ)
    assert "The unknown value “a\ufffdb” for" in text(response)
    assert names(response) == [content.name]


@pytest.mark.parametrize("path", PATHS)
def test_nul_passes_the_guard_to_every_other_page(client, content, path):
    response = client.get(path, {"side": "\0", "q": "\0", "x": "\0"})

    assert is_readable(response.wsgi_request.environ)
    assert response.status_code == 200


def test_good_values_beside_bad_ones_count(client, content):
    response = client.get(f"{LIST}?status=approved&status=foo&status=bar")

    assert names(response) == [content.name]
    assert "“foo” for status" in text(response)
    assert "“bar” for status" in text(response)


def test_a_long_value_is_not_repeated_in_full_and_many_are_not_all_named(client, content):
    page = client.get(f"{LIST}?" + "&".join(f"status={'x' * 100}{number}" for number in range(100))).content.decode()

    assert page.count("was not used") == 5
    assert "x" * 41 not in page


def test_unknown_parameters_are_nobodys_business(client, content):
    response = client.get(f"{LIST}?utm_source=x&status=approved")

    assert "was not used" not in text(response)
    assert (
        '<link rel="canonical" href="http://localhost:8000/en/tjenester/?status=approved">' in response.content.decode()
    )


def test_thousands_of_parameters_are_refused_in_our_own_words(client):
    response = client.get(f"{LIST}?" + "&".join(f"status={number}" for number in range(2000)))

    assert response.status_code == 400
    assert 'name="q"' in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/tjenester/%00/",
        "/lagring/%00/",
        "/lagring/%F0%9F%98%80/",
        "/xx/",
        "/en/en/",
        "/tjenester/../om/",
        "/.env",
        "/om//",
    ],
)
def test_odd_paths_are_pages_that_do_not_exist(client, path):
    assert client.get(path).status_code == 404

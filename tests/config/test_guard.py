import pytest
from django.test import RequestFactory

from config.guard import guard

FINE = [
    pytest.param({}, id="no content type"),
    pytest.param({"CONTENT_TYPE": "application/x-www-form-urlencoded"}, id="form"),
    pytest.param({"CONTENT_TYPE": "text/plain; charset=UTF-8"}, id="UTF-8"),
    pytest.param({"CONTENT_TYPE": 'text/plain;charset="utf-8";'}, id="quoted charset"),
    pytest.param({"CONTENT_TYPE": "multipart/form-data; boundary=----WebKitFormBoundary7MA4YW"}, id="upload"),
    pytest.param({"QUERY_STRING": "q=a%00b"}, id="NUL in the query, which the forms refuse in words"),
]
UNREADABLE = [
    pytest.param({"CONTENT_TYPE": "text/plain; charset*=BOGUS''x"}, id="encoded parameter"),
    pytest.param({"CONTENT_TYPE": "text/plain; charset=utf-16"}, id="foreign charset"),
    pytest.param({"CONTENT_TYPE": 'text/plain; a="b"; CHARSET="zlib"'}, id="codec that is no charset"),
    pytest.param({"CONTENT_TYPE": "text/plain; charset=utf-8; charset=utf-7"}, id="two charsets"),
    pytest.param({"CONTENT_TYPE": "nonsense"}, id="no media type"),
    pytest.param({"CONTENT_TYPE": "text/plain\r\nX: y"}, id="line break"),
    pytest.param({"PATH_INFO": "/tjenester/\0/"}, id="NUL in the path"),
]


def answer(**environ):
    """What a visitor gets from a guarded application that says yes to everything."""
    seen = {}

    def start_response(status, headers):
        seen.update(status=status, headers=dict(headers))

    def application(environ, start_response):
        start_response("200 OK", [])
        return [b"yes"]

    environ = {"PATH_INFO": "/", "QUERY_STRING": "", **environ}
    return b"".join(guard(application)(environ, start_response)), seen["status"], seen["headers"]


@pytest.mark.parametrize("environ", FINE)
def test_ordinary_requests_pass(environ):
    assert answer(**environ)[0] == b"yes"


@pytest.mark.parametrize("environ", UNREADABLE)
def test_unreadable_requests_are_refused(environ):
    body, status, headers = answer(**environ)

    assert (status, headers["Content-Type"]) == ("400 Bad Request", "text/plain; charset=utf-8")
    assert int(headers["Content-Length"]) == len(body)


def test_refusal_has_the_headers_of_a_page(settings):
    settings.SECURE_HSTS_SECONDS = 60

    headers = answer(PATH_INFO="/\0")[2]

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"] == "max-age=60; includeSubDomains"


def test_long_content_type_is_judged_at_once():
    header = "text/plain" + "; a=" * 5000 + "\0"

    assert answer(CONTENT_TYPE=header)[1] == "400 Bad Request"


@pytest.mark.django_db
def test_site_is_served_behind_the_guard():
    from config.wsgi import application

    environ = RequestFactory().get("/").environ | {"PATH_INFO": "/\0"}
    statuses = []
    application(environ, lambda status, headers: statuses.append(status))

    assert statuses == ["400 Bad Request"]

"""What must be refused before Django sees it.

Two kinds of request make Django 5.2 answer 500 at every address, where no middleware can help: a Content-Type
with an encoded parameter (`charset*=x''y`) fails while the request object is made (Django ticket 36991), and
a form in a foreign charset (`charset=utf-16`) fails a second time in the page that reports the first failure.
And PostgreSQL stores no NUL, so a path with one can mean nothing here. In the query it is a value like any other
that makes no sense: the forms say of it that it was not used.
"""

import re

from django.conf import settings

NAME = r"[\w!#$&^.+-]+"
PARAMETER = r'\s*;\s*([\w-]+)=("[^"\\\x00-\x1f]*"|[^\x00-\x20;"*]*)'
MEDIA_TYPE = re.compile(rf"{NAME}/{NAME}(?:{PARAMETER})*\s*;?\s*", re.ASCII)
CHARSETS = {"", "utf-8", "utf8", "us-ascii"}

BODY = b"400 Bad Request: the address or the content type of this request cannot be read.\n"
HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(BODY))),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
]


def guard(application):
    """Wrap a WSGI application so that it never sees these requests."""

    def guarded(environ, start_response):
        if is_readable(environ):
            return application(environ, start_response)
        start_response("400 Bad Request", [*HEADERS, *transport_security()])
        return [BODY]

    return guarded


def transport_security():
    """Django would have added this, had it seen the request."""
    if not settings.SECURE_HSTS_SECONDS:
        return []
    return [("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains")]


def is_readable(environ: dict) -> bool:
    return "\0" not in environ.get("PATH_INFO", "") and is_readable_type(environ.get("CONTENT_TYPE", ""))


def is_readable_type(content_type: str) -> bool:
    if not content_type:
        return True
    parameters = re.findall(PARAMETER, content_type.lower())
    charsets = {value.strip('"') for name, value in parameters if name == "charset"}
    return bool(MEDIA_TYPE.fullmatch(content_type)) and charsets <= CHARSETS

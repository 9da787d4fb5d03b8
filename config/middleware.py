"""What Django 5.2 has no setting for."""

import datetime
import logging

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.db import DataError, OperationalError
from django.http import HttpResponseNotFound
from django.urls import get_resolver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
}


def isolation_headers(get_response):
    """Keep our pages apart from other sites. A view of open data sets a header of its own."""

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def own_missing_page(get_response):
    """With DEBUG as well, say in the site's own words that a page is missing; Django would show a technical one."""

    def middleware(request):
        response = get_response(request)
        if settings.DEBUG and isinstance(response, HttpResponseNotFound):
            return get_resolver().resolve_error_handler(404)(request, exception=None)
        return response

    return middleware


def working_day(get_response):
    """End a session some hours after it began, however busy it is; Django itself only counts idle time."""

    def middleware(request):
        # Asking who the user is makes the answer differ by cookie, so it is not asked of those who have none.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = timezone.now()
            began = datetime.datetime.fromisoformat(request.session.setdefault("began", now.isoformat()))
            if now - began > settings.SESSION_LONGEST:
                logout(request)
        return get_response(request)

    return middleware


class AdminInput:
    """Answer 400, not 500, to addresses and forms of the admin with values that no database can look up.

    Django 5.2 and simple-history let these through to the database: a word or a 20-digit number where an id
    belongs, the character NUL, a search of a thousand words. Public pages need no such net, since forms check
    what they are asked.
    """

    MESSAGE = _("The address or the form holds a value that cannot be looked up. Go back and correct it.")
    SIGNS = ("expected a number but got", "NUL (0x00)", "Expression tree is too large")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        match = request.resolver_match
        if match is None or "admin" not in match.namespaces or not self.is_unusable_value(exception):
            return None
        logger.warning("Unusable value refused in the admin: %s", type(exception).__name__)
        return get_resolver().resolve_error_handler(400)(request, BadRequest(self.MESSAGE))

    def is_unusable_value(self, exception):
        if isinstance(exception, DataError | OverflowError):
            return True
        return isinstance(exception, ValueError | OperationalError) and any(
            sign in str(exception) for sign in self.SIGNS
        )

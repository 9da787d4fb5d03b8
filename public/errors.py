"""The pages for what went wrong, in our own words, each with the search box and a way home."""

import functools
import logging
import secrets

from django.core.exceptions import BadRequest
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from public.context import languages

logger = logging.getLogger(__name__)

SAFE_METHODS = ("GET", "HEAD")


def error_page(request, template, status, **context):
    """What is not there is not there in another language either, so the languages lead home."""
    context["languages"] = languages(reverse("home"))
    return render(request, template, context, status=status)


def bad_request(request, exception):
    # Only what our own code says to the visitor: other exceptions here quote the request.
    message = exception.args[0] if isinstance(exception, BadRequest) and exception.args else ""
    return error_page(request, "400.html", 400, message=message)


def permission_denied(request, exception):
    return error_page(request, "403.html", 403)


def page_not_found(request, exception):
    return error_page(request, "404.html", 404)


def method_not_allowed(request):
    response = error_page(request, "405.html", 405)
    response["Allow"] = ", ".join(SAFE_METHODS)
    return response


def server_error(request):
    """Asks the database nothing, since that may be what failed. The reference is in the log as well."""
    reference = secrets.token_hex(4)
    logger.error("Server error, reference %s", reference)
    return HttpResponseServerError(render_to_string("500.html", {"reference": reference}))


def read_only(view):
    """A page that can only be read: all but GET and HEAD get 405. Since it takes no form, it needs no token either."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.method not in SAFE_METHODS:
            return method_not_allowed(request)
        return view(request, *args, **kwargs)

    wrapped.csrf_exempt = True
    return wrapped

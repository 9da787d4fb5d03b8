"""What all answers to programs share: read-only, open to every site, kept by version, and faults told in JSON."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse
from django.urls import reverse

from public.api.problems import ProblemError
from public.errors import SAFE_METHODS
from public.freshness import fresh

JSON = "application/json; charset=utf-8"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def open_data(view: Callable) -> Callable:
    """A view of open data: for GET and HEAD alone, readable by pages of other sites, with problems in JSON."""
    kept = fresh(view)

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            response = _only_read(request) or kept(request, *args, **kwargs)
        except ProblemError as problem:
            response = problem.response()
        except TooManyFieldsSent:
            response = ProblemError(400, "There are too many parameters. Send fewer.").response()
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    wrapped.csrf_exempt = True  # nothing can be sent, so no token is needed to tell it so
    return wrapped


def _only_read(request):
    if request.method in SAFE_METHODS:
        return None
    response = ProblemError(405, "This can only be read. Use GET or HEAD.").response()
    response["Allow"] = ", ".join(SAFE_METHODS)
    return response


def as_json(value: Any) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False) + "\n", JSON)


def address(name: str, *args, query: str = "") -> str:
    """The absolute address of a page or an answer."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}{query}"


@open_data
def missing(request, path):
    """Where the API has nothing. 404 whatever was asked."""
    index = address("api-index")
    raise ProblemError(404, f"There is nothing at this address. {index} says what there is.")

"""About the registry, and what machines ask: is it well, what may be read."""

from django.db import Error, connection
from django.http import HttpResponse
from django.shortcuts import render

from assessments.status import Status

PLAIN = "text/plain; charset=utf-8"


def about(request):
    return render(request, "about.html", {"statuses": Status.values})


def health(request):
    """200 when the database answers; 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("the database does not answer\n", PLAIN, status=503)
    return HttpResponse("ok\n", PLAIN)


def robots(request):
    return HttpResponse("User-agent: *\nAllow: /\n", PLAIN)

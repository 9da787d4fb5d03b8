"""Answers about the register itself: what it is, where it stands, and entry by entry."""

from urllib.parse import urlencode

from django.conf import settings

from public.api.answers import address
from public.api.parameters import LARGEST, refuse
from public.api.problems import ProblemError
from public.api.told import told
from public.context import owner
from public.licence import licence
from public.models import RegisterEntry, RegisterHead
from public.register import reading
from public.register.subjects import is_public


def index(request, asked):
    began = reading.began()
    return {
        "title": "Register of apps and services in schools",
        "publisher": owner()["name"],
        "licence": licence().for_programs(),
        "demonstration": settings.DEMONSTRATION,
        "release": settings.RELEASE,
        "began": began.isoformat() if began else None,
        "head": _head(reading.head()),
        "links": {name: address(to) for name, to in LINKS.items()},
    }


LINKS = {
    "documentation": "data",
    "openapi": "api-openapi",
    "head": "api-head",
    "entries": "api-entries",
    "services": "api-services",
    "vendors": "api-vendors",
    "policies": "api-policies",
    "register_jsonl": "register-jsonl",
    "register_csv": "register-csv",
    "services_csv": "service-csv",
}


def head(request, asked):
    return _head(reading.head())


def _head(end: RegisterHead):
    return {"serial": end.serial, "hash": end.hash}


def entries(request, asked):
    end = reading.head()
    since, limit = asked["since"], asked["limit"]
    found = _fitting(asked).filter(serial__gt=since, serial__lte=end.serial).order_by("serial")
    rows = told(found[: limit + 1])
    here = rows[:limit]
    more = None
    if len(rows) > limit:
        query = {name: value for name, value in asked.items() if value is not None}
        more = address("api-entries", query="?" + urlencode(query | {"since": here[-1]["header"]["serial"]}))
    return {"head": _head(end), "entries": here, "next": more}


def _fitting(asked):
    """Entries of a kind, of a kind of subject, or of one subject; the last only while it is public.

    Else asking for a key would tell whether a withheld entry is about it.
    """
    found = RegisterEntry.objects.all()
    if asked["kind"]:
        found = found.filter(kind=asked["kind"])
    if asked["subject"]:
        found = found.filter(subject_kind=asked["subject"])
    if asked["key"]:
        refuse([] if asked["subject"] else [("key", "It needs subject beside it, such as subject=service.")])
        found = found.filter(is_public(), subject_key=asked["key"])
    return found


def entry(request, asked, serial):
    found = told(RegisterEntry.objects.filter(serial=serial)) if serial <= LARGEST else []
    if not found:
        last = reading.head().serial
        raise ProblemError(404, f"There is no entry {serial}. The register goes from 1 to {last}.")
    return found[0]

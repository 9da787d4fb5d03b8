"""Every address of the API, in one list: what it answers, to what it may be asked, and in which shape."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from public import schemas
from public.api import entries, services, subjects
from public.api.parameters import AFTER, KEY, LARGEST, ON, Parameter, key, limit, one_of, whole
from public.api.problems import ProblemError
from public.api.subjects import REFERENCE
from public.filters import ServiceFilter
from public.models import RegisterEntry
from public.register.subjects import KINDS
from public.search import SORTS


@dataclass(frozen=True)
class Endpoint:
    """An address under /api/v1/, what it says, which parameters it takes, the shape of its answer, and an example."""

    route: str
    name: str
    answer: Callable[..., Any]
    summary: str
    shape: str
    parameters: tuple[Parameter, ...] = ()
    path: tuple[Parameter, ...] = ()
    description: str = ""


# What stands in paths

SLUG = {"type": "string", "pattern": f"^{KEY}$"}
SERIAL = {"type": "integer", "minimum": 1, "maximum": LARGEST}


def _key(of, example):
    return Parameter("key", f"The key of {of}.", SLUG, example)


LIST = Parameter("name", "Which reference list.", {"type": "string", "enum": list(REFERENCE)}, "regions")
NUMBER = Parameter("serial", "The serial of an entry.", SERIAL, 1)
FILE = Parameter("name", "The name of a schema.", {"type": "string", "enum": schemas.names()}, "service.json")


# What stands in queries

SINCE = Parameter(
    "since",
    "Only entries with a greater serial: the last one that you have. 0 begins at the beginning.",
    {"type": "integer", "minimum": 0, "maximum": LARGEST, "default": 0},
    500,
    whole(0, LARGEST),
)
NEWS = Parameter(
    "kind",
    "Only entries of this kind.",
    {"type": "string", "enum": RegisterEntry.Kind.values},
    "decision",
    one_of(RegisterEntry.Kind.values),
)
SUBJECT = Parameter(
    "subject",
    "Only entries about this kind of subject.",
    {"type": "string", "enum": list(KINDS)},
    "service",
    one_of(KINDS),
)
ITS_KEY = Parameter(
    "key", "Only entries about the subject with this key; needs `subject` beside it.", SLUG, "mentimeter", key
)
SORT = Parameter(
    "sorter",
    "The order: by name, by the day of the last assessment, by the deadline of the next.",
    {"type": "string", "enum": list(SORTS), "default": "navn"},
    "frist",
)
PAGE = Parameter(
    "side", "Which page, fifty services on each.", {"type": "integer", "minimum": 1, "maximum": 999999, "default": 1}, 1
)

# Norwegian words, because these are the names in the addresses of the page: a query can be carried over as it is.
MEANINGS = {
    "q": "Words that must all be found in the service's texts or the vendor's name, or a pasted web address.",
    "status": "Services with one of these statuses today.",
    "hvem": "Services that one of these may use today (*hvem*: who).",
    "plattform": "Services on one of these platforms, by code of the reference list `platforms`.",
    "eos": "Where the data lies: inside the EEA (*EØS*), outside, nowhere, or unknown.",
    "forfalt": "`ja`: only services that are overdue for reassessment (*forfalt*: overdue).",
    "pris": "Services with one of these price models (*pris*: price).",
    "lagring": "Services whose data lies in one of these, by code of the list `regions` (*lagring*: storage).",
    "overforing": "Services with one of these transfer bases, by code of the list `bases` (*overføring*: transfer).",
    "opplysning": "Services that use one of these kinds of data, by code of `categories` (*opplysning*: datum).",
    "leverandor": "Services of one of these vendors, by slug (*leverandør*: vendor).",
}
EXAMPLES = {
    "q": "quiz", "status": ["approved", "conditional"], "hvem": ["pupil"], "plattform": ["feide"], "eos": ["outside"],
    "forfalt": ["ja"], "pris": ["free"], "lagring": ["US"], "overforing": ["scc"], "opplysning": ["name"],
    "leverandor": ["google"],
}  # fmt: skip


def _filter(name, field):
    if name == "q":
        return Parameter(
            name, MEANINGS[name], {"type": "string", "maxLength": field.extra["max_length"]}, EXAMPLES[name]
        )
    values = [value for value, _label in field.extra.get("choices", ())]
    item = {"type": "string", "enum": values} if values else SLUG
    return Parameter(name, MEANINGS[name], {"type": "array", "items": item}, EXAMPLES[name])


FILTERS = tuple(_filter(name, field) for name, field in ServiceFilter.base_filters.items())


# Answers that are documents


def schema(request, asked, name):
    try:
        return schemas.read(name)
    except KeyError:
        raise ProblemError(404, f"There is no such schema. There are: {', '.join(schemas.names())}.") from None


def openapi(request, asked):
    from public.api.openapi import document  # describes this very list

    return document()


PART = (AFTER, limit(100, 200))

ENDPOINTS = [
    Endpoint("", "api-index", entries.index, "What this is, its licence, and where to go", "Index"),
    Endpoint("openapi.json", "api-openapi", openapi, "This description (OpenAPI 3.1)", "Document"),
    Endpoint(
        "schemas/<str:name>",
        "api-schema",
        schema,
        "JSON Schema of what the register says of a kind of subject",
        "Document",
        path=(FILE,),
    ),
    Endpoint("head", "api-head", entries.head, "The last entry of the register: its serial and its hash", "Head"),
    Endpoint(
        "services",
        "api-services",
        services.services,
        "Services, with the filters of the page",
        "Services",
        (*FILTERS, SORT, PAGE),
        description="Values of one parameter widen, parameters narrow. What the page would leave out of account is "
        "refused here with 400.",
    ),
    Endpoint(
        "services/<slug:key>",
        "api-service",
        services.service,
        "All that the register says of one service, now or on a day",
        "Service",
        (ON,),
        (_key("a service", "mentimeter"),),
    ),
    Endpoint("vendors", "api-vendors", subjects.many("vendor"), "Vendors", "Subjects", PART),
    Endpoint(
        "vendors/<slug:key>",
        "api-vendor",
        subjects.one("vendor"),
        "One vendor, now or on a day",
        "Subject",
        (ON,),
        (_key("a vendor", "google"),),
    ),
    Endpoint(
        "policies", "api-policies", subjects.many("policy"), "Documents of vendors, and what they say", "Subjects", PART
    ),
    Endpoint(
        "policies/<slug:key>",
        "api-policy",
        subjects.one("policy"),
        "One document, now or on a day",
        "Subject",
        (ON,),
        (_key("a document", "mentimeter-privacy"),),
    ),
    Endpoint(
        "reference/<slug:name>",
        "api-references",
        subjects.references,
        "A reference list: what the codes in contents stand for",
        "Subjects",
        PART,
        (LIST,),
    ),
    Endpoint(
        "reference/<slug:name>/<slug:key>",
        "api-reference",
        subjects.reference,
        "One line of a reference list, now or on a day",
        "Subject",
        (ON,),
        (LIST, _key("a line", "US")),
    ),
    Endpoint(
        "entries",
        "api-entries",
        entries.entries,
        "Entries of the register in order, from a serial on",
        "Entries",
        (SINCE, limit(100, 500), NEWS, SUBJECT, ITS_KEY),
        description="Ask with the serial of the last entry that you have, and follow `next` to the head. The chain can "
        "be checked when nothing but `since` and `limit` is asked for.",
    ),
    Endpoint("entries/<int:serial>", "api-entry", entries.entry, "One entry of the register", "Entry", path=(NUMBER,)),
]

"""The shapes of answers, as JSON Schema (draft 2020-12). What the register says of a subject is in public/schemas."""

from typing import Any

from assessments.status import Status
from public.api.parameters import KEY
from public.models import RegisterEntry
from public.register.subjects import KINDS
from public.schemas import name as file_name

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def shape(description: str, properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object that has these properties and no others."""
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def text(description: str, **more: Any) -> Schema:
    return {"type": "string", "description": description, **more}


def either(*schemas: Schema, description: str) -> Schema:
    return {"anyOf": list(schemas), "description": description}


def or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def rows(of: Schema, description: str) -> Schema:
    return {"type": "array", "items": of, "description": description}


ADDRESS = {"type": "string", "format": "uri"}
DAY = {"type": "string", "format": "date"}
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SERIAL = {"type": "integer", "minimum": 1}
FLAG = {"type": "boolean"}
NULL = {"type": "null"}
SLUG = {"type": "string", "pattern": f"^{KEY}$"}
STATUS = {"type": "string", "enum": Status.values}

GONE = {"$ref": "#/components/schemas/common/$defs/gone"}
REDACTED = {"$ref": "#/components/schemas/common/$defs/redacted"}


def schema_of(kind: str) -> Schema:
    """A reference to the schema of what is said of a kind of subject."""
    return ref(file_name(kind).removesuffix(".json"))


EVERY_KIND = [schema_of(kind) for kind in KINDS if file_name(kind) != "term.json"] + [ref("term")]

HEADER = shape(
    "What the hash runs over: as canonical JSON (RFC 8785), in UTF-8, SHA-256.",
    {
        "serial": SERIAL | {"description": "Counts from 1 without a gap."},
        "recorded_at": text("When it was written, in UTC.", format="date-time"),
        "effective_on": DAY | {"description": "The day on which what it tells took effect."},
        "kind": text("What sort of news it is.", enum=RegisterEntry.Kind.values),
        "subject": shape(
            "Whom it speaks of, without a word of it.",
            {
                "kind": text("The kind of subject.", enum=list(KINDS)),
                "first": SERIAL | {"description": "The first entry of the same subject."},
            },
        ),
        "details": HASH | {"description": "SHA-256 of the details."},
        "content": HASH | {"description": "SHA-256 of the content."},
        "previous": {"type": "string", "pattern": "^([0-9a-f]{64})?$", "description": "The hash before; empty in 1."},
    },
)
DETAILS = shape(
    "Whom it speaks of, and why it was written.",
    {
        "subject": shape("The subject.", {"kind": text("Its kind.", enum=list(KINDS)), "key": SLUG}),
        "reason": text("Why, in the words of the school owner."),
        "change": text("Entries with the same value were written together.", format="uuid"),
        "nonce": text("A random value, so that nobody can guess the details by their hash."),
        "lapse": text("Of kind lapsed: which date has passed, such as valid_until."),
    },
    optional=("lapse",),
)
HASHED = {"header": ref("Header"), "hash": HASH | {"description": "SHA-256 of the header."}}
PAGE = ADDRESS | {"description": "The page for people."}
CONTENT_OF_ENTRY = "What is said of the subject from here on. Null: withheld."
ENTRY = shape(
    "One thing that the public was told.",
    HASHED
    | {
        "details": either(ref("Details"), REDACTED, NULL, description="Null: the subject is not public now."),
        "content": either(*EVERY_KIND, GONE, REDACTED, NULL, description=CONTENT_OF_ENTRY),
        "withheld": FLAG
        | {
            "description": "The subject, or a service that the content names, is not public now. The hashes still hold."
        },
        "page": or_null(PAGE) | {"description": "The page for people. Null: the entry is withheld, or is no news."},
    },
)
TOLD = {
    "entry": shape("The entry that says so.", HASHED | {"page": or_null(PAGE)}),
    "withheld": FLAG
    | {"description": "Names of services that are not public now are left out, so the content has not its hash."},
}


def _content(*kinds):
    return either(*kinds, REDACTED, description="What the register says, in the present format.")


SUBJECT = shape(
    "What the register says of one subject.",
    {"kind": text("The kind of subject.", enum=list(KINDS)), "key": SLUG}
    | {"on": DAY | {"description": "The day for which it was asked."}, **TOLD, "content": _content(*EVERY_KIND)},
    optional=("on",),
)
SERVICE = shape(
    "What the register says of one service, and what applied on that day.",
    {
        "slug": SLUG,
        "on": DAY | {"description": "The day for which it was asked."},
        "status": or_null(STATUS) | {"enum": [*Status.values, None], "description": "Null: the content was removed."},
        "is_overdue": or_null(FLAG) | {"description": "The review date has passed; the decision still applies."},
        **TOLD,
        "content": _content(ref("service")),
        "page": PAGE,
    },
)
SERVICE_ROW = shape(
    "One service in the list.",
    {
        "slug": SLUG,
        "name": text("What people call it."),
        "vendors": rows(SLUG, "Slugs of those who offer it, the main one first."),
        "status": STATUS,
        "is_overdue": FLAG,
        "decided_on": or_null(DAY),
        "review_by": or_null(DAY),
        "valid_until": or_null(DAY),
        "summary": text("What it is used for."),
        "page": PAGE,
        "api": ADDRESS | {"description": "All that the register says of it."},
    },
)
HEAD = shape(
    "The end of the chain.",
    {
        "serial": {"type": "integer", "minimum": 0, "description": "The last entry; 0 while nothing has been said."},
        "hash": {"type": "string", "pattern": "^([0-9a-f]{64})?$", "description": "Its hash."},
    },
)
NEXT = or_null(ADDRESS) | {"description": "Where the list goes on; null at its end."}
COUNT = {"type": "integer", "minimum": 0}

SHAPES = {
    "Index": shape(
        "What this is and where to go.",
        {
            "title": text("What it is called."),
            "publisher": text("The school owner."),
            "licence": shape(
                "Everybody may use the data under it.",
                {"identifier": text("In SPDX."), "name": text("What people call it."), "url": ADDRESS},
            ),
            "demonstration": FLAG | {"description": "The school owner and the decisions are made up."},
            "release": text("Which edition of the program is running."),
            "began": or_null(DAY) | {"description": "The day of the first entry."},
            "head": ref("Head"),
            "links": {"type": "object", "additionalProperties": ADDRESS, "description": "Addresses by name."},
        },
    ),
    "Head": HEAD,
    "Header": HEADER,
    "Details": DETAILS,
    "Entry": ENTRY,
    "Entries": shape(
        "Entries in order.",
        {"head": ref("Head"), "entries": rows(ref("Entry"), "By serial, the lowest first."), "next": NEXT},
    ),
    "ServiceRow": SERVICE_ROW,
    "Services": shape(
        "One page of the services that fit.",
        {
            "count": COUNT | {"description": "How many fit."},
            "page": SERIAL,
            "pages": SERIAL,
            "next": NEXT,
            "previous": NEXT | {"description": "The page before; null on the first."},
            "on": DAY | {"description": "The day for which status was worked out."},
            "services": rows(ref("ServiceRow"), "In the order that was asked for."),
        },
    ),
    "Service": SERVICE,
    "Subject": SUBJECT,
    "Subjects": shape(
        "Subjects of one kind that are public now, by key.",
        {"next": NEXT, "subjects": rows(ref("Subject"), "Each with its newest entry.")},
    ),
    "Problem": {
        "description": "What was wrong, and what to do (RFC 9457).",
        "type": "object",
        "properties": {
            "title": text("The status in words."),
            "status": {"type": "integer"},
            "detail": text("What was wrong with this request, and what to do."),
            "errors": rows(
                shape("One fault.", {"parameter": text("Where it is."), "detail": text("What it is.")}),
                "Each parameter that made no sense; at most ten.",
            ),
            "register_began": DAY | {"description": "The day of the register's first entry."},
            "first_told_of": DAY | {"description": "The day on which the subject was first told of."},
            "first_entry": SERIAL | {"description": "The first entry of the subject."},
        },
        "required": ["title", "status", "detail"],
    },
    "Document": {"description": "A JSON document.", "type": "object"},
}

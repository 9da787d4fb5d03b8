"""The description of the API (OpenAPI 3.1), made from the endpoints and the schemas that the program itself uses."""

import re
from typing import Any

from django.conf import settings

from public import schemas
from public.api.answers import address
from public.api.endpoints import ENDPOINTS, FILTERS, SORT, Endpoint
from public.api.shapes import SHAPES, ref
from public.licence import licence

DESCRIPTION = (
    "Which apps and digital services the schools may use, and why. Everything is open to read without a key; nothing "
    "can be written. The register holds every change that the public was told of, entry by entry, in a chain of "
    "hashes that anybody can check: follow `/api/v1/entries` from `since=0` to the head, then ask again now and then "
    "with the last serial that you have. What is no longer public is withheld: such an entry has its header and its "
    "hash only. Each answer has an ETag; send it back as If-None-Match and get 304 while nothing has changed."
)
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the answer that you have.",
    "required": False,
    "schema": {"type": "string"},
    "example": '"516.2026-11-22.v1.0123456789ab"',
}
FILES = {
    "/data/register.jsonl": (
        "The whole register, one entry a line, from 1 to the head (JSON Lines)",
        "application/jsonl",
        '{"header": {"serial": 1}}\n',
    ),
    "/data/register.csv": (
        "The whole register, one entry a line (CSV, UTF-8, RFC 4180)",
        "text/csv",
        "serial\r\n1\r\n",
    ),
    "/tjenester.csv": (
        "The services that fit, one a line, in the words of the page (CSV, UTF-8, RFC 4180). In nynorsk at "
        "/nn/tjenester.csv, in English at /en/tjenester.csv",
        "text/csv",
        "Navn\r\nMentimeter\r\n",
    ),
}


def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Register of apps and services in schools",
            "version": "1",
            "description": DESCRIPTION,
            "license": {name: licence().for_programs()[name] for name in ("name", "url")},
        },
        "servers": [{"url": settings.SITE_URL, "description": "This registry."}],
        "externalDocs": {"url": address("data"), "description": "The same in plain words, for people."},
        "paths": {**{_path(endpoint): _operation(endpoint) for endpoint in ENDPOINTS}, **_files()},
        "components": {
            "schemas": {**_bundled(), **SHAPES},
            "parameters": {"IfNoneMatch": IF_NONE_MATCH},
            "headers": HEADERS,
            "responses": RESPONSES,
        },
    }


def _path(endpoint: Endpoint):
    return "/api/v1/" + re.sub(r"<\w+:(\w+)>", r"{\1}", endpoint.route)


def _operation(endpoint: Endpoint):
    return {
        "get": {
            "operationId": endpoint.name.removeprefix("api-"),
            "summary": endpoint.summary,
            "description": endpoint.description or f"{endpoint.summary}.",
            "parameters": _parameters(endpoint),
            "responses": {
                "200": _answer(endpoint.summary, {"application/json": {"schema": ref(endpoint.shape)}}),
                **_others(is_missable=bool(endpoint.path)),
            },
        }
    }


def _parameters(endpoint):
    return [
        *(_parameter(one, "path") | {"required": True} for one in endpoint.path),
        *(_parameter(one, "query") for one in endpoint.parameters),
        {"$ref": "#/components/parameters/IfNoneMatch"},
    ]


def _parameter(one, place):
    return {
        "name": one.name,
        "in": place,
        "description": one.description,
        "schema": one.schema,
        "example": one.example,
    }


def _answer(description, content):
    return {
        "description": description,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS if name != "Allow"},
        "content": content,
    }


def _others(is_missable):
    codes = {"304": "NotModified", "400": "BadRequest", "404": "NotFound", "405": "MethodNotAllowed"}
    if not is_missable:
        del codes["404"]
    return {code: {"$ref": f"#/components/responses/{name}"} for code, name in codes.items()}


def _files():
    return {path: {"get": _file(path, *about)} for path, about in FILES.items()}


def _file(path, summary, media_type, example):
    own = (*FILTERS, SORT) if path == "/tjenester.csv" else ()
    content = {media_type: {"schema": {"type": "string"}, "example": example}}
    return {
        "operationId": path.strip("/").replace("/", "-").replace(".", "-"),
        "summary": summary,
        "description": f"{summary}. It is sent as it is read, so its size is not told beforehand.",
        "parameters": [
            *(_parameter(one, "query") for one in own),
            {"$ref": "#/components/parameters/IfNoneMatch"},
        ],
        "responses": {"200": _answer(summary, content), **_others(is_missable=False)},
    }


HEADERS = {
    "ETag": {"description": "The version of this answer.", "schema": {"type": "string"}},
    "Access-Control-Allow-Origin": {"description": "Pages of all sites may read it.", "schema": {"const": "*"}},
    "Allow": {"description": "What may be done.", "schema": {"type": "string"}, "example": "GET, HEAD"},
}


def _problem(status, title, description, detail):
    example = {"title": title, "status": status, "detail": detail}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": ref("Problem"), "example": example}},
    }


RESPONSES = {
    "NotModified": {
        "description": "What you have is still right. Sent when If-None-Match holds the present ETag.",
        "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
    },
    "BadRequest": _problem(
        400,
        "Bad Request",
        "A parameter that there is not, or a value that makes no sense; `errors` names each.",
        "since: “abc” is not a whole number from 0 to 9007199254740991.",
    ),
    "NotFound": _problem(
        404,
        "Not Found",
        "It does not exist, is not public, or was not on that day.",
        "There is no public service with the key “menti”.",
    ),
    "MethodNotAllowed": _problem(
        405, "Method Not Allowed", "Only GET and HEAD.", "This can only be read. Use GET or HEAD."
    )
    | {"headers": {"Allow": {"$ref": "#/components/headers/Allow"}}},
}


def _bundled():
    """The files in public/schemas as components; their references to each other lead to the same places here."""
    return {name.removesuffix(".json"): _moved(schemas.read(name), name) for name in schemas.names()}


def _moved(value, name):
    if isinstance(value, list):
        return [_moved(item, name) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _moved(item, name) for key, item in value.items() if key not in ("$schema", "$id")}
    if isinstance(kept.get("$ref"), str):
        file, _, pointer = kept["$ref"].partition("#")
        kept["$ref"] = f"#/components/schemas/{(file or name).removesuffix('.json')}{pointer}"
    return kept

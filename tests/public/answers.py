"""Asking the API as a client does. Every answer is held to the description that the API itself gives."""

import json
import re
from functools import cache

from jsonschema import Draft202012Validator

from public.api.openapi import document

API = "/api/v1"


def ask(client, path, status=200):
    """What the API answers, after a look at whether it is what the description promises."""
    response = client.get(f"{API}{path}")
    assert response.status_code == status, response.content.decode()[:500]
    check(response, f"{API}{path}")
    return response.json()


def everything(client, path):
    """All parts of a list, by following `next`."""
    found, parts = [], 0
    while path:
        answer = ask(client, path)
        found += answer.get("entries") or answer.get("subjects") or []
        path = answer["next"] and answer["next"].partition(API)[2]
        parts += 1
    return found, parts


def check(response, path):
    """Fails unless status, media type and content are as described for this path."""
    described = operation(path)["responses"][str(response.status_code)]
    described = resolved(described)
    media_type, _, charset = response["Content-Type"].partition("; charset=")
    assert (media_type in described["content"], charset) == (True, "utf-8")
    if media_type.endswith("json"):
        validator(json.dumps(described["content"][media_type]["schema"])).validate(response.json())


def operation(path):
    path = path.partition("?")[0]
    patterns = {name: re.sub(r"\{\w+\}", "[^/]+", name) for name in document()["paths"]}
    [found] = [name for name, pattern in patterns.items() if re.fullmatch(pattern, path)]
    return document()["paths"][found]["get"]


def resolved(value):
    if "$ref" not in value:
        return value
    found = document()
    for step in value["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


@cache
def validator(schema):
    """For a schema of the description; the shapes that it refers to are at hand."""
    whole = {"allOf": [json.loads(schema)], "components": document()["components"]}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)

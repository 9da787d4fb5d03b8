import json

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from config.guard import guard
from public import schemas
from public.api.endpoints import ENDPOINTS
from public.api.openapi import document
from public.filters import ServiceFilter
from public.register.subjects import KINDS
from tests.factories import (
    DataUseFactory,
    PolicyFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    VendorFactory,
    published_round,
)
from tests.public.answers import ask

# Not among them: that what the description allows is always answered. A code of the right form may be nobody's, and a
# day may be still to come.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    allow_header_conformance,
]
EXAMPLES = 15
THERE_IS = {"/api/v1/reference/{name}/{key}": {"name": "regions", "key": "US"}}


def operations():
    return {path: item["get"] for path, item in document()["paths"].items()}


def test_the_description_is_a_valid_one():
    OpenAPIV31SpecValidator(document()).validate()


@pytest.mark.django_db
def test_it_is_served_as_it_is_made(client):
    assert ask(client, "/openapi.json") == document()


@pytest.mark.parametrize("path", operations())
def test_everything_is_described_with_an_example(path):
    operation = operations()[path]
    own = [parameter for parameter in operation["parameters"] if "$ref" not in parameter]

    assert operation["summary"]
    assert [one["name"] for one in own if not (one["description"] and one["example"])] == []
    assert {"200", "304", "400", "405"} <= operation["responses"].keys()
    assert ("404" in operation["responses"]) == ("{" in path)


def test_the_filters_are_those_of_the_page_with_their_values():
    parameters = {one["name"]: one for one in operations()["/api/v1/services"]["parameters"] if "$ref" not in one}

    assert list(parameters) == [*ServiceFilter.base_filters, "sorter", "side"]
    for name, field in ServiceFilter.base_filters.items():
        values = [value for value, _label in field.extra.get("choices", ())]
        assert parameters[name]["schema"].get("items", {}).get("enum", []) == values


def test_examples_of_parameters_are_valid():
    for endpoint in ENDPOINTS:
        for parameter in endpoint.parameters:
            if parameter.read:
                assert parameter.read(str(parameter.example)) is not None, parameter.name


def test_every_reference_leads_somewhere():
    whole = document()
    found = references(whole)

    assert len(found) > 100
    for reference in found:
        place = whole
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def references(value):
    if isinstance(value, list):
        return {found for item in value for found in references(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    return own | {found for item in value.values() for found in references(item)}


@pytest.mark.django_db
def test_schemas_are_served_side_by_side(client):
    for name in schemas.names():
        assert ask(client, f"/schemas/{name}") == schemas.read(name)
    for kind in KINDS:
        assert schemas.name(kind) in schemas.names()
    assert "service.json" in ask(client, "/schemas/nothing.json", 404)["detail"]


def test_the_licence_is_the_one_that_is_set(settings):
    settings.DATA_LICENCE = "CC-BY-4.0"

    assert document()["info"]["license"]["url"] == "https://creativecommons.org/licenses/by/4.0/"


# Asked at random, within the description and outside it


@pytest.fixture
def one_connection():
    """Django's own client does this as well: a request must not end the transaction that the test is in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_whatever_is_asked_the_answer_is_as_described(register, one_connection):
    service = published_round(ServiceFactory(name="Kahoot", co_vendors=[VendorFactory()])).service
    DataUseFactory(service=service)
    StorageLocationFactory(service=service, region=StorageRegionFactory(outside=True))
    PolicyFactory(slug="kahoot", vendor=VendorFactory(slug="kahoot"), services=[service])
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", guard(get_wsgi_application()))

    for path in operations():
        ask_anything(asked(schema[path]["GET"], path))


def ask_anything(requests):
    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @hypothesis.given(requests)
    def ask_one(case):
        case.call_and_validate(checks=CHECKS)

    ask_one()


def asked(operation, path):
    """Requests within the description and outside it, and some about what there is."""
    positive, negative = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
    anything = operation.as_strategy(positive) | operation.as_strategy(negative)
    if "{key}" not in path:
        return anything
    there_is = THERE_IS.get(path, {"key": "kahoot"})
    return anything | operation.as_strategy(positive, path_parameters=there_is)


def test_the_description_is_plain_json():
    assert json.loads(json.dumps(document())) == document()

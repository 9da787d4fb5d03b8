"""Holds public/schemas to what the floors say of each subject: its keys, its codes, and what is always there."""

import copy
import datetime
from functools import cache

import pytest
from django.core.management import call_command
from django.db import models, transaction
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import assessments.decision
import policies.statements
import registry.facts
from assessments.models import Outcome
from policies.statements import policy_statements, with_versions
from public import schemas
from public.dossier import dossier, public_policies, public_services, with_dossier
from public.labels import CHOICES
from public.vendors import public_vendors
from registry.facts import owner_facts, region_facts, term_facts, vendor_facts
from registry.models import (
    DataCategory,
    EducationLevel,
    Platform,
    Retained,
    SchoolOwner,
    Service,
    StorageRegion,
    Subject,
    TransferBasis,
)
from tests import factories as make

# On every test, so that there are tables for the fixtures of the module, whichever tests are chosen.
pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 1)
KINDS = ["service", "vendor", "policy", "region", "category", "basis", "platform", "level", "subject", "owner"]
TERMS = {
    "category": DataCategory,
    "basis": TransferBasis,
    "platform": Platform,
    "level": EducationLevel,
    "subject": Subject,
}
COMMON = schemas.read("common.json")["$defs"]
ENUMERATIONS = [name for name, node in COMMON.items() if "enum" in node]
# Choices by the names of their enumerations: as in labels, and those that have no words there.
CODES = {name: choices.values for name, choices in CHOICES.items()} | {
    "language": [code for code, _name in Service._meta.get_field("content_language").choices],
    "outcome": Outcome.values,
    "region_kind": StorageRegion.Kind.values,
    "retention_kind": Retained.RetentionKind.values,
}
FILES = Registry().with_resources((name, Resource.from_contents(schemas.read(name))) for name in schemas.names())


@cache
def validator(address):
    return Draft202012Validator({"$ref": address}, registry=FILES, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(kind, content):
    return [f"{error.json_path}: {error.message}" for error in validator(schemas.name(kind)).iter_errors(content)]


def refused(kind, content):
    return not validator(schemas.name(kind)).is_valid(content)


def published(kind):
    """What the register says of each public subject of a kind: format 1, without empty parts."""
    empty = (None, "", [], {})
    return [{"format": 1} | {name: part for name, part in said.items() if part not in empty} for said in _said(kind)]


def _said(kind):
    if kind == "service":
        return [dossier(row) for row in with_dossier(public_services())]
    if kind == "vendor":
        return [vendor_facts(row) for row in public_vendors()]
    if kind == "policy":
        return [policy_statements(row) for row in with_versions(public_policies())]
    if kind == "region":
        return [region_facts(row) for row in StorageRegion.objects.all()]
    if kind == "owner":
        return [owner_facts(row) for row in SchoolOwner.objects.all()]
    return [term_facts(row) for row in TERMS[kind].objects.all()]


# Walking through schemas and contents: a path names properties, and steps into the items of lists without a word


def resolved(node, file):
    """A schema behind its references, and the file in which it stands."""
    while "$ref" in node:
        address, _, pointer = node["$ref"].partition("#/$defs/")
        file = address or file
        node = schemas.read(file)["$defs"][pointer] if pointer else schemas.read(file)
    return node, file


def nodes_in(node, file, path=()):
    """Every schema of a value that a content may hold, with its path."""
    found, file = resolved(node, file)
    yield path, {**found, **node}
    if "items" in found:
        yield from (one for one in nodes_in(found["items"], file, path) if one[0] != path or "properties" in one[1])
    for name, item in found.get("properties", {}).items():
        yield from nodes_in(item, file, (*path, name))


@cache
def nodes_of(kind):
    return list(nodes_in({"$ref": schemas.name(kind)}, ""))


@cache
def objects_of(kind):
    return {path: node for path, node in nodes_of(kind) if "properties" in node}


def properties_of(kind):
    return {path for path, _node in nodes_of(kind) if path}


def required_of(kind):
    return {(*path, name) for path, node in objects_of(kind).items() for name in node.get("required", [])}


def rows_of(kind):
    """Lists of objects."""
    return {path for path, node in nodes_of(kind) if "items" in node} & objects_of(kind).keys()


def words_of(kind):
    """Every property by its path, as it stands, with what it says of itself before what it refers to does."""
    return {(*path, name): item for path, row in objects_of(kind).items() for name, item in row["properties"].items()}


def places(value, path=()):
    """Every object in a content, with its path; items of a list stand under the same path."""
    if isinstance(value, dict):
        yield path, value
        for name, item in value.items():
            yield from places(item, (*path, name))
    elif isinstance(value, list):
        for item in value:
            yield from places(item, path)


def keys_in(contents):
    return {(*path, name) for content in contents for path, row in places(content) for name in row}


# Rows with every field filled in, or with none that may be empty

STATEMENTS = (
    make.LegalBasisFactory, make.RetentionFactory, make.CookieFactory, make.RightFactory, make.SecurityMeasureFactory,
    make.ContactFactory, make.RemarkFactory,
)  # fmt: skip


def sample(field):
    """A value that a field can hold."""
    if field.choices:
        return field.choices[-1][0]
    if isinstance(field, models.JSONField):
        return field.codes.values
    kinds = {
        models.BooleanField: True,
        models.DateField: DAY,
        models.EmailField: "skole@kommune.example",
        models.IntegerField: 3,
        models.URLField: "https://example.no/a",
    }
    found = [value for kind, value in kinds.items() if isinstance(field, kind)]
    return found[0] if found else "Ærlig tekst"[: field.max_length]


def fields_of(factory, wanted):
    return [
        field
        for field in factory._meta.model._meta.concrete_fields
        if field.editable and not field.is_relation and not field.primary_key and wanted(field)
    ]


def filled(factory, **given):
    """A row whose every field is filled in, but those that name other rows."""
    fields = fields_of(factory, lambda field: field.blank or field.has_default())
    values = {field.name: sample(field) for field in fields}
    kept = {"retention": "period", "retention_amount": 14, "retention_unit": "day", "retention_event": "collected"}
    values |= {name: value for name, value in kept.items() if name in values}
    return factory(**{**values, **given})


def emptied(factory, **given):
    """A row that holds nothing but what it must."""
    blank = fields_of(factory, lambda field: field.blank)
    relations = [field for field in factory._meta.model._meta.concrete_fields if field.is_relation and field.null]
    values = {field.name: None if field.null else field.get_default() for field in blank}
    return factory(**{**values, **{field.name: None for field in relations if field.editable}, **given})


def collected(build, blocker):
    """What is published of some rows, by kind, and the same with empty values left in. The rows are gone again."""
    sifted = (registry.facts, policies.statements, assessments.decision)
    with blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        build()
        said = {kind: published(kind) for kind in KINDS}
        for module in sifted:
            patch.setattr(module, "without_empties", lambda value: value)
        with_empties = {kind: list(_said(kind)) for kind in KINDS}
        transaction.set_rollback(True)
    return said, with_empties


@pytest.fixture(scope="module")
def full_both_ways(django_db_setup, django_db_blocker):
    return collected(make_full, django_db_blocker)


@pytest.fixture(scope="module")
def full(full_both_ways):
    return full_both_ways[0]


@pytest.fixture(scope="module")
def with_empties(full_both_ways):
    return full_both_ways[1]


@pytest.fixture(scope="module")
def plain(django_db_setup, django_db_blocker):
    return collected(make_plain, django_db_blocker)[0]


def make_full():
    """Each kind of subject with every field filled in."""
    filled(make.SchoolOwnerFactory, org_number="987654321")
    terms = {
        "platforms": [filled(make.PlatformFactory, code="ipad")],
        "education_levels": [filled(make.EducationLevelFactory, code="primary")],
        "subjects": [filled(make.SubjectFactory, code="maths")],
    }
    category = filled(make.DataCategoryFactory, code="name")
    basis = filled(make.TransferBasisFactory, code="scc")
    region = make.StorageRegionFactory(outside=True)
    filled(make.AdequacyDecisionFactory, region=region)
    parent, host = make.VendorFactory(name="Parent"), make.VendorFactory(name="Host")
    vendor = filled(make.VendorFactory, name="Vendor", slug="vendor", country=region, parent=parent)

    other = make.ServiceFactory(name="Other")
    service = filled(
        make.ServiceFactory, name="Full", slug="full", vendor=vendor, co_vendors=[host], alternatives=[other],
        replaced_by=other, aliases="One\nTwo", domains="full.example", visibility="listed",
        content_language="nn", grade_from=1, grade_to=10, **terms,
    )  # fmt: skip
    edition = filled(make.EditionFactory, service=service, slug="school")
    policy = filled(make.PolicyFactory, vendor=vendor, services=[service], slug="privacy", language="nb")
    version = filled(make.PolicyVersionFactory, policy=policy)
    impact = filled(make.ImpactAssessmentFactory, slug="impact", platform=terms["platforms"][0])

    rests = {"impact_assessments": [impact], "policy_versions": [version]}
    kept = {"review_by": DAY, "case_number": "26/1", "change_summary": "It is new."}
    ruling = {"edition": edition, "grade_from": 1, "grade_to": 7, "use": "Teaching.", "offered_instead": "A book."}
    make.published_round(
        service, outcome="pilot", valid_until=DAY, pilot_schools="Two schools", **rests, **kept, rulings=[ruling],
        conditions=[{"audiences": ["pupil"]}],
        considerations=[{"source": "A letter", "stated_on": DAY}],
        owner_bases=[{"audiences": ["pupil"]}],
    )  # fmt: skip
    stop = {"rulings": [{"verdict": "not_allowed"}], "stop_using_by": DAY, "wind_down": "First.\nThen."}
    make.published_round(service, outcome="withdrawn", **stop)
    filled(make.AgreementFactory, vendor=vendor, services=[service], state="established")

    login = filled(make.LoginMethodFactory, service=service)
    filled(make.DataUseFactory, service=service, category=category, login=login, edition=edition)
    filled(
        make.StorageLocationFactory, service=service, region=region, host=host, transfer_basis=basis,
        fallback_basis=basis,
    )  # fmt: skip
    first = make.SubprocessorFactory(service=service, vendor=host)
    filled(
        make.SubprocessorFactory, service=service, vendor=vendor, region=region, data_categories=[category],
        transfer_basis=basis, parent=first,
    )  # fmt: skip
    filled(make.PracticeFactory, service=service)
    filled(make.DisclosureFactory, service=service)

    point = filled(make.CollectionPointFactory, version=version)
    filled(make.CollectionFactory, point=point, category=category)
    filled(make.RecipientFactory, version=version, vendor=host, region=region, transfer_basis=basis)
    for factory in STATEMENTS:
        filled(factory, version=version)


def make_plain():
    """One of each kind of subject, and one of each of their parts, with nothing that may be empty."""
    emptied(make.SchoolOwnerFactory)
    for factory in (make.PlatformFactory, make.EducationLevelFactory, make.SubjectFactory):
        emptied(factory)
    category = emptied(make.DataCategoryFactory)
    emptied(make.TransferBasisFactory)
    region = emptied(make.StorageRegionFactory, code="US")
    emptied(make.AdequacyDecisionFactory, region=region)
    vendor = emptied(make.VendorFactory)

    service = emptied(make.ServiceFactory)
    policy = emptied(make.PolicyFactory, vendor=vendor, services=[service])
    version = emptied(make.PolicyVersionFactory, policy=policy)
    impact = emptied(make.ImpactAssessmentFactory)
    make.AgreementFactory(vendor=vendor, services=[service], state="not_needed", signed_on=None)
    for factory in (make.EditionFactory, make.LoginMethodFactory, make.PracticeFactory, make.DisclosureFactory):
        emptied(factory, service=service)
    emptied(make.DataUseFactory, service=service, category=category, login=service.logins.get())
    emptied(make.StorageLocationFactory, service=service, region=region)
    emptied(make.SubprocessorFactory, service=service, vendor=vendor)
    make.published_round(
        service, outcome="approved", decided_on=None, review_by=None, impact_assessments=[impact],
        policy_versions=[version], conditions=[{}], considerations=[{}], owner_bases=[{"law": ""}],
    )  # fmt: skip

    point = emptied(make.CollectionPointFactory, version=version)
    emptied(make.CollectionFactory, point=point, category=category)
    for factory in (*STATEMENTS, make.RecipientFactory):
        emptied(factory, version=version, **({"retention": "not_stated"} if factory is make.RetentionFactory else {}))


# The schemas by themselves


@pytest.mark.parametrize("name", schemas.names())
def test_every_file_is_a_schema_that_is_known_by_its_name(name):
    Draft202012Validator.check_schema(schemas.read(name))
    assert schemas.read(name)["$id"] == name
    assert schemas.read(name)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_every_kind_has_a_schema_and_every_schema_a_kind():
    assert {schemas.name(kind) for kind in KINDS} | {"common.json"} == set(schemas.names())


@pytest.mark.parametrize("kind", ["common", "term", "nonsense", "", "../schemas/owner"])
def test_what_is_no_kind_has_no_schema(kind):
    with pytest.raises(KeyError):
        schemas.schema(kind)


def everything_in(node):
    if isinstance(node, dict):
        yield node
        for item in node.values():
            yield from everything_in(item)
    elif isinstance(node, list):
        for item in node:
            yield from everything_in(item)


@pytest.mark.parametrize("name", schemas.names())
def test_every_reference_leads_somewhere(name):
    for node in everything_in(schemas.read(name)):
        if "$ref" in node:
            assert resolved(node, name)


def test_every_definition_is_used():
    used = {("common.json", "gone"), ("common.json", "redacted")}
    for name in schemas.names():
        for node in everything_in(schemas.read(name)):
            if "$ref" in node:
                address, _, pointer = node["$ref"].partition("#/$defs/")
                used.add((address or name, pointer))

    assert used == {(name, own) for name in schemas.names() for own in schemas.read(name).get("$defs", {})}


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_has_a_title_and_says_what_it_means(kind):
    assert [path for path, item in words_of(kind).items() if not item.get("title") or not item.get("description")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_optional_property_says_what_its_absence_means(kind):
    said = ("Absent: ", "nly of ", "There when ")
    optional = {path: words for path, words in words_of(kind).items() if path not in required_of(kind)}

    assert [path for path, words in optional.items() if not any(one in words["description"] for one in said)] == []


@pytest.mark.parametrize("name", schemas.names())
def test_no_object_takes_unknown_properties(name):
    objects = [node for node in everything_in(schemas.read(name)) if node.get("type") == "object"]

    assert [node["title"] for node in objects if node.get("additionalProperties") is not False] == []


# Codes


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_an_enumeration_has_the_codes_of_its_choices_in_their_order(name):
    assert COMMON[name]["enum"] == CODES[name]


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_an_enumeration_says_what_each_code_means(name):
    assert [code for code in CODES[name] if f"{code}: " not in COMMON[name]["description"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_codes_are_listed_in_one_place(kind):
    listed = [COMMON[name]["enum"] for name in ENUMERATIONS]

    assert [path for path, node in nodes_of(kind) if "enum" in node and node["enum"] not in listed] == []


# Contents


def test_all_that_the_demonstration_publishes_follows_its_schema():
    call_command("load_reference", verbosity=0)
    call_command("load_demonstration", verbosity=0)

    contents = {kind: published(kind) for kind in KINDS}

    assert all(contents.values())
    assert [(kind, faults(kind, said)) for kind in KINDS for said in contents[kind] if faults(kind, said)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_with_every_field_filled_in_follows_its_schema_and_uses_all_of_it(kind, full):
    assert [faults(kind, said) for said in full[kind] if faults(kind, said)] == []
    assert keys_in(full[kind]) == properties_of(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_knows_every_key_that_is_written_even_one_that_nobody_has_filled_in(kind, with_empties):
    assert keys_in(with_empties[kind]) | {("format",)} == properties_of(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_required_is_just_what_the_plainest_subject_has(kind, plain):
    parts = rows_of(kind) | {("statements",), ("decision",), ("facts", "data", "login")}
    imported = {("decision", "rounds", "carried_over_from")}
    left_out_when_shown = {("services",)}  # where they are public no more
    seen = {path for said in plain[kind] for path, _row in places(said)}
    required = {path for path in required_of(kind) if path[:-1] in seen}

    assert [faults(kind, said) for said in plain[kind] if faults(kind, said)] == []
    assert {path[-1] for path in objects_of(kind) if path not in seen} <= {"grades", "accessibility"}
    assert keys_in(plain[kind]) - parts - imported - left_out_when_shown == required


def changes(kind, contents, put):
    """Each content with one key changed at a time: `put` gives what to put there, by its path and value."""
    for said in contents:
        changed = copy.deepcopy(said)
        for path, row in list(places(changed)):
            for name, value in list(row.items()):
                for new in put((*path, name), value):
                    row[name] = new
                    yield changed, (*path, name), new
                row[name] = value


def let_through(kind, contents, put):
    return {(path, repr(new)) for changed, path, new in changes(kind, contents, put) if not refused(kind, changed)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_key_is_refused_wherever_it_stands(kind, full):
    for said in full[kind]:
        changed = copy.deepcopy(said)
        for path, row in list(places(changed)):
            row["surprise"] = "x"
            assert refused(kind, changed), path
            del row["surprise"]
        assert not refused(kind, changed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_required_key_is_missed_wherever_it_is_gone(kind, full):
    for said in full[kind]:
        changed = copy.deepcopy(said)
        for path, row in list(places(changed)):
            for name in [name for name in row if (*path, name) in required_of(kind)]:
                value = row.pop(name)
                assert refused(kind, changed), (*path, name)
                row[name] = value
        assert not refused(kind, changed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_that_can_be_no_answer_is_refused_wherever_it_stands(kind, full):
    assert let_through(kind, full[kind], lambda path, value: (None, "", [], {}, 1.5, -1)) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_that_is_not_listed_is_refused_wherever_it_stands(kind, full):
    lists = {path for path, node in nodes_of(kind) if "enum" in node}
    several = {path for path, node in nodes_of(kind) if node.get("items") == {"$ref": "#/$defs/audience"}}

    def put(path, value):
        return ["nonsense"] if path in lists else [[*value, "nonsense"], [*value, value[0]]] if path in several else []

    assert let_through(kind, full[kind], put) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_that_is_not_in_the_calendar_is_refused_wherever_it_stands(kind, full):
    wrong = "2026-02-30"

    assert let_through(kind, full[kind], lambda path, value: [wrong] if value == DAY.isoformat() else []) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_the_wrong_form_is_refused_wherever_it_stands(kind, full):
    formed = {path for path, node in nodes_of(kind) if "pattern" in node or "format" in node}

    assert let_through(kind, full[kind], lambda path, value: [" ø"] if path in formed else []) == set()


def retention_faults(**given):
    return list(validator("common.json#/$defs/retention").iter_errors(given))


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "period", "amount": 14, "unit": "day"},
        {"kind": "period", "amount": 1, "unit": "year", "event": "last_use"},
        {"kind": "until", "event": "midnight"},
        {"kind": "words", "words": "a short period"},
        {"kind": "not_stated"},
    ],
    ids=str,
)
def test_an_answer_to_how_long_has_what_its_kind_needs(given):
    assert retention_faults(**given) == []


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "period", "amount": 14},
        {"kind": "period", "unit": "day"},
        {"kind": "period", "amount": 0, "unit": "day"},
        {"kind": "permanent", "amount": 14, "unit": "day"},
        {"kind": "until"},
        {"kind": "words"},
        {},
    ],
    ids=str,
)
def test_an_answer_to_how_long_that_lacks_or_exceeds_its_kind_is_refused(given):
    assert retention_faults(**given)


ROUND = {
    "number": 1, "kind": "ordinary", "outcome": "approved", "summary": "Yes.", "reasons": "It is safe.",
    "decided_on": "2026-03-01", "in_force_from": "2026-03-01", "published_at": "2026-03-01T12:00:00+00:00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({}, True),
        ({"valid_until": "2027-03-01"}, True),
        ({"outcome": "withdrawn", "stop_using_by": "2026-04-01", "wind_down": ["Stop."]}, True),
        ({"kind": "imported", "carried_over_from": "https://example.no/"}, True),
        ({"outcome": "pilot", "pilot_schools": "Two"}, True),
        ({"kind": "imported"}, False),
        ({"decided_on": None}, False),
        ({"stop_using_by": "2026-04-01"}, False),
        ({"wind_down": ["Stop."]}, False),
        ({"outcome": "withdrawn", "valid_until": "2027-03-01"}, False),
        ({"pilot_schools": "Two"}, False),
        ({"published_at": "2026-03-01"}, False),
    ],
    ids=str,
)
def test_a_round_has_what_its_kind_and_outcome_allow(changed, holds):
    said = {name: value for name, value in {**ROUND, **changed}.items() if value is not None}

    assert validator("service.json#/$defs/round").is_valid(said) == holds


VENDOR = {"format": 1, "slug": "a", "name": "A"}
REGION = {"format": 1, "situation": "inside"}
AGREEMENT = {"kind": "dpa", "vendor": "a", "signed_on": "2026-03-01"}


@pytest.mark.parametrize(
    ("address", "said", "holds"),
    [
        ("vendor.json", {**VENDOR, "framework_listing": "not_checked"}, True),
        ("vendor.json", {**VENDOR, "framework_listing": "listed", "framework_checked_on": "2026-03-01"}, True),
        ("vendor.json", {**VENDOR, "framework_listing": "listed"}, False),
        ("region.json", {**REGION, "code": "DE", "kind": "country"}, True),
        ("region.json", {**REGION, "code": "EEA", "kind": "area"}, True),
        ("region.json", {**REGION, "code": "EEA", "kind": "country"}, False),
        ("service.json#/$defs/agreement", {**AGREEMENT, "state": "established"}, True),
        ("service.json#/$defs/agreement", {**AGREEMENT, "state": "under_way"}, False),
        ("policy.json#/$defs/recipient", {"name": "A", "region": "US", "situation": "outside"}, True),
        ("policy.json#/$defs/recipient", {"name": "A", "region": "US"}, False),
        ("policy.json#/$defs/recipient", {"name": "A", "situation": "outside"}, False),
    ],
    ids=str,
)
def test_facts_that_belong_together_stand_together(address, said, holds):
    assert validator(address).is_valid(said) == holds


TOMBSTONE = {"redacted": {"entry": 7, "on": "2026-03-01", "reason": "It named a pupil."}}


@pytest.mark.parametrize(
    ("name", "said", "holds"),
    [
        ("gone", {}, True),
        ("gone", {"format": 1}, False),
        ("redacted", TOMBSTONE, True),
        ("redacted", {"redacted": {"entry": 7, "on": "2026-03-01"}}, False),
        ("redacted", {"redacted": {**TOMBSTONE["redacted"], "on": "yesterday"}}, False),
        ("redacted", {**TOMBSTONE, "format": 1}, False),
    ],
)
def test_what_may_stand_instead_of_a_content_is_described(name, said, holds):
    assert validator(f"common.json#/$defs/{name}").is_valid(said) == holds


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", [{}, TOMBSTONE], ids=["gone", "redacted"])
def test_what_stands_instead_of_a_content_is_no_content(kind, said):
    assert faults(kind, said)

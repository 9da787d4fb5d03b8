import json

import pytest

from public.dossier import dossier, public_services, with_dossier
from public.references import References, keys_in
from registry.changes import change
from registry.models import Service
from tests.factories import (
    AgreementFactory,
    AssessmentFactory,
    DataUseFactory,
    DisclosureFactory,
    LoginMethodFactory,
    PolicyFactory,
    PracticeFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    SubprocessorFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    service = ServiceFactory(name="Planner", slug="planner")
    for factory in (DataUseFactory, DisclosureFactory, LoginMethodFactory, PracticeFactory, StorageLocationFactory):
        factory(service=service)
    SubprocessorFactory(service=service)
    PolicyFactory(services=[service])
    AgreementFactory(services=[service])
    return service


def dossier_of(service):
    return dossier(with_dossier(Service.objects.filter(pk=service.pk)).get())


def test_only_listed_services_are_public():
    ServiceFactory(draft=True)
    ServiceFactory(unlisted=True)
    listed = ServiceFactory()

    assert list(public_services()) == [listed]


def test_a_dossier_can_be_written_as_json(service):
    AssessmentFactory(service=service)

    assert json.loads(json.dumps(dossier_of(service))) == dossier_of(service)


def test_a_dossier_holds_no_draft_no_note_and_nobody(service, editor):
    AssessmentFactory(service=service, internal_notes="canary-note", facts={})
    AssessmentFactory(service=service, draft=True, reasons="canary-draft", submitted_by=editor)

    written = json.dumps(dossier_of(service))

    assert "canary" not in written
    assert editor.username not in written


def test_empty_values_are_left_out_and_answers_are_kept(service):
    described = dossier_of(service)["facts"]

    assert "minimum_age" not in described
    assert described["vendor_role"] == "not_clarified"
    assert described["data"][0]["retention"] == {"kind": "not_stated"}


def test_vendors_stand_as_keys_so_that_a_new_name_changes_no_service(service):
    before = dossier_of(service)
    service.vendor.name = "New name"
    with change("Said otherwise."):
        service.vendor.save()

    assert dossier_of(service) == before


def test_a_dossier_costs_the_same_for_few_rows_as_for_many(service, django_assert_num_queries):
    AssessmentFactory(service=service)
    with django_assert_num_queries(26):
        dossier_of(service)
    for code in ("SE", "DK", "FI"):
        StorageLocationFactory(service=service, region=StorageRegionFactory(code=code))
        SubprocessorFactory(service=service)
        AssessmentFactory(service=service)
    with django_assert_num_queries(26):
        dossier_of(service)


def test_facts_that_differ_from_those_decided_on_are_named(service):
    described = dossier_of(service)["facts"]
    AssessmentFactory(service=service, facts=described)
    assert "changed_since" not in dossier_of(service)["decision"]["rounds"][0]

    StorageLocationFactory(service=service, region=StorageRegionFactory(outside=True))

    assert dossier_of(service)["decision"]["rounds"][0]["changed_since"] == ["storage"]


def test_an_alternative_that_is_not_public_is_not_named(service):
    with change("Said otherwise."):
        service.alternatives.add(ServiceFactory(draft=True, slug="secret"), ServiceFactory(slug="open"))

    assert dossier_of(service)["facts"]["alternatives"] == ["open"]


def test_references_find_each_key_and_its_name(service):
    described = dossier_of(service)

    references = References(described)

    assert references.name("vendor", described["facts"]["vendor"]) == service.vendor.name
    assert references.name("region", "DE") == "Tyskland"
    assert references.name("vendor", "unknown") == "unknown"


def test_whose_data_it_is_is_no_key_of_a_school_subject(service):
    assert ("subject", "pupil") not in set(keys_in(dossier_of(service)))


def test_names_cost_one_query_a_kind_however_many_keys(service, django_assert_max_num_queries):
    for _ in range(5):
        SubprocessorFactory(service=service)
    described = dossier_of(service)

    with django_assert_max_num_queries(30):
        References(described)

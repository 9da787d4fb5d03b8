import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import rounds
from registry.changes import change
from registry.history import SERVICE_PARTS, Action, Edit, changes_to, version_of
from tests.admin_pages import MODELS
from tests.factories import (
    CollectionFactory,
    DataUseFactory,
    EditionFactory,
    LoginMethodFactory,
    PlatformFactory,
    PolicyVersionFactory,
    RulingFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    SubprocessorFactory,
    VendorFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def service():
    return ServiceFactory(name="Planner")


def newest(service):
    return changes_to(service, SERVICE_PARTS)[0]


def test_a_change_says_who_why_and_when(service, editor):
    with change("They moved.", actor=editor):
        StorageLocationFactory(service=service)

    told = newest(service)

    assert (told.user, told.reason, told.kind) == (editor, "They moved.", "facts")
    assert isinstance(told.at, datetime.datetime)


def test_a_part_that_is_added_is_told_in_words(service):
    StorageLocationFactory(service=service, place="Frankfurt")

    edit = newest(service).edits[0]

    assert (edit.subject, edit.action) == ("Storage location: Germany", Action.ADDED)
    assert "Region: Germany; How much: Not stated; Role: Storage; Place: Frankfurt" in edit.after


def test_a_part_that_is_removed_is_still_named(service):
    location = StorageLocationFactory(service=service)

    with change("They left Germany."):
        location.delete()

    edit = newest(service).edits[0]
    assert (edit.subject, edit.action) == ("Storage location: Germany", Action.REMOVED)
    assert "Region: Germany" in edit.before


def test_a_changed_field_is_told_by_its_label_with_names_of_related_rows(service):
    location = StorageLocationFactory(service=service)

    with change("They moved."):
        location.region = StorageRegionFactory(code="SE")
        location.save()

    assert newest(service).edits == (Edit("Storage location: Sweden", Action.CHANGED, "Region", "Germany", "Sweden"),)


def test_choices_and_lists_of_codes_are_told_by_their_labels(service):
    use = DataUseFactory(service=service, subjects=["pupil"])

    with change("We asked."):
        use.subjects = ["pupil", "teacher"]
        use.optional = "required"
        use.save()

    told = {(edit.field, edit.before, edit.after) for edit in newest(service).edits}
    assert told == {("Whose", "Pupil", "Pupil, Teacher"), ("Voluntary", "Not stated", "Required")}


def test_many_to_many_changes_are_told(service):
    with change("On the iPad too."):
        service.platforms.set([PlatformFactory(code="ipad")])

    assert newest(service).edits == (Edit("Service: Planner", Action.CHANGED, "Platforms", "", "ipad (en)"),)


def test_what_is_done_at_once_is_one_change(service):
    subprocessor = SubprocessorFactory(service=service, vendor__name="Host")

    with change("New contract."):
        service.summary = "Plans the week"
        service.save()
        subprocessor.note = "Since May"
        subprocessor.save()

    assert [edit.subject for edit in newest(service).edits] == ["Service: Planner", "Subprocessor: Host"]


def test_saving_without_a_change_is_not_told(service):
    with change("Nothing."):
        service.save()

    assert [told.reason for told in changes_to(service, SERVICE_PARTS)] == ["Made for a test."]


def test_a_part_added_and_removed_at_once_is_not_told(service):
    with change("A slip."):
        StorageLocationFactory(service=service).delete()

    assert len(changes_to(service, SERVICE_PARTS)) == 1


def test_a_row_that_is_gone_keeps_its_name_in_what_pointed_to_it(service):
    login = LoginMethodFactory(service=service, name="School login")
    use = DataUseFactory(service=service, login=login)
    with change("They closed it."):
        use.login = None
        use.save()
        login.delete()

    edits = newest(service).edits

    assert Edit("Use of data: name (en)", Action.CHANGED, "By login", "School login", "") in edits


def test_parts_of_parts_are_told():
    version = PolicyVersionFactory()
    collection = CollectionFactory(point__version=version)
    parts = [(type(collection.point), [type(collection)])]

    subjects = {edit.subject for told in changes_to(version, parts) for edit in told.edits}

    assert {"Collection: name (en)", "Occasion of collection: Log in with Feide"} < subjects


def test_rounds_are_told_with_their_parts():
    ruling = RulingFactory()

    edit = changes_to(ruling.assessment, rounds.PARTS)[0].edits[0]

    assert edit.subject == "Ruling: Teacher: May use it"


def test_queries_do_not_grow_with_the_number_of_changes(service):
    subprocessor = SubprocessorFactory(service=service)
    for part in (EditionFactory, StorageLocationFactory, DataUseFactory):
        part(service=service)

    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            changes_to(service, SERVICE_PARTS)
        counts.append(len(queries))
        for again in range(10):
            with change("Once more."):
                service.summary = f"{number} {again}"
                service.save()
                service.co_vendors.add(VendorFactory())
                subprocessor.vendor = VendorFactory()
                subprocessor.save()

    # The second time there are co-vendors, whose names were already asked for with the other vendors.
    assert counts[0] == counts[1]


def test_the_version_is_another_after_each_change_and_deletion(service):
    location = StorageLocationFactory(service=service)
    versions = [version_of(service, SERVICE_PARTS)]

    with change("They left."):
        location.delete()
    versions.append(version_of(service, SERVICE_PARTS))
    with change("With a partner."):
        service.co_vendors.add(VendorFactory())
    versions.append(version_of(service, SERVICE_PARTS))

    assert len(set(versions)) == 3


def test_changes_since_a_version_are_the_later_ones(service):
    seen = version_of(service, SERVICE_PARTS)
    StorageLocationFactory(service=service)

    assert len(changes_to(service, SERVICE_PARTS, since=seen)) == 1
    assert not changes_to(service, SERVICE_PARTS, since=version_of(service, SERVICE_PARTS))


@pytest.mark.parametrize("forged", ["x", "1.2", "9" * 40, "-1"])
def test_a_version_that_cannot_be_read_is_as_good_as_none(service, forged):
    assert changes_to(service, SERVICE_PARTS, since=forged) == changes_to(service, SERVICE_PARTS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_two_fields_of_a_model_have_the_same_label(model):
    fields = [*model.history.model.tracked_fields, *model.history.model._history_m2m_fields]
    labels = [str(field.verbose_name) for field in fields]

    assert len(labels) == len(set(labels))

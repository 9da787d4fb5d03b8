"""What stands in addresses and exports stays, whatever way a row is written."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from registry.changes import change, changed
from registry.models import Service, Vendor
from tests.factories import (
    DataCategoryFactory,
    DataUseFactory,
    EditionFactory,
    LoginMethodFactory,
    PlatformFactory,
    PolicyFactory,
    PolicyVersionFactory,
    ServiceFactory,
    StorageRegionFactory,
    SubprocessorFactory,
    VendorFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "column"),
    [
        (VendorFactory, "slug"), (EditionFactory, "slug"), (PolicyFactory, "slug"), (DataCategoryFactory, "code"),
        (PlatformFactory, "code"), (StorageRegionFactory, "code"), (ServiceFactory, "slug"),
        (PolicyVersionFactory, "text"),
    ],
)  # fmt: skip
def test_what_others_refer_to_by_is_never_changed(factory, column):
    row = factory()
    setattr(row, column, "other")

    with change("Rename."), pytest.raises(ValidationError):
        row.save()


def test_the_address_of_a_draft_may_still_change():
    draft = ServiceFactory(draft=True)
    draft.slug = "better"

    with change("Rename."):
        draft.save()

    assert Service.objects.get().slug == "better"


def test_an_address_is_frozen_even_for_a_copy_that_never_read_it():
    ServiceFactory(slug="planner")
    row = Service.objects.only("name").get()
    row.slug = "other"

    with change("Rename."), pytest.raises(ValidationError, match="planner"):
        row.save()


def test_an_old_copy_does_not_make_a_listed_service_a_draft_again():
    old = ServiceFactory(draft=True)
    listed = Service.objects.get()
    listed.visibility = "listed"
    with change("List."):
        listed.save()

    with change("Save the old copy."), pytest.raises(ValidationError, match=r"draft|utkast"):
        old.save()


def test_a_service_that_was_never_public_cannot_be_taken_off_the_list():
    draft = ServiceFactory(draft=True)
    draft.visibility = "unlisted"

    with change("Unlist."), pytest.raises(ValidationError):
        draft.save()


def test_saving_without_a_change_of_visibility_keeps_its_date():
    service = ServiceFactory()
    since = Service.objects.get().visibility_since
    Service._base_manager.update(visibility_since="2020-01-01")

    with change("Correct."):
        Service.objects.defer("visibility").get().save()

    assert str(Service.objects.get(pk=service.pk).visibility_since) == "2020-01-01" != str(since)


def test_the_same_subprocessor_is_not_entered_twice_even_without_a_region():
    first = SubprocessorFactory()

    with pytest.raises(IntegrityError):
        SubprocessorFactory(service=first.service, vendor=first.vendor)


def test_a_use_of_data_does_not_name_the_login_of_another_service():
    use = DataUseFactory()
    use.login = LoginMethodFactory()

    with pytest.raises(ValidationError) as refused:
        use.full_clean()

    assert "login" in refused.value.message_dict


def test_what_an_inner_change_undid_is_not_announced():
    announced = []
    changed.connect(lambda change, **kwargs: announced.extend(change.rows.values()), weak=False, dispatch_uid="test")

    with change("Outer."):
        VendorFactory(name="Kept")
        with pytest.raises(IntegrityError), change("Inner."):
            VendorFactory.create_batch(2, name="Undone")

    changed.disconnect(dispatch_uid="test")
    assert [row.name for row in announced if isinstance(row, Vendor)] == ["Kept"]


def test_an_inner_change_is_answered_for_by_the_outer_one(editor):
    with change("Outer.", actor=editor), change("Inner."):
        vendor = VendorFactory()

    record = vendor.history.get()
    assert (record.history_user, record.history_change_reason) == (editor, "Inner.")

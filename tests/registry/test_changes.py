import contextlib

import pytest
from django.db import transaction

from registry.changes import ChangeError, ChangeKind, change, changed, current
from registry.models import Service
from tests.factories import PlatformFactory, ServiceFactory, StorageLocationFactory, SubprocessorFactory, VendorFactory


@pytest.fixture
def heard():
    """The changes announced during a test."""
    changes = []

    def hear(sender, change, **kwargs):
        changes.append(change)

    changed.connect(hear)
    yield changes
    changed.disconnect(hear)


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_a_change_needs_a_reason(reason):
    with pytest.raises(ValueError, match="reason"), change(reason):
        pass


def test_nothing_is_open_outside_a_change():
    assert current() is None


def test_history_rows_carry_reason_kind_actor_and_change(editor):
    service = ServiceFactory()

    with change("They moved.", ChangeKind.LANGUAGE, editor) as this:
        service.summary = "Makes polls"
        service.save()

    record = service.history.first()
    assert (record.history_change_reason, record.change_kind) == ("They moved.", "language")
    assert (record.history_user, record.change_id) == (editor, this.id)


def test_every_row_is_announced_once_at_the_end(db, heard):
    service = ServiceFactory()
    heard.clear()

    with change("They moved."):
        service.save()
        service.save()
        location = StorageLocationFactory(service=service)
        assert not heard

    assert [list(this.rows.values()) for this in heard] == [[service, location]]


def test_a_deleted_part_is_announced(db, heard):
    location = StorageLocationFactory()
    heard.clear()

    with change("They left."):
        location.delete()

    assert [type(row).__name__ for row in heard[0].rows.values()] == ["StorageLocation"]
    assert type(location).history.first().history_change_reason == "They left."


def test_a_many_to_many_change_is_announced_and_stamped(db, heard):
    subprocessor = SubprocessorFactory()
    heard.clear()

    with change("They told us."):
        subprocessor.service.co_vendors.add(VendorFactory())

    assert subprocessor.service in heard[0].rows.values()
    assert subprocessor.service.history.first().history_change_reason == "They told us."


def test_what_fails_leaves_nothing_and_announces_nothing(db, heard):
    service = ServiceFactory(summary="Makes quizzes")
    heard.clear()

    with contextlib.suppress(RuntimeError), change("Half done."):
        service.summary = "Makes polls"
        service.save()
        raise RuntimeError

    assert Service.objects.get().summary == "Makes quizzes"
    assert service.history.count() == 1
    assert not heard
    assert current() is None


def test_a_change_within_a_change_joins_it_and_keeps_its_own_reason(db, heard):
    first, second = ServiceFactory(), ServiceFactory()
    heard.clear()

    with change("Import.") as outer:
        first.save()
        with change("Second thoughts."):
            second.save()

    assert heard == [outer]
    assert second.history.first().change_id == first.history.first().change_id == outer.id
    assert second.history.first().history_change_reason == "Second thoughts."


@pytest.mark.parametrize("write", ["update", "bulk_create", "bulk_update"])
def test_writes_that_leave_no_history_are_refused(db, write):
    with pytest.raises(TypeError, match="history"):
        getattr(Service.objects.all(), write)()


def test_models_without_search_keys_can_be_made_up_from_their_history(db):
    subprocessor = SubprocessorFactory()

    assert subprocessor.history.first().instance == subprocessor


@pytest.mark.parametrize(
    "write",
    [
        lambda service: service.save(),
        lambda service: service.delete(),
        lambda service: service.platforms.set([]),
        lambda service: service.platforms.add(PlatformFactory(code="ipad")),
    ],
    ids=["save", "delete", "set", "add"],
)
@pytest.mark.django_db
def test_nothing_is_written_without_a_reason(write):
    service = ServiceFactory(platforms=[PlatformFactory()], draft=True)

    with pytest.raises(ChangeError, match="outside"), transaction.atomic():
        write(service)

    assert Service.objects.get().platforms.count() == 1

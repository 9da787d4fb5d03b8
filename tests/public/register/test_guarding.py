"""The register is only ever added to, and whatever goes round that, or round the register, is found."""

import json

import pytest
from django.contrib import admin
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from public.models import RegisterContent, RegisterEntry, RegisterHead
from public.register import triggers
from public.register.form import canonical, digest
from public.register.reading import entries_of
from public.register.verification import verify
from registry.changes import change
from registry.models import Platform, Service, StorageLocation, Vendor
from tests.factories import (
    AssessmentFactory,
    PlatformFactory,
    ServiceFactory,
    StorageLocationFactory,
    VendorFactory,
    published_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


@pytest.fixture
def quiz(edit):
    quiz = ServiceFactory(
        name="Quiz", slug="quiz", vendor=VendorFactory(name="Acme", slug="acme"), platforms=[PlatformFactory()]
    )
    published_round(quiz)
    StorageLocationFactory(service=quiz, place="Berlin")
    edit(quiz, summary="Makes polls")
    assert list(verify()) == []
    return quiz


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found():
    return "\n".join(verify())


# Append-only


@pytest.mark.parametrize(
    "write",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: RegisterEntry.objects.update(kind="facts"),
        lambda entry: RegisterEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: RegisterEntry.objects.bulk_update([entry], ["kind"]),
        lambda entry: RegisterEntry.objects.bulk_create([entry]),
        lambda entry: entry.content.save(),
        lambda entry: RegisterContent.objects.all().delete(),
    ],
    ids=["save", "delete", "update", "delete many", "bulk update", "bulk create", "save content", "delete contents"],
)
def test_models_and_querysets_refuse_to_change_what_is_written(quiz, write):
    entry = entries_of("service", "quiz").first()

    with pytest.raises(TypeError, match="only ever added to"):
        write(entry)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE public_registerentry SET kind = 'facts' WHERE serial = 1",
        "DELETE FROM public_registerentry WHERE serial = 1",
        "DELETE FROM public_registerentry",
        "UPDATE public_registercontent SET text = '{}'",
        "UPDATE public_registercontent SET is_redacted = true, sha256 = 'x'",
        "DELETE FROM public_registercontent",
    ],
)
def test_the_database_itself_refuses_it(quiz, statement):
    with pytest.raises(DatabaseError, match=r"only ever added to|FOREIGN KEY"), transaction.atomic():
        sql(statement)

    assert found() == ""


def test_nobody_can_write_the_register_in_the_administration(quiz, superuser_client):
    entry = entries_of("service", "quiz").first()
    page = superuser_client.get(reverse("admin:public_registerentry_change", args=[entry.pk]))

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert superuser_client.get(reverse("admin:public_registerentry_changelist")).status_code == 200
    assert superuser_client.get(reverse("admin:public_registerentry_add")).status_code == 403
    for name in ("change", "delete"):
        address = reverse(f"admin:public_registerentry_{name}", args=[entry.pk])
        assert superuser_client.post(address, {"kind": "facts", "post": "yes"}).status_code == 403
    assert RegisterContent not in admin.site._registry


@pytest.mark.parametrize("name", sorted(triggers._wanted(connection)))
def test_a_missing_trigger_is_found_and_stops_the_site(quiz, name):
    table = triggers._on(triggers._wanted(connection)[name]) if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER {name}{table}")

    assert f"trigger {name} is missing or altered" in found()
    errors = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [(error.id, name in error.msg) for error in errors] == [("public.E001", True)]


@pytest.mark.parametrize("name", sorted(triggers._wanted(connection)))
def test_a_trigger_that_does_nothing_is_found(quiz, name):
    wanted = triggers._wanted(connection)[name]
    if connection.vendor == "postgresql":
        sql(f"DROP TRIGGER {name}{triggers._on(wanted)}")
        sql("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$")
        sql(f"CREATE TRIGGER {name} {wanted} EXECUTE FUNCTION nothing()")
    else:
        sql(f"DROP TRIGGER {name}")
        sql(f"CREATE TRIGGER {name} {wanted.split(' WHEN')[0]} WHEN 0 BEGIN SELECT 1; END")

    assert f"trigger {name} is missing or altered" in found()


def test_a_service_that_is_hidden_from_search_by_sql_is_found(quiz):
    sql("UPDATE registry_service SET folded = '' WHERE id = %s", quiz.pk)

    assert f"registry.Service {quiz.pk}: folded does not follow from the rest" in found()


def test_migrating_puts_missing_triggers_back(quiz):
    triggers.remove()
    call_command("migrate", verbosity=0)

    assert triggers.missing() == []
    assert checks.run_checks(tags=[checks.Tags.database], databases=["default"]) == []


# What goes round the register


def test_update_is_found(quiz):
    Service._base_manager.filter(pk=quiz.pk).update(summary="Another")

    assert "service quiz: differs from what the register last said" in found()
    assert f"registry.Service {quiz.pk}: summary is not what its history says" in found()


def test_bulk_update_is_found(quiz):
    place = StorageLocation.objects.get()
    place.place = "Bonn"
    StorageLocation._base_manager.bulk_update([place], ["place"])

    assert "service quiz: differs" in found()
    assert f"registry.StorageLocation {place.pk}: place is not" in found()


def test_raw_sql_on_a_fact_is_found(quiz):
    sql("UPDATE registry_vendor SET name = 'Acne' WHERE slug = %s", "acme")

    assert "vendor acme: differs" in found()


def test_raw_sql_on_what_is_not_public_is_found_in_its_history(quiz):
    draft = AssessmentFactory(service=quiz, draft=True)
    sql("UPDATE assessments_assessment SET internal_notes = 'x' WHERE id = %s", draft.pk)

    assert found() == f"assessments.Assessment {draft.pk}: internal_notes is not what its history says"


def test_a_many_to_many_row_that_comes_or_goes_by_sql_is_found(quiz):
    other = PlatformFactory(code="ipad")
    Service.platforms.through._base_manager.create(service=quiz, platform=other)

    assert "service quiz: differs" in found()
    assert f"registry.Service {quiz.pk}: platforms is not what its history says" in found()


def test_a_row_that_is_deleted_by_sql_is_found(quiz):
    sql("DELETE FROM registry_storagelocation")

    assert "service quiz: differs" in found()
    assert "is gone, and its history does not say so" in found()


def test_a_row_that_is_made_by_sql_is_found(quiz):
    Vendor._base_manager.bulk_create([Vendor(name="Ghost", slug="ghost")])

    assert "has no history" in found()


def test_a_service_that_is_listed_by_sql_is_found(quiz):
    draft = ServiceFactory(name="Draft", slug="draft", draft=True, vendor=quiz.vendor)
    sql("UPDATE registry_service SET visibility = 'listed', first_listed_on = '2026-01-01' WHERE id = %s", draft.pk)

    assert "service draft: is public, and the register has not said so" in found()


def test_a_service_that_is_taken_off_the_list_by_sql_is_found(quiz):
    sql("UPDATE registry_service SET visibility = 'unlisted' WHERE id = %s", quiz.pk)

    assert "service quiz: is not public any more, and the register has not said so" in found()


# What goes round the triggers


def test_an_altered_entry_is_found(quiz):
    with triggers.lifted():
        sql("UPDATE public_registerentry SET kind = 'language' WHERE serial = 3")

    assert "entry 3: has been altered" in found()


def test_an_altered_entry_with_a_new_hash_is_found(quiz):
    entry = RegisterEntry.objects.get(serial=3)
    entry.kind = "language"
    with triggers.lifted():
        sql("UPDATE public_registerentry SET kind = 'language', hash = %s WHERE serial = 3", entry.computed_hash())

    assert "entry 4: does not continue the entry before it" in found()


def test_a_deleted_entry_is_found(quiz):
    with triggers.lifted():
        sql("DELETE FROM public_registerentry WHERE serial = 3")

    assert "entry 4: 3 was expected; entries between are gone" in found()


def test_a_deleted_last_entry_is_found(quiz):
    last = RegisterHead.objects.get().serial
    with triggers.lifted():
        sql("DELETE FROM public_registerentry WHERE serial = %s", last)

    assert f"head: stands at {last}, the last entry is {last - 1}" in found()


def test_swapped_entries_are_found(quiz):
    with triggers.lifted():
        for old, new in ((3, 9003), (4, 3), (9003, 4)):
            sql("UPDATE public_registerentry SET serial = %s WHERE serial = %s", new, old)

    assert "entry 3: has been altered" in found()
    assert "entry 4: has been altered" in found()


def test_entries_whose_subjects_are_swapped_are_found(quiz):
    with triggers.lifted():
        sql("UPDATE public_registerentry SET subject_key = 'other' WHERE serial = 3")

    assert "entry 3: speaks of another subject than its details say" in found()


def test_a_changed_content_is_found(quiz):
    entry = entries_of("service", "quiz").first()
    with triggers.lifted():
        sql("UPDATE public_registercontent SET text = '{}' WHERE sha256 = %s", entry.content_id)

    assert f"content {entry.content_id} (entry {entry.serial}): has been altered" in found()


def test_a_tombstone_that_nobody_vouches_for_is_found(quiz):
    entry = entries_of("service", "quiz").first()
    text = canonical({"redacted": {"entry": entry.serial, "on": "2026-01-01", "reason": "Gone."}})
    sql("UPDATE public_registercontent SET text = %s, is_redacted = true WHERE sha256 = %s", text, entry.content_id)

    assert "was removed without an entry that says so" in found()


def test_the_command_names_what_is_off_and_fails(quiz, capsys):
    call_command("verify_register")
    assert "The register is whole" in capsys.readouterr().out

    Service._base_manager.filter(pk=quiz.pk).update(price_note="Another")
    with pytest.raises(CommandError, match="2 things are off"):
        call_command("verify_register")
    assert "service quiz: differs" in capsys.readouterr().out


def test_catching_up_tells_what_went_round_the_register_and_says_so(quiz):
    Service._base_manager.filter(pk=quiz.pk).update(summary="Another")
    call_command("catch_up_register", reason="Mended by hand after an error.", verbosity=0)
    entry = entries_of("service", "quiz").first()

    assert (entry.kind, entry.reason) == ("backfilled", "Mended by hand after an error.")
    assert "differs" not in found()


def test_a_database_older_than_the_register_begins_one_and_only_once(quiz, monkeypatch):
    with triggers.lifted():
        for table in ("entry", "head", "content"):
            sql(f"DELETE FROM public_register{table}")  # noqa: S608 - one of three words
    call_command("catch_up_register", begin=True, verbosity=0)
    told = RegisterEntry.objects.count()
    Service._base_manager.filter(pk=quiz.pk).update(summary="Another")
    call_command("catch_up_register", begin=True, verbosity=0)

    assert found().startswith("service quiz: differs")
    assert RegisterEntry.objects.count() == told > 3


def test_the_hash_is_over_the_canonical_header_as_the_documents_say(quiz):
    for entry in RegisterEntry.objects.all():
        text = json.dumps(entry.header(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert digest(text) == entry.hash
        assert text == canonical(entry.header())


def test_nothing_in_a_header_is_a_word_about_the_subject(quiz):
    headers = json.dumps([entry.header() for entry in RegisterEntry.objects.all()])

    assert not [word for word in ("quiz", "acme", "Made for a test") if word in headers]


def test_a_platform_is_a_subject_as_well(quiz, edit):
    edit(Platform.objects.get(), name_nb="Feide-innlogging")
    with change("Corrected."):
        pass

    assert entries_of("platform", "feide").first().kind == "facts"

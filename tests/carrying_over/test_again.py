"""What a second run does: nothing where nothing is new, and nothing to what people had a hand in."""

import pytest
from django.db import OperationalError

from assessments import rounds
from assessments.models import Assessment, Condition, ImportedPage
from registry.changes import change
from registry.models import Service
from tests.carrying_over.conftest import ADDRESS, the_round, the_service
from tests.factories import AssessmentFactory, PolicyFactory, RulingFactory, ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def counts():
    return [model.objects.count() for model in (Service, Assessment, Condition, ImportedPage)]


def test_running_twice_changes_nothing(folder):
    folder.save("1.txt").save("2.txt", price="Lisens").imported()
    before, records = counts(), Service.history.count()
    said = folder.imported()

    assert (counts(), Service.history.count()) == (before, records)
    assert "2 as they were" in said.err


def test_a_second_version_updates_and_makes_no_second_service(folder):
    folder.save().imported()
    folder.save(price="Lisens", storage="Norge", conditions=" • Bruk bare fornavn.\n • Spør foreldrene.")
    said = folder.imported()

    assert said.out.startswith("~ Regnbuen")
    assert the_service().price_model == "paid"
    assert [place.region.code for place in the_service().storage.all()] == ["NO"]
    assert [part.text for part in the_round().conditions.all()] == ["Bruk bare fornavn.", "Spør foreldrene."]


def test_a_condition_that_stays_keeps_its_key(folder):
    folder.save().imported()
    before = {part.text: part.key for part in the_round().conditions.all()}
    folder.save(conditions=" • Bruk bare fornavn!\n • Slett tegningene etter bruk.").imported()

    after = {part.text: part.key for part in the_round().conditions.all()}
    assert after["Bruk bare fornavn!"] == before["Bruk bare fornavn."]
    assert after["Slett tegningene etter bruk."] == before["Slett tegningene etter bruk."]


def test_what_an_officer_has_edited_is_not_overwritten(folder):
    folder.save().imported()
    with change("Mended."):
        service = the_service()
        service.price_note = "Gratis for skoler."
        service.save()
    folder.save(price="Lisens")
    said = folder.imported()

    assert (the_service().price_model, the_service().price_note) == ("paid", "Gratis for skoler.")
    assert "left as it is here: price note" in said.out
    assert "page" in ImportedPage.objects.first().uncertain


def test_a_page_of_a_service_that_is_here_by_hand_is_laid_beside_it(folder):
    ServiceFactory(name="regnbuen", summary="Mine")
    said = folder.save().imported()

    assert said.out.startswith("& Regnbuen")
    assert "says something else than the registry: name, summary, purpose, vendor" in said.out
    service = Service.objects.get()
    assert (service.summary, service.assessments.count(), service.imported_pages.count()) == ("Mine", 0, 1)
    assert "1 as they were" in folder.imported().err


def test_another_page_about_a_service_of_the_same_name_is_laid_beside_it(folder):
    other = ADDRESS.replace("/apper/", "/nettsider/")
    folder.save("1.txt").save("2.txt", address=other, status="Tjenesten er ikke godkjent.")
    folder.imported()

    assert the_round().outcome == "approved"
    assert the_service().imported_pages.count() == 2


def test_the_same_address_written_otherwise_is_the_same_page(folder):
    folder.save().imported()
    folder.save(address=ADDRESS.replace("https://www.", "http://").rstrip("/"), name="Regnbuen 2")
    folder.imported()

    assert Service.objects.get().name == "Regnbuen 2"


# What people have decided here


def test_a_service_that_people_have_decided_on_is_not_decided_on_anew(folder, editor, approver):
    folder.save().imported()
    service = the_service()
    rounds.discard(the_round(), actor=editor, reason="We decide anew.")
    with change("Decided.", actor=editor):
        row = AssessmentFactory(service=service, draft=True, outcome="approved")
        RulingFactory(assessment=row, verdict="allowed")
    rounds.publish(rounds.submit(row, actor=editor), actor=approver)
    folder.save(status="Tjenesten er ikke godkjent.")
    said = folder.imported()

    assert service.assessments.count() == 1
    assert "left as it is here" in said.out


def test_a_round_that_waits_for_approval_is_left_alone(folder, editor):
    folder.save().imported()
    rounds.submit(the_round(), actor=editor)
    folder.save(conditions=" • Noe nytt.").imported()

    assert the_round().state == "submitted"
    assert [part.text for part in the_round().conditions.all()] == [
        "Bruk bare fornavn.",
        "Slett tegningene etter bruk.",
    ]


# People's hands


def test_rows_that_people_have_filled_in_are_not_deleted_with_the_page(folder, editor):
    folder.save().imported()
    with change("More exactly.", actor=editor):
        place, company = the_service().storage.get(), the_service().subprocessors.get()
        place.note, company.note = "Dublin", "Bare lagring"
        place.save()
        company.save()
    folder.save(storage="Norge", subprocessors="Ingen.")
    said = folder.imported()

    assert sorted(row.region.code for row in the_service().storage.all()) == ["IE", "NO"]
    assert the_service().subprocessors.get() == company
    assert "left as it is here: storage -1, subprocessors -1" in said.out


def test_an_agreement_that_people_have_joined_stays_theirs(folder, editor):
    folder.save("1.txt").save("2.txt", name="Solen", address=f"{ADDRESS}2/").imported()
    shared, other = the_service().agreements.get(), Service.objects.get(name="Solen")
    with change("One agreement.", actor=editor):
        shared.services.add(other)
    folder.save("1.txt", dpa="Nei, ikke etablert.")
    said = folder.imported()

    shared.refresh_from_db()
    assert shared.state == "established"
    assert "left as it is here: agreement ~1" in said.out


def test_what_needs_a_vendor_stays_out_where_there_is_none(folder):
    folder.save(policy=None).imported()
    with change("Nobody knows."):
        service = the_service()
        service.vendor = None
        service.save()
    said = folder.save().imported()

    assert "documents +1" in said.out
    assert not said.failure
    assert the_service().policies.count() == 0


def test_what_the_database_refuses_stays_out_and_the_rest_is_written(folder, editor):
    folder.save().imported()
    with change("Signed.", actor=None):
        agreement = the_service().agreements.get()
        agreement.signed_on = "2026-01-01"
        agreement.save()
    folder.save(dpa="Nei, ikke etablert.", price="Lisens")
    said = folder.imported()

    assert "left as it is here: agreement ~1" in said.out
    assert the_service().price_model == "paid"


def test_a_name_that_is_taken_stays_out_and_is_not_saved_with_something_else(folder):
    folder.save().imported()
    ServiceFactory(name="Solen")
    said = folder.save(name="Solen", price="Lisens", storage="Norge").imported("--published")

    assert "left as it is here: name" in said.out
    assert [row.region.code for row in the_service().storage.all()] == ["NO"]


def test_a_page_that_goes_back_to_an_earlier_text_is_followed(folder):
    folder.save().imported()
    folder.save(price="Lisens").imported()
    folder.save().imported()

    assert the_service().price_model == "free"
    assert "1 as they were" in folder.imported().err


def test_an_older_version_that_still_lies_beside_the_newer_changes_nothing(folder):
    folder.save("2.txt").imported()
    folder.save("1.txt", price="Lisens").imported()

    assert the_service().price_model == "paid"
    assert "2 as they were" in folder.imported().err


def test_the_version_that_was_saved_last_is_the_newest_whatever_its_name(folder):
    folder.save("side.txt", price="Lisens").save("side (1).txt", price="Gratis").imported()

    assert the_service().price_model == "free"


def test_a_page_without_an_address_gets_a_new_decision_too(folder):
    folder.save(address="").imported()
    folder.save(address="", status="Tjenesten er ikke godkjent.").imported()

    assert the_round().outcome == "not_approved"


def test_a_name_that_is_too_long_is_the_same_one_the_next_time(folder):
    folder.save(address="", name="Regnbuen " + "farge " * 15).imported()

    assert "1 as they were" in folder.imported().err


def test_a_name_counts_more_than_another_ones_alias(folder):
    ServiceFactory(name="Solen", aliases="Regnbuen")
    own = ServiceFactory(name="Regnbuen")
    ServiceFactory(name="Stjernen", aliases="Regnbuen")
    folder.save().imported()

    assert ImportedPage.objects.get().service == own


def test_a_link_that_leads_elsewhere_is_a_new_version(folder):
    page = '<html><body><main><h1>Regnbuen</h1><h2>Er tjenesten godkjent?</h2><p>Tjenesten er godkjent.</p><h2>Leverandør</h2><p>Bue AS</p><h2>Lenke til personvernerklæring</h2><p><a href="{}">Les her</a></p></main></body></html>'  # noqa: E501
    for address in ("https://a.example/1", "https://a.example/2"):
        (folder.place / "side.html").write_text(page.format(address), encoding="utf-8")
        folder.imported()

    assert [policy.url for policy in the_service().policies.all()] == ["https://a.example/2"]
    assert any("<https://a.example/2>" in text for _number, text in ImportedPage.objects.first().lines)


def test_another_kind_of_document_at_the_same_address_is_not_taken_for_the_statement(folder):
    terms = PolicyFactory(kind="terms", url="https://regnbuen.example/personvern")
    folder.save().imported()

    assert the_service().policies.get() != terms


def test_a_lock_that_was_waited_for_in_vain_is_waited_for_again(folder, monkeypatch):
    from assessments.carrying_over import writing

    keep, left = writing._keep, [2]

    def busy(*arguments):
        left[0] -= 1
        if left[0]:
            raise OperationalError("database is locked")
        keep(*arguments)

    monkeypatch.setattr(writing, "_keep", busy)

    assert not folder.save().imported().failure
    assert the_service()


def test_json_is_printed_whatever_the_verbosity(folder):
    assert '"name": "Regnbuen"' in folder.save().imported("--json", "--verbosity=0").out


def test_a_database_without_tables_is_told_what_to_run(folder, monkeypatch):
    from registry.models import StorageRegion

    def no_such_table(*arguments):
        raise OperationalError("no such table: registry_storageregion")

    monkeypatch.setattr(StorageRegion.objects, "exists", no_such_table)

    assert "python manage.py migrate" in folder.save().imported().failure

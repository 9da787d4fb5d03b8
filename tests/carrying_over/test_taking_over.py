"""`import_assessments` on real files: what is shown, what is written, and what a second run does."""

import pytest

from assessments.models import Agreement, Assessment, Condition, ImportedPage
from policies.models import Policy
from registry.changes import change
from registry.models import Service, Vendor
from tests.carrying_over.conftest import ADDRESS, the_round, the_service
from tests.factories import VendorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def counts():
    return [
        model.objects.count() for model in (Service, Assessment, Vendor, Policy, Agreement, Condition, ImportedPage)
    ]


# Showing


def test_without_apply_it_shows_what_it_would_do_and_writes_nothing(folder):
    said = folder.save().shown()

    assert "+ Regnbuen" in said.out
    assert "Nothing was written" in said.err
    assert not any(counts())


def test_two_versions_of_one_page_are_shown_as_one_service(folder):
    said = folder.save("1.txt").save("2.txt", price="Lisens").shown()

    assert [line[0] for line in said.out.splitlines() if not line.startswith(" ")] == ["+", "~"]
    assert "price model, price note" in said.out
    assert "1 new service, 1 page in a new version" in said.err


def test_apply_needs_a_reason_and_json_writes_nothing(folder):
    folder.save()

    assert "needs a reason" in folder.imported("--apply").failure
    assert "needs a reason" in folder.imported("--apply", "--reason= ").failure
    assert "writes nothing" in folder.imported("--json", "--apply", "--reason=x").failure
    assert not any(counts())


def test_a_folder_without_files_is_named(folder):
    assert str(folder.place) in folder.imported().failure


# Drafts


def test_a_page_becomes_a_draft_that_nobody_outside_sees(folder, client):
    folder.save().imported()
    service = the_service()

    assert service.visibility == "draft"
    assert (service.summary, service.price_model, service.price_note) == ("Elevene tegner sammen", "free", "Gratis.")
    assert (service.vendor.name, service.vendor.country.code) == ("Fargerik AS", "NO")
    assert client.get(f"/tjenester/{service.slug}/").status_code == 404


def test_the_facts_lie_in_their_tables(folder):
    folder.save().imported()
    service = the_service()

    assert sorted(use.category.code for use in service.data_uses.all()) == ["email", "name"]
    assert [place.region.code for place in service.storage.all()] == ["IE"]
    assert [(s.vendor.name, s.region.code, s.purpose) for s in service.subprocessors.all()] == [
        ("Skyen Inc", "US", "lagring")
    ]
    assert [(a.state, a.vendor.name) for a in service.agreements.all()] == [("established", "Fargerik AS")]
    assert [p.url for p in service.policies.all()] == ["https://regnbuen.example/personvern"]
    assert {d.list: d.answer for d in service.disclosures.all()}["subprocessors"] == "stated"


def test_the_decision_is_a_draft_round_that_says_from_where_it_comes(folder):
    folder.save().imported()
    row = the_round()

    assert (row.kind, row.state, row.outcome, row.carried_over_from) == ("imported", "draft", "approved", ADDRESS)
    assert (row.decided_on, row.reasons) == (None, "Tjenesten er godkjent til bruk i skolen.")
    assert {ruling.audience: ruling.verdict for ruling in row.rulings.all()} == {
        "pupil": "with_conditions",
        "teacher": "with_conditions",
    }
    assert [part.text for part in row.conditions.all()] == ["Bruk bare fornavn.", "Slett tegningene etter bruk."]


def test_the_reason_is_kept_with_every_row(folder):
    folder.save().imported(reason="Fra de gamle sidene.")

    assert {record.history_change_reason for record in Service.history.all()} == {"Fra de gamle sidene."}
    assert Condition.history.first().history_change_reason


def test_the_page_is_kept_line_by_line(folder):
    folder.save().imported()
    kept = ImportedPage.objects.get()

    text = (folder.place / "regnbuen.txt").read_text(encoding="utf-8").splitlines()
    filled = {number: line for number, line in enumerate(text, 1) if line.strip()}
    assert {number: line.strip() for number, line in kept.lines} == {n: line.strip() for n, line in filled.items()}
    assert {number for numbers in kept.fields.values() for number in numbers} == set(filled)


def test_an_uncertain_status_is_left_to_somebody(folder):
    folder.save(status="Tjenesten må sjekkes videre før bruk.").imported()

    assert (the_round().outcome, the_round().rulings.count()) == ("", 0)
    assert the_round().reasons == "Tjenesten må sjekkes videre før bruk."


def test_a_page_that_does_not_know_its_address_becomes_an_ordinary_round(folder):
    folder.save(address="").imported()

    assert (the_round().kind, the_round().carried_over_from) == ("ordinary", "")


def test_a_vendor_that_is_there_is_not_made_anew(folder):
    known = VendorFactory(name="Fargerik", slug="fargerik")
    folder.save().imported()

    assert the_service().vendor == known


def test_a_company_that_is_vendor_and_subprocessor_is_made_once(folder):
    folder.save(subprocessors=" • Fargerik AS, Norge (drift)").imported()

    assert the_service().subprocessors.get().vendor == the_service().vendor


def test_a_document_that_two_services_share_is_one(folder):
    folder.save("1.txt").save("2.txt", name="Solen", address=ADDRESS.replace("regnbuen", "solen")).imported()

    assert Policy.objects.get().services.count() == 2


# Bad files


def test_one_bad_file_does_not_stop_the_others_and_the_failure_is_told(folder):
    folder.save("2.txt")
    (folder.place / "1.txt").write_bytes(b"\x00\x01 binary")
    (folder.place / "3.txt").write_text("Velkommen til vår nettside.", encoding="utf-8")
    said = folder.imported()

    assert the_service()
    assert "1.txt: is not text" in said.err
    assert "3.txt: has none of the headings" in said.err
    assert said.failure.startswith("2 files")


def test_a_page_that_the_registry_refuses_takes_no_other_with_it(folder, monkeypatch):
    from assessments.carrying_over import tables

    def refuse_fees(subject, row, values):
        if values.get("price_model") == "paid":
            raise tables.ValidationError("Not today.")
        return write(subject, row, values)

    write = tables.write
    monkeypatch.setattr("assessments.carrying_over.writing.write", refuse_fees)
    folder.save("1.txt", name="Dyr", price="Lisens", address=f"{ADDRESS}1/", vendor="Ny AS").save("2.txt")
    said = folder.imported()

    assert [service.name for service in Service.objects.all()] == ["Regnbuen"]
    assert not Vendor.objects.filter(name="Ny AS")
    assert "1.txt: Not today. Nothing of it was written." in said.err
    assert said.failure.startswith("1 file ")


def test_a_category_that_the_registry_lacks_is_named(folder):
    said = folder.save(data=" • Navn\n • Telefonnummer").imported()

    assert "load_reference" in said.err
    assert not Service.objects.exists()


def test_without_reference_data_nothing_begins(folder):
    from registry.models import DataCategory, StorageRegion

    with change("Emptied."):
        for model in (StorageRegion, DataCategory):
            for row in model.objects.all():
                row.delete()

    assert "load_reference" in folder.save().imported().failure


def test_longer_words_than_a_field_holds_are_cut_there_and_kept_on_the_page(folder):
    folder.save(price=f"Gratis {'og fritt ' * 60}", name="Regnbuen " + "farge " * 60).imported()
    service = Service.objects.get()

    assert len(service.price_note) <= 300
    assert service.price_note.endswith("…")
    assert len(service.name) <= 200


def test_verbosity_0_is_silent(folder):
    said = folder.save().imported("--apply", "--reason=x", "--verbosity=0")

    assert (said.out, said.err, said.failure) == ("", "", "")

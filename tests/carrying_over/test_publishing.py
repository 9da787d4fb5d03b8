"""`import_assessments --published`: what is certain goes on the list, and says in public where it comes from."""

import pytest

from assessments import rounds
from assessments.models import ImportedPage
from public.register.verification import verify
from registry.changes import change
from registry.models import Service
from tests.carrying_over.conftest import ADDRESS, the_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "register")]


def test_a_certain_page_is_on_the_list_and_says_where_it_was_carried_over_from(folder, client):
    folder.save().imported("--published")
    page = client.get(f"/tjenester/{the_service().slug}/").content.decode()

    assert "Godkjent" in page
    assert f'href="{ADDRESS}"' in page
    assert "Bruk bare fornavn." in page


def test_the_date_of_the_decision_is_not_made_up(folder):
    folder.save().imported("--published")
    row = the_service().assessments.get()

    assert (row.kind, row.state, row.decided_on, row.approver) == ("imported", "published", None, None)


def test_the_register_tells_of_it_for_the_reason_that_was_given(folder, client):
    folder.save().imported("--published", reason="Fra de gamle sidene.")

    assert "Fra de gamle sidene." in client.get(f"/tjenester/{the_service().slug}/historikk/").content.decode()
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"status": "Tjenesten er under vurdering."}, "status is under_assessment"),
        ({"status": "Tjenesten må sjekkes videre."}, "status is"),
        ({"status": "Godkjent for lærere, ikke godkjent for elever."}, "status is in doubt"),
        ({"audiences": None}, "who may use"),
        ({"description": None}, "what the service is for"),
        ({"address": ""}, "address is not known"),
        ({"vendor": "laget av noen vi ikke vet hvem er"}, "in doubt: vendor"),
        (
            {"status": "Tjenesten er godkjent under forutsetning av at retningslinjene følges.", "conditions": None},
            "names no conditions",
        ),
    ],
)
def test_what_is_uncertain_stays_a_draft_and_it_is_said_why(folder, changed, why):
    said = folder.save(**changed).imported("--published")

    assert the_service().visibility == "draft"
    assert "not published: " in said.out
    assert why in said.out


def test_a_refusal_needs_nobody_who_may_use_it(folder):
    folder.save(status="Tjenesten er ikke godkjent. Den viser reklame.", audiences=None, conditions=None)
    folder.imported("--published")

    assert the_service().assessments.get().outcome == "not_approved"
    assert the_service().visibility == "listed"


def test_without_apply_it_says_what_would_be_published(folder):
    assert "would be published" in folder.save().shown("--published").out
    assert not Service.objects.exists()


def test_a_draft_that_nobody_has_touched_is_published_by_a_later_run(folder):
    folder.save().imported()
    said = folder.imported("--published")

    assert "1 published" in said.err
    assert the_service().visibility == "listed"
    assert "0 published" in folder.imported("--published").err


def test_a_draft_that_was_edited_needs_a_second_pair_of_eyes(folder, editor):
    folder.save().imported()
    with change("Mended.", actor=editor):
        row = the_service().assessments.get()
        row.outcome = "not_approved"
        row.save()
    said = folder.imported("--published")

    assert "submit it for approval" in said.out
    assert the_service().visibility == "draft"


def test_a_doubt_that_somebody_has_looked_at_no_longer_stops_it(folder, editor):
    folder.save(vendor="laget av noen vi ikke vet hvem er").imported("--published")
    assert the_service().visibility == "draft"
    ImportedPage.objects.update(looked_through_at="2026-11-22T10:00Z", looked_through_by=editor)
    folder.imported("--published")

    assert the_service().visibility == "listed"


def test_a_new_version_of_a_published_page_is_a_new_round_and_the_old_one_stands(folder, client):
    folder.save().imported("--published")
    folder.save(status="Tjenesten er ikke godkjent.", conditions=None).imported("--published", reason="Endret der.")
    first, second = the_service().assessments.order_by("number")

    assert (first.outcome, second.outcome) == ("approved", "not_approved")
    assert (second.state, second.change_summary) == ("published", "Endret der.")
    assert "Ikke godkjent" in client.get(f"/tjenester/{the_service().slug}/").content.decode()
    assert list(verify()) == []


def test_what_is_public_does_not_change_without_published(folder):
    folder.save().imported("--published")
    folder.save(price="Lisens", status="Tjenesten er ikke godkjent.")
    said = folder.imported()

    assert the_service().price_model == "free"
    assert "waits for --published" in said.out
    assert [row.state for row in the_service().assessments.order_by("number")] == ["published", "draft"]


def test_what_waited_to_be_allowed_comes_with_the_next_published(folder):
    folder.save().imported("--published")
    folder.save(price="Lisens").imported()
    said = folder.imported("--published")

    assert the_service().price_model == "paid"
    assert "price model, price note" in said.out
    assert "1 as they were" in folder.imported("--published").err


def test_what_waits_is_told_again_until_it_is_written(folder, editor):
    folder.save().imported("--published")
    folder.save(price="Lisens").imported()
    ImportedPage.objects.update(looked_through_at="2026-11-22T10:00Z", looked_through_by=editor)

    assert "waits for --published" in folder.imported().out
    assert ImportedPage.objects.filter(waits=True).count() == 1
    assert not ImportedPage.objects.filter(looked_through_at=None)


def test_a_round_that_somebody_approved_is_followed_by_a_draft_only(folder, editor, approver):
    folder.save().imported()
    rounds.publish(rounds.submit(the_service().assessments.get(), actor=editor), actor=approver)
    with change("Listed.", actor=editor):
        service = the_service()
        service.visibility = "listed"
        service.save()
    folder.save(status="Tjenesten er ikke godkjent.", conditions=None)
    said = folder.imported("--published")

    assert "decided on here" in said.out
    assert [row.state for row in the_service().assessments.order_by("number")] == ["published", "draft"]


def test_an_imported_round_that_people_approve_still_has_no_date_of_decision(folder, editor, approver):
    folder.save().imported()
    row = rounds.publish(rounds.submit(the_service().assessments.get(), actor=editor), actor=approver)

    assert (row.decided_on, row.approver) == (None, approver)


def test_what_the_rules_refuse_stays_a_draft(folder, monkeypatch):
    monkeypatch.setattr(rounds, "problems", lambda row: ["Something is missing."])
    said = folder.save().imported("--published")

    assert "not published: Something is missing." in said.out
    assert (the_service().visibility, the_service().assessments.get().state) == ("draft", "draft")


def test_what_the_import_does_not_carry_counts_as_edited_too(folder, editor):
    folder.save().imported()
    with change("More exactly.", actor=editor):
        use = the_service().data_uses.first()
        use.purpose = "Innlogging"
        use.save()

    assert "edited since" in folder.imported("--published").out
    assert the_service().visibility == "draft"


def test_two_versions_that_lie_side_by_side_are_left_to_people(folder):
    folder.save("1.txt").save("2.txt", status="Tjenesten er ikke godkjent.")
    said = folder.imported("--published")

    assert "several versions" in said.out
    assert the_service().visibility == "draft"


def test_two_pages_that_contradict_each_other_are_left_to_people(folder):
    other = ADDRESS.replace("/apper/", "/nettsider/")
    folder.save("1.txt").save("2.txt", address=other, status="Tjenesten er ikke godkjent.")
    said = folder.imported("--published")

    assert "another page here is about a service of this name" in said.out
    assert "not made from this page" in said.out
    assert the_service().visibility == "draft"


def test_a_page_laid_beside_holds_publication_back_until_somebody_has_compared(folder, editor):
    folder.save("1.txt").imported()
    folder.save("2.txt", address=ADDRESS.replace("/apper/", "/nettsider/")).imported()
    (folder.place / "2.txt").unlink()

    assert "another page about it is to be looked through" in folder.imported("--published").out
    ImportedPage.objects.update(looked_through_at="2026-11-22T10:00Z", looked_through_by=editor)
    assert "1 published" in folder.imported("--published").err


def test_facts_do_not_change_under_the_hands_of_whoever_signs(folder, editor, approver):
    folder.save().imported()
    row = rounds.submit(the_service().assessments.get(), actor=editor)
    folder.save(storage="Norge")
    assert "waits for --published, or for who approves: storage" in folder.imported().out
    rounds.publish(row, actor=approver)

    assert [place["region"] for place in the_service().assessments.get().facts["storage"]] == ["IE"]


def test_what_the_rules_refuse_on_a_listed_service_changes_no_fact(folder, monkeypatch):
    folder.save().imported("--published")
    folder.save(price="Lisens", status="Tjenesten er ikke godkjent.", conditions=None)
    monkeypatch.setattr(rounds, "problems", lambda row: ["Something is missing."])
    said = folder.imported("--published")

    assert "not published: Something is missing." in said.out
    assert the_service().price_model == "free"


def test_a_renamed_vendor_stays_the_vendor(folder, editor):
    folder.save().imported("--published")
    with change("Renamed.", actor=editor):
        vendor = the_service().vendor
        vendor.name = "Helt Nytt Navn AS"
        vendor.save()
    folder.save(price="Lisens").imported()

    assert the_service().vendor == vendor

"""What becomes an entry, and what does not."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import rounds
from assessments.models import Assessment
from policies.models import Policy
from public.models import RegisterEntry
from public.register.appending import lock
from public.register.reading import entries_of, head, newest
from public.register.verification import verify
from registry.changes import change
from registry.models import Service
from tests.factories import (
    AdequacyDecisionFactory,
    AgreementFactory,
    AssessmentFactory,
    CollectionFactory,
    ConditionFactory,
    DataCategoryFactory,
    DataUseFactory,
    EditionFactory,
    PolicyFactory,
    PolicyVersionFactory,
    RecipientFactory,
    RulingFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageRegionFactory,
    UserFactory,
    VendorFactory,
    published_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


@pytest.fixture
def quiz():
    return ServiceFactory(name="Quiz", slug="quiz", vendor=VendorFactory(name="Acme", slug="acme"))


@pytest.fixture
def added():
    """Remembers where the register ends, and tells which entries came after."""
    end = head().serial

    def entries():
        later = RegisterEntry.objects.filter(serial__gt=end).order_by("serial")
        return [(entry.kind, entry.subject_kind, entry.subject_key) for entry in later]

    return entries


def test_a_service_that_is_listed_brings_its_vendor_with_it(quiz):
    told = RegisterEntry.objects.order_by("serial").values_list("kind", "subject_kind", "subject_key")

    assert list(told) == [("listed", "region", "DE"), ("listed", "vendor", "acme"), ("listed", "service", "quiz")]


def test_a_changed_fact_is_one_entry_with_its_public_reason(quiz, added, edit):
    edit(quiz, "The vendor wrote to us.", summary="Makes polls")
    entry = entries_of("service", "quiz").first()

    assert added() == [("facts", "service", "quiz")]
    assert entry.reason == "The vendor wrote to us."
    assert entry.said()["facts"]["summary"] == "Makes polls"
    assert entry.first == entries_of("service", "quiz").last().serial


def test_saving_without_changing_anything_is_no_entry(quiz, added, edit):
    edit(quiz)

    assert added() == []


def test_a_round_that_is_published_is_a_decision_from_the_day_it_is_in_force(quiz, added):
    day = timezone.localdate() + datetime.timedelta(days=5)
    published_round(quiz, in_force_from=day)

    assert added() == [("decision", "service", "quiz")]
    assert entries_of("service", "quiz").first().effective_on == day


def test_drafts_are_never_told_of(quiz, added, editor, edit):
    row = AssessmentFactory(service=quiz, draft=True, summary="Secret")
    RulingFactory(assessment=row)
    ConditionFactory(assessment=row, is_rechecked=True)
    edit(row, internal_notes="Secret")
    rounds.submit(row, actor=editor)
    draft = ServiceFactory(name="Draft", draft=True)
    DataUseFactory(service=draft)
    published_round(ServiceFactory(name="Other", unlisted=True, vendor=VendorFactory(name="Unheard of")))
    VendorFactory(name="Idle")

    assert [key for _kind, subject, key in added() if subject in ("service", "vendor")] == []


def test_one_change_of_many_rows_is_one_entry_for_each_subject(quiz, added, edit):
    with change("New year."):
        edit(quiz, price_note="Free for schools")
        DataUseFactory(service=quiz, category=DataCategoryFactory(code="age"))
        EditionFactory(service=quiz)
        edit(quiz.vendor, note="Merged")

    assert added() == [("listed", "category", "age"), ("facts", "vendor", "acme"), ("facts", "service", "quiz")]


def test_a_vendor_that_changes_its_name_is_one_entry_however_many_services_it_has(quiz, edit):
    for number in range(5):
        ServiceFactory(name=f"More {number}", vendor=quiz.vendor)
    end = head().serial
    with CaptureQueriesContext(connection) as queries:
        edit(quiz.vendor, name="Acme Inc.")

    assert head().serial == end + 1
    assert len(queries) <= 25


def test_reference_data_and_the_school_owner_are_told_of(quiz, added, edit):
    owner = SchoolOwnerFactory(name="Fjellvik")
    edit(owner, name="Fjellvik kommune")
    decision = AdequacyDecisionFactory()
    edit(decision, valid_until=datetime.date(2027, 1, 1))
    edit(StorageRegionFactory(code="GB"), situation="outside")

    assert added() == [
        ("listed", "owner", "owner"),
        ("facts", "owner", "owner"),
        ("listed", "region", "US"),
        ("facts", "region", "US"),
        ("facts", "region", "US"),
        ("listed", "region", "GB"),
        ("facts", "region", "GB"),
    ]


def test_documents_and_what_is_read_out_of_them_are_told_of(quiz, added):
    policy = PolicyFactory(title="Terms", slug="terms", vendor=quiz.vendor, services=[quiz])
    version = PolicyVersionFactory(policy=policy)
    CollectionFactory(point__version=version)
    recipient = RecipientFactory(version=version, vendor=VendorFactory(name="Helper", slug="helper"))
    with change("Not any more."):
        recipient.delete()

    told = [entry for entry in added() if entry[1] in ("service", "policy", "vendor")]
    assert told[:2] == [("listed", "policy", "terms"), ("facts", "service", "quiz")]
    assert set(told[2:-2]) == {("facts", "policy", "terms"), ("listed", "vendor", "helper")}
    assert told[-2:] == [("listed", "vendor", "helper"), ("facts", "policy", "terms")]
    assert newest([("vendor", "helper")])["vendor", "helper"].said() == {}


def test_a_region_that_changes_its_situation_changes_the_documents_that_name_it(quiz, added, edit):
    policy = PolicyFactory(title="Terms", slug="terms", vendor=quiz.vendor, services=[quiz])
    region = StorageRegionFactory(code="GB")
    RecipientFactory(version=PolicyVersionFactory(policy=policy), region=region)
    edit(region, "It has left the EU.", situation="outside")

    assert added()[-2:] == [("facts", "region", "GB"), ("facts", "policy", "terms")]
    assert list(verify()) == []


def test_agreements_are_told_of_on_the_services_they_are_and_were_about(quiz, added):
    agreement = AgreementFactory(vendor=quiz.vendor, services=[quiz])
    other = ServiceFactory(name="Other", slug="other", vendor=quiz.vendor)
    with change("For the other one."):
        agreement.services.set([other])

    assert added() == [
        ("facts", "service", "quiz"),
        ("listed", "service", "other"),
        ("facts", "service", "other"),
        ("facts", "service", "quiz"),
    ]


def test_what_leaves_the_list_takes_along_what_only_it_had_to_do_with(quiz, added, edit):
    PolicyFactory(title="Terms", slug="terms", vendor=quiz.vendor, services=[quiz])
    end = len(added())
    edit(quiz, "It is closed.", "listed", visibility="unlisted")

    assert added()[end:] == [("listed", "vendor", "acme"), ("listed", "policy", "terms"), ("listed", "service", "quiz")]
    assert {entry.said() == {} for entry in newest([("vendor", "acme"), ("service", "quiz")]).values()} == {True}


def test_the_reason_for_leaving_the_list_is_given_for_nothing_else(quiz, edit):
    other = ServiceFactory(name="Other", slug="other", vendor=quiz.vendor, alternatives=[quiz])
    PolicyFactory(title="Terms", slug="terms", vendor=quiz.vendor, services=[quiz, other])
    edit(quiz, "Quiz has been hacked.", "listed", visibility="unlisted")

    for key in (("service", "other"), ("policy", "terms")):
        entry = entries_of(*key).first()
        assert "alternatives" not in str(entry.said())
        assert "hacked" not in entry.reason


def test_what_is_listed_again_goes_on_where_it_left(quiz, edit):
    edit(quiz, "Off.", "listed", visibility="unlisted")
    edit(quiz, "Secretly.", summary="Nobody sees this")
    edit(quiz, "On again.", "listed", visibility="listed", summary="Everybody sees this")

    assert [entry.reason for entry in entries_of("service", "quiz")] == ["On again.", "Off.", "Made for a test."]
    assert {entry.first for entry in entries_of("service", "quiz")} == {entries_of("service", "quiz").last().serial}


def fail(edit, quiz):
    edit(quiz, summary="Never seen")
    raise RuntimeError


def test_a_change_that_fails_leaves_no_entry_and_no_gap(quiz, edit):
    end = head().serial
    with pytest.raises(RuntimeError), change("Will fail."):
        fail(edit, quiz)
    with pytest.raises(RuntimeError), transaction.atomic():
        fail(edit, quiz)
    edit(quiz, summary="Seen")

    assert head().serial == end + 1
    assert entries_of("service", "quiz").first().serial == end + 1


def test_wording_and_what_is_entered_afterwards_keep_their_kinds(quiz, added, edit):
    edit(quiz, kind="language", summary="Lager quizer")
    edit(quiz, kind="backfilled", price_note="Free until 2024")
    edit(quiz, kind="decision", price_note="Free")

    assert [kind for kind, _subject, _key in added()] == ["language", "backfilled", "facts"]


def test_a_draft_service_that_is_deleted_is_never_heard_of(added):
    draft = ServiceFactory(draft=True)
    with change("By mistake."):
        draft.delete()

    assert [entry for entry in added() if entry[1] == "service"] == []


def test_all_of_the_demonstration_is_told_and_loading_it_twice_tells_nothing_new():
    call_command("load_reference", verbosity=0)
    call_command("load_demonstration", verbosity=0)
    end = head().serial
    call_command("load_reference", verbosity=0)
    call_command("load_demonstration", verbosity=0)

    assert head().serial == end
    assert list(verify()) == []
    assert entries_of("service", "mentimeter").exists()
    assert Policy.objects.exists()


def test_nothing_is_written_outside_a_transaction_that_may_still_fail(transactional_db):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        lock()


def test_no_name_of_staff_is_in_an_entry(quiz):
    with change("Corrected.", actor=UserFactory(username="kanarifugl")):
        quiz.summary = "Makes polls"
        quiz.save()
    entry = entries_of("service", "quiz").first()

    assert "kanarifugl" not in entry.content.text + entry.details.text
    assert Assessment.objects.count() == 0
    assert Service.history.first().history_user.username == "kanarifugl"


def test_a_decision_of_the_eu_that_was_entered_on_the_wrong_region_is_told_of_both(added, edit):
    decision = AdequacyDecisionFactory()
    edit(decision, region=StorageRegionFactory(code="GB"))

    assert added()[-2:] == [("facts", "region", "GB"), ("facts", "region", "US")]
    assert list(verify()) == []


def test_a_vendors_new_name_moves_nothing_in_a_service(quiz, added, edit):
    for name in ("Aa", "Bb"):
        AgreementFactory(vendor=VendorFactory(name=name, slug=name.lower()), services=[quiz])
    edit(quiz.agreements.get(vendor__slug="aa").vendor, name="Zz")

    assert added()[-1:] == [("facts", "vendor", "aa")]
    assert list(verify()) == []


def test_a_round_that_is_written_twice_in_one_change_is_told_as_it_ended(quiz, added):
    with change("At once."):
        published_round(quiz)

    assert added() == [("decision", "service", "quiz")]

"""What is done in the administration is told: by the same door as everything else."""

import pytest
from django.urls import reverse

from assessments import rounds
from public.register.reading import entries_of
from public.register.verification import verify
from tests.admin_pages import address, one_more, save
from tests.factories import (
    AssessmentFactory,
    PolicyFactory,
    RulingFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    VendorFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register", "in_english")]


@pytest.fixture
def quiz():
    return ServiceFactory(name="Quiz", slug="quiz", vendor=VendorFactory(name="Acme", slug="acme"))


def newest(kind, key):
    return entries_of(kind, key).first()


def test_a_saved_form_is_one_entry_with_the_reason_that_was_typed(editor_client, quiz):
    before = newest("service", "quiz").serial
    edition = one_more("editions", name="Pro", slug="pro", price_model="paid")
    save(editor_client, quiz, "The vendor wrote.", summary="Makes polls", **edition)
    entry = newest("service", "quiz")

    assert (entry.serial, entry.kind, entry.reason) == (before + 1, "facts", "The vendor wrote.")
    assert entry.said()["facts"]["summary"] == "Makes polls"
    assert entry.said()["facts"]["editions"][0]["slug"] == "pro"


def test_vendors_documents_and_the_owner_are_told_of(editor_client, quiz):
    owner, policy = (
        SchoolOwnerFactory(),
        PolicyFactory(title="Terms", slug="terms", vendor=quiz.vendor, services=[quiz]),
    )
    save(editor_client, quiz.vendor, "Renamed.", name="Acme Inc.")
    save(editor_client, policy, "Found it.", url="https://example.com/terms")
    save(editor_client, owner, "Moved.", phone="12345678")

    assert newest("vendor", "acme").reason == "Renamed."
    assert newest("policy", "terms").said()["url"] == "https://example.com/terms"
    assert newest("owner", "owner").reason == "Moved."
    assert list(verify()) == []


def test_a_round_is_told_when_it_is_published_and_no_sooner(editor_client, approver_client, editor, quiz):
    before = newest("service", "quiz").serial
    row = AssessmentFactory(service=quiz, draft=True)
    RulingFactory(assessment=row)
    rounds.submit(row, actor=editor)
    assert newest("service", "quiz").serial == before

    version = approver_client.get(address(row, "publish")).context["version"]
    approver_client.post(address(row, "publish"), {"version": version})
    entry = newest("service", "quiz")

    assert entry.kind == "decision"
    assert [told["number"] for told in entry.said()["decision"]["rounds"]] == [1]


def test_a_form_that_is_refused_is_no_entry(editor_client, quiz):
    before = newest("service", "quiz").serial
    save(editor_client, quiz, "", summary="Makes polls")
    save(editor_client, quiz, "Because.", name="")

    assert newest("service", "quiz").serial == before
    assert editor_client.get(reverse("admin:public_registerentry_changelist")).status_code == 200

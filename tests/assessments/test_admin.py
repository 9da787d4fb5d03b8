import datetime
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse

from assessments import rounds
from assessments.models import Agreement, Assessment, ImpactAssessment, Ruling
from registry.changes import change
from registry.models import Service
from tests.admin_pages import address, filled, messages, one_more, save
from tests.factories import (
    DAY,
    AssessmentFactory,
    EditionFactory,
    ImpactAssessmentFactory,
    PolicyFactory,
    PolicyVersionFactory,
    RulingFactory,
    ServiceFactory,
    UserFactory,
    VendorFactory,
    published_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def draft(editor):
    with change("Written.", actor=editor):
        return RulingFactory().assessment


@pytest.fixture
def submitted(draft, editor):
    return rounds.submit(draft, actor=editor)


def stored(row):
    return Assessment.objects.get(pk=row.pk)


def step(client, row, name, **data):
    """Press a button, and read what the admin says then."""
    return messages(client.post(address(row, name), data, follow=True))


def publish(client, row):
    return step(client, row, "publish", version=client.get(address(row, "publish")).context["version"])


# Services with what is decided


def test_the_list_of_services_shows_status_review_and_open_round(editor_client, draft):
    published_round(service=ServiceFactory(name="Planner"), review_by=datetime.date(2027, 1, 1))

    page = editor_client.get(address(Service, "changelist")).text

    assert "Approved" in page
    assert "Jan. 1, 2027" in page
    assert address(draft, "change") in page


def listed(client, **filters):
    page = client.get(address(Service, "changelist"), filters)
    return {service.name for service in page.context["cl"].result_list}


def test_services_are_filtered_by_status_and_overdue(editor_client):
    published_round(service=ServiceFactory(name="Late"), decided_on=None, review_by=datetime.date(2020, 1, 1))
    published_round(service=ServiceFactory(name="In time"), review_by=datetime.date(2090, 1, 1))
    ServiceFactory(name="New")

    assert listed(editor_client, status="approved") == {"Late", "In time"}
    assert listed(editor_client, status="not_assessed") == {"New"}
    assert listed(editor_client, overdue="yes") == {"Late"}
    assert listed(editor_client, overdue="no") == {"In time", "New"}


@pytest.mark.parametrize("filters", [{"status": "x"}, {"overdue": "x"}])
def test_an_unknown_filter_value_is_ignored(editor_client, filters):
    ServiceFactory(name="New")

    assert listed(editor_client, **filters) == {"New"}


def test_the_page_of_a_service_leads_to_its_documents_and_rounds(editor_client):
    policy = PolicyFactory(services=[ServiceFactory()])
    row = published_round(service=policy.services.get())

    page = editor_client.get(address(row.service, "change")).text

    assert address(policy, "change") in page
    assert address(row, "change") in page


# Starting


def test_a_round_starts_from_its_service(editor_client, editor):
    service = ServiceFactory()
    url = address(service, "start_round")
    assert url in editor_client.get(address(service, "change")).text

    response = editor_client.post(url, {"kind": "correction", "reason": "A wrong date."})

    new = service.assessments.get()
    assert response.url == address(new, "change")
    assert (new.kind, new.state) == ("correction", "draft")
    record = new.history.first()
    assert (record.history_user, record.history_change_reason) == (editor, "A wrong date.")


@pytest.mark.parametrize(
    "data", [{"kind": "imported", "reason": "Shortcut."}, {"kind": "ordinary", "reason": " "}, {}],
    ids=["imported", "no reason", "nothing"],
)  # fmt: skip
def test_a_round_does_not_start_like_this(editor_client, data):
    service = ServiceFactory()

    assert editor_client.post(address(service, "start_round"), data).status_code == 200
    assert not service.assessments.exists()


def test_a_second_open_round_is_refused_in_words(editor_client, draft):
    told = step(editor_client, draft.service, "start_round", kind="ordinary", reason="Again.")

    assert "A round is already open" in told[0]


def test_only_who_may_start_a_round_can(approver_client, auditor_client):
    service = ServiceFactory()

    for client in (approver_client, auditor_client):
        assert client.post(address(service, "start_round"), {"kind": "ordinary", "reason": "x"}).status_code == 403
        assert "start-round" not in client.get(address(service, "change")).text


def test_nobody_adds_a_round_by_hand(superuser_client):
    assert superuser_client.get(address(Assessment, "add")).status_code == 403
    assert superuser_client.post(address(Assessment, "add"), {"reason": "x"}).status_code == 403


# Writing


def test_a_draft_is_written_with_its_parts(editor_client, draft):
    response = save(
        editor_client, draft, summary="Better said.", **one_more("conditions", position=1, text="Use no surnames."),
        **{"conditions-0-audiences": ["pupil"]},
    )  # fmt: skip

    assert response.status_code == 302
    assert stored(draft).summary == "Better said."
    assert stored(draft).conditions.get().audiences == ["pupil"]


@pytest.mark.parametrize(
    "forged",
    [{"state": "published"}, {"kind": "imported"}, {"approver": "1"}, {"number": "9"}, {"published_at": "2026-01-01"}],
    ids=lambda forged: next(iter(forged)),
)
def test_forged_fields_change_nothing(editor_client, draft, forged):
    before = Assessment.objects.values().get()

    save(editor_client, draft, **forged)

    assert Assessment.objects.values().get() == before


def test_a_constraint_with_a_field_that_is_not_on_the_page_is_told(editor_client):
    imported = AssessmentFactory(draft=True, kind="imported", carried_over_from="https://example.no/")

    response = save(editor_client, imported, carried_over_from=None)

    assert "Say which page the round was carried over from." in response.text


def test_only_editions_of_the_service_are_offered(editor_client, draft):
    EditionFactory(service=draft.service, name="Ours")
    EditionFactory(name="Theirs")

    page = editor_client.get(address(draft, "change")).text

    assert "Ours" in page
    assert "Theirs" not in page


def test_a_submitted_round_that_is_edited_is_a_draft_again(editor_client, submitted):
    response = save(editor_client, submitted, summary="Better said.")

    assert (stored(submitted).state, stored(submitted).submitted_by) == ("draft", None)
    assert "The round is a draft again" in messages(editor_client.get(response.url))[0]


@pytest.mark.parametrize("edit", [{"rulings-0-use": "By code."}, {"rulings-0-DELETE": "on"}], ids=["edit", "delete"])
def test_editing_only_a_part_reopens_the_round_as_well(editor_client, submitted, edit):
    save(editor_client, submitted, **edit)

    assert stored(submitted).state == "draft"


def test_looking_at_a_submitted_round_and_saving_it_changes_nothing(editor_client, submitted):
    save(editor_client, submitted)

    assert stored(submitted).state == "submitted"


# Buttons


def test_submitting_and_publishing_take_two_people(editor_client, approver_client, draft, approver):
    assert step(editor_client, draft, "submit") == ["Submitted for approval."]
    assert publish(approver_client, draft) == ["Published."]

    assert (stored(draft).state, stored(draft).approver) == ("published", approver)


def test_a_refusal_to_submit_is_told_in_words(editor_client):
    draft = AssessmentFactory(draft=True, reasons="", summary="")

    told = step(editor_client, draft, "submit")

    assert told[:2] == ["Write the reasons; they are public.", "Write the answer in a sentence or two."]
    assert stored(draft).state == "draft"


def test_an_approver_returns_a_round_with_a_comment_that_the_editor_sees(editor_client, approver_client, submitted):
    assert step(approver_client, submitted, "return", comment="Name the law.") == ["Returned to the editor."]

    assert "Name the law." in editor_client.get(address(submitted, "change")).text


@pytest.mark.parametrize("comment", ["", "\0", " "])
def test_a_round_is_not_returned_without_a_comment(approver_client, submitted, comment):
    assert step(approver_client, submitted, "return", comment=comment) == ["Say what must be mended."]


def test_who_wrote_in_the_round_is_told_before_and_refused_after(superuser_client, superuser, draft):
    submitted = rounds.submit(draft, actor=superuser)

    page = superuser_client.get(address(submitted, "publish"))

    assert "somebody else must approve it" in page.text
    assert "somebody else must approve it" in publish(superuser_client, submitted)[0]
    assert stored(submitted).state == "submitted"


def test_what_was_changed_after_the_page_was_opened_is_not_signed(approver_client, submitted):
    opened = approver_client.get(address(submitted, "publish")).context["version"]
    other = UserFactory()
    with change("Quietly.", actor=other):
        rounds.reopen(submitted)
        submitted.reasons = "Something else."
        submitted.save()
    rounds.submit(submitted, actor=other)

    assert "Read it again." in step(approver_client, submitted, "publish", version=opened)[0]
    assert stored(submitted).state == "submitted"


@pytest.mark.parametrize("name", ["submit", "return", "discard"])
def test_buttons_are_posted(superuser_client, submitted, name):
    assert superuser_client.get(address(submitted, name)).status_code == 405


def test_buttons_need_the_token_of_the_page(submitted, superuser):
    client = Client(enforce_csrf_checks=True)
    client.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(address(submitted, "return"), {"comment": "x"}).status_code == 403
    assert stored(submitted).state == "submitted"


def test_each_sees_the_buttons_that_are_theirs(editor_client, approver_client, auditor_client, draft, editor):
    def buttons(client):
        page = client.get(address(draft, "change")).text
        return {name for name in ("submit", "discard", "return", "publish") if address(draft, name) in page}

    assert (buttons(editor_client), buttons(approver_client), buttons(auditor_client)) == (
        {"submit", "discard"},
        set(),
        set(),
    )
    rounds.submit(draft, actor=editor)
    assert (buttons(editor_client), buttons(approver_client), buttons(auditor_client)) == (
        set(),
        {"return", "publish"},
        set(),
    )


def test_buttons_of_others_are_refused(editor_client, approver_client, auditor_client, submitted):
    for client, names in [
        (editor_client, ["return", "publish"]),
        (approver_client, ["submit", "discard"]),
        (auditor_client, ["submit", "return", "publish", "discard"]),
    ]:
        for name in names:
            assert client.post(address(submitted, name), {"comment": "x"}).status_code == 403
    assert stored(submitted).state == "submitted"


def test_a_draft_started_by_mistake_is_discarded_for_a_reason(editor_client, draft):
    response = editor_client.post(address(draft, "discard"), {"why": "Wrong service."}, follow=True)

    assert messages(response) == ["The draft was discarded."]
    assert response.redirect_chain[-1][0] == address(draft.service, "change")
    assert not Assessment.objects.exists()
    record = Assessment.history.first()
    assert (record.history_type, record.history_change_reason) == ("-", "Wrong service.")


@pytest.mark.parametrize("why", ["", " ", "\0"])
def test_a_draft_is_not_discarded_without_a_reason(editor_client, draft, why):
    assert step(editor_client, draft, "discard", why=why) == ["Say why the draft is discarded."]
    assert stored(draft)


def test_a_round_that_waits_for_approval_is_not_discarded(editor_client, submitted):
    assert "discard" not in editor_client.get(address(submitted, "change")).text
    assert len(step(editor_client, submitted, "discard", why="Away.")) == 1
    assert stored(submitted)


BUSY = [
    IntegrityError("duplicate key"),
    OperationalError("canceling statement due to lock timeout"),
    Assessment.DoesNotExist(),
]


@pytest.mark.parametrize("failure", BUSY, ids=["both started", "locked", "discarded"])
@pytest.mark.parametrize("act", ["start", "submit", "return_to_draft", "discard"])
def test_two_who_press_at_once_are_told(superuser_client, draft, monkeypatch, failure, act):
    monkeypatch.setattr(rounds, act, Mock(side_effect=failure))
    row, name = {"start": (draft.service, "start_round"), "return_to_draft": (draft, "return")}.get(act, (draft, act))

    told = step(superuser_client, row, name, kind="ordinary", reason="New terms.", comment="x", why="x")

    assert told == ["Somebody else was changing this at the same moment. See what they did, then try again."]


@pytest.mark.parametrize("failure", BUSY, ids=["both published", "locked", "gone"])
def test_two_who_publish_at_once_are_told(approver_client, submitted, monkeypatch, failure):
    monkeypatch.setattr(rounds, "publish", Mock(side_effect=failure))

    assert "at the same moment" in publish(approver_client, submitted)[0]


def test_a_database_that_fails_for_another_reason_is_not_hushed_up(superuser_client, draft, monkeypatch):
    monkeypatch.setattr(rounds, "submit", Mock(side_effect=OperationalError("no such table")))

    with pytest.raises(OperationalError):
        step(superuser_client, draft, "submit")


# Published


@pytest.fixture
def published():
    return published_round(conditions=[{}], policy_versions=[PolicyVersionFactory()])


def test_a_published_round_has_no_form(superuser_client, published):
    page = superuser_client.get(address(published, "change"))

    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert 'name="summary"' not in page.text
    assert 'name="conditions-0-text"' not in page.text


def test_what_is_posted_to_a_published_round_is_refused(superuser_client, draft, published):
    form = filled(superuser_client.get(address(draft, "change")))
    data = {**form, "reason": "Rewriting history.", "summary": "Other."}

    assert superuser_client.post(address(published, "change"), data).status_code == 403
    assert stored(published).summary == published.summary


@pytest.mark.parametrize("name", ["submit", "return", "publish", "discard"])
def test_no_button_moves_a_published_round(superuser_client, published, name):
    told = step(superuser_client, published, name, comment="x", why="x")

    assert len(told) == 1
    assert stored(published).state == "published"


def test_a_service_with_a_published_round_can_still_be_corrected(editor_client, published):
    assert save(editor_client, published.service, summary="Plans the day").status_code == 302


def test_an_edition_that_a_round_speaks_of_is_not_removed(editor_client):
    edition = EditionFactory()
    RulingFactory(edition=edition, assessment__service=edition.service)

    response = save(editor_client, edition.service, **{"editions-0-DELETE": "on"})

    assert "would require deleting the following protected related objects" in response.text
    assert Ruling.objects.get().edition == edition


# Agreements


def test_an_agreement_is_entered_for_a_reason(editor_client):
    response = save(
        editor_client, Agreement, kind="dpa", vendor=VendorFactory().pk, services=[ServiceFactory().pk],
        state="under_way", signed_on="2026-05-01",
    )  # fmt: skip
    assert "Only an established agreement has been signed." in response.text

    response = save(editor_client, Agreement, page=response, state="established")
    assert response.status_code == 302
    assert Agreement.history.first().history_change_reason == "Seen on the vendor's page."


def test_an_impact_assessment_is_entered(editor_client):
    save(editor_client, ImpactAssessment, title="Overall", slug="overall", dated="2026-05-01")

    assert ImpactAssessment.objects.get().history.get().history_user.username == "editor"


def test_an_impact_assessment_keeps_its_code(editor_client):
    row = ImpactAssessmentFactory(slug="overall")

    save(editor_client, row, slug="other", title="Overall 2026")

    assert list(ImpactAssessment.objects.values_list("slug", "title")) == [("overall", "Overall 2026")]


def test_an_impact_assessment_that_a_published_round_rests_on_has_no_form(superuser_client):
    row = ImpactAssessmentFactory()
    published_round(impact_assessments=[row])

    assert 'name="_save"' not in superuser_client.get(address(row, "change")).text
    assert superuser_client.post(address(row, "change"), {"title": "Other", "reason": "x"}).status_code == 403


def test_the_history_of_a_round_names_its_parts(auditor_client, submitted):
    page = auditor_client.get(reverse("admin:assessments_assessment_history", args=[submitted.pk])).text

    for said in ["Ruling: Teacher: May use it", "Submitted for approval.", "editor"]:
        assert said in page


def test_the_list_says_in_words_that_a_service_is_overdue(editor_client):
    published_round(ServiceFactory(name="Late"), decided_on=DAY, review_by=DAY)

    answer = editor_client.get(address(Service, "changelist"))

    assert "March 1, 2026 (overdue)" in answer.text

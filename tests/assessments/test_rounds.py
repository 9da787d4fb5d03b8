import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from assessments import rounds
from assessments.models import Assessment, Condition, Outcome, Ruling
from registry.changes import change
from tests.factories import (
    DAY,
    AssessmentFactory,
    ConditionFactory,
    EditionFactory,
    ImpactAssessmentFactory,
    PolicyFactory,
    PolicyVersionFactory,
    RulingFactory,
    ServiceFactory,
    StorageLocationFactory,
    UserFactory,
    published_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def draft(editor):
    """A round that an editor has written and that nothing stands in the way of."""
    with change("Written.", actor=editor):
        return RulingFactory().assessment


@pytest.fixture
def submitted(draft, editor):
    return rounds.submit(draft, actor=editor)


def version_on(service):
    return PolicyVersionFactory(policy=PolicyFactory(services=[service]))


def refusal(act, *args, **kwargs):
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    return " ".join(refused.value.messages)


# Starting


def test_a_first_round_is_an_empty_draft(editor):
    new = rounds.start(ServiceFactory(), actor=editor)

    assert (new.number, new.state, new.outcome) == (1, "draft", "")


def test_a_new_round_is_a_copy_of_the_last_without_its_dates_and_people():
    last = published_round(internal_notes="Ask them.", case_number="25/1", review_by=datetime.date(2027, 1, 1))

    new = rounds.start(last.service)

    assert (new.number, new.outcome, new.reasons, new.case_number) == (2, last.outcome, last.reasons, "25/1")
    assert (new.decided_on, new.in_force_from, new.review_by) == (None, None, None)
    assert (new.published_at, new.internal_notes, new.carried_over_from, new.facts) == (None, "", "", {})


def test_parts_and_what_a_round_rests_on_are_copied():
    last = published_round(
        rulings=[{}, {"audience": "pupil"}], conditions=[{}], considerations=[{}], owner_bases=[{}],
        impact_assessments=[ImpactAssessmentFactory()], policy_versions=[PolicyVersionFactory()],
    )  # fmt: skip

    new = rounds.start(last.service)

    for name in ("rulings", "conditions", "considerations", "owner_bases", "impact_assessments", "policy_versions"):
        assert getattr(new, name).count() == getattr(last, name).count()


def test_conditions_keep_their_keys_and_wait_to_be_rechecked():
    last = published_round(conditions=[{"is_rechecked": True}])

    copied = rounds.start(last.service).conditions.get()

    assert copied.key == last.conditions.get().key
    assert not copied.is_rechecked


def test_only_one_round_is_open_at_a_time(draft):
    assert "A round is already open" in refusal(rounds.start, draft.service)


def test_the_database_holds_to_one_open_round(draft):
    with pytest.raises(DatabaseError):
        AssessmentFactory(service=draft.service, draft=True, number=7)


def test_a_correction_says_that_it_is_one(editor):
    last = published_round()

    assert rounds.start(last.service, actor=editor, kind=Assessment.Kind.CORRECTION).kind == "correction"


# Submitting


def test_a_submitted_round_names_who_and_when(submitted, editor):
    assert (submitted.state, submitted.submitted_by) == ("submitted", editor)
    assert submitted.submitted_at


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outcome": ""}, "Choose an outcome."),
        ({"reasons": " "}, "Write the reasons"),
        ({"summary": ""}, "Write the answer"),
        ({"outcome": "not_approved", "review_by": None}, "a ruling lets Teacher use it"),
        ({"outcome": "conditional"}, "no condition is listed"),
        ({"outcome": "pilot"}, "A pilot needs a last day"),
        ({"valid_until": datetime.date(2026, 2, 1)}, "cannot end before it takes effect"),
        ({"decided_on": datetime.date(2999, 1, 1), "review_by": None}, "must lie between 2000 and today"),
    ],
    ids=[
        "no outcome",
        "no reasons",
        "no answer",
        "refusal",
        "conditional",
        "pilot",
        "ends too early",
        "decided tomorrow",
    ],
)
def test_a_round_that_contradicts_itself_is_not_submitted(draft, editor, fields, said):
    with change("Slips.", actor=editor):
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save()

    assert said in refusal(rounds.submit, draft, actor=editor)
    assert Assessment.objects.get().state == "draft"


def test_an_approval_needs_a_ruling_that_lets_somebody_use_it(editor):
    draft = RulingFactory(verdict="not_allowed").assessment

    assert "no ruling says who may" in refusal(rounds.submit, draft, actor=editor)


def test_a_ruling_with_conditions_needs_a_condition(editor):
    draft = RulingFactory(verdict="with_conditions").assessment

    assert "A ruling speaks of conditions" in refusal(rounds.submit, draft, actor=editor)


def test_the_edition_of_a_ruling_is_one_of_the_service(editor):
    draft = RulingFactory(edition=EditionFactory()).assessment

    assert "belongs to another service" in refusal(rounds.submit, draft, actor=editor)


def test_conditions_carried_over_must_be_rechecked(editor):
    last = published_round(conditions=[{}, {}])
    new = rounds.start(last.service, actor=editor)

    assert "re-checked: 1, 2" in refusal(rounds.submit, new, actor=editor)


def test_conditions_that_are_new_or_rechecked_may_go_on(editor):
    last = published_round(conditions=[{}])
    new = rounds.start(last.service, actor=editor)
    with change("Looked at.", actor=editor):
        carried = new.conditions.get()
        carried.is_rechecked = True
        carried.save()
    ConditionFactory(assessment=new, position=2)

    assert rounds.submit(new, actor=editor).state == "submitted"


def test_everything_in_the_way_is_told_at_once(editor):
    draft = AssessmentFactory(draft=True, outcome="", reasons="", summary="")

    assert len(rounds.problems(draft)) == 3


def test_a_submitted_round_is_not_submitted_again(submitted, editor):
    assert "submitted now" in refusal(rounds.submit, submitted, actor=editor)


# Returning


def test_a_returned_round_is_a_draft_with_a_comment(submitted, approver):
    returned = rounds.return_to_draft(submitted, actor=approver, comment="Name the law.")

    assert (returned.state, returned.return_comment) == ("draft", "Name the law.")
    assert (returned.submitted_by, returned.submitted_at) == (None, None)


def test_submitting_again_clears_the_comment(submitted, approver, editor):
    returned = rounds.return_to_draft(submitted, actor=approver, comment="Name the law.")

    assert rounds.submit(returned, actor=editor).return_comment == ""


@pytest.mark.parametrize("comment", ["", "  "])
def test_a_round_is_not_returned_without_a_comment(submitted, approver, comment):
    assert "Say what must be mended" in refusal(rounds.return_to_draft, submitted, actor=approver, comment=comment)


def test_a_draft_is_not_returned(draft, approver):
    assert "draft now" in refusal(rounds.return_to_draft, draft, actor=approver, comment="No.")


# Publishing


def test_a_published_round_is_signed_dated_and_keeps_its_facts(submitted, approver):
    StorageLocationFactory(service=submitted.service)

    published = rounds.publish(submitted, actor=approver, on=DAY)

    assert (published.state, published.approver, published.decided_on) == ("published", approver, DAY)
    assert published.in_force_from
    assert published.facts["storage"][0]["region"] == "DE"


def test_days_that_the_round_states_are_kept(draft, editor, approver):
    draft.decided_on = draft.in_force_from = datetime.date(2026, 4, 1)
    with change("By hand."):
        draft.save()

    published = rounds.publish(rounds.submit(draft, actor=editor), actor=approver, on=DAY)

    assert (published.decided_on, published.in_force_from) == (datetime.date(2026, 4, 1),) * 2


def test_a_draft_is_not_published(draft, approver):
    assert "draft now" in refusal(rounds.publish, draft, actor=approver)


def test_a_round_is_not_published_twice(submitted, approver):
    rounds.publish(submitted, actor=approver)

    assert "published now" in refusal(rounds.publish, submitted, actor=approver)


def delete_a_ruling(row):
    row.rulings.get().delete()


def rewrite_the_reasons(row):
    row.reasons = "Written by nobody."
    row.save()


def rest_it_on_something_else(row):
    row.impact_assessments.add(ImpactAssessmentFactory())


@pytest.mark.parametrize("write", [delete_a_ruling, rewrite_the_reasons, rest_it_on_something_else])
def test_what_was_written_after_it_was_submitted_is_not_published(submitted, approver, write):
    with change("By hand."):
        write(submitted)

    assert "changed after it was submitted" in refusal(rounds.publish, submitted, actor=approver)


def test_two_rulings_for_the_same_users_are_not_submitted(draft, editor):
    with change("By hand."):
        RulingFactory(assessment=draft, audience="pupil", grade_from=1, grade_to=7)
        RulingFactory(assessment=draft, audience="pupil", grade_from=5, grade_to=10, verdict="not_allowed")

    assert "Two rulings speak of the same users: Pupil" in refusal(rounds.submit, draft, actor=editor)


def test_a_document_on_another_service_is_nothing_to_rest_on(draft, editor):
    with change("By hand."):
        draft.policy_versions.add(PolicyVersionFactory())

    assert "is not about this service" in refusal(rounds.submit, draft, actor=editor)


def test_a_draft_started_by_mistake_is_discarded_and_remembered(draft, editor):
    rounds.discard(draft, actor=editor, reason="Started on the wrong service.")

    assert not Assessment.objects.exists()
    assert Assessment.history.first().history_change_reason == "Started on the wrong service."


def test_a_submitted_round_is_not_discarded(submitted, editor):
    assert "submitted now" in refusal(rounds.discard, submitted, actor=editor, reason="Away with it.")


def test_an_impact_assessment_that_a_published_round_rests_on_stands(editor):
    overall = ImpactAssessmentFactory()
    published_round(impact_assessments=[overall])
    overall.title = "Rewritten"

    with change("By hand."), pytest.raises(ValidationError, match="rests on it"):
        overall.save()
    with change("By hand."), pytest.raises(ValidationError, match="never changed"):
        overall.delete()


def test_the_service_keeps_its_decision_until_the_new_one_is_published(editor):
    last = published_round()
    rounds.start(last.service, actor=editor)

    assert Assessment.objects.in_force(DAY).get() == last


def test_an_imported_round_needs_no_approver_and_says_where_it_comes_from():
    published = published_round()

    assert (published.state, published.approver) == ("published", None)
    assert published.carried_over_from


def test_only_an_imported_round_is_published_without_an_approver(draft, editor):
    assert "Only an imported round" in refusal(rounds.publish_imported, draft, actor=editor)


# Four eyes


def test_who_submitted_does_not_approve(submitted, editor):
    assert "somebody else must approve" in refusal(rounds.publish, submitted, actor=editor)


def test_who_wrote_in_the_round_does_not_approve(draft, editor):
    other = UserFactory()
    with change("Polished.", actor=other):
        draft.reasons = "Better said."
        draft.save()
    submitted = rounds.submit(draft, actor=editor)

    assert "somebody else must approve" in refusal(rounds.publish, submitted, actor=other)


@pytest.mark.parametrize("act", ["save", "delete"])
def test_who_wrote_in_a_part_does_not_approve(draft, editor, act):
    other = UserFactory()
    condition = ConditionFactory(assessment=draft)
    with change("Polished.", actor=other):
        getattr(condition, act)()
    submitted = rounds.submit(draft, actor=editor)

    assert "somebody else must approve" in refusal(rounds.publish, submitted, actor=other)


def test_who_chose_what_it_rests_on_does_not_approve(draft, editor):
    other = UserFactory()
    with change("Chosen.", actor=other):
        draft.policy_versions.add(version_on(draft.service))
    submitted = rounds.submit(draft, actor=editor)

    assert "somebody else must approve" in refusal(rounds.publish, submitted, actor=other)


def test_who_started_the_round_does_not_approve(editor, approver):
    last = published_round()
    new = rounds.start(last.service, actor=approver)
    submitted = rounds.submit(new, actor=editor)

    assert "somebody else must approve" in refusal(rounds.publish, submitted, actor=approver)


def test_a_superuser_is_bound_as_well(draft, superuser):
    submitted = rounds.submit(draft, actor=superuser)

    assert "somebody else must approve" in refusal(rounds.publish, submitted, actor=superuser)


def test_who_sent_the_round_back_has_not_written_in_it(submitted, approver, editor):
    returned = rounds.return_to_draft(submitted, actor=approver, comment="Name the law.")
    again = rounds.submit(returned, actor=editor)

    assert rounds.publish(again, actor=approver).approver == approver


@pytest.mark.parametrize(
    "fields",
    [
        {"approver": "same"},
        {"published_at": None},
        {"outcome": ""},
        {"decided_on": None},
        {"approver": None},
        {"submitted_by": None},
        {"in_force_from": None},
    ],
    ids=["signed by who submitted", "no time", "no outcome", "no day", "no approver", "nobody submitted", "no effect"],
)
def test_the_database_itself_holds_to_it(submitted, approver, fields):
    published = rounds.publish(submitted, actor=approver)
    if fields.get("approver") == "same":
        fields = {"approver": published.submitted_by}

    with pytest.raises(DatabaseError):
        Assessment._base_manager.filter(pk=published.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"carried_over_from": ""},
        {"refused": True, "valid_until": DAY},
        {"stop_using_by": DAY},
        {"pilot_schools": "North"},
        {"review_by": datetime.date(2026, 1, 1)},
    ],
    ids=["imported from nowhere", "refusal that ends", "approval to stop", "schools without pilot", "review before"],
)
def test_the_database_refuses_a_round_that_contradicts_itself(fields):
    with pytest.raises(DatabaseError):
        AssessmentFactory(**fields)


# Frozen


@pytest.fixture
def published():
    return published_round(conditions=[{}], policy_versions=[PolicyVersionFactory()])


def test_a_published_round_is_not_saved_or_deleted(published):
    published.reasons = "On second thoughts."

    assert "never changed" in refusal(published.save)
    assert "never changed" in refusal(published.delete)


def test_a_published_round_is_not_saved_as_if_it_were_a_draft(published):
    published.state = Assessment.State.DRAFT

    assert "never changed" in refusal(published.save)


def test_no_queryset_changes_a_published_round(published):
    assert "never changed" in refusal(Assessment.objects.all().delete)
    assert "never changed" in refusal(Condition.objects.all().delete)
    for rows in (Assessment.objects.all(), Ruling.objects.all()):
        with pytest.raises(TypeError):
            rows.update(pk=1)


@pytest.mark.parametrize("part", ["rulings", "conditions"])
def test_parts_of_a_published_round_are_not_saved_or_deleted(published, part):
    row = getattr(published, part).get()

    assert "never changed" in refusal(row.save)
    assert "never changed" in refusal(row.delete)


def test_a_published_round_gets_no_new_part(published):
    assert "never changed" in refusal(Ruling(assessment=published, audience="pupil", verdict="allowed").save)


def test_a_part_is_not_moved_out_of_a_published_round(published):
    condition = published.conditions.get()
    condition.assessment = AssessmentFactory(draft=True)

    assert "never changed" in refusal(condition.save)


@pytest.mark.parametrize("write", ["add", "remove", "set", "clear"])
@pytest.mark.parametrize("side", ["from the round", "from the document"])
def test_what_a_published_round_rests_on_is_not_changed(published, write, side):
    version = published.policy_versions.get()
    other = PolicyVersionFactory()
    if side == "from the round":
        manager, row = published.policy_versions, other if write == "add" else version
    else:
        manager, row = (other if write == "add" else version).assessments, published
    arguments = {"add": [row], "remove": [row], "set": [[]], "clear": []}[write]

    assert "never changed" in refusal(getattr(manager, write), *arguments)


def test_a_service_with_rounds_is_not_deleted(published):
    with pytest.raises(ProtectedError):
        published.service.delete()


def test_outcomes_that_let_schools_use_a_service_are_those_that_do_not_refuse():
    assert set(Outcome) - set(rounds.REFUSALS) == {"approved", "conditional", "pilot"}


def test_a_round_is_locked_before_anything_is_written_in_it(draft):
    """So that nobody publishes it between the look and the write; SQLite locks the whole file instead."""
    with change("By hand."), CaptureQueriesContext(connection) as queries:
        draft.rulings.get().save()

    locks = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    assert bool(locks) == connection.features.has_select_for_update

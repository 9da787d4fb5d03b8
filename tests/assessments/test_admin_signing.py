"""The page on which an approver signs shows all that is signed, and what was before where it differs."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from assessments import rounds
from assessments.decision import round_facts
from registry.changes import change
from tests.admin_pages import address
from tests.factories import (
    ConditionFactory,
    ConsiderationFactory,
    EditionFactory,
    ImpactAssessmentFactory,
    OwnerBasisFactory,
    PlatformFactory,
    PolicyVersionFactory,
    RulingFactory,
    ServiceFactory,
    StorageLocationFactory,
    published_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

DAY = datetime.date(2026, 5, 1)


@pytest.fixture
def rewritten(editor):
    """Starts a round after the last one, writes in it, and submits it."""

    def write(last, write_parts=lambda row: None, **fields):
        row = rounds.start(last.service, actor=editor)
        with change("Rewritten.", actor=editor):
            for condition in row.conditions.all():
                condition.is_rechecked = True
                condition.save()
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()
            write_parts(row)
        return rounds.submit(row, actor=editor)

    return write


def shown(client, row):
    """The page as {(heading, label): (novelty, now, before)}; the last row of several wins."""
    sections = client.get(address(row, "publish")).context["sections"]
    return {
        (section.heading, line.label): (each.novelty, line.now, line.before)
        for section in sections
        for each in section.rows
        for line in each.lines
    }


def leaves(value):
    """Every text somewhere in a structure."""
    if isinstance(value, dict):
        value = list(value.values())
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [value]


def full(**fields):
    """A published round in which every field says something."""
    service = ServiceFactory()
    version = PolicyVersionFactory(policy__services=[service], policy__title="Terms of Planner")
    return published_round(
        service,
        outcome="pilot", valid_until=datetime.date(2090, 6, 30), pilot_schools="Hill School", case_number="26/17",
        change_summary="Now for pupils.", policy_versions=[version],
        impact_assessments=[ImpactAssessmentFactory(platform=PlatformFactory(), summary="Low risk.")],
        rulings=[{
            "audience": "pupil", "edition": EditionFactory(service=service), "grade_from": 5, "grade_to": 7,
            "use": "By code.", "voluntary": "yes", "offered_instead": "Paper.",
        }],
        conditions=[{"audiences": ["teacher"]}],
        considerations=[{"source": "The contract", "stated_on": DAY}],
        owner_bases=[{"audiences": ["guardian"]}],
        **fields,
    )  # fmt: skip


# All of it


CODES = {
    "ordinary": "Ordinary", "pilot": "Pilot", "pupil": "Pupil", "teacher": "Teacher", "guardian": "Guardian",
    "school-licence": "School licence", "allowed": "May use it", "yes": "Voluntary", "risk": "Risk",
    "against": "Speaks against", "vendor": "The vendor states", "feide": "feide (en)",
    "6-1-e": "Task in the public interest or official authority, article 6(1)(e)",
}  # fmt: skip


def in_words(leaf, row):
    try:
        return datetime.date.fromisoformat(leaf).strftime("%B %-d, %Y")
    except (TypeError, ValueError):
        policy = {version.policy.slug: version.policy.title for version in row.policy_versions.all()}
        return str(CODES.get(leaf) or policy.get(leaf) or leaf)


def test_every_public_word_of_a_round_is_on_the_page(approver_client, rewritten):
    row = rewritten(full(), change_summary="Now for pupils.", review_by=DAY, valid_until=datetime.date(2090, 6, 30))
    facts = round_facts(row)
    del facts["conditions"][0]["key"]

    page = approver_client.get(address(row, "publish")).text

    assert [leaf for leaf in leaves(facts) if leaf and escape(in_words(leaf, row)) not in page] == []


def test_the_days_stand_as_they_will_if_it_is_published_today(approver_client, rewritten):
    page = shown(approver_client, rewritten(published_round()))

    today = date_format(timezone.localdate())
    assert page["The round", "Decided on"] == ("Changed", today, "March 1, 2026")
    assert page["The round", "In force from"] == ("Changed", today, "March 1, 2026")


def test_a_refusal_shows_its_last_day_and_how_to_stop(approver_client, rewritten):
    row = rewritten(
        published_round(), lambda row: row.rulings.get().delete(),
        outcome="withdrawn", review_by=None, stop_using_by=DAY, wind_down="Export.\nDelete.",
    )  # fmt: skip

    page = shown(approver_client, row)

    assert page["The round", "Outcome"] == ("Changed", "Withdrawn", "Approved")
    assert page["The round", "Stop using by"] == ("New", "May 1, 2026", "")
    assert page["The round", "How to stop using it"] == ("New", "Export.\nDelete.", "")
    assert page["The round", "Next assessment by"] == ("Dropped", "", "March 1, 2028")
    assert page["Rulings", "Ruling"] == ("Dropped", "", "May use it")


# What is new


def test_a_condition_of_which_only_the_audiences_changed_shows_them(approver_client, rewritten):
    def for_pupils(row):
        condition = row.conditions.get()
        condition.audiences = ["pupil"]
        condition.save()

    page = shown(approver_client, rewritten(published_round(conditions=[{"text": "Log out."}]), for_pupils))

    assert page["Conditions", "Condition"] == ("Changed", "Log out.", "")
    assert page["Conditions", "For whom"] == ("Changed", "Pupil", "Everybody")


def test_a_condition_that_was_dropped_shows_all_that_it_said(approver_client, rewritten):
    last = published_round(conditions=[{"text": "Log out."}])

    page = shown(approver_client, rewritten(last, lambda row: row.conditions.get().delete()))

    assert page["Conditions", "Condition"] == ("Dropped", "", "Log out.")
    assert page["Conditions", "For whom"] == ("Dropped", "", "Everybody")


def test_a_ruling_of_which_only_voluntary_changed_shows_it(approver_client, rewritten):
    def voluntary(row):
        ruling = row.rulings.get()
        ruling.voluntary = "yes"
        ruling.save()

    page = shown(approver_client, rewritten(published_round(), voluntary))

    assert page["Rulings", "Voluntary"] == ("Changed", "Voluntary", "Not stated")
    assert page["Rulings", "Ruling"] == ("Changed", "May use it", "")


def test_conditions_are_told_apart(approver_client, rewritten):
    def write(row):
        old, gone = row.conditions.filter(text__in=["Old.", "Gone."]).order_by("position")
        old.text = "Newer."
        old.save()
        gone.delete()
        ConditionFactory(assessment=row, position=9, text="Fresh.")

    last = published_round(conditions=[{"text": "Kept."}, {"text": "Old."}, {"text": "Gone."}])
    page = approver_client.get(address(rewritten(last, write), "publish"))

    section = next(each for each in page.context["sections"] if each.heading == "Conditions")
    told = [
        (row.novelty, [(line.now, line.before) for line in row.lines if line.label == "Condition"])
        for row in section.rows
    ]
    assert told == [
        ("Carried over", [("Kept.", "")]),
        ("Changed", [("Newer.", "Old.")]),
        ("New", [("Fresh.", "")]),
        ("Dropped", [("", "Gone.")]),
    ]


def test_considerations_and_legal_bases_that_are_new_are_told(approver_client, rewritten):
    def weigh(row):
        ConsiderationFactory(assessment=row, source="The contract")
        OwnerBasisFactory(assessment=row, audiences=["guardian"])

    page = shown(approver_client, rewritten(published_round(), weigh))

    assert page["Considerations", "Source"] == ("New", "The contract", "")
    assert page["School owner's legal bases", "For whom"] == ("New", "Guardian", "")


def test_a_document_that_it_rests_on_is_told(approver_client, rewritten):
    last = published_round()
    version = PolicyVersionFactory(policy__services=[last.service], policy__title="Terms of Planner")

    page = shown(approver_client, rewritten(last, lambda row: row.policy_versions.add(version)))

    assert page["Versions of documents", "Document"] == ("New", "Terms of Planner", "")


def test_facts_that_changed_since_are_named(approver_client, rewritten):
    row = rewritten(published_round(), lambda row: StorageLocationFactory(service=row.service))

    assert "<li>Storage</li>" in approver_client.get(address(row, "publish")).text


def test_a_first_decision_has_no_before(approver_client, editor):
    row = RulingFactory().assessment
    rounds.submit(row, actor=editor)

    page = approver_client.get(address(row, "publish"))

    assert "This is the first decision." in page.text
    assert "Before" not in page.text
    assert {line.before for section in page.context["sections"] for each in section.rows for line in each.lines} == {""}

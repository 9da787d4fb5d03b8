"""Three versions of a row: as it was taken over, as it is now, as the page has it now."""

import pytest

from assessments.carrying_over.merging import keyed_like, merged

FREE = {"price_model": "free", "price_note": "Gratis."}
PAID = {"price_model": "paid", "price_note": "Lisens."}


def rows(**tables):
    return {name: {"": row} if name in ("service", "round") else row for name, row in tables.items()}


def result(base, mine, theirs):
    """What is written and what is left, as (table, key, values after)."""
    found = merged(base, mine, theirs)
    return [[(e.table, e.key, e.after) for e in edits] for edits in (found.edits, found.kept)]


def test_what_nobody_has_touched_follows_the_page():
    assert result(rows(service=FREE), rows(service=FREE), rows(service=PAID)) == [[("service", "", PAID)], []]


def test_what_somebody_has_edited_stays_and_is_told():
    mine = FREE | {"price_note": "Gratis for skoler."}

    assert result(rows(service=FREE), rows(service=mine), rows(service=PAID)) == [
        [("service", "", {"price_model": "paid"})],
        [("service", "", {"price_note": "Lisens."})],
    ]


def test_what_the_page_has_not_changed_is_not_at_stake():
    assert result(rows(service=FREE), rows(service=PAID), rows(service=FREE)) == [[], []]


def test_what_was_edited_to_what_the_page_says_now_needs_nothing():
    assert result(rows(service=FREE), rows(service=PAID), rows(service=PAID)) == [[], []]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "outcome"),
    [
        ({}, {}, {"NO": {"region": "NO"}}, "written"),
        ({"NO": {"region": "NO"}}, {"NO": {"region": "NO"}}, {}, "written"),
        ({"NO": {"region": "NO"}}, {}, {}, "nothing"),
        ({}, {"NO": {"region": "NO"}}, {"NO": {"region": "NO"}}, "nothing"),
        ({}, {"NO": {"region": "NO"}}, {}, "nothing"),
        ({"a": {"text": "a"}}, {"a": {"text": "edited"}}, {}, "left"),
        ({"a": {"text": "a"}}, {}, {"a": {"text": "b"}}, "left"),
        ({}, {"a": {"text": "mine"}}, {"a": {"text": "theirs"}}, "left"),
    ],
    ids=[
        "came", "went", "went, and was removed here", "came, and was there", "made here",
        "went, and was edited", "changed, and was removed", "came, and was made otherwise",
    ],
)  # fmt: skip
def test_rows_come_and_go_with_the_page_unless_somebody_had_a_hand_in_them(base, mine, theirs, outcome):
    edits, kept = result(rows(storage=base), rows(storage=mine), rows(storage=theirs))

    assert ("written" if edits else "left" if kept else "nothing") == outcome


def test_a_condition_that_is_worded_anew_is_the_same_one():
    before = rows(conditions={"bruk bare fornavn i appen": {"text": "Bruk bare fornavn i appen"}})
    now = rows(conditions={"bruk bare fornavn i tjenesten": {"text": "Bruk bare fornavn i tjenesten"}})

    assert keyed_like(before, now)["conditions"] == {
        "bruk bare fornavn i appen": {"text": "Bruk bare fornavn i tjenesten"}
    }


def test_a_condition_about_something_else_is_another_one():
    before = rows(conditions={"bruk bare fornavn": {"text": "Bruk bare fornavn"}})
    now = rows(conditions={"slett kontoen om våren": {"text": "Slett kontoen om våren"}})

    assert list(keyed_like(before, now)["conditions"]) == ["slett kontoen om våren"]


def test_two_conditions_are_not_taken_for_one():
    before = rows(conditions={"slett kontoen i juni": {"text": "x"}})
    now = rows(conditions={"slett kontoen i juli": {"text": "1"}, "slett kontoen i mai": {"text": "2"}})

    assert len(keyed_like(before, now)["conditions"]) == 2

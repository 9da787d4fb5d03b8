from assessments.comparison import Novelty, compare


def condition(key, text, **more):
    return {"key": key, "text": text, "number": 1, **more}


def ruling(audience, verdict="allowed", **more):
    return {"audience": audience, "verdict": verdict, **more}


def told(rows):
    return [(row.novelty, (row.now or row.before)["text"]) for row in rows]


def test_conditions_are_told_apart_by_their_keys():
    before = {"conditions": [condition("a", "No names."), condition("b", "Log out."), condition("c", "Ask first.")]}
    now = {"conditions": [condition("d", "Feide only."), condition("a", "No names."), condition("b", "Leave at once.")]}

    assert told(compare(before, now).conditions) == [
        (Novelty.NEW, "Feide only."),
        (Novelty.CARRIED_OVER, "No names."),
        (Novelty.CHANGED, "Leave at once."),
        (Novelty.DROPPED, "Ask first."),
    ]


def test_a_changed_condition_shows_how_it_was():
    row = compare({"conditions": [condition("a", "Old.")]}, {"conditions": [condition("a", "New.")]}).conditions[0]

    assert (row.before["text"], row.now["text"]) == ("Old.", "New.")


def test_another_number_or_an_empty_value_is_no_change():
    before = {"conditions": [condition("a", "No names.", number=3)]}
    now = {"conditions": [condition("a", "No names.", number=1, audiences=[])]}

    assert compare(before, now).conditions[0].novelty == Novelty.CARRIED_OVER


def test_another_audience_is_a_change():
    before = {"conditions": [condition("a", "No names.")]}
    now = {"conditions": [condition("a", "No names.", audiences=["pupil"])]}

    assert compare(before, now).conditions[0].novelty == Novelty.CHANGED


def test_rulings_are_told_apart_by_whom_they_are_for():
    before = {"rulings": [ruling("teacher"), ruling("pupil", edition="plus")]}
    now = {"rulings": [ruling("teacher", "not_allowed"), ruling("pupil", grades={"from": 1, "to": 4})]}

    assert [row.novelty for row in compare(before, now).rulings] == [Novelty.CHANGED, Novelty.NEW, Novelty.DROPPED]


def test_a_draft_with_empty_grades_is_compared_with_a_published_round_without():
    before = {"rulings": [ruling("teacher")]}
    now = {"rulings": [ruling("teacher", use="", grades={"from": None, "to": None})]}

    assert compare(before, now).rulings[0].novelty == Novelty.CARRIED_OVER


def test_in_a_first_round_everything_is_new_and_the_outcome_has_not_changed():
    comparison = compare(None, {"outcome": "approved", "conditions": [condition("a", "No names.")]})

    assert comparison.is_first
    assert not comparison.outcome_changed
    assert comparison.conditions[0].novelty == Novelty.NEW


def test_another_outcome_is_told():
    comparison = compare({"outcome": "approved"}, {"outcome": "withdrawn"})

    assert comparison.outcome_changed
    assert (comparison.outcome_before, comparison.outcome) == ("approved", "withdrawn")


def test_what_a_round_says_once_is_compared_field_by_field():
    compared = compare({"summary": "Old.", "review_by": "2027-01-01"}, {"summary": "New.", "case_number": "26/17"}).own

    assert [(row.novelty, row.fields()) for row in compared] == [
        (Novelty.CHANGED, [("summary", "Old.", "New.")]),
        (Novelty.NEW, [("case_number", None, "26/17")]),
        (Novelty.DROPPED, [("review_by", "2027-01-01", None)]),
    ]


def test_number_and_day_of_publication_always_differ_and_are_no_news():
    before = {"number": 1, "published_at": "2026-01-01", "summary": "As before."}

    assert [row.now for row in compare(before, {**before, "number": 2}).own] == [{"summary": "As before."}]


def test_of_rows_that_nothing_tells_apart_none_is_lost():
    basis = {"purpose": "Teaching", "ground": "6-1-e"}

    rows = compare({"owner_bases": [basis, basis | {"ground": "6-1-c"}]}, {"owner_bases": [basis]}).lists["owner_bases"]

    assert [row.novelty for row in rows] == [Novelty.CARRIED_OVER, Novelty.DROPPED]


def test_fields_of_fields_have_names_of_their_own():
    row = compare(None, {"rulings": [ruling("pupil", grades={"from": 1, "to": 4})]}).rulings[0]

    assert ("grades.from", None, 1) in row.fields()

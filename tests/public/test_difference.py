"""What differs between two published structures: nothing is lost, and a row that stayed itself has changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from public.difference import IDENTITY, Field, canonical, difference, pairs
from registry.history import Action

# Names that mean something to `difference` among some that do not; what is derived is looked at on its own.
NAMES = st.sampled_from(
    [*IDENTITY, "name", "region", "role", "place", "kind", "key", "platforms", "price", "retention", "aliases"]
)
LEAVES = st.booleans() | st.integers(0, 2) | st.sampled_from("abc")
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3),
)
STRUCTURES = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)
ROWS = st.lists(st.dictionaries(st.sampled_from(["region", "role", "place", "note"]), LEAVES, min_size=1), max_size=5)


def facts(**said):
    return {"format": 1, "facts": {"name": "Quiz", **said}}


def changes(part, before, after):
    return difference("service", facts(**{part: before}), facts(**{part: after}))


def actions(edits):
    return [(edit.part, edit.action.value) for edit in edits]


# Nothing is lost


@given(STRUCTURES, STRUCTURES)
def test_two_structures_differ_exactly_where_there_is_more_than_order_between_them(before, after):
    for kind, wrapped in (("vendor", lambda said: said), ("service", lambda said: {"facts": said})):
        edits = difference(kind, wrapped(before), wrapped(after))

        assert bool(edits) == (canonical(before) != canonical(after))


@given(STRUCTURES)
def test_the_order_of_rows_makes_no_difference(structure):
    assert difference("policy", structure, reversed_lists(structure)) == []


def reversed_lists(value):
    if isinstance(value, dict):
        return {key: reversed_lists(item) for key, item in value.items()}
    return [reversed_lists(item) for item in reversed(value)] if isinstance(value, list) else value


@given(ROWS, ROWS)
def test_every_row_is_told_of_once(before, after):
    found = pairs("storage", before, after)

    assert sorted(canonical(was) for was, _now in found if was is not None) == sorted(map(canonical, before))
    assert [now for _was, now in found if now is not None] == after


@given(ROWS, ROWS)
def test_which_rows_belong_together_does_not_hang_on_their_order(before, after):
    def told(old, new):
        return sorted(canonical(pair) for pair in pairs("storage", old, new))

    assert told(before[::-1], after[::-1]) == told(before, after)


def test_rows_that_are_about_the_same_belong_together_in_a_fixed_order():
    before, after = ([{"category": "name", "purpose": purpose} for purpose in both] for both in ("ab", "cd"))

    assert pairs("data", before, after) == list(zip(before, after, strict=True))
    assert pairs("data", before[::-1], after) == pairs("data", before, after)


def test_what_stands_beside_facts_and_decision_is_told_as_well():
    (edit,) = difference("service", facts(), {**facts(), "notice": "Closed"})

    assert edit.fields == (Field("notice", None, "Closed"),)


# What is a change, and of what


def test_a_field_says_what_it_was_and_is():
    (edit,) = difference("vendor", {"format": 1, "name": "Acme"}, {"format": 2, "name": "Acme AS", "note": "New"})

    assert edit.part == "vendor"
    assert edit.action == Action.CHANGED
    assert edit.fields == (Field("name", "Acme", "Acme AS"), Field("note", None, "New"))


def test_what_stands_inside_a_field_is_told_apart_unless_it_says_one_thing_together():
    before = facts(price={"model": "paid", "note": "Dear"}, grades={"from": 1, "to": 7})
    after = facts(price={"model": "free", "note": "Dear"}, grades={"from": 1, "to": 10})

    (edit,) = difference("service", before, after)

    assert edit.fields == (
        Field("price.model", "paid", "free"),
        Field("grades", {"from": 1, "to": 7}, {"from": 1, "to": 10}),
    )


def test_of_a_list_of_keys_it_is_told_what_went_and_what_came():
    (edit,) = changes("platforms", ["ipad", "web"], ["web", "feide"])

    assert edit.fields == (Field("platforms", ["ipad"], ["feide"]),)


def test_a_key_that_stood_twice_and_stands_once_has_gone_once():
    (edit,) = changes("aliases", ["Quiz", "Quiz"], ["Quiz"])

    assert edit.fields == (Field("aliases", ["Quiz"], None),)


def test_no_answer_and_an_empty_one_are_the_same():
    assert difference("vendor", {"name": "Acme", "note": ""}, {"name": "Acme"}) == []


def test_an_answer_of_no_is_an_answer():
    (edit,) = difference("vendor", {"name": "Acme"}, {"name": "Acme", "fictitious": False})

    assert edit.fields == (Field("fictitious", None, False),)


def test_a_subject_that_was_not_public_came_as_a_whole():
    (edit,) = difference("vendor", {}, {"format": 1, "name": "Acme", "slug": "acme"})

    assert (edit.action, edit.before, edit.after) == (Action.ADDED, None, {"name": "Acme", "slug": "acme"})
    assert difference("vendor", {"name": "Acme"}, {})[0].action == Action.REMOVED
    assert difference("vendor", {}, {}) == []


# Rows

ROW = {
    "editions": {"slug": "free", "name": "Free"},
    "logins": {"kind": "feide", "use": "required"},
    "data": {"category": "name", "login": {"kind": "feide"}, "optional": "required"},
    "storage": {"region": "DE", "role": "backup", "place": "Berlin", "extent": "main"},
    "subprocessors": {"vendor": "acme", "region": "DE", "purpose": "Hosting", "capacity": "subprocessor"},
    "practices": {"kind": "ai", "said_by": "vendor", "claim": "no"},
    "disclosures": {"list": "storage", "answer": "stated"},
}


@pytest.mark.parametrize(("part", "row"), ROW.items())
def test_a_row_that_says_something_else_of_the_same_thing_has_changed(part, row):
    (edit,) = changes(part, [row], [{**row, "note": "New"}])

    assert actions([edit]) == [(part, "changed")]
    assert edit.fields == (Field("note", None, "New"),)
    assert (edit.before, edit.after) == (row, {**row, "note": "New"})


@pytest.mark.parametrize(("part", "row"), ROW.items())
def test_a_row_about_something_else_has_come_and_the_old_one_gone(part, row):
    other = {name: f"other-{value}" for name, value in row.items()}

    assert actions(changes(part, [row], [other])) == [(part, "added"), (part, "removed")]


def test_data_in_the_same_country_has_moved_where_there_is_no_doubt():
    (edit,) = changes(
        "storage", [{"region": "DE", "role": "storage"}], [{"region": "DE", "role": "storage", "place": "Berlin"}]
    )

    assert edit.fields == (Field("place", None, "Berlin"),)


def test_with_two_rows_in_the_same_country_nothing_is_guessed():
    before = [
        {"region": "DE", "role": "storage", "place": "Berlin"},
        {"region": "DE", "role": "storage", "place": "Bonn"},
    ]
    after = [{"region": "DE", "role": "backup", "place": "Trier"}]

    assert [action for _part, action in actions(changes("storage", before, after))] == ["added", "removed", "removed"]


def test_of_two_alike_the_one_that_is_gone_is_told_of():
    row = {"category": "name", "optional": "required"}

    assert actions(changes("data", [row, row], [row])) == [("data", "removed")]


def test_rows_that_lack_what_tells_them_apart_are_not_the_same():
    versions = [[{"captured_on": "2026-01-01", "cookies": [{"provider": name}]}] for name in ("Google", "Meta")]

    edits = difference("policy", *({"slug": "terms", "versions": version} for version in versions))

    assert actions(edits) == [("cookies", "added"), ("cookies", "removed")]


# Lists inside rows


def test_what_was_read_out_of_a_version_stands_inside_it():
    def policy(purpose):
        return {"versions": [{"captured_on": "2026-01-01", "cookies": [{"name": "_ga", "purpose": purpose}]}]}

    before, after = policy("Statistics"), policy("Advertising")
    (edit,) = difference("policy", before, after)

    assert (edit.part, edit.fields) == ("cookies", (Field("purpose", "Statistics", "Advertising"),))
    assert edit.inside == (("versions", after["versions"][0]),)


def test_a_new_version_is_one_edit_with_all_that_it_says():
    new = {"captured_on": "2026-02-01", "cookies": [{"name": "_ga"}], "rights": [{"kind": "access"}]}

    (edit,) = difference("policy", {"slug": "terms"}, {"slug": "terms", "versions": [new]})

    assert (edit.part, edit.action, edit.after) == ("versions", Action.ADDED, new)


def decided(**said):
    return {"facts": {"name": "Quiz"}, "decision": {"rounds": [{"number": 1, "outcome": "approved", **said}]}}


def test_a_new_round_is_one_edit_and_its_conditions_are_none():
    first, second = decided(conditions=[{"key": "a", "text": "Use no names."}]), {"number": 2, "outcome": "conditional"}
    after = {**first, "decision": {"rounds": [second, *first["decision"]["rounds"]]}}

    assert actions(difference("service", first, after)) == [("rounds", "added")]


def test_what_follows_from_something_else_is_no_change():
    def condition(number):
        return [{"number": number, "key": "a", "text": "Use no names."}]

    before, after = decided(conditions=condition(1)), decided(conditions=condition(2), changed_since=["storage"])

    assert difference("service", before, after) == []


def test_a_round_that_is_not_what_it_was_shows_it():
    before, after = (decided(outcome=outcome) for outcome in ("approved", "pilot"))

    (edit,) = difference("service", before, after)

    assert (edit.part, edit.fields) == ("rounds", (Field("outcome", "approved", "pilot"),))

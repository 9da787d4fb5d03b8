"""The pure functions between dossiers and templates, in English, because its words are those of the source."""

import datetime

import pytest
from django.utils import translation

from assessments.status import standing
from public.presentation import (
    brief,
    changes,
    data,
    known,
    picture,
    retention,
    round_page,
    rounds,
    service,
    storage,
    words,
)
from public.references import References
from registry.models import Retained

TODAY = datetime.date(2026, 3, 1)
FACTS = {"slug": "quiz", "name": "Quiz", "language": "nb", "summary": "Quizzes", "vendor": "acme"}
ROUND = {
    "number": 1, "kind": "ordinary", "outcome": "approved", "in_force_from": "2026-01-01", "decided_on": "2026-01-01",
    "published_at": "2026-01-01T12:00:00+00:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def references():
    found = References()
    found.found = {
        "vendor": {"acme": {"name": "Acme"}, "host": {"name": "Host", "framework_listing": "not_listed"}},
        "region": {
            "US": {"situation": "outside", "adequacy_decisions": [DPF, SHIELD]},
            "GB": {"situation": "outside", "adequacy_decisions": [UK]},
            "DE": {"situation": "inside"},
        },
        "category": {
            "name": {"name": {"nb": "navn", "en": "name"}, "group": "account"},
            "email": {"name": {"nb": "e-post", "en": "e-mail"}, "group": "account"},
            "health": {"name": {"nb": "helse", "en": "health"}, "group": "special", "special": "may_reveal"},
        },
        "basis": {
            "scc": {"name": {"nb": "SCC", "en": "standard clauses"}, "article": "46(2)(c)"},
            "adequacy": {"name": {"nb": "vernenivå", "en": "adequacy decision"}, "article": "45"},
            "not_stated": {"name": {"nb": "ikke oppgitt", "en": "not stated"}, "gap": True},
        },
    }
    return found


SHIELD = {
    "act": "(EU) 2016/1250", "name": "Privacy Shield", "scope": "certified",
    "valid_from": "2016-07-12", "valid_until": "2020-07-16",
}  # fmt: skip
DPF = {"act": "(EU) 2023/1795", "name": "Data Privacy Framework", "scope": "certified", "valid_from": "2023-07-10"}
UK = {"act": "(EU) 2021/1772", "scope": "all", "valid_from": "2021-06-28", "valid_until": "2031-12-27"}


def use(category="name", **fields):
    return {"category": category, "optional": "not_stated", "retention": {"kind": "not_stated"}, **fields}


def place(region="DE", **fields):
    return {"region": region, "extent": "main", "role": "storage", **fields}


def dossier(*published, **facts):
    return {"facts": {**FACTS, **facts}, "statements": {}, "decision": {"rounds": list(published)}}


# Words


@pytest.mark.parametrize(
    ("items", "most", "said"),
    [([], 0, ""), (["a"], 0, "a"), (["a", "b", "c"], 0, "a, b and c"), (["a", "b", "c", "d"], 2, "a, b and 2 more")],
)
def test_a_list_reads_as_a_sentence(items, most, said):
    assert words.listed(items, most) == said


def test_one_more_than_the_most_is_not_worth_counting():
    assert words.listed(["a", "b", "c"], 2) == "a, b and c"


@pytest.mark.parametrize(
    ("code", "said"),
    [("45", "article 45"), ("13(2)", "article 13(2)"), ("46(2)(c)", "article 46(2)(c)"), ("", ""), (None, "")],
)
def test_an_article_is_cited_as_the_language_does(code, said):
    assert words.article(code) == said


def test_countries_share_a_preposition_and_other_answers_have_their_own():
    assert words.located({"DE": "Germany", "GB": "the UK"}) == "in Germany and the UK"
    assert words.located({"DE": "Germany", "DEVICE": "Device"}) == "in Germany and on the device"


def test_a_phrase_marks_its_content_alone():
    phrase = words.composed("%(name)s gets data", "nb", name="tall AS")

    assert phrase.sentence().parts == (words.Words("Tall AS", "nb"), words.Words(" gets data"), words.Words("."))
    assert str(words.Phrase((words.Words("Why?", "nb"),)).sentence()) == "Why?"


def test_the_vendor_is_named_as_source_only_with_a_source():
    assert not words.credit({"said_by": "vendor"}, "nb")
    assert words.credit({"said_by": "vendor", "source": "A letter"}, "nb").by == "The vendor states"
    assert words.credit({"said_by": "users"}, "nb").by == "Users have experienced"


# Retention


@pytest.mark.parametrize(
    ("kept", "said", "is_stated"),
    [
        ({"kind": "period", "amount": 14, "unit": "day"}, "14 days", True),
        ({"kind": "period", "amount": 1, "unit": "year", "event": "last_use"}, "1 year after last use", True),
        ({"kind": "until", "event": "user_deletes"}, "Until the user deletes it", True),
        ({"kind": "permanent"}, "For ever", True),
        ({"kind": "words", "words": "a while"}, "No period stated:", False),
        ({"kind": "not_stated"}, "Not stated", False),
        (None, "Not stated", False),
    ],
)
def test_how_long_is_said_and_what_is_vague_is_a_finding(kept, said, is_stated):
    answer = retention.kept(kept, "nb")

    assert answer.answer.text == said
    assert answer.is_stated == is_stated


@pytest.mark.parametrize("event", Retained.Event.values)
def test_every_event_has_words(event):
    until = retention.kept({"kind": "until", "event": event}, "nb")
    after = retention.kept({"kind": "period", "amount": 1, "unit": "day", "event": event}, "nb")

    assert until.answer.text.startswith("Until ")
    assert after.answer.text.startswith("1 day after ")


# Data


def test_uses_that_differ_only_in_the_kind_of_data_share_a_row(references):
    facts = {
        **FACTS,
        "data": [use("name", purpose="Login"), use("email", purpose="Login"), use("email", purpose="News")],
    }
    (group,) = data.data_groups(facts, references)

    assert group.title == "Account"
    assert [[item.name for item in row.items] for row in group.rows] == [["name", "e-mail"], ["e-mail"]]


def test_a_missing_purpose_owner_or_period_is_a_finding(references):
    (group,) = data.data_groups({**FACTS, "data": [use()]}, references)
    row = group.rows[0]

    assert row.whose.is_gap
    assert row.purpose.is_gap
    assert row.kept.answer.is_gap


def test_practices_that_nobody_has_answered_for_are_named():
    facts = {
        **FACTS,
        "practices": [{"kind": kind, "claim": "no"} for kind in ("advertising", "analytics", "improvement")],
    }

    assert data.unanswered_practices(facts) == "Research and artificial intelligence"


def test_an_empty_list_that_nobody_has_answered_for_says_so():
    answered = {**FACTS, "disclosures": [{"list": "storage", "answer": "none"}]}

    assert known.nothing_entered(FACTS, "storage") == "Not entered yet"
    assert known.nothing_entered(answered, "storage") == ""


# Storage


def test_a_ground_is_cited_with_the_decision_that_holds_on_the_day(references):
    ground = storage.ground("adequacy", "GB", "acme", references, "2026-03-01")

    assert (ground.name.text, ground.article) == ("Adequacy decision", "article 45")
    assert [remark.text for remark in ground.remarks] == [
        "The EU's adequacy decision: (EU) 2021/1772. It holds until 27 December 2031."
    ]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2020-07-16", "Privacy Shield"),
        ("2020-07-17", "No adequacy"),
        ("2023-07-09", "No adequacy"),
        ("2023-07-10", "Data Privacy"),
    ],
)
def test_an_old_page_shows_the_law_of_its_day(references, on, name):
    assert name in storage.ground("adequacy", "US", "host", references, on).remarks[0].text


def test_a_decision_for_certified_companies_says_whether_this_one_is(references):
    listing = storage.ground("adequacy", "US", "host", references, "2026-03-01").remarks[1]

    assert listing == words.gap("Host: not on the list")


def test_no_ground_is_missing_inside_the_eea_and_a_finding_outside(references):
    assert not storage.ground(None, "DE", "acme", references, "2026-03-01").name.is_gap
    assert storage.ground(None, "US", "acme", references, "2026-03-01").name.is_gap


def test_subprocessors_follow_those_they_work_for(references):
    rows = [{"vendor": "c", "works_for": "b"}, {"vendor": "a"}, {"vendor": "b", "works_for": "a"}, {"vendor": "d"}]

    assert [(row["vendor"], level) for row, level in storage._tree(rows)] == [("a", 0), ("b", 1), ("c", 2), ("d", 0)]


def test_companies_that_work_for_each_other_are_each_shown_once():
    rows = [{"vendor": "a", "works_for": "b"}, {"vendor": "b", "works_for": "a"}]

    assert sorted(row["vendor"] for row, _level in storage._tree(rows)) == ["a", "b"]


def test_the_picture_says_in_words_what_it_draws(references):
    facts = {**FACTS, "storage": [place("US"), place("DE", extent="some")], "data": [use(subjects=["pupil"])]}
    drawn = picture.picture(facts, storage.places(facts, references, "2026-03-01"))

    assert [(box.text, box.soft, box.arrow) for box in drawn.regions] == [
        ("United States", "mainly, storage", "thick"),
        ("Germany", "some, storage", "thin"),
    ]
    assert "from pupil to Quiz" in drawn.description
    assert "Germany (storage, in the EEA)" in drawn.description


def test_the_picture_in_words_needs_no_preposition_before_a_place(references):
    with translation.override("nb"):
        places = storage.places({**FACTS, "storage": [place("DEVICE")]}, references, "2026-03-01")

        assert ": På enheten (" in picture.describe(FACTS, places)


def test_a_picture_of_very_many_places_counts_the_rest(references):
    facts = {**FACTS, "storage": [place("DE", place=str(number)) for number in range(15)]}
    drawn = picture.picture(facts, storage.places(facts, references, "2026-03-01"))

    assert len(drawn.regions) == picture.MOST
    assert drawn.left_out == "and 3 more places"


def test_long_names_stay_inside_their_boxes():
    box = picture.Box(0, 0, 168, "Teacher, school leadership and other staff of all schools", "")

    assert len(box.lines) == 2
    assert all(len(text) * picture.LETTER <= 168 for _y, text in box.lines)


# The short version


def shortly(references, **facts):
    told = brief.brief({**FACTS, **facts}, references)
    return {name: " ".join(map(str, getattr(told, name))) for name in ("purpose", "knows", "where", "kept")}


def test_where_is_told_as_people_tell_it(references):
    stored = [place("US"), place("DE", extent="some"), place("GB", extent="some")]

    assert (
        shortly(references, storage=stored)["where"]
        == "Mostly in United States. Some of it in Germany and United Kingdom."
    )


def test_the_short_version_leaves_out_data_of_teachers_and_forbidden_logins(references):
    login = {"kind": "social", "name": "Facebook"}
    uses = [
        use("name", subjects=["pupil"]),
        use("email", subjects=["teacher"]),
        use("health", subjects=["pupil"], login=login),
    ]
    forbidden = [{**login, "use": "forbidden", "identifiability": "identified"}]

    assert shortly(references, data=uses, logins=forbidden)["knows"] == "Name."


def test_sensitive_data_is_pointed_out(references):
    assert (
        "something sensitive about you: health"
        in shortly(references, data=[use("health", subjects=["pupil"])])["knows"]
    )


def test_what_one_may_choose_to_give_is_told_apart(references):
    uses = [use("name", subjects=["pupil"], optional="optional"), use("email", subjects=["pupil"])]

    assert shortly(references, data=uses)["knows"] == "E-mail. Only if you choose to give it: name."


def test_a_company_of_which_no_data_is_named_is_not_said_to_get_any(references):
    silent, named = {"vendor": "host"}, {"vendor": "acme", "data": ["name"]}

    assert shortly(references, storage=[place()], subprocessors=[silent])["where"] == "Mostly in Germany."
    assert "get some of it: Acme" in shortly(references, storage=[place()], subprocessors=[silent, named])["where"]


def test_data_of_nobody_in_particular_is_counted_apart(references):
    told = shortly(references, data=[use("name", subjects=["pupil"]), use("email")])

    assert told["knows"] == "Name. It is not stated whom 1 more kind of data is about."


def test_periods_are_told_kind_by_kind_and_the_rest_is_a_finding(references):
    fortnight = {"kind": "period", "amount": 14, "unit": "day"}
    uses = [use("name", subjects=["pupil"]), use("email", subjects=["pupil"], retention=fortnight)]

    assert shortly(references, data=uses)["kept"] == "E-mail: 14 days. No period is stated for the rest."


def test_what_the_vendor_says_beyond_the_period_is_not_lost(references):
    until = {"kind": "until", "event": "account_deleted", "words": "or after a year without use"}

    told = shortly(references, data=[use("name", subjects=["pupil"], retention=until)])
    assert told["kept"] == "Until the account is deleted. Or after a year without use."


def test_a_service_without_data_keeps_nothing(references):
    told = shortly(references, disclosures=[{"list": "data", "answer": "none"}])

    assert (told["knows"], told["kept"]) == ("Nothing.", "Nothing is kept.")


def test_an_unknown_place_is_said_in_the_words_of_what_we_know(references):
    asked = [{"list": "storage", "answer": "asked"}]

    assert shortly(references, disclosures=asked)["where"] == "The vendor has been asked, no answer yet."
    assert shortly(references)["where"] == "Not entered yet."


# Rounds


def test_audiences_of_which_the_same_is_said_share_a_line():
    alike = {"verdict": "allowed", "voluntary": "not_stated"}
    refused = {"audience": "pupil", "verdict": "not_allowed", "voluntary": "yes"}
    rulings = [{"audience": "teacher", **alike}, {"audience": "staff", **alike}, refused]
    lines = rounds.rulings({"rulings": rulings}, FACTS)

    assert [(line.who, line.tone) for line in lines] == [("Teacher and other staff", "approved"), ("Pupil", "refused")]


def test_a_ruling_points_to_the_conditions_that_concern_it():
    conditions = [
        {"number": n, "audiences": people} for n, people in enumerate([["pupil"], [], ["teacher"], ["pupil"]], 1)
    ]
    ruling = {"audience": "pupil", "verdict": "with_conditions", "voluntary": "not_stated"}
    (line,) = rounds.rulings({"rulings": [ruling], "conditions": conditions}, FACTS)

    assert [span.text for span in line.conditions] == ["1–2", "4"]


def test_an_expired_approval_shows_no_ruling_in_green():
    ruling = {"audience": "pupil", "verdict": "allowed", "voluntary": "not_stated"}
    (line,) = rounds.rulings({"rulings": [ruling]}, FACTS, is_over=True)

    assert line.tone == "expired"


def test_a_condition_is_marked_as_new_or_changed_since_the_round_before():
    before = {
        **ROUND,
        "conditions": [{"number": 1, "key": "a", "text": "Old"}, {"number": 2, "key": "b", "text": "Same"}],
    }
    more = [{"number": 2, "key": "b", "text": "Same"}, {"number": 3, "key": "c", "text": "More"}]
    now = {**ROUND, "number": 2, "conditions": [{"number": 1, "key": "a", "text": "New"}, *more]}

    assert changes.marks([now, before], now) == {"a": "Changed in assessment 2", "c": "New in assessment 2"}
    assert changes.marks([before], before) == {}


def test_a_difference_is_told_word_by_word():
    pieces = changes.difference("Delete it every year.", "Delete it at once.")

    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("", "Delete it"),
        ("del", "every year."),
        ("ins", "at once."),
    ]


# The answer


def answered(told, on=TODAY):
    return service.answer(told, standing(told, on), on.isoformat())


def test_a_service_without_decision_says_not_to_use_it():
    assert "Do not use it with pupils" in answered(dossier()).explanation
    since = answered(dossier(under_assessment_since="2026-02-01"))
    assert (since.word, "since 1 February 2026" in since.explanation) == ("Under assessment", True)


def test_an_expired_approval_says_when_it_ended():
    told = answered(dossier({**ROUND, "valid_until": "2026-02-28"}))

    assert "ended on 28 February 2026" in told.explanation
    assert not told.is_usable


def test_overdue_and_coming_decisions_are_told_beside_the_status():
    coming = {**ROUND, "number": 2, "outcome": "withdrawn", "in_force_from": "2026-06-01"}
    told = answered(dossier(coming, {**ROUND, "review_by": "2026-02-01"}))

    assert told.word == "Approved"
    assert told.notices == [
        "Overdue for a new assessment since 1 February 2026. The decision stands until then.",
        "From 1 June 2026: withdrawn.",
    ]


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ({"number": 2, "in_force_from": "2026-06-01"}, ["From 1 June 2026: withdrawn."]),
        ({"number": 1, "in_force_from": "2026-06-01"}, []),
    ],
)
def test_a_round_that_is_older_than_the_one_that_applies_is_not_announced(later, said):
    current = {**ROUND, "number": 3 - later["number"]}

    assert answered(dossier(current, {**ROUND, "outcome": "withdrawn", **later})).notices == said


@pytest.mark.parametrize("day", ["2026-05-01", "2026-06-01"])
def test_a_round_that_will_never_apply_is_not_announced(day):
    overtaken = {**ROUND, "number": 2, "outcome": "withdrawn", "in_force_from": "2026-06-01"}
    newest = {**ROUND, "number": 3, "outcome": "pilot", "in_force_from": day}
    told = dossier(newest, overtaken, ROUND)

    assert [notice.split(": ")[1] for notice in answered(told).notices] == ["pilot."]
    assert round_page.position(told, 2, TODAY).startswith("This assessment never takes effect. Assessment 3")


def test_facts_changed_after_the_decision_are_named():
    assert service.changed({"changed_since": ["data", "storage", "vendor"]}) == (
        "the data that is used, where data is stored and the vendor"
    )


def test_every_fact_that_can_change_has_words():
    named = {"name", "storage", "data", "logins", "practices", "disclosures", "editions", "subprocessors", "grades"}

    assert not [key for key in named if service.fact_words(key) == key]


def test_a_refusal_begins_with_its_reason_and_an_approval_with_the_short_version():
    def first(row):
        told = dossier(row)
        return service.sections(told, standing(told, TODAY))[0].id

    assert first({**ROUND, "outcome": "not_approved"}) == "begrunnelse"
    assert first(ROUND) == "kort"


def test_an_imported_round_without_date_says_so():
    undated = {key: value for key, value in ROUND.items() if key != "decided_on"} | {"kind": "imported"}
    told = dossier(undated)

    assert service.dates(told["facts"], standing(told, TODAY))[0].words == words.gap("Date not stated")

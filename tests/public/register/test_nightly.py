"""What time brings: dates that pass, a new form of contents, and a look at whether all is well."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from public.register import form
from public.register.lapses import append_lapsed
from public.register.reading import entries_of, head, news
from public.register.verification import verify
from registry.models import Service
from tests.factories import AdequacyDecisionFactory, ServiceFactory, StorageRegionFactory, published_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


def day(offset):
    return timezone.localdate() + datetime.timedelta(days=offset)


@pytest.fixture
def quiz():
    return ServiceFactory(name="Quiz", slug="quiz")


def lapsed():
    return [(entry.effective_on, entry.reason) for entry in news() if entry.kind == "lapsed"]


def test_an_approval_that_has_run_out_is_told_once(quiz):
    published_round(quiz, valid_until=day(3), review_by=None)
    for offset in (3, 4, 5):
        append_lapsed(day(offset))

    assert [on for on, _reason in lapsed()] == [day(4)]
    assert "Godkjenningen gjaldt til og med" in lapsed()[0][1]
    assert entries_of("service", "quiz")[0].content == entries_of("service", "quiz")[1].content


def test_an_overdue_reassessment_is_told_and_so_is_a_new_one(quiz):
    published_round(quiz, review_by=day(1))
    append_lapsed(day(2))
    published_round(quiz, review_by=day(10), in_force_from=day(2))
    append_lapsed(day(11))

    assert sorted(on for on, _reason in lapsed()) == [day(2), day(2), day(11)]


def test_a_round_that_takes_effect_later_is_told_when_it_does(quiz):
    published_round(quiz, in_force_from=day(5), review_by=None)
    append_lapsed(day(4))
    assert lapsed() == []
    append_lapsed(day(5))

    assert [on for on, _reason in lapsed()] == [day(5)]


def test_the_day_by_which_schools_had_to_stop_is_told(quiz):
    published_round(
        quiz, outcome="not_approved", review_by=None, stop_using_by=day(1), rulings=[{"verdict": "not_allowed"}]
    )
    append_lapsed(day(2))

    assert [on for on, _reason in lapsed()] == [day(2)]


def test_a_decision_of_the_eu_that_ends_is_told_of_its_region():
    AdequacyDecisionFactory(region=StorageRegionFactory(outside=True), valid_until=day(2))
    AdequacyDecisionFactory(act="2000/520/EC", region=StorageRegionFactory(outside=True), valid_until=day(-900))
    append_lapsed(day(3))

    assert [(entry.kind, entry.subject_key, entry.effective_on) for entry in news()[:1]] == [("lapsed", "US", day(3))]


def test_nothing_is_told_of_services_that_are_not_listed(quiz, edit):
    published_round(quiz, valid_until=day(1), review_by=None)
    edit(quiz, visibility="unlisted")
    append_lapsed(day(2))

    assert lapsed() == []


def test_a_new_form_is_no_news_and_reads_old_contents_as_new(quiz, monkeypatch, client):
    published_round(quiz)
    before = list(news())
    monkeypatch.setattr(form, "FORMAT", 2)
    monkeypatch.setitem(form.UPGRADES, 1, lambda kind, said: said | {"form_letter": "none"})
    told = form.content
    monkeypatch.setattr("public.register.subjects.content", lambda described: told(described) | {"form_letter": "none"})

    assert list(verify()) == []
    call_command("nightly", verbosity=0)
    end = head().serial
    call_command("nightly", verbosity=0)

    assert head().serial == end == len(before) + 3  # its region, its vendor and itself
    assert list(news()) == before
    assert [entry.said()["form_letter"] for entry in entries_of("service", "quiz")] == ["none", "none"]


def test_the_nightly_command_fails_where_something_is_off(quiz, capsys):
    call_command("nightly")
    assert "The register is whole" in capsys.readouterr().out

    Service._base_manager.update(summary="Another")
    with pytest.raises(CommandError, match="things are off"):
        call_command("nightly", verbosity=0)


def test_a_lapse_is_not_told_again_in_other_words(edit):
    decision = AdequacyDecisionFactory(region=StorageRegionFactory(outside=True), valid_until=day(2))
    append_lapsed(day(3))
    edit(decision, kind="language", name="Another name for it")
    append_lapsed(day(4))

    assert len(lapsed()) == 1

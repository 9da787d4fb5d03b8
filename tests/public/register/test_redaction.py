"""Personal data that must go leaves a tombstone; the chain stays whole."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from public.models import Redaction, RegisterEntry
from public.register import triggers
from public.register.reading import entries_of
from public.register.redaction import redact
from public.register.verification import verify
from tests.factories import ServiceFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register", "in_english")]

NAME = "Kari Nordmann"


@pytest.fixture
def quiz(edit):
    """A service whose page named a person for a while, and whose reason still does."""
    quiz = ServiceFactory(name="Quiz", slug="quiz")
    edit(quiz, summary=f"Ask {NAME} about it")
    edit(quiz, f"{NAME} asked us to leave her out.", summary="Ask the school about it")
    return quiz


@pytest.fixture
def told(quiz):
    return list(entries_of("service", "quiz"))


def test_the_text_goes_and_a_tombstone_tells_why(quiz, told, editor, approver, client):
    new = redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)
    old = RegisterEntry.objects.get(pk=told[1].pk)

    assert json.loads(old.content.text)["redacted"]["entry"] == new.serial
    assert (new.kind, new.reason, new.content_id) == ("redacted", "A person was named.", told[0].content_id)
    assert list(verify()) == []
    for path in (f"endring/{old.serial}", f"versjon/{old.serial}", "historikk", f"endring/{told[0].serial}"):
        page = client.get(f"/en/tjenester/quiz/{path}/")
        assert page.status_code == 200
        assert (path, NAME in page.content.decode() and NAME not in told[0].reason) == (path, False)


def test_a_reason_can_go_as_well(quiz, told, editor, approver, client):
    redact(told[0].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver, parts=["details"])
    redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)

    assert NAME not in client.get("/en/tjenester/quiz/historikk/").content.decode()
    assert list(verify()) == []


def test_who_asked_and_who_confirmed_is_kept_and_not_public(quiz, told, editor, approver):
    new = redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)
    kept = Redaction.objects.get()

    assert (kept.of, kept.entry, kept.asked_by, kept.confirmed_by) == (told[1], new, editor, approver)
    assert "approver" not in new.content.text + new.details.text


def test_what_the_page_says_now_must_be_mended_first(quiz, told, editor, approver):
    with pytest.raises(ValidationError, match="Correct the page first"):
        redact(told[0].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)


def test_one_person_is_not_enough(quiz, told, editor):
    with pytest.raises(ValidationError, match="Somebody else"):
        redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=editor)


def test_the_notice_that_a_page_is_gone_cannot_be_removed(quiz, told, editor, approver, edit):
    edit(quiz, visibility="unlisted")
    gone = entries_of("service", "quiz").first().serial
    edit(quiz, visibility="listed")
    with pytest.raises(ValidationError, match="nothing but that the page is gone"):
        redact(gone, reason="A person was named.", asked_by=editor, confirmed_by=approver)


def test_what_is_said_again_after_it_was_removed_is_found(quiz, told, editor, approver, edit):
    redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)
    edit(quiz, summary=f"Ask {NAME} about it")

    assert "service quiz: says again what was removed" in "\n".join(verify())


def test_nothing_is_removed_twice(quiz, told, editor, approver):
    redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)
    with pytest.raises(ValidationError, match="already"):
        redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)


def test_an_altered_tombstone_is_found(quiz, told, editor, approver):
    redact(told[1].serial, reason="A person was named.", asked_by=editor, confirmed_by=approver)
    content = RegisterEntry.objects.get(pk=told[1].pk).content
    with triggers.lifted(), connection.cursor() as cursor:
        text = content.text.replace("A person was named.", "Nothing happened.")
        cursor.execute("UPDATE public_registercontent SET text = %s WHERE sha256 = %s", [text, content.pk])

    assert "was removed without an entry that says so" in next(verify())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"serial": [999]}, "There is no entry 999. Nothing was removed."),
        ({"asked_by": "nobody"}, "no active member of staff called 'nobody'"),
        ({"confirmed_by": "other"}, "other is no approver"),
        ({"asked_by": "approver"}, "Somebody else must confirm it."),
        ({"reason": " "}, "Say in --reason why"),
    ],
    ids=["no entry", "unknown person", "no approver", "one person", "no reason"],
)
def test_the_command_says_what_is_wrong_and_removes_nothing(quiz, told, editor, approver, change, message):
    UserFactory(username="other")
    asked = {"reason": "A person was named.", "asked_by": "editor", "confirmed_by": "approver"}
    serial = change.pop("serial", [told[1].serial])
    with pytest.raises(CommandError, match=message):
        call_command("redact", *serial, **(asked | change))

    assert NAME in RegisterEntry.objects.get(pk=told[1].pk).content.text


def test_the_command_removes_several_at_once(quiz, told, editor, approver, edit, capsys):
    edit(quiz, summary=f"Ask {NAME} once more")
    edit(quiz, summary="Ask the school once more")
    serials = [entry.serial for entry in entries_of("service", "quiz") if NAME in entry.content.text]
    call_command("redact", *serials, reason="Named.", asked_by="editor", confirmed_by="approver")

    assert len(serials) == 2
    assert not [entry for entry in entries_of("service", "quiz") if NAME in entry.content.text]
    assert f"Entry {serials[0]} is a tombstone now" in capsys.readouterr().out

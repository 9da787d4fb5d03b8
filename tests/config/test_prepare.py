"""What `make run` and `make accounts` call."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from config import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_accounts_are_made_once_with_one_role_each(capsys):
    prepare.main(["demonstration_accounts"])
    first = capsys.readouterr().out
    prepare.main(["demonstration_accounts"])

    assert all(role in first for role in ("editor", "approver", "auditor"))
    assert "password" not in capsys.readouterr().out.replace("Lost a password?", "")
    assert [user.groups.get().name for user in get_user_model().objects.order_by("pk")] == [
        "editor", "approver", "auditor",
    ]  # fmt: skip


def test_lost_passwords_are_replaced_by_new_ones(capsys):
    call_command("demonstration_accounts")
    before = get_user_model().objects.get(username="editor").password

    prepare.main(["demonstration_accounts --reset"])

    assert "editor" in capsys.readouterr().out
    assert get_user_model().objects.get(username="editor").password != before


def test_a_database_named_by_the_environment_is_not_touched_unasked(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.sqlite3")

    with pytest.raises(SystemExit, match="Nothing was changed"):
        prepare.main(["demonstration_accounts"])

    assert not get_user_model().objects.exists()

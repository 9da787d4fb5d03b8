import pytest
from django.contrib.auth.models import User
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def officers(db):
    for name in ["kari", "ola"]:
        User.objects.create_user(name, password="riktig hest batteri", is_staff=True)


def log_in(client, name, password):
    return client.post(reverse("admin:login"), {"username": name, "password": password}).status_code


def test_five_mistakes_close_the_door_to_the_right_password_as_well(client):
    mistakes = [log_in(client, "ola", "feil") for _ in range(5)]

    assert mistakes[:4] == [200] * 4
    assert log_in(client, "ola", "riktig hest batteri") == 429


def test_mistakes_of_one_officer_do_not_shut_out_another_at_the_same_school(client):
    for _ in range(5):
        log_in(client, "ola", "feil")

    assert log_in(client, "kari", "riktig hest batteri") == 302


def test_mistakes_are_forgotten_after_the_right_password(client):
    for password in ["feil", "feil", "feil", "feil", "riktig hest batteri", "feil"]:
        log_in(client, "ola", password)

    assert log_in(client, "ola", "riktig hest batteri") == 302


def test_log_of_failed_logins_holds_no_names_and_no_addresses(client, caplog):
    log_in(client, "ola", "feil")

    assert "New login failure" in caplog.text
    assert "ola" not in caplog.text
    assert "127.0.0.1" not in caplog.text

"""What every test stands on: no network, quick passwords, and one person in each role with a client logged in."""

import socket

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from django.utils import translation

from assessments.roles import grant
from public.register import triggers
from public.register.appending import on_change
from registry.changes import changed
from tests.factories import UserFactory

_flush = BaseDatabaseOperations.execute_sql_flush


def flush_register_too(self, sql_list):
    """Tests with real transactions empty all tables when they end, which the register refuses, as it should."""
    with triggers.lifted(self.connection):
        _flush(self, sql_list)


BaseDatabaseOperations.execute_sql_flush = flush_register_too


@pytest.fixture(autouse=True)
def in_the_language_of_the_site():
    """A request in another language leaves that one behind in its thread."""
    translation.activate("nb")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def register(db):
    """The register is written, as in real life: for tests of what is told, and of the ways to change something."""


@pytest.fixture(autouse=True)
def no_register(request):
    """Most tests are about something else, and describing every service anew would double their time."""
    if "register" in request.fixturenames:
        yield
        return
    changed.disconnect(dispatch_uid="public.register")
    yield
    changed.connect(on_change, dispatch_uid="public.register")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Tests reach this machine (its database, its live server) and nothing else."""
    connect = socket.socket.connect

    def refuse_others(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse_others)


def member_of(role):
    # Tests with real transactions empty the tables when they end, and the groups of the migration go with them.
    if not Group.objects.filter(name=role).exists():
        grant(apps)
    user = UserFactory(username=role)
    user.groups.add(Group.objects.get(name=role))
    return user


def logged_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def in_english():
    """Addresses and texts in English, so that tests can name what is on a page whatever its translation."""
    with translation.override("en"):
        yield


@pytest.fixture
def editor(db):
    return member_of("editor")


@pytest.fixture
def approver(db):
    return member_of("approver")


@pytest.fixture
def auditor(db):
    return member_of("auditor")


@pytest.fixture
def superuser(db):
    return UserFactory(username="superuser", is_superuser=True)


@pytest.fixture
def editor_client(editor):
    return logged_in(editor)


@pytest.fixture
def approver_client(approver):
    return logged_in(approver)


@pytest.fixture
def auditor_client(auditor):
    return logged_in(auditor)


@pytest.fixture
def superuser_client(superuser):
    return logged_in(superuser)

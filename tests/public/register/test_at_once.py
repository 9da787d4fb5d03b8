"""Several processes that publish at once, each with a connection of its own, on a database that can be seen by all."""

import os
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings
from django.db import connection

from public.models import RegisterEntry
from public.register.reading import head
from public.register.verification import verify
from tests.factories import ServiceFactory, VendorFactory
from tests.processes import looking_at, shared_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("register")]

# On SQLite one writer waits for the other, and there is less that can go wrong; a quarter of them shows it.
PROCESSES, EACH = 4, 250 if connection.vendor == "postgresql" else 60


@pytest.fixture
def shared(tmp_path):
    """The address of the test's database for other processes."""
    vendor = VendorFactory(name="Acme", slug="acme")
    for number in range(5):
        ServiceFactory(name=f"Service {number}", slug=f"service-{number}", vendor=vendor)
    return shared_database(tmp_path)


def start(database, seed, count):
    command = [sys.executable, "-m", "tests.public.register.publish", str(seed), str(count)]
    environment = os.environ | {"DATABASE_URL": database, "DEBUG": "1", "STATEMENT_TIMEOUT": "0"}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def look_at(shared):
    with looking_at(shared):
        yield


def test_hundreds_of_publications_by_four_processes_are_one_chain(shared, look_at):
    began = head().serial
    processes = [start(shared, seed, EACH) for seed in range(PROCESSES)]
    told = [line.split(maxsplit=2) for process in processes for line in process.communicate()[0].splitlines()]

    assert [process.returncode for process in processes] == [0] * PROCESSES
    serials = sorted(int(serial) for serial, _slug, _words in told)
    assert serials == list(range(began + 1, head().serial + 1))
    texts = [(serial, slug, words) for serial, slug, words in told if slug != "-"]
    assert len(texts) > PROCESSES * EACH * 0.2
    for serial, slug, words in texts:
        entry = RegisterEntry.objects.select_related("content").get(serial=serial)
        assert (entry.subject_key, entry.said()["facts"]["purpose"]) == (slug, words)
    assert list(verify()) == []


@pytest.fixture
def served(shared):
    """The address of a real server with two workers on the shared database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--workers", "2"]
    environment = os.environ | {"DATABASE_URL": shared, "DEBUG": "1"}
    with subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}"],
        cwd=settings.BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        next(line for line in server.stderr if "Listening at" in line)  # whoever asks from now on waits for a worker
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def ask(address):
    with urllib.request.urlopen(address) as response:  # noqa: S310 - our own server
        return response.read().decode()


def test_what_is_published_is_everywhere_on_the_next_request_to_any_worker(shared, served):
    paths = ["", "historikk/", "atom.xml"]
    addresses = [f"{served}/en/tjenester/service-0/{path}" for path in paths]
    addresses += [f"{served}/api/v1/services/service-0", f"{served}/en/endringer/", f"{served}/data/register.jsonl"]
    for number in range(3):
        words = f"Summary {number} for everybody"
        publishing = [sys.executable, "-c", PUBLISH.format(words=words)]
        subprocess.run(
            publishing, cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": shared, "DEBUG": "1"}, check=True
        )
        assert [address for address in addresses * 4 if words not in ask(address)] == []


PUBLISH = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
from registry.changes import change
from registry.models import Service
service = Service.objects.get(slug="service-0")
with change("So that everybody sees it: {words}"):
    service.summary = "{words}"
    service.save()
"""

"""The server does not start on a database whose register is not guarded."""

import os
import subprocess
import sys

from django.conf import settings

STEPS = """
import django, os
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from public.register import triggers
if os.environ.get("UNGUARD"):
    triggers.remove()
from config.wsgi import application
print("serves")
"""


def start(tmp_path, **environment):
    environment |= {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "-c", STEPS]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_it_serves_from_a_guarded_register(tmp_path):
    assert start(tmp_path).stdout == "serves\n"


def test_it_refuses_to_serve_from_an_unguarded_one_and_says_what_to_do(tmp_path):
    refused = start(tmp_path, UNGUARD="1")

    assert refused.returncode != 0
    assert "register_entry_update" in refused.stderr
    assert "Run manage.py migrate" in refused.stderr


def test_it_serves_before_the_first_migration_and_without_a_database(tmp_path):
    environment = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", "from config.wsgi import application; print('serves')"]
    for address in (f"sqlite:///{tmp_path}/empty.sqlite3", "postgres://nobody:none@127.0.0.1:1/nothing"):
        started = subprocess.run(
            command, cwd=settings.BASE_DIR, env=os.environ | environment | {"DATABASE_URL": address},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (address, started.stdout) == (address, "serves\n")

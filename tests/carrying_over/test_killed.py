"""A run that is killed in the middle of a page leaves whole pages behind, and a second one does the rest."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from assessments.models import Assessment, ImportedPage
from registry.models import Service
from tests.carrying_over.conftest import ADDRESS
from tests.processes import looking_at, shared_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]

PAGES, FATAL = 60, 40
# The process ends at once, as it does when the machine goes down, while the rows of a page are written.
DIES = """
import os, sys, django
django.setup()
from assessments.carrying_over import writing
keep, left = writing._keep, [{fatal}]
def die(*arguments):
    left[0] -= 1
    keep(*arguments) if left[0] else os._exit(9)
writing._keep = die
from django.core.management import call_command
call_command("import_assessments", {folder!r}, "--apply", "--reason=Carried over.")
"""


def test_a_killed_run_is_completed_by_the_next_without_doubles(folder, tmp_path):
    for number in range(PAGES):
        folder.save(f"{number:03}.txt", name=f"Regnbuen {number}", address=f"{ADDRESS}{number}/")
    database = shared_database(tmp_path)
    environment = os.environ | {"DATABASE_URL": database, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    code = DIES.format(fatal=FATAL, folder=str(folder.place))
    died = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, check=False
    )

    assert died.returncode == 9
    with looking_at(database):
        left = Service.objects.count()
        assert 0 < left < FATAL
        assert left == Assessment.objects.count() == ImportedPage.objects.count()

        said = folder.imported()

        assert f"{PAGES - left} new services" in said.err
        assert f"{left} as they were" in said.err
        assert Service.objects.count() == Assessment.objects.count() == ImportedPage.objects.count() == PAGES

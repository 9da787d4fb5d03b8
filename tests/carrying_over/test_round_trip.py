"""What is written is what was drafted, on all pages that ship: else a page would look edited as soon as it is here."""

from pathlib import Path

import pytest
from django.core.management import call_command

from assessments.carrying_over.planning import Planner
from assessments.carrying_over.tables import stated
from assessments.models import ImportedPage
from tests import importing

pytestmark = pytest.mark.django_db

PAGES = sorted(path for path in (Path(importing.__file__).parent / "pages").iterdir() if path.suffix != ".toml")


def test_the_registry_says_of_each_page_what_its_draft_says():
    call_command("load_reference", verbosity=0)
    call_command("import_assessments", *PAGES, "--apply", "--reason=Carried over.", verbosity=0)
    planner = Planner()
    newest = {page.service_id: page for page in ImportedPage.objects.exclude(carried={}).order_by("pk")}

    assert len(newest) > 20
    for page in newest.values():
        subject = planner.subject(page.service_id)
        assert stated(subject) == page.carried, page.file

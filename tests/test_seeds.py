"""Walks docs/seeds.md: every statement of the two seeds has a field, and its words stand on a page."""

import html
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils.html import strip_tags

TABLE = Path(settings.BASE_DIR / "docs" / "seeds.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in TABLE.splitlines()
    if re.match(r"\|\s*\d+\s*\|", line)
]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """The demonstration, loaded once; each page of the table is fetched once."""
    from django.db import transaction
    from django.test import Client

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("load_demonstration", verbosity=0)

        @cache
        def text(path):
            answer = Client().get(path)
            assert answer.status_code == 200, path
            visible = re.sub(r"(?s)<(script|style|svg\b[^>]*hidden).*?</\1>", " ", answer.text)
            return " ".join(html.unescape(strip_tags(visible.replace("\u00ad", ""))).split())

        yield text
        transaction.set_rollback(True)


def test_the_table_covers_both_seeds():
    assert len(ROWS) > 100
    assert [int(row[0]) for row in ROWS] == list(range(1, len(ROWS) + 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1][:50]}")
def test_statement_of_a_seed_has_a_field(row):
    for path in re.findall(r"\w+\.\w+\.\w+", row[2]):
        app, model, field = path.split(".")
        assert apps.get_model(app, model)._meta.get_field(field)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1][:50]}")
def test_statement_of_a_seed_stands_on_its_page(row, pages):
    page = pages(row[3].strip("`"))

    for words in row[4].split(" · "):
        assert words.strip("`«»").casefold() in page

"""Walks docs/seeds.md: every statement of the two seeds has a field, and its words stand on a page."""

import html
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

TABLE = Path(settings.BASE_DIR / "docs" / "seeds.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in TABLE.splitlines()
    if re.match(r"\|\s*\d+\s*\|", line)
]


@cache
def text_of(path):
    """The words of a page and the addresses of its links: white space collapsed, soft hyphens out, small letters."""
    answer = Client().get(path)
    assert answer.status_code == 200, path
    visible = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", answer.text.replace("\u00ad", "").replace("&shy;", ""))
    words = strip_tags(visible) + " " + " ".join(re.findall(r'<a [^>]*href="([^"]*)"', visible))
    return " ".join(html.unescape(words).split()).casefold()


def test_the_table_covers_both_seeds():
    assert len(ROWS) > 100
    assert [int(row[0]) for row in ROWS] == list(range(1, len(ROWS) + 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1][:50]}")
def test_statement_of_a_seed_has_a_field(row):
    for path in re.findall(r"\w+\.\w+\.\w+", row[2]):
        app, model, field = path.split(".")
        assert apps.get_model(app, model)._meta.get_field(field)


@pytest.mark.django_db
def test_every_statement_of_the_seeds_stands_on_its_page():
    call_command("load_reference", verbosity=0)
    call_command("load_demonstration", verbosity=0)

    missing = [
        (number, path.strip("`"), words)
        for number, _statement, _field, path, cell in ROWS
        for words in cell.split(" · ")
        if words.strip("`«»").casefold() not in text_of(path.strip("`"))
    ]

    assert missing == []

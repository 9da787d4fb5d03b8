"""The interface in bokmål and nynorsk: every text translated, with all that is filled in, and compiled."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.utils.translation import override

ROOT = Path(settings.BASE_DIR)
SOURCES = [ROOT / "locale" / language / "LC_MESSAGES" / "django.po" for language in ("nb", "nn")]
ADMIN = Path(admin.__file__).parent / "locale"
OURS = ("registry", "policies", "assessments")
# What is filled in, and the tags around it.
FILLED_IN = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}|</?\w[^>]*>")

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parts[-3])


def read(source):
    with source.open("rb") as file:
        return read_po(file)


def entries(catalog):
    return [entry for entry in catalog if entry.id]


def forms(text):
    return [text] if isinstance(text, str) else list(text)


def texts(catalog):
    return {(*forms(entry.id), entry.context): forms(entry.string) for entry in entries(catalog)}


@each_source
def test_every_text_is_translated(source):
    catalog = read(source)

    assert not [entry.id for entry in entries(catalog) if entry.fuzzy or not all(forms(entry.string))]
    assert not list(catalog.obsolete), "delete the entries that begin with #~"


@each_source
def test_translations_hold_what_is_filled_in(source):
    wrong = [
        text
        for entry in entries(read(source))
        for text in forms(entry.string)
        if text and Counter(FILLED_IN.findall(text)) != Counter(FILLED_IN.findall(forms(entry.id)[-1]))
    ]

    assert not wrong


@each_source
def test_compiled_translations_are_those_of_the_source(source):
    # Both compiled, because Babel reads contexts and plurals of a compiled catalogue in its own way.
    expected = io.BytesIO()
    write_mo(expected, read(source))
    expected.seek(0)

    with source.with_suffix(".mo").open("rb") as file:
        assert texts(read_mo(file)) == texts(read_mo(expected)), "run make messages"


@each_source
def test_words_that_the_admin_has_as_well_mean_the_same(source):
    with (ADMIN / source.relative_to(ROOT / "locale")).with_suffix(".mo").open("rb") as file:
        theirs = texts(read_mo(file))

    ours = texts(read(source))
    changed = [key for key in theirs.keys() & ours.keys() if theirs[key] != ours[key]]
    assert not changed, "give ours a context: they would change the admin's own pages"


def test_every_marked_text_is_in_the_catalogues(tmp_path):
    assert shutil.which("xgettext"), "gettext is missing: apt-get install gettext, or brew install gettext"
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "tests", "staticfiles", "db.sqlite3*", "*.pyc"))

    command = [sys.executable, "manage.py", "makemessages", "--locale", "nb", "--no-location"]
    subprocess.run(command, cwd=copy, env=os.environ | {"DEBUG": "1"}, check=True, capture_output=True)

    collected = read(copy / SOURCES[0].relative_to(ROOT))
    assert texts(collected).keys() == texts(read(SOURCES[0])).keys(), "run make messages, and translate what is new"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_fields_of_one_row_differ_in_name(language):
    with override(language):
        names = Counter(
            (model._meta.label, str(field.verbose_name).lower())
            for label in OURS
            for model in apps.get_app_config(label).get_models()
            for field in [*model._meta.fields, *model._meta.many_to_many]
        )

    assert not [name for name, count in names.items() if count > 1], "history tells fields apart by name"

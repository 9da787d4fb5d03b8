"""The vocabulary is data that people edit, so its mistakes are found here."""

import tomllib

import pytest
from babel import Locale
from django.conf import settings

from assessments.importing import places, vocabulary
from assessments.importing.audiences import AUDIENCES
from assessments.importing.data import _OF_FEIDE
from assessments.importing.result import STATUSES
from assessments.importing.sections import bare
from registry.loading import country_codes
from registry.models import Audience, Retained

FILES = sorted(path.stem for path in vocabulary.FOLDER.glob("*.toml"))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from strings(member)


@pytest.mark.parametrize("name", FILES)
def test_every_file_can_be_read_and_every_phrase_compiled(name):
    for phrase in strings(vocabulary.load(name)):
        vocabulary.compiled([phrase])


def test_data_has_the_codes_of_the_registry():
    path = settings.BASE_DIR / "fixtures" / "reference" / "data_categories.toml"
    codes = {term["code"] for term in tomllib.loads(path.read_text(encoding="utf-8"))["term"]}

    assert set(vocabulary.load("data")["categories"]) | set(_OF_FEIDE.values()) <= codes


def test_places_have_codes_of_countries():
    known = vocabulary.load("places")
    codes = {code for group in ("countries", "towns", "cloud_regions") for code in known[group]}

    assert codes <= set(country_codes())


def test_the_countries_of_the_eea_are_those_of_the_registry():
    path = settings.BASE_DIR / "fixtures" / "reference" / "regions.toml"

    assert vocabulary.load("places")["eea"] == tomllib.loads(path.read_text(encoding="utf-8"))["eea"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_country_is_known_by_its_name(language):
    ambiguous = {word.casefold() for word in vocabulary.load("places")["not_countries"]["words"]}
    names = {code: Locale(language).territories[code] for code in country_codes()}

    unknown = {name for code, name in names.items() if name.casefold() not in ambiguous and not places.find(name)}
    assert unknown == set()


def test_no_heading_stands_under_two_fields():
    known = vocabulary.load("headings")
    headings = [bare(text) for entry in known.values() for text in set(map(bare, entry["headings"]))]

    assert len(headings) == len(set(headings))


def test_statuses_audiences_and_units_are_those_of_the_registry():
    status = vocabulary.load("status")

    assert {rule["status"] for rule in status["says"]} | set(status["answers"]) <= set(STATUSES)
    assert set(AUDIENCES) == set(Audience.values)
    assert set(vocabulary.load("retention")["units"]) == set(Retained.Unit.values)

"""A heading that is none of ours ends the section before it, or is told to the officer where it may be one."""

import pytest
from django.utils import translation

from assessments.importing import markup, reader
from assessments.importing.lines import of_text
from assessments.importing.page import blocks
from tests.importing.texts import read

TOP = "<h1>Regnbuen</h1><h2>Er tjenesten godkjent?</h2><p>Ja.</p>"
TOP += "<h2>Retningslinjer for bruk</h2><ul><li>Logg ut.</li></ul>"
UNKNOWN = [
    "Ansvarlig",
    "Informasjon til foresatte",
    "Opplæring",
    "Lokal rutine for skolene:",
    "Erfaringer fra skolene",
    "Hvem har vurdert tjenesten?",
]
DOUBT = "may be a heading of something else"


def read_html(html):
    with translation.override("en"):
        return reader.read(markup.parsed(html))


def unplaced(html):
    """The words of the lines that no field has."""
    page = markup.parsed(html)
    numbers = reader.read(page).unplaced
    return [line.text for line in page.lines if line.number in numbers]


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("heading", UNKNOWN)
def test_an_unknown_heading_as_high_as_the_known_one_ends_its_section(heading, level):
    unknown = f"<h{level}>{heading}</h{level}><p>Kari Nordmann, rektor</p>"
    html = f"{TOP}{unknown}<h2>Leverandør</h2><p>Bue AS</p>{unknown}"
    result = read_html(html)

    assert (result.conditions, [party.name for party in result.vendor]) == (("Logg ut.",), ["Bue AS"])
    assert unplaced(html) == [heading, "Kari Nordmann, rektor"] * 2
    assert "conditions" not in result.uncertain


def test_a_deeper_heading_stays_in_its_section():
    html = f"{TOP}<h2>Hvilke personopplysninger brukes?</h2><h3>Fra Feide</h3><ul><li>Navn</li></ul><p>E-post</p>"

    assert (read_html(html).data_categories, unplaced(html)) == (("name", "email"), [])


def test_what_lies_deeper_belongs_to_the_unknown_heading():
    html = f"{TOP}<h2>Ansvarlig</h2><h3>Skolen</h3><p>Kari</p><h2>Leverandør</h2><p>Bue AS</p>"

    assert unplaced(html) == ["Ansvarlig", "Skolen", "Kari"]


def test_a_known_heading_without_level_stands_as_high_as_the_one_before_it():
    html = f"{TOP}<p><b>Leverandør</b></p><p>Bue AS</p><h3>Kontor</h3><p>Oslo</p><h2>Ansvarlig</h2><p>Kari</p>"

    assert unplaced(html) == ["Ansvarlig", "Kari"]


def test_where_no_known_heading_has_a_level_the_page_is_read_as_text():
    html = "<h1>Regnbuen</h1><p><b>Retningslinjer for bruk</b></p><h3>Ansvarlig</h3><p>Kari, rektor</p>"
    result = read_html(html)

    assert (result.conditions, unplaced(html)) == (("Ansvarlig", "Kari, rektor"), [])
    assert "“Ansvarlig” may be a heading of something else." in result.uncertain["conditions"]


@pytest.mark.parametrize("answer", ["Tjenesten er godkjent for bruk i Sandvik.", "•", "&nbsp;"])
def test_what_is_written_as_a_heading_and_is_none_ends_nothing(answer):
    html = f"<h1>Regnbuen</h1><h2>Er tjenesten godkjent?</h2><h2>{answer}</h2><p>Tjenesten er godkjent.</p>"

    assert (read_html(html).status, unplaced(html)) == ("approved", [])


def test_headings_before_the_first_known_one_are_introduction():
    html = "<h1>Regnbuen</h1><h2>Fakta</h2><p>Et spill.</p><h2>Leverandør</h2><p>Bue AS</p>"
    result = read_html(html)

    assert (result.name, result.texts["introduction"], unplaced(html)) == ("Regnbuen", "Fakta\nEt spill.", [])


def test_the_button_in_a_heading_has_its_level_and_the_second_line_has_none():
    html = f"{TOP}<h2><button>Ansvarlig</button></h2><p>Kari</p><h2>Leverandør<br>Bue AS</h2>"

    assert unplaced(html) == ["Ansvarlig", "Kari"]
    assert [party.name for party in read_html(html).vendor] == ["Bue AS"]


def test_headings_in_a_list_that_opens_and_closes_are_headings():
    items = ["<h2>Leverandør</h2><p>Bue AS</p>", "<h2>Ansvarlig</h2><p>kari nordmann</p>"]
    html = f"{TOP}<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"

    assert [party.name for party in read_html(html).vendor] == ["Bue AS"]
    assert [line.strip(" •") for line in unplaced(html)] == ["Ansvarlig", "kari nordmann"]


def test_blocks_know_the_level_of_their_heading():
    found = blocks(markup.parsed("<h1>a</h1><p>b</p><h3>c</h3><ul><li>d</li></ul>").lines)

    assert [block.heading for block in found] == [1, 0, 3, 0]
    assert [block.heading for block in blocks(of_text("a\n\n • b").lines)] == [0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "Ansvarlig\n\nKari Nordmann, rektor",
        "Ansvarlig:\n\nKari Nordmann, rektor",
        "Lokal rutine for skolene:\n\nMeld fra til rektor.",
        "Logg ut.\n\nErfaringer fra skolene\n\n • Elevene liker den.",
        "Ansvarlig (leder)\n\nKari Nordmann, rektor",
        "Opplæring\n\nKurs holdes hver høst.",
    ],
)
def test_a_few_words_above_other_text_may_be_a_heading_in_the_conditions(text):
    assert DOUBT in read(conditions=text).uncertain["conditions"]


@pytest.mark.parametrize(
    "text",
    [
        " • Logg ut\n • Slett bilder",
        "Lærere:\n\n • Logg ut",
        "Lærere:\n\nLogg ut etter bruk.",
        "For lærere:\n\nLogg ut etter bruk.",
        "Lærere må huske:\n\n • Logg ut",
        "Logg ut.\n\nSlett bilder.",
        "Elevene logger ut etter bruk\n\nLærere sletter bilder hver sommer",
        "Logg ut etter bruk.\n\nSlett bilder",
        "Ingen retningslinjer\n\nFlere retningslinjer kan komme.",
    ],
)
def test_labels_items_and_sentences_are_no_headings_of_something_else(text):
    assert DOUBT not in read(conditions=text).uncertain.get("conditions", "")


def test_a_deeper_heading_in_the_conditions_is_told_however_long():
    html = (
        f"{TOP}<h3>Lokal rutine for alle skolene på øya</h3><p>Meld fra til rektor.</p><h3>Lærere</h3><p>Logg ut.</p>"
    )
    result = read_html(html)

    assert "“Lokal rutine for alle skolene på øya” may be a heading" in result.uncertain["conditions"]
    assert ("Lærere" in result.conditions, "“Lærere”" in result.uncertain["conditions"]) == (False, False)


@pytest.mark.parametrize("heading", ["Hvem har vurdert tjenesten?", "Hvem har vurdert appen?", "Vurdert av"])
def test_who_assessed_it_is_not_the_vendor(heading):
    result = read(vendor=f"Bue AS\n\n{heading}\n\nStrek AS")

    assert [party.name for party in result.vendor] == ["Bue AS"]
    assert len(result.unplaced) == 2

import pytest

from assessments.importing.page import Block
from assessments.importing.sections import Heading, heading_of
from tests.importing.texts import blocks, page, read

HEADINGS = [
    ("Leverandør:", "vendor"),
    ("leverandør", "vendor"),
    ("Levrandør", "vendor"),
    ("Underleverandører :", "subprocessors"),
    ("Underleverandøre", "subprocessors"),
    ("4. Leverandør", "vendor"),
    ("7) Hvor lagres informasjon?", "storage"),
    ("**Hvor lagres informasjonen**", "storage"),
    ("Hvor lagers informasjon", "storage"),
    ("Retninglinjer/forutsetninger for bruk:", "conditions"),
    ("Retningslinjer / forutsetninger for bruk", "conditions"),
    ("Regnbuen: Er tjenesten godkjent?", "status"),
    ("Er tjenesten godkjent til bruk i Sandvik kommune?", "status"),
    ("Er tjeneten godkjent", "status"),
    ("Beskrivelse godkjent/ikke godkjent", "status"),
    ("Er det etablert DBA/SCC.", "dpa"),
    ("Er det etablert databehandleravtale?", "dpa"),
    ("Betalt/gratis versjon av app:", "price"),
    ("Link til personvernerklæring", "policy_urls"),
    ("Hva slags type informasjon lagres og brukes disse til test / statistikk / forskning?", "data_categories"),
    ("Hvem kan benytte tjenesten?", "audiences"),
    ("Hvem er tjenesten for?", "audiences"),
    ("Er det noe lærere må være oppmerksomme på?", "conditions"),
    ("Hva må du huske på når du bruker tjenesten?", "conditions"),
    ("Hvilken type informasjon registreres om brukerne?", "data_categories"),
    ("Hvor lenge lagres data?", "retention"),
    ("Hvem har utviklet tjenesten?", "vendor"),
    ("Brukes det underleverandører?", "subprocessors"),
    ("Er databehandleravtalen på plass?", "dpa"),
    ("Hva kan tjenesten brukes til?", "description"),
    ("Hvordan ser framtida ut?", "other"),
]
TEXT = [
    "Tjenesten er godkjent for bruk i Sandvikskolen",
    "Tjenesten er godkjent.",
    "Leverandøren har hovedkontor i Norge.",
    "Ingen informasjon lagres.",
    "Elever",
    "Liste over leverandørens underleverandører i andre land",
    "Retningslinjene gjelder alle.",
    "Gratis",
    "",
]


@pytest.mark.parametrize(("text", "field"), HEADINGS)
def test_headings_are_known_however_they_are_written(text, field):
    assert heading_of(Block((1,), text)) == Heading(field)


@pytest.mark.parametrize("text", TEXT)
def test_text_is_no_heading(text):
    assert heading_of(Block((1,), text)) is None


def test_an_answer_may_stand_on_the_line_of_its_heading():
    assert heading_of(Block((1,), "Leverandør: Bue AS")) == Heading("vendor", "Bue AS")


def test_a_word_in_a_list_is_no_heading():
    assert heading_of(Block((1,), "pris", level=1)) is None


def test_a_heading_cut_off_at_the_end_of_the_page_is_one_where_it_can_be_only_one():
    assert heading_of(Block((1,), "Underlev"), is_last=True) == Heading("subprocessors", is_cut=True)
    assert heading_of(Block((1,), "Er "), is_last=True) is None


def test_a_question_that_is_not_known_takes_its_answer_out_of_the_field_before():
    result = read(page(vendor="Bue AS") + "\n\nHvor mange bruker den?\n\nStrek AS teller.")

    assert [party.name for party in result.vendor] == ["Bue AS"]
    assert result.unplaced == (9, 11)


def test_a_heading_within_a_section_does_not_end_it():
    result = read(data=" • Navn\n\nDisse brukes også:\n\n • E-post")

    assert result.data_categories == ("name", "email")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("  • a\n    • b\n  • c", [1, 2, 1]),
        (" • a\n  • b\n   • c\n • d", [1, 2, 3, 1]),
        ("- a\n- b", [1, 1]),
        ("• a\no b\n• c", [1, 2, 1]),
        ("  • a\n\n  • b", [1, 1]),
        ("a\n\n  • b\n\nc\n\n    • d", [0, 1, 0, 1]),
    ],
)
def test_depth_follows_from_the_list_itself(text, levels):
    assert [block.level for block in blocks(text)] == levels


def test_wrapped_lines_are_one_block_with_all_its_numbers():
    (block,) = blocks("Et spill der elevene\nøver på farger")

    assert (block.text, block.numbers) == ("Et spill der elevene øver på farger", (1, 2))


def test_items_below_a_condition_belong_to_it():
    result = read(conditions="Les dette.\n\n • Elevene skal vite:\n  • at andre ser\n  • hvem som ser\n • Logg ut")

    assert result.conditions == ("Les dette.", "Elevene skal vite:\n• at andre ser\n• hvem som ser", "Logg ut")


@pytest.mark.parametrize(
    "lead",
    [
        "Skolen har ansvaret for at retningslinjene følges.",
        "Det er skolen som er ansvarlig for at forutsetningene blir ivaretatt.",
        "Skulen har ansvaret for at retningslinene blir følgde.",
        "Følgende retningslinjer gjelder.",
        "For skoler som har eldre tavler:",
    ],
)
def test_what_leads_in_to_the_conditions_is_none_of_them(lead):
    assert read(conditions=f"{lead}\n\n • Logg ut\n • Slett").conditions == ("Logg ut", "Slett")
    assert read(conditions=f" • {lead}\n • Slett").conditions == (lead, "Slett")


def test_a_sentence_that_stands_alone_is_the_condition():
    lead = "Skolen har ansvaret for at retningslinjene følges."

    assert read(conditions=lead).conditions == (lead,)


@pytest.mark.parametrize("text", ["Ingen egne retningslinjer.", "Flere retningslinjer kan komme til høsten."])
def test_a_sentence_that_sets_no_condition_is_none(text):
    assert read(conditions=text).conditions == ()


def test_a_section_whose_heading_is_cut_off_is_missing_and_marked():
    result = read(page(vendor="Bue AS") + "\n\nHvor lagres inf")

    assert (result.storage, "cut off" in result.uncertain["storage"]) == (None, True)

import pytest

from tests.importing.texts import page, read

ADDRESS = "https://skole.example/apper"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Regnbuen", "Regnbuen"),
        ("Regnbuen (pilotering)", "Regnbuen"),
        ("Regnbuen - ikke godkjent", "Regnbuen"),
        ("Regnbuen (Pilotering)", "Regnbuen"),
        ("Regnbuen (mangler avtale)", "Regnbuen"),
        ("Regnbuen: Farger og former", "Regnbuen: Farger og former"),
        ("Regnbuen (for iPad)", "Regnbuen (for iPad)"),
    ],
)
def test_a_title_is_the_name_without_its_marker(title, name):
    assert read(name=title, vendor="Bue AS").name == name


def test_signs_that_an_address_has_lost_are_taken_from_the_page():
    text = f"{ADDRESS}/kodelek-for-microbrett/\n\nKodeLek for micro:brett er en nettside.\n\nLeverandør:\n\nBue AS"

    assert read(text).name == "KodeLek for micro:brett"


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("regnbuen.600123.no.html", "Regnbuen"),
        ("regnbuen-mangler-avtale.600123.no.html", "Regnbuen"),
        ("regnbuen-pilotering/", "Regnbuen"),
        ("den-glade-gjokerungen/", "Den glade Gjøkerungen"),
        ("nrk-radio/", "NRK radio"),
    ],
)
def test_a_page_without_title_is_named_by_its_address(slug, name):
    text = f"{ADDRESS}/{slug}\nfull\nBeskrivelse av tjenesten\n\nDen glade Gjøkerungen lærer elevene å telle."
    result = read(text)

    assert (result.name, "name" in result.uncertain) == (name, True)


def test_a_page_without_title_and_address_is_named_by_its_file():
    assert read("Beskrivelse av tjenesten\n\nEt spill.").name == "Side"


def test_address_note_and_frame_have_fields_of_their_own():
    result = read(f"{ADDRESS}/regnbuen/\nkopiert i mai\n{page(vendor='Bue AS')}")

    assert (result.address, result.lines["address"], result.lines["note"]) == (f"{ADDRESS}/regnbuen/", (1,), (2,))
    assert result.lines["furniture"] == (3,)


def test_text_before_the_first_heading_is_an_introduction():
    result = read(before="Vurderingen gjelder begge utgavene.", vendor="Bue AS")

    assert (result.lines["introduction"], result.texts["introduction"]) == ((5,), "Vurderingen gjelder begge utgavene.")

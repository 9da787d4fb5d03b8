import pytest

from assessments.importing import lines, markup, reader
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


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("sider/regnbuen/index.html", "Regnbuen"),
        ("sider/012_den-glade-gjokerungen/Index.TXT", "Den glade Gjøkerungen"),
        ("sider/regnbuen/default.aspx.html", "Regnbuen"),
        ("./index.html", "Index"),
        ("index.txt", "Index"),
        ("/index.txt", "Index"),
        ("sider/indeks.txt", "Indeks"),
        ("sider/index-spillet.txt", "Index spillet"),
    ],
)
def test_a_file_whose_name_says_nothing_gives_the_name_of_its_folder(file, name):
    text = "Beskrivelse av tjenesten\n\nDen glade Gjøkerungen lærer elevene å telle."
    result = reader.read(lines.of_text(text, file))

    assert (result.name, "name" in result.uncertain) == (name, True)


def test_an_address_that_ends_with_the_name_of_any_page_gives_its_folder():
    assert read(f"{ADDRESS}/regnbuen/index.html\n\nLeverandør\n\nBue AS").name == "Regnbuen"


@pytest.mark.parametrize("letter", ["a", "a ", "- ", "(", ") (", "æ: ", "1. "])
def test_a_title_of_any_length_is_read(letter):
    long = f"R{letter * 5000}"
    page = markup.parsed(f"<h1>{long}</h1><h2>Leverandør</h2><p>Bue AS</p><p>Om {long}</p>")

    assert reader.read(page).name.startswith("R")
    assert [party.name for party in read(name=long, vendor="Bue AS").vendor] == ["Bue AS"]


def test_address_note_and_frame_have_fields_of_their_own():
    result = read(f"{ADDRESS}/regnbuen/\nkopiert i mai\n{page(vendor='Bue AS')}")

    assert (result.address, result.lines["address"], result.lines["note"]) == (f"{ADDRESS}/regnbuen/", (1,), (2,))
    assert result.lines["furniture"] == (3,)


def test_text_before_the_first_heading_is_an_introduction():
    result = read(before="Vurderingen gjelder begge utgavene.", vendor="Bue AS")

    assert (result.lines["introduction"], result.texts["introduction"]) == ((5,), "Vurderingen gjelder begge utgavene.")

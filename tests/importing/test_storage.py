import pytest

from assessments.importing import storage
from tests.importing.texts import read

STORED = [
    ("Norge", ["NO"]),
    ("I Norge og Sverige.", ["NO", "SE"]),
    ("Dublin, Irland", ["IE"]),
    ("Amazon Web Services i Frankfurt og Dublin", ["DE", "IE"]),
    ("AWS (eu-west-1)", ["IE"]),
    ("Microsoft Azure, West Europe", ["NL"]),
    ("Norske servere hos Basedrift", ["NO"]),
    ("Innenfor EU/EØS.", ["EEA"]),
    ("I EØS-området", ["EEA"]),
    ("Lagres i Europa.", ["EEA"]),
    ("Opplysningene lagres i Danmark, og overføres ikke ut av EU/EØS.", ["DK"]),
    ("Personopplysninger lagres ikke utenfor EU/EØS.", ["EEA"]),
    ("Lokalt på iPad.", ["DEVICE"]),
    ("På elevens Chromebook", ["DEVICE"]),
    ("I nettleseren og på servere i Tyskland", ["DE", "DEVICE"]),
    ("Ingen personopplysninger lagres.", []),
    ("Ingenting lagres.", []),
    ("Ikke relevant", []),
    ("Det lagres ikke informasjon i appen.", []),
    ("Ikke oppgitt av leverandør.", ["UNSTATED"]),
    ("Usikkert.", ["UNSTATED"]),
    ("Ukjent, følges opp med leverandør", ["UNSTATED"]),
    ("I skyen", ["UNSTATED"]),
    ("Microsoft Azure", ["UNSTATED"]),
    ("USA, men leverandøren opplyser ikke hvilken delstat.", ["US", "UNSTATED"]),
    ("I USA (California)", ["US"]),
    ("I tredjeland (USA og India)", ["US", "IN"]),
    ("I EU og i tredjeland.", ["EEA", "UNSTATED"]),
    ("Google Ireland Ltd, servere i Finland", ["FI"]),
    ("Eksempel Norge AS drifter tjenesten fra Sverige.", ["SE"]),
    ("England og Skottland", ["GB"]),
    ("Storbritannia, Nederland og Belgia", ["GB", "NL", "BE"]),
    ("Lagres i Sverige. Leverandøren følger EUs personvernregler.", ["SE"]),
    ("Personopplysninger lagres ikke i USA, men i Tyskland.", ["DE"]),
    ("Stavanger", ["NO"]),
    ("Noreg", ["NO"]),
    ("Island", ["IS"]),
    ("Data fra appen ligger i Canada, resten lagres lokalt på nettbrettet.", ["CA", "DEVICE"]),
    ("Sveits og EØS", ["CH", "EEA"]),
    ("Hovedsakelig Irland. Sikkerhetskopi i Amsterdam.", ["IE", "NL"]),
    ("Serverne står i Oslo og Trondheim.", ["NO"]),
    ("New York, USA", ["US"]),
    ("Man vet ikke hvor dataene lagres.", ["UNSTATED"]),
    ("Lagres på leverandørens servere i Norge, innenfor EU/EØS.", ["NO", "EEA"]),
    ("Kina og Hongkong", ["CN", "HK"]),
    ("Norge. Opplysningene overføres ikke til USA eller andre tredjeland.", ["NO"]),
    ("Norge og i tredjeland", ["NO", "UNSTATED"]),
    ("I Norge. Opplysningene overføres ikke ut av EU/EØS.", ["NO"]),
    ("Tyskland. Ingen overføring til tredjeland.", ["DE"]),
    ("Ingen data lagres utenfor enheten.", ["DEVICE"]),
    ("Data lagres ikke på servere, kun i nettleseren.", ["DEVICE"]),
    ("Leverandøren skriver “innenfor Europa” uten å si hvor.", ["UNSTATED"]),
]


@pytest.mark.parametrize(("text", "codes"), STORED)
def test_places_are_read_as_codes(text, codes):
    assert sorted(read(storage=text).storage) == sorted(codes)


def test_a_missing_section_is_not_an_empty_one():
    assert read(vendor="Bue AS").storage is None


def test_an_empty_section_states_nothing_and_is_marked():
    result = read(storage="", vendor="Bue AS")

    assert (result.storage, "storage" in result.uncertain) == (("UNSTATED",), True)


@pytest.mark.parametrize(
    "text", ["Lagres i Europa.", "I EU og i tredjeland.", "Personopplysninger lagres ikke utenfor EU."]
)
def test_what_is_concluded_from_wide_words_is_marked(text):
    assert "storage" in read(storage=text).uncertain


@pytest.mark.parametrize(
    "text",
    [
        "Data lagres i og utenfor EU/EØS.",
        "Norge. Opplysninger kan overføres til tredjeland.",
        "utenfor EØS",
        "I EU og i tredjeland.",
        "Lagres i Norge og i tredjeland.",
        "Norge og utanfor EØS",
        "Irland, men noe behandles utenfor EU.",
        "Lagres ikke i Norge, men i tredjeland.",
        "Slik er det:\n• Norge\n• Kan overføres til tredjeland",
    ],
)
def test_what_is_outside_the_eea_is_told_where_no_country_is(text):
    assert storage.says_outside(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Norge",
        "Lagres ikke utenfor EØS.",
        "Kun innenfor EU/EØS.",
        "Irland. Ingen overføring til tredjeland.",
        "Irland, uten overføring til tredjeland.",
        "Opplysningene forlater ikke EU/EØS.",
        "Norge. Opplysningene overføres ikke til USA eller andre tredjeland.",
        "Norge og Sverige. Ingen tredjeland.",
        "I tredjeland (USA og India)",
        "USA, som er utenfor EØS",
        "Usikkert hvor.",
        "I skyen",
        "Ingen data lagres utenfor enheten.",
    ],
)
def test_what_is_denied_or_has_its_country_is_not_outside_the_eea_somewhere(text):
    assert not storage.says_outside(text)

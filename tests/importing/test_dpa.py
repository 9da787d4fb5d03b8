import pytest

from tests.importing.texts import read

CLAIMS = {
    "established": [
        "Databehandleravtale er inngått.",
        "Ja",
        "Ja, databehandleravtale med Bue AS.",
        "Det er etablert databehandleravtale mellom kommunen og Bue AS.",
        "DBA er signert.",
        "Databehandleravtalen er på plass.",
        "Databehandleravtale foreligger. SCC brukes for overføring til USA.",
        "Kommunen har databehandleravtale med leverandøren.",
        "Databehandleravtale er etablert. Følges opp årlig.",
        "Databehandleravtale er inngåtl.",
        "DBA inngått 12.03.2023",
    ],
    "not_needed": [
        "Ikke nødvendig.",
        "Ikke behov, personopplysninger behandles ikke.",
        "Det er ikke behov for databehandleravtale.",
        "Ikke relevant.",
        "Ikke aktuelt uten personopplysninger",
        "Trengs ikke.",
        "Det behandles ikke personopplysninger i tjenesten.",
        "Databehandleravtale er unødvendig.",
        "Databehandleravtale er ikke nødvendig da det ikke behandles personopplysninger.",
    ],
    "not_established": [
        "Nei.",
        "Databehandleravtale er ikke inngått.",
        "Det er ikke inngått databehandleravtale med leverandøren.",
        "Mangler.",
        "Kommunen har ikke databehandleravtale med Bue.",
        "Det finnes ingen databehandleravtale.",
        "DBA er ikke etablert, fordi tjenesten ikke er godkjent.",
    ],
    "scc": [
        "SCC",
        "Leverandøren bruker standard personvernbestemmelser (SCC).",
        "SCC er etablert.",
        "EUs standard personvernbestemmelser brukes ved overføring til USA.",
        "Ja, SCC.",
        "Databehandleravtale er ikke inngått, men leverandøren bruker SCC.",
        "Overføringsgrunnlaget er SCC.",
    ],
    "follow_up": [
        "Følges opp med leverandør.",
        "Databehandleravtale er under arbeid.",
        "Avtalen er sendt til signering.",
        "Databehandleravtale skal inngås.",
        "Avventer svar fra leverandør.",
        "Databehandleravtale følges opp.",
    ],
    None: [
        "Leverandøren har databehandleravtale med sine underleverandører.",
        "Se leverandørens vilkår.",
    ],
}


@pytest.mark.parametrize(("claim", "text"), [(claim, text) for claim, texts in CLAIMS.items() for text in texts])
def test_the_section_on_agreements_makes_one_claim(claim, text):
    assert read(dpa=text).dpa == claim


def test_no_agreement_since_none_is_needed_is_not_a_missing_one():
    assert read(dpa="Nei, det er ikke behov for dette.").dpa == "not_needed"


def test_a_claim_without_its_heading_is_found_and_marked():
    result = read(status="Tjenesten er ikke godkjent. Det er ikke inngått databehandleravtale.")

    assert (result.dpa, result.lines["dpa"]) == ("not_established", (7,))
    assert "dpa" in result.uncertain


def test_an_agreement_between_others_is_no_claim_but_a_doubt():
    assert "others" in read(dpa="Leverandøren har databehandleravtale med underleverandørene.").uncertain["dpa"]


def test_a_word_cut_off_at_the_end_is_read_and_marked():
    result = read(dpa="Databehandleravtale er etabl")

    assert (result.dpa, result.uncertain["dpa"]) == ("established", "The section is cut off.")

import pytest

from tests.importing.texts import read

SAID = {
    "approved": [
        "Tjenesten er godkjent for bruk i Sandvikskolen.",
        "Tjenesten er godkjen til bruk.",
        "Tjenesten godkjent til bruk i skolene våre.",
        "Tjenesten er gokjent for bruk i grunnskolen.",
        "Regnbuen er vurdert og godkjent.",
        "Ja.",
        "Ja, for alle trinn.",
        "Godkjent",
        "Appen er vurdert og kan brukes i skolen.",
        "Appen er godkjent for elever fra 5. trinn.",
        "Tjenestene er godkjent til bruk.",
        "Tjenesten er godkjent. Lenker i tjenesten går til sider som ikke er godkjent av kommunen.",
        "Tjenesten er godkjent til bruk. Elevene skal ikke bruke Fjesboka, som ikke er godkjent.",
        "Tenesta er godkjend til bruk i kommunen.",
        "Tjenesten ble godkjent 3. mars 2023.",
        "Regnbuen er godkjent til bruk. Vurderingen er gjort av personvernombudet.",
        "Tjenesten er nå godkjent etter pilotering.",
        "Tjenesten har vært pilotert og er nå godkjent til bruk.",
    ],
    "conditional": [
        "Tjenesten er godkjent under forutsetning av at den brukes uten innlogging.",
        "Tjenesten kan benyttes forutsatt at retningslinjene følges.",
        "Tjenesten er godkjent på følgende vilkår: ingen navn.",
        "Tjenesten er godkjent så lenge elevene ikke oppgir navn.",
        "Tjenesten er godkjent. Retningslinjene er en forutsetning for godkjenningen.",
        "Tjenesten kan brukes dersom forutsetningene under er oppfylt.",
        "Tenesta er godkjend under føresetnad av at reglane blir følgde.",
        "Godkjent med forutsetninger.",
    ],
    "pilot": [
        "Tjenesten er under pilotering.",
        "Tjenesten er i pilot ved tre skoler.",
        "Appen prøves ut på Sandvik skole fram til jul.",
        "Tjenesten er godkjent for pilotering.",
        "Tjenesten piloteres.",
        "Tjenesten er under pilotring.",
    ],
    "not_approved": [
        "Tjenesten er ikke godkjent.",
        "Ikke godkjent til bruk i skolen.",
        "Nei.",
        "Nei, tjenesten samler inn for mye.",
        "Tjenesten kan ikke brukes i skolen.",
        "Tjenesten kan ikke benyttes, fordi den mangler databehandleravtale.",
        "Regnbuen er dessverre ikke blitt godkjent.",
        "Tjenesten skal ikke brukes av elever eller lærere.",
        "Tenesta er ikkje godkjend.",
        "Tjenesten er ikke godkjent. Bruk Ordskyen, den er godkjent.",
        "Tjenesten er vurdert, men ikke godkjent.",
        "Tjensten er ikkje godkjent",
        "Tjenesten er ikke godkjent. Den var under pilotering i fjor.",
        "Vi fraråder bruk av tjenesten.",
        "Regnbuen er ikke godkjent. Vi har Ordskyen som dekker samme behov, og den er godkjent.",
    ],
    "withdrawn": [
        "Tjenesten er ikke lenger godkjent.",
        "Tjenesten var godkjent til bruk, men avtalen er utløpt.",
        "Tjenesten var tidligere godkjent, men kan ikke lenger brukes.",
        "Godkjenningen er trukket tilbake.",
        "Tjenesten er utgått og skal slettes fra nettbrettene.",
    ],
    "under_assessment": [
        "Tjenesten må sjekkes videre.",
        "Tjenesten er til vurdering.",
        "Tjenesten er under vurdering hos personvernombudet.",
        "Tjenesten er ikke ferdig vurdert.",
        "Mangler databehandleravtale.",
        "Tjenesten mangler avtale.",
        "Tjenesten var godkjent i fjor, men må vurderes på nytt.",
        "Venter på svar fra leverandøren.",
        "Tjenesten er foreløpig ikke vurdert.",
    ],
    "mixed": [
        "Tjenesten er godkjent for lærere, men ikke for elever.",
        "Gratisversjonen er ikke godkjent. Skoleversjonen er godkjent.",
        "Regnbuen Skole er godkjent. Regnbuen Hjemme er ikke godkjent.",
        "Tjenesten er godkjent for ansatte, men ikke godkjent for elever.",
    ],
    "unknown": [
        "Se listen over tjenester.",
        "Tjenesten har mange brukere i skolen.",
    ],
}


@pytest.mark.parametrize(("status", "text"), [(status, text) for status, texts in SAID.items() for text in texts])
def test_the_sentence_on_approval_decides(status, text):
    assert read(status=text).status == status


def test_another_service_that_is_not_approved_leaves_this_one_approved():
    result = read(status="Tjenesten er godkjent til bruk.", conditions="Lagre ikke i Skyboksen, som ikke er godkjent.")

    assert result.status == "approved"


def test_the_headings_own_words_are_no_answer():
    result = read("Regnbuen\n\nBeskrivelse godkjent/ikke godkjent app:\n\nBrukergruppe:\n\nElever")

    assert (result.status, "status" in result.uncertain) == ("unknown", True)


def test_conditions_of_use_do_not_make_an_approval_conditional():
    result = read(status="Tjenesten er godkjent til bruk.", conditions="Skru av varsler.\n\n • Bruk kallenavn.")

    assert result.status == "approved"


def test_a_title_that_contradicts_the_text_is_pointed_out():
    result = read(name="Regnbuen (pilotering)", status="Tjenesten er godkjent til bruk.")

    assert (result.status, result.uncertain["status"]) == ("approved", "The title says “in a pilot”.")


def test_a_title_alone_is_an_uncertain_answer():
    result = read(name="Regnbuen (ikke godkjent)", description="Et spill.", vendor="Bue AS")

    assert (result.status, "title" in result.uncertain["status"]) == ("not_approved", True)


def test_an_address_alone_is_no_answer():
    result = read("https://skole.example/ikke-godkjente-tjenester/regnbuen/\nfull\n\nRegnbuen\n\nLeverandør\n\nBue AS")

    assert (result.status, "“not approved”" in result.uncertain["status"]) == ("unknown", True)


def test_an_approval_without_its_heading_is_found_and_marked():
    result = read(description="Et spill om farger.\n\nTjenesten er godkjent for bruk i Sandvik.", vendor="Bue AS")

    assert (result.status, result.lines["status"]) == ("approved", (9,))
    assert "status" in result.uncertain


@pytest.mark.parametrize(
    "text",
    [
        "Tjenesten mangler databehandleravtale, og må sjekkes videre før den kan tas i bruk.",
        "Tjenesten er til vurdering. Den skal ikke tas i bruk før vurderingen er ferdig.",
        "Tjenesten er sendt til vurdering, og kan ikke tas i bruk ennå.",
        "Det må avklares om tjenesten kan brukes.",
    ],
)
def test_what_must_come_before_an_approval_is_none(text):
    assert read(status=text).status == "under_assessment"


@pytest.mark.parametrize(
    "text",
    [
        "Regnbuen er godkjent. Regnbuen Pluss er ikke godkjent.",
        "Regnbuen er godkjent. Familieabonnementet er ikke godkjent.",
        "Lærere kan bruke tjenesten, elever kan ikke bruke den.",
    ],
)
def test_editions_and_groups_that_are_ruled_on_differently_are_mixed_and_marked(text):
    result = read(status=text)

    assert (result.status, "status" in result.uncertain) == ("mixed", True)


def test_an_answer_on_the_line_of_a_heading_is_read():
    assert read(status="Godkjenning: ja").status == "approved"

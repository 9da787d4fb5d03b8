"""What a page would have in the registry, without asking the registry."""

import pytest

from assessments.carrying_over.draft import clipped, drafted, usable
from assessments.carrying_over.parties import bare
from tests.importing.texts import read


def draft(**sections):
    result = read(**sections)
    numbers = {number for lines in result.lines.values() for number in lines} | set(result.unplaced)
    return drafted(result, {number: f"line {number}" for number in numbers})


def rows(table, **sections):
    return draft(**sections).rows[table]


def test_the_first_sentence_is_the_summary_and_all_of_them_the_purpose():
    service = rows("service", description="Elevene tegner. Lærer ser på.")[""]

    assert (service["summary"], service["purpose"]) == ("Elevene tegner", "Elevene tegner. Lærer ser på.")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("Tjenesten er godkjent.", "approved"),
        ("Tjenesten er ikke godkjent.", "not_approved"),
        ("Tjenesten er under vurdering.", ""),
        ("Godkjent for lærere, ikke godkjent for elever.", ""),
        ("Vi er glade i tegning.", ""),
    ],
)
def test_only_what_is_stated_for_certain_becomes_an_outcome(status, outcome):
    assert rows("round", status=status)[""]["outcome"] == outcome


def test_the_reasons_keep_what_the_page_says_of_the_decision():
    text = "Tjenesten er ikke godkjent. Den viser reklame."

    assert rows("round", status=text)[""]["reasons"] == text


@pytest.mark.parametrize(
    ("sections", "verdict"),
    [
        ({"status": "Tjenesten er godkjent."}, "allowed"),
        ({"status": "Tjenesten er godkjent.", "conditions": " • Bruk fornavn."}, "with_conditions"),
        ({"status": "Tjenesten er ikke godkjent."}, "not_allowed"),
    ],
)
def test_everybody_on_the_page_gets_the_ruling_that_the_decision_means(sections, verdict):
    found = rows("rulings", audiences=" • Elever\n • Lærere", **sections)

    assert {audience: row["verdict"] for audience, row in found.items()} == {"pupil": verdict, "teacher": verdict}


def test_nobody_is_ruled_on_where_it_is_not_known_what_was_decided():
    assert rows("rulings", status="Tjenesten er under vurdering.", audiences="Elever") == {}


def test_a_category_has_the_feide_attribute_that_brings_it():
    found = rows("data_uses", data="Fra Feide:\n • Navn (userinfo-name)\n • IP-adresse")

    assert {key: row["feide_attribute"] for key, row in found.items()} == {
        "name userinfo-name": "userinfo-name",
        "ip_address": "",
    }


@pytest.mark.parametrize(
    ("storage", "regions", "answer"),
    [
        ("Irland", ["IE"], "stated"),
        ("Det er usikkert hvor data lagres.", [], "not_stated"),
        ("Norge, men også andre steder.", ["NO", "UNSTATED"], "partly"),
        ("Data lagres i og utenfor EU/EØS.", ["EEA", "NON_EEA"], "partly"),
        ("Ingen data lagres.", ["NOTHING"], "none"),
        (None, [], None),
    ],
)
def test_how_complete_the_list_of_places_is_stands_beside_it(storage, regions, answer):
    made = draft(**({"storage": storage} if storage else {}), price="Gratis")

    assert list(made.rows["storage"]) == regions
    assert made.rows["disclosures"].get("storage", {}).get("answer") == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Ingen.", "none"),
        ("Leverandøren har ikke underleverandører.", "none"),
        ("Ikke oppgitt av leverandør.", "not_stated"),
        ("Ingen er oppgitt.", "not_stated"),
        ("Skyen Inc, USA", "stated"),
        ("", None),
    ],
)
def test_nobody_is_something_else_than_nobody_known(text, answer):
    found = rows("disclosures", subprocessors=text, dpa="Ja").get("subprocessors", {})

    assert found.get("answer") == answer


def test_a_list_of_subprocessors_that_is_elsewhere_says_where():
    row = rows("disclosures", subprocessors="Se https://bue.example/underleverandorer")["subprocessors"]

    assert (row["answer"], row["address"]) == ("elsewhere", "https://bue.example/underleverandorer")


def test_a_period_that_is_about_a_part_of_the_data_stays_in_words():
    made = draft(data=" • Navn\n • E-post (slettes etter 30 dager)")

    assert {row["retention"] for row in made.rows["data_uses"].values()} == {"not_stated"}
    assert made.rows["disclosures"]["retention"]["answer"] == "partly"
    assert made.rows["disclosures"]["retention"]["note"].startswith("line ")


def test_silence_on_retention_is_not_the_answer_that_nothing_is_kept():
    assert "retention" not in rows("disclosures", price="Gratis")


def test_data_that_could_not_be_read_is_uncertain_and_data_that_is_denied_is_not():
    assert "data_categories" in draft(data="Se eget vedlegg.").uncertain
    made = draft(data="Tjenesten samler ikke inn personopplysninger.")
    assert "data_categories" not in made.uncertain
    assert made.rows["disclosures"]["data"]["answer"] == "none"


def test_without_a_vendor_nobody_has_agreed_to_anything():
    made = draft(dpa="Databehandleravtale er etablert.")

    assert (made.rows["agreements"], "vendor" in made.uncertain) == ({}, True)


def test_a_long_text_is_cut_between_words():
    assert clipped("en to tre fire", 10) == "en to tre…"
    assert clipped("entotrefirefemseks", 10) == "entotrefi…"
    assert clipped("en\n to", 10) == "en to"


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("www.a.example/x", "https://www.a.example/x"),
        ("ikke en adresse", ""),
        ("javascript:alert(1)", ""),
        (f"https://a.example/{'x' * 500}", ""),
        ("", ""),
    ],
)
def test_only_a_web_address_that_fits_is_used(address, full):
    assert usable(address) == full


@pytest.mark.parametrize("name", ["Fargerik AS", "FARGERIK as", "Fargerik", "Fargerik, AS", "Fargerik A/S"])
def test_a_company_is_the_same_whatever_its_legal_form_and_letters(name):
    assert bare(name) == "fargerik"


def test_a_company_that_is_only_a_legal_form_keeps_its_name():
    assert (bare("AS"), bare("★ AS"), bare("!!! AS")) == ("as", "★ as", "!!! as")

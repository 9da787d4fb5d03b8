import pytest

from tests.importing.texts import read

VENDORS = [
    ("Bue AS", ["Bue AS"]),
    ("Bue AS, Norge.", ["Bue AS"]),
    ("Bue Inc.", ["Bue Inc."]),
    ("Bue, Inc. (USA)", ["Bue, Inc."]),
    ("Leverandøren er Bue AS.", ["Bue AS"]),
    ("Levert av Bue AS i Bergen", ["Bue AS"]),
    ("Utviklet av Høgskolen i Innlandet og Bue AS", ["Høgskolen i Innlandet", "Bue AS"]),
    ("Universitetet i Sandvik", ["Universitetet i Sandvik"]),
    ("Bue", ["Bue"]),
    ("Bue GmbH, Berlin, Tyskland", ["Bue GmbH"]),
    ("Videoland", ["Videoland"]),
    ("Bue AS\n\nBueveien 3, 0123 Oslo\n\npost@bue.example", ["Bue AS"]),
    ("Bue AS (org.nr. 999 888 777)", ["Bue AS"]),
    ("Penn & Pult Forlag AS", ["Penn & Pult Forlag AS"]),
    ("Samarbeid mellom Bue AS, Strek AS og Sandvik kommune", ["Bue AS", "Strek AS", "Sandvik kommune"]),
    ("Bue AS er en del av Strek Group.", ["Bue AS"]),
    ("Bue AS, datterselskap av Strek AB, Sverige", ["Bue AS"]),
    ("Norsk rikskringkasting AS (NRK)", ["Norsk rikskringkasting AS"]),
    ("Forlaget Ordhav", ["Forlaget Ordhav"]),
    ("Bue Norge AS", ["Bue Norge AS"]),
    ("Ukjent", []),
    ("Hurra! AS, Oslo", ["Hurra! AS"]),
    ("H. Bue & Co AS.", ["H. Bue & Co AS"]),
    ("Bue AS, Storgata 4, 0155 Oslo", ["Bue AS"]),
    ("Bue Inc., 12 High Street, Suite 4, Springfield, FL 33004, USA", ["Bue Inc."]),
    ("Bue AS\nStorgata 4\nPostboks 12\n5804 Bergen", ["Bue AS"]),
    ("Bue AS, Lillevik", ["Bue AS"]),
    ("Bue AS - post@bue.example, tlf. 22 33 44 55", ["Bue AS"]),
    ("Bue AS v/Kari Strek", ["Bue AS"]),
    ("Bue, Inc. (https://bue.example)", ["Bue, Inc."]),
    ("Produsenten er Bue Sp. z o.o., Polen", ["Bue Sp. z o.o."]),
    ("Utgiver: Bue forlag", ["Bue forlag"]),
    ("iBuen, Norge", ["iBuen"]),
    ("Bue Elleve LLC.", ["Bue Elleve LLC"]),
    ("Firmaet bak tjenesten er Bue OÜ", ["Bue OÜ"]),
    ("Tjenesten eies og driftes av Bue AS.", ["Bue AS"]),
    ("Tenesta er utvikla av Bue AS i lag med Høgskulen i Sandvik.", ["Bue AS", "Høgskulen i Sandvik"]),
    ("Developed by Bue Ltd", ["Bue Ltd"]),
    ("Norsk selskap: Bue AS", ["Bue AS"]),
    ("Amerikansk leverandør (Bue)", ["Bue"]),
    ("Åpen kildekode, utviklet av Bue Foundation", ["Bue Foundation"]),
    ("Bue AS (eies av Strek AB)", ["Bue AS"]),
    ("Bue AS, tidligere Strek AS", ["Bue AS"]),
    ("Bue AS på oppdrag fra Strek kommune", ["Bue AS"]),
    ("Bue AS, drift: Strek AS", ["Bue AS"]),
    ("Direktoratet for ro og orden (DRO)", ["Direktoratet for ro og orden"]),
    ("Nasjonalt senter for høytlesing", ["Nasjonalt senter for høytlesing"]),
    ("eBue Software AS", ["eBue Software AS"]),
    ("3D Bue AS", ["3D Bue AS"]),
    ("Mia Bue (enkeltpersonforetak)", ["Mia Bue"]),
    ("Bue AS\n\nInaktive brukere slettes etter to år.", ["Bue AS"]),
    ("En norsk lærer", []),
    ("Ukjend, det går ikkje fram av App Store.", []),
]

SUBPROCESSORS = [
    ("Strek AS", ["Strek AS"]),
    ("Strek AS (Norge)", ["Strek AS"]),
    ("Strek AS, Norge, drift", ["Strek AS"]),
    ("Norge: Strek AS (drift)", ["Strek AS"]),
    ("Drift: Strek AS, Norge", ["Strek AS"]),
    ("Drift - Strek AS - Norge", ["Strek AS"]),
    ("USA - Strek LLC - e-post", ["Strek LLC"]),
    ("Strek LLC – USA – utsending av nyhetsbrev", ["Strek LLC"]),
    ("Strek AS: drift av servere", ["Strek AS"]),
    ("Strek AS brukes til drift.", ["Strek AS"]),
    ("Vi bruker Strek til kundestøtte og Kube til analyse.", ["Strek", "Kube"]),
    ("Strek, Kube og Prikk", ["Strek", "Kube", "Prikk"]),
    ("Strek (drift, Norge), Kube (analyse, USA)", ["Strek", "Kube"]),
    (" • Strek AS\n • Kube Inc.\n • Prikk Ltd.", ["Strek AS", "Kube Inc.", "Prikk Ltd."]),
    ("Strek Ireland Ltd, Irland", ["Strek Ireland Ltd"]),
    ("Driftsleverandør er Strek AS.", ["Strek AS"]),
    ("Amazon Web Services (AWS), Irland", ["Amazon Web Services"]),
    ("Google Analytics til statistikk", ["Google Analytics"]),
    ("Strek AS. Lagring av data i Frankfurt.", ["Strek AS"]),
    ("Strek\nKube\nPrikk", ["Strek", "Kube", "Prikk"]),
    ("Strek AS, skylagring. Data slettes etter 30 dager.", ["Strek AS"]),
    ("Microsoft Azure: lagring i Nederland", ["Microsoft Azure"]),
    ("Ingen", []),
    ("Ingen underleverandører.", []),
    ("Ikke oppgitt", []),
    ("Leverandøren oppgir ikke underleverandører.", []),
    ("Følges opp med leverandør.", []),
    ("Se leverandørens nettside.", []),
    ("https://bue.example/subprocessors", []),
    ("Oversikt over underdatabehandlere", []),
    ("Tjenesten har ingen underleverandører som behandler personopplysninger.", []),
    ("Det er usikkert om leverandøren bruker underleverandører.", []),
    ("Strek AS har tilgang til data ved feilretting.", ["Strek AS"]),
    ("Strek AS (SMS), Norge\nKube AB (e-post), Sverige", ["Strek AS", "Kube AB"]),
    ("Skylagring i Irland: Amazon Web Services", ["Amazon Web Services"]),
    ("Hosting: Strek AS\nSupport: Kube Inc.", ["Strek AS", "Kube Inc."]),
    ("Strek AS / Norge / drift", ["Strek AS"]),
    ("Drift: Strek AS, Norge. Statistikk: Kube Analytics, USA.", ["Strek AS", "Kube Analytics"]),
    ("Drift leveres av Strek A/S. Nyhetsbrev sendes fra Kube (USA), men ikke til elever.", ["Strek A/S", "Kube"]),
    ("Strek AS står for drift. Kube Inc. leverer e-post.", ["Strek AS", "Kube Inc."]),
    ("Bue bruker Strek (Sverige) til drift og Kube i Frankrike til e-post.", ["Strek", "Kube"]),
    ("Navn\n\nFormål\n\nLand\n\nStrek\n\nDrift\n\nNorge\n\nKube\n\nSkytjenester\n\nUSA", ["Strek", "Kube"]),
    ("Formål\n\nNavn\n\nInnholdsnettverk\n\nStrek\n\nKundehjelp\n\nKube", ["Strek", "Kube"]),
    ("Skyvik Web Services (lagring)", ["Skyvik Web Services"]),
    ("Strek Atlas database i Frankfurt", ["Strek Atlas"]),
    ("Bue sine underleverandører er listet opp her: https://bue.example", []),
    ("Full oversikt finnes på https://bue.example/sub", []),
]


@pytest.mark.parametrize(("text", "names"), VENDORS)
def test_vendors_are_named_without_country_and_address(text, names):
    assert [party.name for party in read(vendor=text).vendor] == names


@pytest.mark.parametrize(("text", "names"), SUBPROCESSORS)
def test_subprocessors_are_named_whatever_the_order(text, names):
    assert [party.name for party in read(subprocessors=text).subprocessors] == names


@pytest.mark.parametrize(
    "text", ["Kube, Irland, kundestøtte", "Irland: Kube (kundestøtte)", "Kube – kundestøtte – Irland"]
)
def test_country_and_purpose_are_kept_beside_the_name(text):
    (party,) = read(subprocessors=text).subprocessors

    assert (party.name, party.region, party.purpose.lower()) == ("Kube", "IE", "kundestøtte")


def test_a_lost_list_is_marked():
    result = read(subprocessors="Liste over underleverandører")

    assert (result.subprocessors, "lost" in result.uncertain["subprocessors"]) == ((), True)


def test_a_missing_section_is_not_an_empty_list():
    assert read(vendor="Bue AS").subprocessors is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Bue AS. Forhandler i Norge: Strek AS", "Strek AS"),
        ("Bue AS (eies av Strek AB)", "eies av Strek AB"),
        ("Bue AS, Lillevik", "Lillevik"),
    ],
)
def test_others_beside_the_vendor_are_pointed_out(text, other):
    assert other in read(vendor=text).uncertain["vendor"]


@pytest.mark.parametrize("text", ["Bue AS", "Bue AS, Oslo", "Bue Inc. (USA)", "Bue AS, Storgata 4, 0155 Oslo"])
def test_a_plain_vendor_is_certain(text):
    assert "vendor" not in read(vendor=text).uncertain


def test_the_cells_of_a_table_tell_country_and_purpose():
    (party,) = read(subprocessors="Land\n\nFormål\n\nNavn\n\nUSA\n\nKundestøtte\n\nKube").subprocessors

    assert (party.name, party.region, party.purpose) == ("Kube", "US", "Kundestøtte")

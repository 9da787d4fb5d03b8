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

import pytest

from tests.importing.texts import read

PRICES = {
    "free": [
        "Gratis.",
        "Gratisversjon",
        "Gratis, uten reklame",
        "Gratis. Ingen kjøp i appen.",
        "Kostnadsfritt for skolen",
        "Fri bruk",
        "Tjenesten koster ingenting.",
    ],
    "paid": [
        "Betalt versjon",
        "Lisens per elev",
        "Lisensavtale med Bue AS. Ingen reklame.",
        "Abonnement",
        "39 kr",
        "Kommunen betaler for tjenesten.",
        "Skolen kjøper tilgang.",
    ],
    "free_and_paid": [
        "Gratis/betaling",
        "Finnes både som gratis og betalt versjon",
        "Gratis basisversjon, men betalt for flere funksjoner",
        "Gratis med mulighet for kjøp i app",
    ],
    None: ["Ingen reklame."],
}

PERIODS = [
    ("Dataene slettes etter 30 dager.", [(30, "day")]),
    ("Lagres i tre måneder.", [(3, "month")]),
    ("Kontoen slettes etter ett års inaktivitet.", [(1, "year")]),
    ("Logger oppbevares i 6 mnd.", [(6, "month")]),
    ("Sikkerhetskopier slettes etter et halvt år.", [(6, "month")]),
    ("Slettes 14 dager etter siste bruk, og senest etter 1 år.", [(14, "day"), (1, "year")]),
    ("Elever under 13 år kan ikke bruke tjenesten.", []),
    ("Passer for barn 6-9 år.", []),
    ("Foresatte samtykker, fra 15 år eleven selv.", []),
    ("Opplysningene lagres til eleven fyller 16 år.", []),
    ("Slettes etter 48 timer.", [(48, "hour")]),
    ("Slettes innen to uker.", [(2, "week")]),
    ("Brukes 2 timer i uka.", []),
    ("Brukere som ikke har logget inn på fem år slettes automatisk.", [(5, "year")]),
    ("Ved oppsigelse av avtalen slettes data senest 180 dager etter opphør.", [(180, "day")]),
    ("Økter som ikke er åpnet på 365 dager blir borte.", [(365, "day")]),
    ("Eleven må være 15 år for å samtykke til lagring.", []),
]

GROUPS = [
    ("Elever og lærere", ["pupil", "teacher"]),
    (" • Elever\n • Lærere\n • Andre ansatte", ["pupil", "teacher", "staff"]),
    ("Kun lærere, ikke elever.", ["teacher"]),
    ("Faglærere og spesialpedagoger", ["teacher"]),
    ("Foresatte", ["guardian"]),
    ("Rektorer og avdelingsledere", ["leader"]),
    ("Skoleledelse/andre anstte", ["leader", "staff"]),
    ("Lærer - lager oppgaver for elever", ["teacher"]),
    ("PPT og logopeder", ["staff"]),
    ("Elevar, lærarar og føresette", ["pupil", "teacher", "guardian"]),
    ("Elever på 8.-10. trinn", ["pupil"]),
    ("Lærere (kan lage klasser), elever (må inviteres)", ["teacher", "pupil"]),
    ("Alle", []),
]


@pytest.mark.parametrize(("price", "text"), [(price, text) for price, texts in PRICES.items() for text in texts])
def test_prices_are_read_from_words_of_payment(price, text):
    assert read(price=text).price == price


@pytest.mark.parametrize(("text", "periods"), PERIODS)
def test_periods_count_only_where_something_is_kept(text, periods):
    assert [(period.amount, period.unit) for period in read(description=text).retention] == periods


@pytest.mark.parametrize(("text", "codes"), GROUPS)
def test_groups_of_people_are_read_as_audiences(text, codes):
    assert sorted(read(audiences=text).audiences) == sorted(codes)


def test_a_group_that_is_not_understood_is_marked():
    assert "audiences" in read(audiences="Alle som vil").uncertain


def test_a_list_of_groups_under_no_heading_of_its_own_is_found():
    result = read(description="Et spill.\n\n • Elever\n • Lærere", vendor="Bue AS")

    assert (result.audiences, result.lines["audiences"]) == (("pupil", "teacher"), (9, 10))


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://bue.example/personvern.", ["https://bue.example/personvern"]),
        ("Personvern: www.bue.example/privacy", ["www.bue.example/privacy"]),
        ("Se <https://bue.example/a> og https://bue.example/b", ["https://bue.example/a", "https://bue.example/b"]),
        ("Ingen personvernerklæring.", []),
        ("Bues personvernerklæring", []),
    ],
)
def test_addresses_of_policies_are_kept_as_written(text, addresses):
    assert list(read(policy=text).policy_urls) == addresses


def test_a_link_without_address_is_marked_as_lost():
    assert "lost" in read(policy="Bues personvernerklæring").uncertain["policy_urls"]

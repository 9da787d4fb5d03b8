import pytest

from public import matching
from public.matching import host, words
from registry.changes import change
from registry.models import Service
from tests.factories import ServiceFactory, VendorFactory
from tests.public.pages import LIST, links, names, text, title

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentimeter():
    return ServiceFactory(
        name="Mentimeter", slug="mentimeter", aliases="Menti", domains="mentimeter.com\nmenti.com",
        vendor=VendorFactory(name="Mentimeter AB", legal_name="Mentimeter Aktiebolag"),
    )  # fmt: skip


def search(client, words):
    return client.get(LIST, {"q": words})


def found(client, words):
    response = search(client, words)
    return [] if "is not on the list" in text(response) else names(response)


@pytest.mark.parametrize(
    "words",
    [
        "Mentimeter",
        "MENTIMETER",
        "menti",
        "  menti  meter ",
        "«Mentimeter»",
        "quizzes mentimeter",
        "aktiebolag",
        "mentimeter.com",
        "www.mentimeter.com",
        "https://www.mentimeter.com/",
        "HTTPS://MENTI.COM/abc?x=1#y",
        "https://app.menti.com:443/abc",
        "app.menti.com",
        "https://user@menti.com/",
        "menti.com.",
    ],
)
def test_a_name_a_part_of_it_or_an_address_finds_the_service(client, mentimeter, words):
    ServiceFactory(name="Kahoot")

    assert found(client, words) == ["Mentimeter"]


@pytest.mark.parametrize("words", ["menti kahoot", "notmenti.com", "menti.com.evil.example", "com"])
def test_every_word_must_fit_and_a_domain_must_be_its_own(client, mentimeter, words):
    assert found(client, words) == ([] if words != "com" else ["Mentimeter"])


@pytest.mark.parametrize("words", ["Lær å lese", "laer aa lese", "laer a lese", "LÆR", "la\u0308r"])
def test_norwegian_letters_are_found_as_they_are_typed(client, words):
    ServiceFactory(name="Poio – Lær å lese", slug="poio")

    assert found(client, words) == (["Poio – Lær å lese"] if words != "la\u0308r" else [])


@pytest.mark.parametrize("words", ["100%", "a_b", "\\", "'", '"'])
def test_signs_of_the_database_are_only_signs(client, words):
    ServiceFactory(name="Kahoot")

    assert found(client, words) == []


def test_the_service_of_exactly_this_name_comes_first(client):
    for name in ["Allbok", "Bok og bilde", "Bok"]:
        ServiceFactory(name=name, slug=name.lower().replace(" ", "-"))

    assert names(search(client, "bok")) == ["Bok", "Bok og bilde", "Allbok"]


@pytest.mark.parametrize("typed", ["mentimetr", "Mentimeeter", "mentometer", "metimeter.com"])
def test_a_misspelt_name_is_answered_with_the_one_that_is_similar(client, mentimeter, typed):
    response = search(client, typed)

    assert f"“{typed}” is not on the list" in text(response)
    assert links(response)["Mentimeter"] == "/en/tjenester/mentimeter/"


@pytest.mark.parametrize("typed", ["\u0301", "\u0301 \u0308"])
def test_marks_without_a_letter_find_nothing(client, mentimeter, typed):
    assert found(client, typed) == []
    assert "is not on the list" in text(search(client, typed))


def test_of_very_many_names_only_the_likeliest_are_looked_at_closely(monkeypatch):
    seen = []
    monkeypatch.setattr(matching.difflib, "get_close_matches", lambda _text, names, **_limits: seen.extend(names) or [])
    for number in range(matching.MOST_LIKELY + 10):
        ServiceFactory(name=f"Menti {number}")
    matching.similar(Service.objects.listed(), "menti 1")

    assert len(seen) == matching.MOST_LIKELY
    assert "menti 1" in seen


def test_the_cost_of_looking_does_not_grow_with_the_list(mentimeter, monkeypatch):
    ServiceFactory(name="Aaa", aliases="Mentimetr")
    monkeypatch.setattr(matching, "MOST_SERVICES", 1)

    assert matching.similar(Service.objects.listed(), "mentimetr") == ["aaa"]


def test_what_is_not_on_the_list_gets_an_answer_too(client, mentimeter):
    response = search(client, "padlet <b>")

    assert response.status_code == 200
    assert "“padlet <b>” is not on the list" in text(response)
    assert "Nobody has assessed it yet. Do not use it with pupils." in text(response)
    assert "<b>" not in response.content.decode()
    assert title(response).startswith("Not on the list: “padlet <b>”")


def test_who_publishes_can_be_asked_by_e_mail(client, owner):
    address = links(search(client, "padlet"))["Ask us by e-mail"]

    assert address == "mailto:school@example.no?subject=Please%20assess%20padlet"


def test_unlisted_services_are_neither_found_nor_suggested(client, mentimeter):
    mentimeter.visibility = "unlisted"
    with change("Said otherwise."):
        mentimeter.save()

    assert "Mentimeter" not in links(search(client, "mentimeter"))
    assert "Mentimeter" not in links(search(client, "mentimetr"))


def test_eleven_words_are_ten(client):
    ServiceFactory(name="Kahoot")

    response = search(client, "kahoot " * 10 + "nonsense")

    assert names(response) == ["Kahoot"]
    assert "Only the first ten words were searched for." in text(response)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://www.nrk.no/super", "nrk.no"),
        ("kahoot.it", "kahoot.it"),
        ("blåbær.no", "blåbær.no"),
        ("Kahoot!", None),
        ("dr. who", None),
        ("1.5", None),
        ("", None),
    ],
)
def test_what_counts_as_an_address(typed, expected):
    assert host(typed) == expected


def test_signs_around_words_are_not_searched_for():
    assert words("«Kahoot!» (app), C++ ?") == ["kahoot", "app", "c++", "?"]

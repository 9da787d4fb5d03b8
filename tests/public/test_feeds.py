import datetime
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlsplit

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.changes import change
from tests.factories import (
    AssessmentFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    VendorFactory,
)
from tests.public.pages import links

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

SITE = "https://apper.example.no"
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
WHOLE, SERVICE = "/en/endringer/atom.xml", "/en/tjenester/kahoot/atom.xml"
VENDOR, STATUS = "/en/leverandorer/maker/atom.xml", "/en/endringer/status/approved/atom.xml"
FEEDS = [WHOLE, SERVICE, VENDOR, STATUS]
PREFIXES = ["/", "/nn/", "/en/"]
QUERIES = 25


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL, settings.RELEASE = SITE, "1"


@pytest.fixture
def kahoot():
    """Approved, by a vendor of its own, with a new price; beside it one that is not assessed."""
    with change("A school owner and two services."):
        SchoolOwnerFactory(name="Fjellvik kommune")
        kahoot = ServiceFactory(name="Kahoot", vendor=VendorFactory(name="Maker"))
        ServiceFactory(name="Padlet", vendor=VendorFactory(name="Wallwisher"))
    AssessmentFactory(
        service=kahoot, change_summary="First look.", decided_on=None, in_force_from=datetime.date(2026, 4, 1)
    )
    edit(kahoot, "The vendor wrote to us.", price_note="Free for schools")
    return kahoot


def edit(row, reason="Because.", **fields):
    with change(reason):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def feed(client, path):
    """The feed as a reader's program sees it; it must be well-formed."""
    response = client.get(path)
    assert response.status_code == 200, path
    parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not parsed.bozo, (path, parsed.get("bozo_exception"))
    return parsed


def titles(client, path):
    return [entry.title for entry in feed(client, path).entries]


def root(client, path):
    return ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own feed


def test_an_entry_says_of_whom_what_why_and_from_when(client, kahoot):
    changed, decided, listed = feed(client, SERVICE).entries

    assert changed.title == "Kahoot: Facts changed"
    assert changed.summary == "The vendor wrote to us.\nPrice in words: Free for schools added"
    assert decided.title == "Kahoot: Assessment 1: approved (imported)"
    assert decided.summary == "First look.\nHolds from 1 April 2026"
    assert [tag.term for tag in decided.tags] == ["decision", "approved"]
    assert [tag.term for tag in listed.tags] == ["listed", "not_assessed"]
    assert decided.updated_parsed[:3] == timezone.now().timetuple()[:3]


TOLD = {
    SERVICE: ["Kahoot: Facts changed", "Kahoot: Assessment 1: approved (imported)", "Kahoot: Listed"],
    VENDOR: ["Kahoot: Facts changed", "Kahoot: Assessment 1: approved (imported)", "Kahoot: Listed", "Maker: Listed"],
    STATUS: ["Kahoot: Assessment 1: approved (imported)"],
    "/en/endringer/status/not_assessed/atom.xml": ["Padlet: Listed"],
    "/en/endringer/status/pilot/atom.xml": [],
    "/en/leverandorer/wallwisher/atom.xml": ["Padlet: Listed", "Wallwisher: Listed"],
    f"{WHOLE}?om=leverandor": ["Wallwisher: Listed", "Maker: Listed"],
    f"{WHOLE}?hva=facts&side=9&om=skole": ["Kahoot: Facts changed"],
}


def test_each_feed_tells_of_its_own(client, kahoot):
    assert {path: titles(client, path) for path in TOLD} == TOLD


def test_feed_of_a_status_follows_the_service_to_its_next_one(client, kahoot):
    AssessmentFactory(service=kahoot, refused=True)

    assert titles(client, STATUS) == []
    assert titles(client, "/en/endringer/status/not_approved/atom.xml") == [
        "Kahoot: Assessment 2: not approved (imported)"
    ]


def test_every_feed_has_all_that_the_format_requires(client, kahoot):
    for path in FEEDS:
        tree = root(client, path)

        assert (tree.tag, tree.get(LANGUAGE)) == (f"{ATOM}feed", "en")
        for element in [tree, *tree.findall(f"{ATOM}entry")]:
            check_common_parts(element)
        assert tree.findtext(f"{ATOM}author/{ATOM}name") == "Fjellvik kommune"
        assert tree.find(f"{ATOM}link[@rel='self']").get("href") == f"{SITE}{path}"
        assert all(summary.get("type", "text") == "text" for summary in tree.iter(f"{ATOM}summary"))


def check_common_parts(element):
    """What RFC 4287 asks of feeds and of entries without content."""
    found = {name: element.findall(f"{ATOM}{name}") for name in ("id", "title", "updated")}
    [alternate] = element.findall(f"{ATOM}link[@rel='alternate']")

    assert all(len(each) == 1 and each[0].text for each in found.values())
    assert urlsplit(found["id"][0].text).scheme == "https"
    assert datetime.datetime.fromisoformat(found["updated"][0].text).tzinfo
    assert alternate.get("href").startswith(f"{SITE}/en/")


def test_a_feed_names_its_licence(client, kahoot):
    tree = root(client, WHOLE)

    assert "data.norge.no/nlod" in tree.findtext(f"{ATOM}rights")
    assert tree.find(f"{ATOM}link[@rel='license']").get("href") == "https://data.norge.no/nlod/no/2.0"


def test_entries_have_ids_of_their_own_that_are_the_same_in_every_language(client, kahoot):
    for path in FEEDS:
        bokmaal, nynorsk, english = (
            [entry.id for entry in feed(client, path.replace("/en/", prefix)).entries] for prefix in PREFIXES
        )

        assert bokmaal == nynorsk == english
        assert len(set(english)) == len(english)
        assert all(each.startswith(f"{SITE}/endringer/") for each in english)


def test_feeds_themselves_are_told_apart(client, kahoot):
    paths = [path.replace("/en/", prefix) for path in [*FEEDS, f"{WHOLE}?hva=facts"] for prefix in PREFIXES]

    assert len({root(client, path).findtext(f"{ATOM}id") for path in paths}) == len(paths)


def test_a_feed_speaks_the_language_of_its_address(client, kahoot):
    tree = root(client, "/nn/tjenester/kahoot/atom.xml")

    assert tree.get(LANGUAGE) == "nn"
    assert "Fakta endra" in tree.findtext(f"{ATOM}entry/{ATOM}title")


def test_every_link_leads_to_a_page_that_can_be_read(client, kahoot):
    feeds = [feed(client, path) for path in FEEDS]
    addresses = {one.feed.link for one in feeds}
    addresses |= {address for one in feeds for entry in one.entries for address in (entry.link, entry.id)}

    for address in addresses:
        response = client.get(address.removeprefix(SITE), follow=True)
        assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8"), address


def test_addresses_never_come_from_the_host_that_is_asked(client, kahoot, settings):
    settings.ALLOWED_HOSTS = ["*"]
    content = client.get(WHOLE, headers={"host": "evil.example"}).content.decode()

    assert "evil" not in content


def test_a_feed_is_sent_anew_only_when_something_is_new(client, kahoot):
    had = {path: client.get(path) for path in FEEDS}
    again = {client.get(path, headers={"if-none-match": had[path]["ETag"]}).status_code for path in FEEDS}
    edit(kahoot, price_note="Paid")
    later = {client.get(path, headers={"if-none-match": had[path]["ETag"]}).status_code for path in FEEDS}

    assert (again, later) == ({304}, {200})
    assert {response["Content-Type"] for response in had.values()} == {"application/atom+xml; charset=utf-8"}
    assert not any("Last-Modified" in response for response in had.values())


def test_a_feed_can_only_be_read(client):
    assert [client.head(WHOLE).status_code, client.post(WHOLE).status_code] == [200, 405]


def test_a_feed_without_entries_is_the_same_each_time(client):
    first, second = client.get(WHOLE).content, client.get(WHOLE).content

    assert first == second
    assert feed(client, WHOLE).feed.updated


def test_what_there_is_not_has_no_feed(client, kahoot):
    ServiceFactory(slug="draft", draft=True, vendor=VendorFactory(name="Secret"))
    paths = ["tjenester/finnes-ikke", "tjenester/draft", "leverandorer/secret", "endringer/status/godkjent"]

    assert {client.get(f"/en/{path}/atom.xml").status_code for path in paths} == {404}


def test_fifty_entries_at_most(client):
    with change("All at once."):
        for number in range(51):
            ServiceFactory(name=f"Service {number:03}", vendor=None)

    assert len(titles(client, WHOLE)) == 50


def test_characters_that_xml_cannot_hold_break_no_feed(client, kahoot):
    edit(kahoot, "A bell\x07, a lone \uffff and <b>bold</b> & more.", price_note="Free\x0b now", name="Ka\x1bhoot")
    newest = feed(client, WHOLE).entries[0]

    assert newest.title == "Kahoot: Facts changed"
    assert newest.summary.startswith("A bell, a lone  and <b>bold</b> & more.")
    assert root(client, SERVICE).findtext(f"{ATOM}title") == "What is new about Kahoot"


def test_a_demonstration_says_that_it_is_one(client, settings):
    for settings.DEMONSTRATION, expected in [(True, True), (False, False)]:
        assert ("Demonstration" in client.get(WHOLE).content.decode()) is expected


def test_pages_lead_to_their_feed(client, kahoot):
    pages = {
        "/en/": WHOLE,
        "/en/endringer/": WHOLE,
        "/en/tjenester/kahoot/": SERVICE,
        "/en/tjenester/kahoot/historikk/": SERVICE,
        "/en/leverandorer/maker/": VENDOR,
    }
    for path, address in pages.items():
        head = client.get(path).content.decode().partition("</head>")[0]
        assert f'href="{SITE}{address}"' in head[head.index('type="application/atom+xml"') :], path


def test_readers_find_the_feed_on_the_page(client, kahoot):
    pages = {"/en/endringer/": WHOLE, "/en/tjenester/kahoot/historikk/": SERVICE, "/en/leverandorer/maker/": VENDOR}

    assert {path: links(client.get(path)).get("Follow by feed (Atom)") for path in pages} == pages


@pytest.mark.parametrize("path", [WHOLE, STATUS])
def test_number_of_queries_does_not_grow(client, kahoot, path):
    def more(number):
        other = ServiceFactory(name=f"Service {number}", vendor=kahoot.vendor)
        for service in (kahoot, other):
            AssessmentFactory(service=service)
            edit(service, price_note=str(number))
        edit(kahoot.vendor, note=f"Note {number}")

    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    more(0)
    few = ask()
    for number in range(1, 3):
        more(number)

    assert few == ask() <= QUERIES

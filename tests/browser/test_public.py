"""The pages of the list and the reference side, in a browser."""

import datetime

import pytest

from tests.factories import (
    AdequacyDecisionFactory,
    AssessmentFactory,
    DataCategoryFactory,
    DataUseFactory,
    PolicyFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    SubprocessorFactory,
    TransferBasisFactory,
    VendorFactory,
    published_round,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("register"),
]

PATHS = [
    "/",
    "/tjenester/",
    "/tjenester/?status=approved&status=foo&hvem=pupil&side=0&lagring=US",
    "/tjenester/?status=pilot&q=mentimeter",
    "/tjenester/?q=mentimetr",
    "/tjenester/?q=" + "ubrytelig" * 20,
    "/leverandorer/",
    "/leverandorer/acme/",
    "/lagring/",
    "/lagring/US/",
    "/opplysninger/",
    "/opplysninger/name/",
    "/overforing/",
    "/overforing/scc/",
    "/om/",
    "/finnes-ikke/",
    "/en/tjenester/?sorter=frist",
]
OPEN = "document.querySelectorAll('details:not(.menu)').forEach((fold) => fold.open = true)"


@pytest.fixture(autouse=True)
def registry():
    """Something of everything, so that every part of a page is there to be looked at."""
    SchoolOwnerFactory(unit="School office", dpo_email="dpo@example.no")
    region = AdequacyDecisionFactory().region
    acme = VendorFactory(
        name="Acme", slug="acme", parent=VendorFactory(name="Holding"),
        framework_listing="listed", framework_checked_on=datetime.date(2026, 3, 1),
    )  # fmt: skip
    mentimeter = ServiceFactory(name="Mentimeter", slug="mentimeter", vendor=acme, content_language="nn")
    published_round(mentimeter, rulings=[{"audience": "pupil"}, {"audience": "teacher"}])
    StorageLocationFactory(service=mentimeter, region=region, extent="main", transfer_basis=TransferBasisFactory())
    DataUseFactory(service=mentimeter, kept_for_a_year=True)
    PolicyFactory(title="Privacy at Acme", vendor=acme, services=[mentimeter])
    DataCategoryFactory(special_category=True)
    for outcome in ["conditional", "pilot", "not_approved", "withdrawn"]:
        AssessmentFactory(outcome=outcome, review_by=datetime.date(2026, 4, 1))
    AssessmentFactory(valid_until=datetime.date(2026, 4, 1))
    helped = ServiceFactory(under_assessment_since=datetime.date(2026, 3, 1))
    SubprocessorFactory(service=helped, vendor=acme, region=region, transfer_basis=TransferBasisFactory())


@pytest.mark.parametrize("path", PATHS)
def test_nothing_shuts_anybody_out(live_server, page, axe, path):
    page.goto(live_server.url + path)

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == [], (width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(OPEN)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page) == [], (width, "open")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.violations") == []


def test_nothing_in_the_open_menu_shuts_anybody_out(live_server, page, axe):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(live_server.url + "/")
    page.locator(".menu > summary").click()

    assert axe(page, ".site-head") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_watch_sees_what_it_is_there_for(live_server, page, axe):
    page.goto(live_server.url + "/")
    page.evaluate("""
        document.querySelector('h1').setAttribute('onclick', 'alert(1)');
        document.querySelector('h1').click();
        document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/static/icon.svg">');
    """)

    assert {"image-alt"} <= {rule for rule, _kind, _nodes in axe(page)}
    assert page.evaluate("window.violations").count("script-src-attr inline") == 1


def test_everything_works_without_javascript(live_server, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/en/")
    page.get_by_label("The service's name, or its web address").fill("mentimetr")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("status").get_by_role("link", name="Mentimeter").wait_for()

    page.goto(live_server.url + "/en/tjenester/")
    page.get_by_role("group", name="Status").get_by_label("Approved", exact=False).first.check()
    page.get_by_role("button", name="Use the filters").click()
    page.get_by_role("link", name="Remove the filter Approved").wait_for()
    assert page.get_by_role("heading", level=3).all_inner_texts() == ["Mentimeter Acme"]

    page.get_by_role("link", name="Remove the filter Approved").click()
    assert page.get_by_role("heading", level=3).count() == 7
    page.get_by_role("link", name="last assessed").click()
    page.get_by_role("link", name="Nynorsk").click()
    assert page.url == f"{live_server.url}/nn/tjenester/?sorter=vurdert"
    assert page.context.cookies() == []


def test_the_keyboard_reaches_the_search_in_a_few_steps(live_server, page):
    page.goto(live_server.url + "/en/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.locator(":focus").get_attribute("name") == "q"


def test_the_menu_folds_on_a_phone_and_lies_open_on_a_screen(live_server, page):
    page.goto(live_server.url + "/en/")
    vendors = page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Vendors")
    assert vendors.is_visible()

    page.set_viewport_size({"width": 360, "height": 800})
    assert not vendors.is_visible()
    page.get_by_text("Menu", exact=True).click()
    vendors.click()
    assert page.url.endswith("/en/leverandorer/")


def test_targets_are_large_enough_for_a_finger(live_server, page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + "/tjenester/?status=approved&hvem=pupil")
    page.evaluate(OPEN)

    heights = page.eval_on_selector_all(
        "label:has(input), .chips a, .links a, button, summary",
        "(found) => found.map((one) => one.getBoundingClientRect().height)",
    )
    assert heights
    assert min(heights) >= 24


def test_words_can_be_set_wide_without_anything_being_cut_off(live_server, page):
    page.set_viewport_size({"width": 320, "height": 800})
    for path in ["/", "/tjenester/?status=approved", "/tjenester/?q=mentimetr", "/lagring/US/"]:
        page.goto(live_server.url + path)
        page.evaluate("""document.querySelectorAll('*').forEach((one) => {
            one.style.lineHeight = 1.5; one.style.letterSpacing = '.12em'; one.style.wordSpacing = '.16em';
        })""")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_paper_shows_the_rows_and_not_the_controls(live_server, page):
    page.goto(live_server.url + "/en/tjenester/?status=approved")
    page.emulate_media(media="print")

    assert page.get_by_role("heading", name="Mentimeter").is_visible()
    assert not page.get_by_role("button", name="Use the filters").is_visible()
    assert not page.get_by_role("link", name="Remove all filters").is_visible()

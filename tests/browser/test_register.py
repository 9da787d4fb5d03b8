"""The pages of what was said, in a browser: nothing shuts anybody out, and each works without JavaScript."""

import pytest
from django.utils import timezone

from public.register.reading import entries_of
from registry.changes import change
from tests.browser.test_public import OPEN
from tests.factories import (
    DataUseFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    VendorFactory,
    published_round,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("register"),
]

PATHS = [
    "/tjenester/quiz/",
    "/tjenester/quiz/historikk/",
    "/tjenester/quiz/historikk/?fra={first}&til={newest}",
    "/tjenester/quiz/historikk/?fra=tull&til=1",
    "/tjenester/quiz/endring/{newest}/",
    "/tjenester/quiz/versjon/{first}/",
    "/tjenester/quiz/per/{today}/",
    "/tjenester/quiz/per/2020-01-01/",
    "/tjenester/quiz/per/tull/",
    "/endringer/",
    "/endringer/?om=tjeneste&hva=facts&status=foo",
    "/endringer/?hva=redacted",
    "/endringer/1/",
    "/data/",
]


@pytest.fixture
def numbers():
    """A service with a history of decisions and facts; the serials of its first and newest entries."""
    SchoolOwnerFactory(unit="School office")
    quiz = ServiceFactory(name="Quiz", slug="quiz", vendor=VendorFactory(name="Acme", slug="acme"))
    published_round(quiz, conditions=[{}])
    with change("The vendor has moved, and says so in a long sentence that tells what it is good for."):
        quiz.summary = "Makes polls, quizzes and much else that pupils and teachers may answer with a code of their own"
        quiz.save()
        StorageLocationFactory(service=quiz, role="backup", place="Frankfurt")
        DataUseFactory(service=quiz, purpose="So that " + "averylongwordwithoutanybreaks" * 3)
    for code in ("SE", "NO", "DK", "FI", "IS"):
        StorageRegionFactory(code=code)
    published_round(quiz, outcome="not_approved", review_by=None, rulings=[{"verdict": "not_allowed"}])
    entries = entries_of("service", "quiz")
    return {"first": entries.last().serial, "newest": entries.first().serial, "today": timezone.localdate()}


def certain(found):
    """Without what axe leaves to a person and a person has looked at: text in pictures, headers of groups of rows."""
    left = {"color-contrast", "td-headers-attr", "th-has-data-cells"}
    return [(rule, kind, nodes) for rule, kind, nodes in found if kind == "violations" or rule not in left]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_shuts_anybody_out(live_server, page, axe, numbers, path):
    page.goto(live_server.url + path.format(**numbers))

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert certain(axe(page)) == [], (width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(OPEN)
    assert certain(axe(page)) == []
    assert page.evaluate("window.violations") == []


def test_the_past_can_be_looked_up_without_javascript(live_server, browser, numbers):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/en/tjenester/quiz/historikk/")
    page.get_by_label("From").select_option(str(numbers["first"]))
    page.get_by_label("To").select_option(str(numbers["newest"]))
    page.get_by_role("button", name="Show the difference").click()
    page.get_by_role("heading", name=f"Version {numbers['first']} beside version {numbers['newest']}").wait_for()

    page.get_by_label("Day", exact=True).fill(numbers["today"].isoformat())
    page.get_by_role("button", name="Show the page").click()
    page.get_by_text("It shows what we said about Quiz on").wait_for()
    assert page.url.endswith(f"/en/tjenester/quiz/per/{numbers['today']}/")

    page.goto(live_server.url + "/en/endringer/")
    page.get_by_role("group", name="What happened").get_by_label("Facts changed").check()
    page.get_by_role("button", name="Use the filters").click()
    page.get_by_role("link", name="Remove the filter Facts changed").wait_for()
    page.locator(".rows a[href*='/endring/']").first.click()
    page.get_by_role("heading", name="What changed").wait_for()

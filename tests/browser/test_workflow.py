"""The way of a decision through the people, as they walk it: editor, approver, public page."""

import pytest
from django.core.management import call_command

from tests.browser.conftest import WATCH_POLICY
from tests.conftest import member_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("register"),
]

PASSWORD = "riktig hest batteri stift"


@pytest.fixture
def site(live_server):
    call_command("load_reference", verbosity=0)
    call_command("load_demonstration", verbosity=0)
    for role in ("editor", "approver"):
        user = member_of(role)
        user.set_password(PASSWORD)
        user.save()
    return live_server.url


@pytest.fixture
def staff(browser, site):
    """Opens the administration as somebody, in a browser of their own, and sees that the policy holds there too."""
    contexts = []

    def opened(role):
        context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        context.add_init_script(WATCH_POLICY)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/admin/")
        page.locator("#id_username").fill(role)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("input[type=submit]").click()
        page.wait_for_url("**/admin/")
        return page

    yield opened
    for context in contexts:
        assert [page.evaluate("window.violations") for page in context.pages] == [[] for _page in context.pages]
        context.close()


def open_service(page, site, name):
    page.goto(f"{site}/admin/registry/service/?q={name}")
    page.get_by_role("link", name=name, exact=True).click()


def save(page, reason):
    page.locator("#id_reason").fill(reason)
    page.locator("input[name=_save]").click()
    page.wait_for_load_state()
    assert page.locator(".errornote, .errorlist").count() == 0, page.locator(".errornote, .errorlist").all_inner_texts()


def test_a_changed_fact_is_seen_by_staff_with_its_author_and_by_everyone_with_its_reason(staff, site, page):
    editor = staff("editor")
    open_service(editor, site, "Mentimeter")
    editor.locator("#id_storage-1-place").fill("Frankfurt")
    save(editor, "Leverandøren har oppgitt byen.")

    open_service(editor, site, "Mentimeter")
    editor.locator("a.historylink").click()
    told = editor.locator("#content").inner_text()
    assert all(words in told for words in ("editor", "Frankfurt", "Leverandøren har oppgitt byen."))

    page.goto(f"{site}/tjenester/mentimeter/")
    assert "Frankfurt" in page.locator("main").inner_text()
    assert "Endret etter avgjørelsen: " in page.locator("main").inner_text()
    page.goto(f"{site}/tjenester/mentimeter/historikk/")
    history = page.locator("main").inner_text()
    assert "Leverandøren har oppgitt byen." in history
    assert "editor" not in history


def test_a_decision_needs_two_people_and_the_old_one_stays_readable(staff, site, page):
    editor, approver = staff("editor"), staff("approver")
    open_service(editor, site, "GeoGebra Graphing Calculator")
    editor.get_by_role("link", name="Start en vurdering").click()
    editor.locator("#id_reason").fill("Årlig gjennomgang.")
    editor.locator("input[type=submit]").click()
    round_page = editor.url
    editor.locator("#id_summary").fill("Bruk den nedlastede versjonen, uten å logge inn.")
    editor.locator("#id_change_summary").fill("Vurdert på nytt uten endringer.")
    for box in editor.locator("input[type=checkbox][name$=is_rechecked]:visible").all():
        box.check()
    save(editor, "Skrevet om for å bli tydeligere.")
    editor.goto(round_page)
    editor.get_by_role("button", name="Send til godkjenning").click()
    editor.goto(round_page)
    assert editor.get_by_role("link", name="Se gjennom og publiser").count() == 0

    approver.goto(round_page)
    approver.get_by_role("link", name="Se gjennom og publiser").click()
    approver.get_by_role("button", name="Godkjenn og publiser").click()
    approver.wait_for_load_state()

    page.goto(f"{site}/tjenester/geogebra-graphing-calculator/")
    assert "Bruk den nedlastede versjonen, uten å logge inn." in page.locator("main").inner_text()
    page.goto(f"{site}/tjenester/geogebra-graphing-calculator/vurdering/2/")
    assert page.get_by_role("heading", level=1).is_visible()

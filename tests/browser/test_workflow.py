"""The way of a decision through the people, as they walk it: editor, approver, public page."""

import pytest
from django.core.management import call_command

from tests.browser.conftest import save

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("register"),
]


@pytest.fixture
def site(live_server):
    call_command("load_reference", verbosity=0)
    call_command("load_demonstration", verbosity=0)
    return live_server.url


def open_service(page, site, name):
    page.goto(f"{site}/admin/registry/service/?q={name}")
    page.get_by_role("link", name=name, exact=True).click()


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

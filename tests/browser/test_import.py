"""A new user's path: pages saved in a folder, drafts that somebody looks through, decisions that the public reads."""

import itertools

import pytest
from django.core.management import call_command

from tests.browser.conftest import save
from tests.importing.texts import page as text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("register"),
]

ADDRESS = "https://www.eksempel.kommune.no/apper"
SOLEN = {
    "description": "Elevene måler lyset.",
    "status": "Tjenesten er godkjent til bruk.",
    "audiences": " • Elever",
    "conditions": " • Ikke se rett i sola.",
    "vendor": "Sol AS, Norge",
    "storage": "Usikkert",
}


@pytest.fixture
def site(live_server, tmp_path):
    call_command("load_reference", verbosity=0)
    for name, changed in {"Solen": {}, "Månen": {"status": "Tjenesten må sjekkes videre."}}.items():
        text = f"{ADDRESS}/{name}/\n\n{text_of(name=name, **{**SOLEN, **changed})}"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    call_command("import_assessments", str(tmp_path), "--apply", "--reason=Overført fra gamle sider.", verbosity=0)
    return live_server.url


def look_through(page, site, name):
    """Open what the list of work has, mend something, and sign the page off."""
    page.goto(f"{site}/admin/registry/service/?imported=waiting")
    page.get_by_role("link", name=name, exact=True).click()
    form = page.url
    page.locator("#id_minimum_age").fill("13")
    save(page, "Sett gjennom mot siden den kommer fra.")
    page.goto(form)
    page.get_by_role("button", name="Jeg har sett gjennom den").click()
    page.wait_for_load_state()


def test_from_saved_pages_to_what_everyone_reads(staff, site, page):
    editor, approver = staff("editor"), staff("approver")
    look_through(editor, site, "Månen")
    assert "1 tjeneste gjenstår" in editor.locator(".messagelist").inner_text()
    editor.locator(".messagelist a").click()
    assert editor.locator("#id_name").input_value() == "Solen"
    editor.get_by_role("button", name="Sett gjennom: send avgjørelsen til godkjenning").click()
    editor.locator(".messagelist", has_text="Det var den siste").wait_for()

    approver.goto(f"{site}/admin/assessments/assessment/?state__exact=submitted")
    approver.get_by_role("link", name="Solen").click()
    approver.get_by_role("link", name="Se gjennom og publiser").click()
    approver.get_by_role("button", name="Godkjenn og publiser").click()
    approver.wait_for_load_state()

    page.goto(f"{site}/tjenester/solen/")
    told = page.locator("main").inner_text()
    assert all(words in told for words in ("Godkjent", "Ikke se rett i sola.", f"{ADDRESS}/", "ikke oppgitt"))
    assert page.goto(f"{site}/tjenester/manen/").status == 404  # nobody has decided on it yet


def test_the_page_beside_the_form_shuts_nobody_out(staff, site, axe):
    editor = staff("editor")
    editor.goto(f"{site}/admin/registry/service/?imported=waiting")
    editor.get_by_role("link", name="Solen", exact=True).click()
    editor.locator(".page-text").wait_for()
    for width, scheme in itertools.product((360, 1280), ("light", "dark")):
        editor.set_viewport_size({"width": width, "height": 900})
        editor.emulate_media(color_scheme=scheme)
        editor.reload()  # the admin's links fade from one colour scheme to the other, and axe would see them half way
        editor.locator(".page-text").wait_for()

        assert editor.evaluate("document.documentElement.scrollWidth") <= width
        # Lines that are scrolled out of sight are "incomplete": axe cannot see their colours, which the others have.
        found = [finding for part in (".imported", ".section-notes") for finding in axe(editor, part)]
        assert [finding for finding in found if finding[1] == "violations"] == [], (width, scheme)
    editor.evaluate("window.violations = []")  # axe brings a style of its own


def test_a_note_leads_to_its_lines_on_the_page(staff, site):
    editor = staff("editor")
    editor.goto(f"{site}/admin/registry/service/?imported=waiting")
    editor.get_by_role("link", name="Solen", exact=True).click()
    editor.locator(".section-notes", has_text="Lagring").get_by_role("link").click()

    assert "Hvor lagres informasjon?" in editor.locator(".passage p:target").inner_text()
    assert editor.locator(".passage p:target").evaluate("line => line.getBoundingClientRect().top") > 0

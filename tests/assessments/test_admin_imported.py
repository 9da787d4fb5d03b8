"""The page that a service was carried over from, beside its form and that of its round."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import rounds
from assessments.models import ImportedPage
from tests.admin_pages import address, messages
from tests.factories import AssessmentFactory, ImportedPageFactory, RulingFactory, ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LINES = [
    [1, "Regnbuen"],
    [3, "Hvor lagres informasjon?"],
    [5, "Usikkert"],
    [7, "Logg inn med Feide"],
    [9, "<script>alert(1)</script>"],
]


def imported(service, **fields):
    given = {
        "lines": LINES,
        "fields": {"name": [1], "storage": [3, 5], "login": [7]},
        "uncertain": {"storage": "It is not said where."},
    }
    return ImportedPageFactory(service=service, **{**given, **fields})


@pytest.fixture
def service():
    return ServiceFactory(name="Regnbuen", visibility="draft", first_listed_on=None)


def form(client, row):
    return client.get(address(row, "change")).content.decode()


def looked_through(client, page, follow=True, **data):
    url = address(page.service, "looked_through", page.pk)
    return client.post(url, data, follow=follow)


def test_the_form_shows_every_line_of_the_page_with_what_it_was_read_as(editor_client, service):
    page = imported(service)
    text = form(editor_client, service)

    assert all(f'id="page-{page.pk}-line-{number}"' in text for number, _ in LINES)
    assert re.findall(r"<h3>(.*?)</h3>", text) == [
        "Name", "Storage – uncertain", "Login methods – not carried over", "Found no place",
    ]  # fmt: skip
    assert "It is not said where." in text


def test_what_stands_on_the_page_is_text_and_no_markup(editor_client, service):
    imported(service)

    assert "<script>alert(1)" not in form(editor_client, service)


def test_a_section_of_the_form_says_what_to_look_at_and_where_on_the_page(editor_client, service):
    page = imported(service)
    notes = editor_client.get(address(service, "change")).context["section_notes"]

    said = {str(note.label): (str(note.why), note.anchor) for found in notes.values() for note in found}
    assert said == {
        "Storage": ("It is not said where.", f"page-{page.pk}-line-3"),
        "Login methods": ("The page has words on this that were not carried over.", f"page-{page.pk}-line-7"),
    }
    assert f'href="#page-{page.pk}-line-3"' in form(editor_client, service)


def test_lines_that_found_no_place_are_counted(editor_client, service):
    imported(service)

    assert "1 line found no place." in form(editor_client, service)


def test_the_round_has_the_page_beside_it_with_notes_of_its_own(editor_client, service):
    imported(service, uncertain={"status": "Two sentences differ.", "storage": "It is not said where."})
    row = AssessmentFactory(service=service, draft=True)
    response = editor_client.get(address(row, "change"))

    assert "Usikkert" in response.content.decode()
    notes = [str(note.label) for found in response.context["section_notes"].values() for note in found]
    assert notes == ["Decision"]


def test_a_service_that_was_not_imported_has_no_page(editor_client, service):
    text = form(editor_client, service)

    assert "imported-page" not in text
    assert "beside-page" not in text


def test_the_page_that_adds_a_service_has_none(editor_client):
    assert "imported-page" not in editor_client.get(address(ServiceFactory._meta.model, "add")).content.decode()


def test_whoever_has_looked_through_the_page_says_so_and_the_notes_are_gone(editor_client, editor, service):
    page = imported(service)
    response = looked_through(editor_client, page)
    page.refresh_from_db()

    assert (page.looked_through_by, page.looked_through_at.date()) == (editor, timezone.now().date())
    assert messages(response) == ["Looked through. That was the last of them."]
    assert "Looked through by editor" in response.content.decode()
    assert response.context["section_notes"] == {}


def test_the_next_one_is_offered(editor_client, service):
    page, other = imported(service), ServiceFactory(name="Solen")
    imported(other)

    assert re.search(r"1 service is left. Next: .*Solen</a>", messages(looked_through(editor_client, page))[0])


def test_looking_through_the_newest_page_covers_the_earlier_ones(editor_client, service):
    imported(service)
    looked_through(editor_client, imported(service))

    assert not ImportedPage.objects.filter(looked_through_at__isnull=True)


def test_a_page_that_came_later_is_still_to_be_looked_through(editor_client, service):
    first, later = imported(service), imported(service)
    looked_through(editor_client, first)
    later.refresh_from_db()

    assert later.looked_through_at is None


def test_a_very_long_page_is_cut(editor_client, service):
    imported(service, lines=[[number, "Line"] for number in range(1, 1201)])

    assert "200 more lines are not shown." in form(editor_client, service)


def test_earlier_versions_stand_behind_the_newest(editor_client, service):
    imported(service, lines=[[1, "An old text"]])
    imported(service)
    text = form(editor_client, service)

    assert text.index("Usikkert") < text.index("<details>") < text.index("An old text")


def test_what_needs_no_more_goes_to_approval_at_once_and_on_the_list_when_it_is_approved(
    editor_client, editor, approver, service
):
    page = imported(service)
    fields = {"kind": "imported", "carried_over_from": "https://www.eksempel.kommune.no/regnbuen/"}
    row = RulingFactory(assessment=AssessmentFactory(service=service, draft=True, **fields)).assessment
    assert "submit its decision" in form(editor_client, service)
    looked_through(editor_client, page, submit="")
    service.refresh_from_db()
    row.refresh_from_db()
    assert (service.visibility, row.state, row.submitted_by) == ("draft", "submitted", editor)
    assert "submit its decision" not in form(editor_client, service)

    rounds.publish(row, actor=approver)
    service.refresh_from_db()
    assert service.visibility == "listed"


def test_who_approves_is_told_that_the_service_goes_on_the_list(editor_client, editor, approver_client, service):
    page = imported(service)
    fields = {"kind": "imported", "carried_over_from": "https://www.eksempel.kommune.no/regnbuen/"}
    row = RulingFactory(assessment=AssessmentFactory(service=service, draft=True, **fields)).assessment
    looked_through(editor_client, page, submit="")

    assert "goes on the list with it" in approver_client.get(address(row, "publish")).content.decode()


def test_who_approves_sees_what_was_uncertain(editor_client, approver_client, service):
    looked_through(editor_client, imported(service))

    assert "It is not said where." in form(approver_client, service)


def test_a_page_laid_beside_is_signed_off_by_itself(editor_client, service):
    own = imported(service, carried={"round": {}})
    beside = imported(service, address="https://www.eksempel.kommune.no/annen/", carried={})
    text = form(editor_client, service)
    assert text.index("The page that it was made from") < text.index("A page about it that it was not made from")
    assert "submit its decision" not in text
    looked_through(editor_client, beside)
    own.refresh_from_db()

    assert own.looked_through_at is None


def test_what_is_not_ready_for_approval_stays_as_it_was_and_it_is_said_why(editor_client, service):
    page = imported(service)
    AssessmentFactory(service=service, draft=True, outcome="")
    response = looked_through(editor_client, page, submit="")
    service.refresh_from_db()
    page.refresh_from_db()

    assert "Choose an outcome." in messages(response)
    assert page.looked_through_at is None


def test_two_who_press_the_button_at_once_are_told(editor_client, service):
    page = imported(service)
    assert "at the same moment" in messages(looked_through(editor_client, page, submit=""))[0]


@pytest.mark.parametrize("client_name", ["approver_client", "auditor_client"])
def test_who_only_reads_sees_the_page_and_cannot_sign_it_off(client_name, service, request):
    client, page = request.getfixturevalue(client_name), imported(service)

    assert "Usikkert" in form(client, service)
    assert "I have looked through it" not in form(client, service)
    assert looked_through(client, page, follow=False).status_code == 403
    page.refresh_from_db()
    assert page.looked_through_at is None


def test_looking_through_takes_a_post_and_a_page_of_that_service(editor_client, service):
    page = imported(service)

    assert editor_client.get(address(service, "looked_through", page.pk)).status_code == 405
    other = ServiceFactory(name="Solen")
    assert editor_client.post(address(other, "looked_through", page.pk)).status_code == 404


def test_who_is_not_logged_in_is_sent_to_the_login(client, service):
    response = looked_through(client, imported(service), follow=False)

    assert (response.status_code, "login" in response.url) == (302, True)


@pytest.mark.parametrize(
    ("asked", "names"),
    [("waiting", ["Regnbuen"]), ("done", ["Solen"]), ("none", ["Tegneboka"]), ("nonsense", None)],
)
def test_the_list_of_services_shows_what_is_left_of_an_import(editor_client, editor, service, asked, names):
    done = ServiceFactory(name="Solen")
    ServiceFactory(name="Tegneboka")
    imported(service)
    imported(done, looked_through_at=timezone.now(), looked_through_by=editor)
    response = editor_client.get(address(type(service), "changelist"), {"imported": asked})

    assert [row.name for row in response.context["cl"].queryset] == (names or ["Regnbuen", "Solen", "Tegneboka"])


def test_the_form_asks_no_more_for_a_long_page_and_many_versions(editor_client, service, django_assert_max_num_queries):
    imported(service)
    editor_client.get(address(service, "change"))
    with django_assert_max_num_queries(100) as one:
        editor_client.get(address(service, "change"))
    for _ in range(5):
        imported(service, lines=LINES * 100)
    with django_assert_max_num_queries(len(one.captured_queries)):
        editor_client.get(address(service, "change"))


def test_the_database_refuses_a_look_by_nobody(service):
    with pytest.raises(IntegrityError), transaction.atomic():
        imported(service, looked_through_at=timezone.now())

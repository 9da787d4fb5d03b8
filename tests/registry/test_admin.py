import pytest
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.test import RequestFactory
from django.urls import reverse

from registry.admin import TrackedAdmin
from registry.history import changes_to
from registry.models import DataUse, LoginMethod, SchoolOwner, Service, StorageLocation, Vendor
from tests.admin_pages import address, filled, messages, one_more, save
from tests.factories import (
    DataCategoryFactory,
    DataUseFactory,
    EditionFactory,
    LoginMethodFactory,
    PlatformFactory,
    PolicyFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    SubprocessorFactory,
    VendorFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def service():
    return ServiceFactory(name="Planner", slug="planner", summary="Plans the week")


# The reason


@pytest.mark.parametrize("reason", ["", "   ", None])
def test_nothing_is_saved_without_a_reason(editor_client, service, reason):
    response = save(editor_client, service, reason=reason, summary="Plans the day")

    service.refresh_from_db()
    assert response.status_code == 200
    assert "reason" in response.context["adminform"].form.errors
    assert (service.summary, service.history.count()) == ("Plans the week", 1)


def test_nothing_is_saved_with_a_reason_that_the_form_refuses(editor_client, service):
    save(editor_client, service, reason="x" * 1001, summary="Plans the day")

    assert service.history.count() == 1


def test_what_was_written_is_kept_when_the_reason_is_missing(editor_client, service):
    response = save(editor_client, service, reason="", summary="Plans the day")

    assert "Plans the day" in response.text


def test_what_was_written_is_kept_with_its_reason_when_something_else_is_wrong(editor_client, service):
    response = save(editor_client, service, reason="They told us.", grade_from=8, grade_to=2)

    assert "They told us." in response.text
    assert "Give both the first and the last grade" in response.text


def test_reason_and_editor_go_to_the_row_and_its_parts(editor_client, editor, service):
    region = StorageRegionFactory()

    response = save(
        editor_client, service, summary="Plans the day",
        **one_more("storage", region=region.pk, extent="main", role="storage", said_by="vendor"),
    )  # fmt: skip

    records = [service.history.first(), StorageLocation.history.get()]
    assert response.status_code == 302
    assert {record.history_user for record in records} == {editor}
    assert {record.history_change_reason for record in records} == {"Seen on the vendor's page."}
    assert len({record.change_id for record in records}) == 1


def test_a_row_can_be_added_for_a_reason(editor_client):
    response = save(editor_client, Vendor, name="Vendor AS", slug="vendor", framework_listing="not_checked")

    assert response.status_code == 302
    assert Vendor.history.get().history_change_reason == "Seen on the vendor's page."


def test_a_service_that_is_listed_is_a_change_of_that_kind(editor_client):
    service = ServiceFactory(draft=True)

    save(editor_client, service, visibility="listed")

    assert service.history.first().change_kind == "listed"


def test_a_service_that_is_taken_off_the_list_is_a_change_of_that_kind(editor_client, service):
    save(editor_client, service, visibility="unlisted")

    assert service.history.first().change_kind == "listed"


def test_an_editor_may_say_that_only_the_wording_is_corrected(editor_client, service):
    save(editor_client, service, summary="Plans weeks", change_kind="language")

    assert service.history.first().change_kind == "language"


def test_an_editor_cannot_call_a_change_a_decision(editor_client, service):
    save(editor_client, service, summary="Plans weeks", change_kind="decision")

    assert service.history.count() == 1


def test_saving_an_unchanged_page_leaves_no_history(editor_client, service):
    response = save(editor_client, service)

    assert response.status_code == 302
    assert service.history.count() == 1


def test_lines_that_nobody_touched_are_no_change(editor_client):
    service = ServiceFactory(purpose="First line.\n\nSecond line.", domains="a.no\nb.no")

    save(editor_client, service, price_model="paid")

    edits = [edit.field for edit in changes_to(service)[0].edits]
    assert edits == ["Price"]


def test_writing_round_the_door_is_refused(service, superuser):
    request = RequestFactory().post("/")
    request.user = superuser
    admin = site._registry[Service]
    form = admin.get_form(request, service, change=True)({}, instance=service)

    with pytest.raises(PermissionDenied):
        admin.save_model(request, service, form, change=True)
    with pytest.raises(PermissionDenied):
        admin.save_related(request, form, [], change=True)
    with pytest.raises(PermissionDenied):
        admin.delete_queryset(request, Service.objects.all())


def test_rows_that_contradict_each_other_are_told_of(editor_client, service, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(Service, "save", fail)
    response = save(editor_client, service, summary="Plans the day")

    assert messages(editor_client.get(response.url)) == ["Nothing was saved: the rows contradict each other."]


# What cannot be changed


@pytest.mark.parametrize(
    "forged",
    [{"first_listed_on": "2020-01-01"}, {"visibility_since": "2020-01-01"}, {"slug": "other"}, {"folded": "x"}],
    ids=lambda forged: next(iter(forged)),
)
def test_forged_fields_change_nothing(editor_client, service, forged):
    before = Service.objects.values().get()

    save(editor_client, service, **forged)

    assert Service.objects.values().get() == before


def test_the_address_of_a_draft_can_be_changed(editor_client):
    service = ServiceFactory(draft=True)

    save(editor_client, service, slug="other")

    assert Service.objects.get().slug == "other"


def test_a_service_that_has_been_public_cannot_become_a_draft(editor_client, service):
    response = save(editor_client, service, visibility="draft")

    assert "It has been public" in response.text


def test_nobody_deletes_a_service(superuser_client, service):
    response = superuser_client.post(address(service, "delete"), {"post": "yes", "reason": "Away with it."})

    assert response.status_code == 403
    assert Service.objects.exists()


def test_no_list_offers_to_delete(superuser_client, service):
    data = {"action": "delete_selected", "_selected_action": [service.pk], "post": "yes", "reason": "Away."}
    superuser_client.post(address(Service, "changelist"), data)

    assert Service.objects.exists()
    assert "delete_selected" not in superuser_client.get(address(Service, "changelist")).text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_an_old_version_cannot_be_posted_back(auditor_client, superuser_client, service, method):
    data = {"name": "Taken over", "slug": "planner", "reason": "Because."}
    url = address(service, "simple_history", service.history.get().pk)

    for client in (auditor_client, superuser_client):
        assert getattr(client, method)(url, data).status_code == 405

    assert Service.objects.get().name == "Planner"


def test_there_is_no_second_school_owner(superuser_client):
    assert superuser_client.get(address(SchoolOwner, "add")).status_code == 200
    SchoolOwnerFactory()

    assert superuser_client.get(address(SchoolOwner, "add")).status_code == 403


# Parts


def test_a_part_can_be_removed_and_stays_in_the_history(editor_client, service):
    location = StorageLocationFactory(service=service)

    response = save(editor_client, service, reason="They left Germany.", **{"storage-0-DELETE": "on"})

    assert response.status_code == 302
    assert not service.storage.exists()
    record = location.history.first()
    assert (record.history_type, record.history_change_reason) == ("-", "They left Germany.")


def test_a_part_that_others_rest_on_is_not_removed(editor_client, service):
    login = LoginMethodFactory(service=service)
    DataUseFactory(service=service, login=login)

    response = save(editor_client, service, **{"logins-0-DELETE": "on"})

    assert "would require deleting the following protected related objects" in response.text
    assert LoginMethod.objects.exists()


@pytest.mark.parametrize("named", ["login", "edition"])
def test_a_part_is_removed_together_with_all_that_names_it(editor_client, service, named):
    row = {"login": LoginMethodFactory, "edition": EditionFactory}[named](service=service)
    DataUseFactory(service=service, **{named: row})

    response = save(editor_client, service, **{"data_uses-0-DELETE": "on", f"{named}s-0-DELETE": "on"})

    assert response.status_code == 302
    assert not type(row).objects.exists()
    assert [record.history_type for record in (row.history.first(), DataUse.history.first())] == ["-", "-"]


def test_a_part_is_not_removed_while_one_row_that_names_it_stays(editor_client, service):
    login = LoginMethodFactory(service=service)
    DataUseFactory(service=service, login=login)
    DataUseFactory(service=service, login=login)

    response = save(editor_client, service, **{"data_uses-0-DELETE": "on", "logins-0-DELETE": "on"})

    assert "would require deleting the following protected related objects" in response.text
    assert DataUse.objects.count() == 2


@pytest.mark.parametrize(
    ("make", "name"),
    [(VendorFactory, "slug"), (PlatformFactory, "code"), (StorageRegionFactory, "code"), (PolicyFactory, "slug")],
    ids=["vendor", "term", "region", "document"],
)
def test_what_stands_in_addresses_and_exports_is_chosen_once(editor_client, make, name):
    row = make()
    before = getattr(row, name)
    page = editor_client.get(address(row, "change"))

    save(editor_client, row, page=page, **{name: "se"})

    assert name not in page.context["adminform"].form.fields
    assert getattr(type(row).objects.get(), name) == before


def test_an_edition_keeps_its_code_and_a_new_one_gets_its_own(editor_client, service):
    EditionFactory(service=service, slug="school")
    page = editor_client.get(address(service, "change"))
    assert page.context["inline_admin_formsets"][2].formset.forms[0].fields["slug"].disabled

    new = {
        "editions-TOTAL_FORMS": 2,
        "editions-1-name": "Free",
        "editions-1-slug": "free",
        "editions-1-price_model": "free",
    }
    save(editor_client, service, page=page, **{"editions-0-slug": "other", "editions-0-note": "Paid.", **new})

    assert dict(service.editions.values_list("slug", "note")) == {"school": "Paid.", "free": ""}


def test_only_ways_in_and_editions_of_the_same_service_are_offered(editor_client, service):
    LoginMethodFactory(service=service, name="Ours")
    LoginMethodFactory(name="Theirs")
    EditionFactory(name="Theirs too")
    DataUseFactory(service=service)

    page = editor_client.get(address(service, "change")).text

    assert "Ours" in page
    assert "Theirs" not in page


def test_the_way_in_of_another_service_is_refused(editor_client, service):
    DataUseFactory(service=service)

    response = save(editor_client, service, **{"data_uses-0-login": LoginMethodFactory().pk})

    assert response.status_code == 200
    assert not service.data_uses.get().login


def test_a_constraint_that_no_field_can_show_is_an_error_on_the_row(editor_client, service):
    subprocessor = SubprocessorFactory(service=service)

    response = save(editor_client, service, **{"subprocessors-0-parent": subprocessor.pk})

    assert "A company cannot work for itself." in response.text


def test_a_period_without_a_number_is_an_error_on_the_row(editor_client, service):
    DataUseFactory(service=service)

    response = save(editor_client, service, **{"data_uses-0-retention": "period"})

    assert "A period needs a number and a unit" in response.text


def test_ticked_codes_are_kept_in_the_order_of_the_list(editor_client, service):
    use = DataUseFactory(service=service, subjects=[])

    save(editor_client, service, **{"data_uses-0-subjects": ["teacher", "pupil"]})

    use.refresh_from_db()
    assert use.subjects == ["pupil", "teacher"]


def test_the_page_has_the_order_of_the_public_one(editor_client, service):
    names = [
        section["inline"].formset.prefix if "inline" in section else str(section["fieldset"].name)
        for section in editor_client.get(address(service, "change")).context["sections"]
    ]

    assert names == [
        "Decisions", "What it is", "logins", "For whom", "data_uses", "practices", "Price", "editions", "The vendor",
        "storage", "The vendor's documents", "subprocessors", "disclosures", "Accessibility", "In the registry",
    ]  # fmt: skip


# Finding


@pytest.mark.parametrize("words", ["lærebok", "LÆREBOK", "laerebok", "bok lær", "sommer"])
def test_services_are_found_by_folded_words(editor_client, words):
    ServiceFactory(name="Lærebok", slug="laerebok", aliases="Sommerskolen")
    ServiceFactory(name="Other", slug="other")

    page = editor_client.get(address(Service, "changelist"), {"q": words})

    assert [row.name for row in page.context["cl"].result_list] == ["Lærebok"]


@pytest.mark.parametrize("model", [Service, StorageLocation.region.field.related_model], ids=["folded", "read through"])
def test_a_search_of_many_words_is_cut(editor_client, model):
    assert editor_client.get(address(model, "changelist"), {"q": "a " * 1200}).status_code == 200


@pytest.mark.parametrize("term", ["tyskl", "Germ", "de"])
def test_regions_are_found_by_name_and_code(editor_client, term):
    StorageRegionFactory()
    StorageRegionFactory(outside=True)

    found = editor_client.get(
        reverse("admin:autocomplete"),
        {"app_label": "registry", "model_name": "storagelocation", "field_name": "region", "term": term},
    ).json()

    assert [row["text"] for row in found["results"]] == ["Germany"]


def test_data_categories_are_found_whatever_the_case(editor_client):
    DataCategoryFactory(code="okonomi", name_nb="Økonomi")

    page = editor_client.get(address(DataCategoryFactory._meta.model, "changelist"), {"q": "øKONomi"})

    assert page.context["cl"].result_count == 1


def test_only_a_listed_service_links_to_its_page(editor_client, service):
    draft = ServiceFactory(draft=True)

    assert "viewsitelink" in editor_client.get(address(service, "change")).text
    assert "viewsitelink" not in editor_client.get(address(draft, "change")).text


# History


def test_history_tells_who_changed_what_in_the_parts_and_why(editor_client, auditor_client, service):
    StorageLocationFactory(service=service)
    save(editor_client, service, reason="They moved.", **{"storage-0-region": StorageRegionFactory(code="SE").pk})

    page = auditor_client.get(address(service, "history")).text

    for said in ["editor", "They moved.", "Storage location: Sweden", "Region", "Germany"]:
        assert said in page


def test_the_page_of_an_old_version_leads_to_the_history(auditor_client, service):
    response = auditor_client.get(address(service, "simple_history", service.history.get().pk))

    assert response.url == address(service, "history")


def test_the_history_of_nothing_is_not_found(auditor_client):
    assert auditor_client.get(reverse("admin:registry_service_history", args=[999])).status_code == 404


# Two at once


@pytest.fixture
def opened(editor_client, service):
    """The page as an editor has it open while the superuser saves something."""
    PlatformFactory()
    StorageLocationFactory(service=service)
    return editor_client.get(address(service, "change"))


def test_saving_over_somebody_else_is_refused_and_says_what_they_did(editor_client, superuser_client, service, opened):
    save(superuser_client, service, reason="They renamed it.", name="Planner 2")

    response = save(editor_client, service, page=opened, summary="Plans the day")

    errors = " ".join(response.context["adminform"].form.non_field_errors())
    for said in ["superuser", "They renamed it.", "Name: “Planner” → “Planner 2”"]:
        assert said in errors
    assert Service.objects.get(pk=service.pk).summary == "Plans the week"


def test_what_was_written_is_kept_and_can_be_saved_after_that(editor_client, superuser_client, service, opened):
    save(superuser_client, service, purpose="For lessons.")
    told = save(editor_client, service, page=opened, summary="Plans the day")

    response = save(editor_client, service, page=told)

    assert response.status_code == 302
    assert Service.objects.get(pk=service.pk).summary == "Plans the day"


@pytest.mark.parametrize(
    "theirs",
    [{"storage-0-place": "Bonn"}, {"storage-0-DELETE": "on"}, {"platforms": ["1"]}],
    ids=["a part changed", "a part removed", "a platform added"],
)
def test_changes_to_parts_and_lists_are_noticed_too(editor_client, superuser_client, service, opened, theirs):
    platform = PlatformFactory().pk
    save(superuser_client, service, **(theirs if "platforms" not in theirs else {"platforms": [platform]}))

    response = save(editor_client, service, page=opened, summary="Plans the day")

    assert "while you were writing" in response.text
    assert Service.objects.get(pk=service.pk).summary == "Plans the week"


def test_a_row_removed_meanwhile_can_be_given_up(editor_client, superuser_client, service, opened):
    save(superuser_client, service, **{"storage-0-DELETE": "on"})
    told = save(editor_client, service, page=opened, summary="Plans the day")

    gone = {"storage-0-id": filled(opened)["storage-0-id"], "storage-0-DELETE": "on"}
    response = editor_client.post(address(service, "change"), {**filled(told), "reason": "As agreed.", **gone})

    assert response.status_code == 302
    assert Service.objects.get(pk=service.pk).summary == "Plans the day"


@pytest.mark.parametrize("version", ["", "0", "forged", "9.9.9.9.9.9.9.9"])
def test_a_forged_version_is_refused(editor_client, service, version):
    response = save(editor_client, service, page_version=version, summary="Plans the day")

    assert response.status_code == 200
    assert Service.objects.get(pk=service.pk).summary == "Plans the week"


def test_a_row_that_is_locked_is_asked_for_again(editor_client, service, monkeypatch):
    answers = iter(["canceling statement due to lock timeout", "database is locked", None])

    def lock(admin, row):
        if answer := next(answers):
            raise OperationalError(answer)

    monkeypatch.setattr(TrackedAdmin, "lock", lock)

    assert save(editor_client, service, summary="Plans the day").status_code == 302
    assert service.history.count() == 2


def test_two_pages_one_after_the_other_do_not_disturb_each_other(editor_client, superuser_client, service):
    save(superuser_client, service, purpose="For lessons.")

    assert save(editor_client, service, summary="Plans the day").status_code == 302

import pytest

from policies.models import CollectionPoint, Contact, PolicyVersion
from tests.admin_pages import address, one_more, save
from tests.factories import (
    CollectionFactory,
    CollectionPointFactory,
    ContactFactory,
    DataCategoryFactory,
    PolicyFactory,
    PolicyVersionFactory,
    RightFactory,
    ServiceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def version():
    return PolicyVersionFactory(text="We keep your name.")


def test_statements_are_entered_with_their_version(editor_client, version):
    contact = one_more("contacts", position=1, kind="email", value="dpo@example.com")

    response = save(editor_client, version, reason="Read it.", **contact)

    assert response.status_code == 302
    assert Contact.history.get().history_change_reason == "Read it."


@pytest.mark.parametrize("forged", [{"text": "We keep nothing."}, {"captured_on": "2020-01-01"}, {"policy": "other"}])
def test_a_captured_text_is_not_changed(editor_client, version, forged):
    other = PolicyFactory()
    save(editor_client, version, **({"policy": other.pk} if "policy" in forged else forged), controller="Other AS")

    stored = PolicyVersion.objects.get()
    assert (stored.text, stored.captured_on, stored.policy) == (version.text, version.captured_on, version.policy)
    assert stored.controller == "Other AS"


def test_a_new_version_takes_its_document_from_the_link(editor_client):
    policy = PolicyFactory(title="Terms of Planner")
    page = editor_client.get(f"{address(PolicyVersion, 'add')}?policy={policy.pk}")

    response = save(editor_client, PolicyVersion, page=page, captured_on="2026-05-01", text="New.")

    assert response.status_code == 302
    assert policy.versions.get().sha256


def test_a_document_lists_its_versions_with_links(editor_client, version):
    page = editor_client.get(address(version.policy, "change")).text

    assert address(version, "change") in page
    assert f"{address(PolicyVersion, 'add')}?policy={version.policy_id}" in page


def test_services_of_a_document_are_part_of_its_history(editor_client):
    policy, service = PolicyFactory(), ServiceFactory(name="Planner")

    save(editor_client, policy, services=[service.pk])

    assert "Planner" in editor_client.get(address(policy, "history")).text


def test_a_version_shows_what_the_law_asks_for_and_it_does_not_say(editor_client, version):
    ContactFactory(version=version, kind="email", value="Sesame Street 1")
    RightFactory(version=version)

    page = editor_client.get(address(version, "change")).text

    assert "Sesame Street 1" in page
    assert "The supervisory authority to complain to (13(2)(d))" in page


def test_collections_have_the_page_of_their_occasion(editor_client, version):
    point = CollectionPointFactory(version=version)

    assert address(point, "change") in editor_client.get(address(version, "change")).text
    save(
        editor_client, point, reason="Read on.",
        **one_more("collections", position=1, category=DataCategoryFactory().pk, handling="stored"),
    )  # fmt: skip

    assert point.collections.get().history.get().history_change_reason == "Read on."


def test_an_occasion_that_is_removed_takes_its_collections_along_and_both_stay_in_the_history(editor_client, version):
    collection = CollectionFactory(point__version=version)

    save(editor_client, version, reason="Read wrongly.", **{"collection_points-0-DELETE": "on"})

    assert not CollectionPoint.objects.exists()
    assert collection.history.first().history_change_reason == "Read wrongly."
    history = editor_client.get(address(version, "history")).text
    assert "Collection: name (en)" in history


def test_a_collection_entered_elsewhere_is_noticed_on_the_page_of_the_version(editor_client, superuser_client, version):
    point = CollectionPointFactory(version=version)
    opened = editor_client.get(address(version, "change"))
    save(
        superuser_client, point,
        **one_more("collections", position=1, category=DataCategoryFactory().pk, handling="stored"),
    )  # fmt: skip

    response = save(editor_client, version, page=opened, controller="Other AS")

    assert "while you were writing" in response.text


def test_a_version_of_the_same_day_is_refused(editor_client, version):
    response = save(editor_client, PolicyVersion, policy=version.policy_id, captured_on="2026-03-01")

    assert "There is a version of that day already." in response.text


def test_an_address_without_a_scheme_is_taken_as_https(editor_client):
    policy = PolicyFactory()

    save(editor_client, policy, url="example.com/privacy")

    policy.refresh_from_db()
    assert policy.url == "https://example.com/privacy"

"""What is not public stands in no news: neither on the page of changes nor in any feed."""

import pytest

from registry.changes import change
from registry.models import Service
from tests.factories import (
    AssessmentFactory,
    PolicyFactory,
    ServiceFactory,
    UserFactory,
    VendorFactory,
    published_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

NEWS, WHOLE = "/en/endringer/", "/en/endringer/atom.xml"
FEEDS = [
    WHOLE,
    "/en/tjenester/kahoot/atom.xml",
    "/en/leverandorer/maker/atom.xml",
    "/en/endringer/status/approved/atom.xml",
]
CANARY = "kanarifugl"


def edit(row, reason="Because.", **fields):
    with change(reason):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


@pytest.fixture
def hidden():
    """A listed service with a draft round, which once named a service that has been taken off the list since."""
    listed = published_round(ServiceFactory(name="Kahoot", vendor=VendorFactory(name="Maker")), internal_notes=CANARY)
    AssessmentFactory(
        service=listed.service, draft=True, summary=CANARY, reasons=CANARY, internal_notes=CANARY,
        submitted_by=UserFactory(username=CANARY),
    )  # fmt: skip
    former = ServiceFactory(name=CANARY, slug=CANARY, vendor=VendorFactory(name=f"{CANARY} vendor"))
    published_round(former, change_summary=CANARY)
    with change("An alternative.", actor=UserFactory(username=CANARY)):
        listed.service.alternatives.set([former])
        listed.service.replaced_by = former
        listed.service.save()
    edit(PolicyFactory(title="A", services=[listed.service, former], vendor=listed.service.vendor), title="Statement")
    edit(former, f"The {CANARY} is gone.", visibility=Service.Visibility.UNLISTED)
    ServiceFactory(name=f"{CANARY} draft", slug=f"{CANARY}-draft", draft=True, vendor=former.vendor)


def test_the_page_holds_no_word_of_what_is_not_public(client, hidden):
    for query in (
        "",
        "?om=tjeneste",
        "?om=leverandor",
        "?om=dokument",
        "?status=approved",
        "?hva=facts",
        "?hva=listed",
    ):
        content = client.get(f"{NEWS}{query}").content.decode()

        assert '<ol class="rows ruled">' in content, query
        assert CANARY not in content.lower(), query


def test_no_feed_holds_a_word_of_what_is_not_public(client, hidden):
    for path in [*FEEDS, *(f"{WHOLE}?{query}" for query in ("om=dokument", "om=leverandor", "hva=listed"))]:
        content = client.get(path).content.decode()

        assert "<entry>" in content, path
        assert CANARY not in content.lower(), path


def test_what_is_hidden_has_no_feed(client, hidden):
    paths = [f"tjenester/{CANARY}", f"tjenester/{CANARY}-draft", f"leverandorer/{CANARY}-vendor"]

    assert {client.get(f"/en/{path}/atom.xml").status_code for path in paths} == {404}

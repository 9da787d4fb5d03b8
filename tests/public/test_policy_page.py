import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.changes import change
from tests.factories import (
    CollectionFactory,
    CollectionPointFactory,
    ContactFactory,
    CookieFactory,
    DataCategoryFactory,
    LegalBasisFactory,
    LoginMethodFactory,
    PolicyFactory,
    PolicyVersionFactory,
    RecipientFactory,
    RemarkFactory,
    RetentionFactory,
    RightFactory,
    SecurityMeasureFactory,
    ServiceFactory,
    StorageRegionFactory,
    VendorFactory,
)
from tests.public.pages import links, text, title

pytestmark = pytest.mark.django_db

LIST_QUERIES = 22
DETAIL_QUERIES = 23


@pytest.fixture
def quiz():
    return ServiceFactory(name="Quiz", slug="quiz")


@pytest.fixture
def statement(quiz):
    return PolicyFactory(title="Privacy at Quiz", slug="quiz", services=[quiz], language="en")


@pytest.fixture
def version(statement):
    return PolicyVersionFactory(policy=statement)


def page(client, slug="quiz", language="/en"):
    return client.get(f"{language}/personvernerklaringer/{slug}/")


def test_a_document_that_is_not_read_in_says_so_with_its_address(client, quiz):
    PolicyFactory(slug="quiz", services=[quiz], url="https://quiz.example/privacy")
    told = text(page(client))

    assert "so we cannot say what is in it" in told
    assert "https://quiz.example/privacy" in told
    assert "What the document does not say" not in told


def test_gaps_come_first_with_the_article_that_asks(client, version):
    RetentionFactory(version=version)
    told = text(page(client))

    assert "How long it is kept: Server logs Article 13(2)(a)" in told
    assert told.index("What the document does not say") < told.index("How long data is kept")


def test_a_newer_version_that_is_only_captured_hides_nothing_and_is_not_judged(client, statement, version):
    RetentionFactory(version=version)
    PolicyVersionFactory(policy=statement, captured_on=datetime.date(2026, 4, 1), controller="Newer AS")
    told = text(page(client))

    assert "A newer version of 1 April 2026 has been captured and is being read." in told
    assert "Read by us 1 March 2026" in told
    assert "How long it is kept: Server logs" in told
    assert "Newer AS" not in told
    assert "1 April 2026 . Read on the vendor's page. Not read in yet." in told


def test_a_first_version_that_is_only_captured_is_not_judged_either(client, version):
    told = text(page(client))

    assert "The version of 1 March 2026 has been captured and is being read." in told
    assert "What the document does not say" not in told
    assert "so we cannot say what is in it" in told


def test_a_recipient_in_norway_needs_no_basis_and_one_in_the_usa_does(client, version):
    RecipientFactory(version=version, name="Oslo", region=StorageRegionFactory(code="NO"))
    RecipientFactory(version=version, name="Boston", region=StorageRegionFactory(outside=True))
    told = text(page(client))

    assert "Basis for the transfer: Boston" in told
    assert "Basis for the transfer: Oslo" not in told


def test_only_the_vendors_words_are_marked_as_another_language_than_ours(client, version):
    RecipientFactory(version=version, name="Tall AS", purpose="Statistikk")
    LegalBasisFactory(version=version, law="bokføringsloven")
    ContactFactory(version=version, value="Gata 1")
    shown = page(client).content.decode()

    assert 'The field for e-mail holds something else: <span lang="nb">Gata 1</span>' in shown
    assert '<span lang="nb">bokføringsloven</span>' in shown
    assert '<span lang="nb">Tall AS</span> gets data: <span lang="nb">statistikk</span>.' in service_page(client)


def service_page(client):
    return client.get("/en/tjenester/quiz/").content.decode()


def test_a_list_of_subprocessors_is_not_blamed_for_lacking_rights(client, quiz):
    RecipientFactory(version__policy=PolicyFactory(slug="quiz", kind="subprocessors", services=[quiz]))

    assert "What the document does not say" not in text(page(client))


def test_the_login_matrix_tells_stored_from_seen(client, version):
    feide = CollectionPointFactory(version=version, name="Feide")
    social = CollectionPointFactory(version=version, name="Social", login_kind="social")
    CollectionFactory(point=feide, is_optional=True)
    CollectionFactory(point=social, category=DataCategoryFactory(code="friends"), handling="accessed")
    content = page(client).content.decode()

    assert '<td data-label="Feide">Stored (voluntary)</td>' in content
    assert '<td data-label="Social">Seen, not stored</td>' in content
    assert '<td class="no" data-label="Social"><span class="unseen">No</span></td>' in content


def test_the_matrix_says_which_logins_our_schools_may_use(client, quiz, version):
    CollectionPointFactory(version=version)
    LoginMethodFactory(service=quiz, use="required")

    assert "In our schools Must be used" in text(page(client))


def test_services_that_disagree_on_a_login_are_not_summed_up(client, quiz, statement, version):
    CollectionPointFactory(version=version)
    LoginMethodFactory(service=quiz, use="required")
    other = ServiceFactory()
    with change("Said otherwise."):
        statement.services.add(other)
    LoginMethodFactory(service=other, use="forbidden")

    assert "In our schools Depends on the service" in text(page(client))


def test_quotations_carry_the_language_of_the_document(client, version):
    LegalBasisFactory(version=version, quote="a contract on access")

    assert '<q lang="en">a contract on access</q>' in page(client, language="").content.decode()
    assert "<q>a contract on access</q>" in page(client).content.decode()


def test_cookies_stand_under_whose_they_are_and_unnamed_ones_by_their_pattern(client, version):
    CookieFactory(version=version, name="", pattern="stripe in the name", provider="Stripe")
    CookieFactory(version=version, name="session", party="first")
    told = text(page(client))

    assert told.index("First party") < told.index("session") < told.index("Third party")
    assert "Name not stated Known by: stripe in the name" in told


def test_recipients_without_place_or_ground_are_findings(client, version):
    RecipientFactory(version=version, refers_to_own_statement=True)
    content = page(client).content.decode()

    assert content.count('<span class="gap">Not stated</span>') >= 3
    assert "The document refers to its own statement." in content


def test_rights_security_contact_and_remarks_are_shown(client, version):
    RightFactory(version=version, how="Ask us", cost="Free of charge")
    SecurityMeasureFactory(version=version)
    ContactFactory(version=version, value="Street 12")
    RemarkFactory(version=version)
    told = text(page(client))

    for part in ("Access Ask us. Free of charge.", "Access control", "E-mail Street 12", "There is no advertising."):
        assert part in told


def test_every_version_is_listed_and_the_newest_is_shown(client, statement, version):
    newer = PolicyVersionFactory(policy=statement, captured_on=datetime.date(2026, 4, 1), controller="Quiz AS")
    RetentionFactory(version=newer)
    told = text(page(client))

    assert "Quiz AS" in told
    assert told.index("1 April 2026 . Read") < told.index("1 March 2026 . Read")
    assert newer.sha256 in told


def test_the_page_leads_to_the_services_it_is_about(client, statement):
    assert links(page(client))["Quiz"] == "/en/tjenester/quiz/"
    assert title(page(client)).startswith("Privacy at Quiz – ")


def test_documents_of_services_that_are_not_public_are_not_there(client, quiz):
    PolicyFactory(title="Draft's", slug="drafts", services=[ServiceFactory(draft=True)])
    PolicyFactory(title="Nobody's", slug="nobodys")
    PolicyFactory(title="Public", slug="public", services=[quiz, ServiceFactory(name="Hidden", unlisted=True)])

    assert [page(client, slug).status_code for slug in ("drafts", "nobodys", "unknown", "public")] == [
        404,
        404,
        404,
        200,
    ]
    assert "Hidden" not in text(page(client, "public"))
    assert [
        words for words in links(client.get("/en/personvernerklaringer/")) if words in ("Draft's", "Nobody's")
    ] == []


def test_the_list_says_what_is_read_and_how_much_is_missing(client, quiz, version):
    RetentionFactory(version=version)
    PolicyFactory(title="Unread", services=[quiz])
    told = text(client.get("/en/personvernerklaringer/"))

    assert "Privacy at Quiz Privacy statement, English" in told
    assert "findings" in told
    assert "Unread Privacy statement" in told
    assert "Not read in yet" in told


def more(quiz, version, number):
    """One more of everything that the page lists."""
    point = CollectionPointFactory(version=version, name=f"Point {number}")
    CollectionFactory(point=point, category=DataCategoryFactory(code=f"c{number}"))
    region = StorageRegionFactory(code="ABCDEFGHIJKL"[number] * 2)
    RecipientFactory(version=version, vendor=VendorFactory(), region=region)
    for factory in (RetentionFactory, CookieFactory, LegalBasisFactory, ContactFactory, RemarkFactory):
        factory(version=version)
    other = ServiceFactory()
    with change("Said otherwise."):
        version.policy.services.add(other)
    LoginMethodFactory(service=other)


@pytest.mark.parametrize(("path", "queries"), [("", LIST_QUERIES), ("quiz/", DETAIL_QUERIES)])
def test_number_of_queries_does_not_grow(client, quiz, version, path, queries):
    more(quiz, version, 0)
    with CaptureQueriesContext(connection) as few:
        client.get(f"/en/personvernerklaringer/{path}")
    for number in range(1, 8):
        more(quiz, version, number)
        PolicyVersionFactory(policy=PolicyFactory(services=[quiz]))
    with CaptureQueriesContext(connection) as many:
        client.get(f"/en/personvernerklaringer/{path}")

    assert (len(few), len(many)) == (queries, queries)

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.changes import change
from tests.factories import (
    AdequacyDecisionFactory,
    AgreementFactory,
    AssessmentFactory,
    DataCategoryFactory,
    DataUseFactory,
    DisclosureFactory,
    EditionFactory,
    ImpactAssessmentFactory,
    LoginMethodFactory,
    PolicyFactory,
    PolicyVersionFactory,
    PracticeFactory,
    RetentionFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    StorageRegionFactory,
    SubprocessorFactory,
    TransferBasisFactory,
    VendorFactory,
    published_round,
)
from tests.public.pages import links, text, title

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
QUERIES = 61


@pytest.fixture
def quiz():
    return ServiceFactory(name="Quiz", slug="quiz", vendor=VendorFactory(name="Acme"))


def page(client, slug="quiz", language="/en"):
    return client.get(f"{language}/tjenester/{slug}/")


def involve(service, number):
    """One more of everything that the page lists."""
    vendor = VendorFactory()
    category, region = DataCategoryFactory(code=f"c{number}"), StorageRegionFactory(code="ABCDEFGHIJKL"[number] * 2)
    edition = EditionFactory(service=service, slug=f"e{number}")
    login = LoginMethodFactory(service=service, name=f"Login {number}")
    DataUseFactory(service=service, category=category, login=login, edition=edition, kept_for_a_year=True)
    StorageLocationFactory(
        service=service, region=region, host=vendor, transfer_basis=TransferBasisFactory(code=f"b{number}")
    )
    SubprocessorFactory(service=service, vendor=vendor, region=region, data_categories=[category])
    AdequacyDecisionFactory(region=region, act=f"Act {number}")
    version = PolicyVersionFactory(policy=PolicyFactory(services=[service], vendor=vendor))
    RetentionFactory(version=version)
    AgreementFactory(services=[service], vendor=vendor)
    with change("Another alternative."), change("Added."):
        service.alternatives.add(published_round(ServiceFactory()).service)
    return published_round(
        service, rulings=[{"edition": edition}], conditions=[{}], considerations=[{}], owner_bases=[{}],
        impact_assessments=[ImpactAssessmentFactory()], policy_versions=[version],
    )  # fmt: skip


def test_number_of_queries_does_not_grow(client, quiz):
    involve(quiz, 0)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for number in range(1, 9):
        involve(quiz, number)
    with CaptureQueriesContext(connection) as many:
        page(client)

    assert (len(few), len(many)) == (QUERIES, QUERIES)


@pytest.mark.parametrize("visibility", ["draft", "unlisted"])
def test_what_is_not_listed_is_not_there(client, visibility):
    ServiceFactory(slug="quiz", visibility=visibility)

    hidden = [client.get(f"/en/tjenester/quiz/{path}") for path in ("", "historikk/", "vurdering/1/")]

    assert {response.status_code for response in hidden} == {404}
    assert text(hidden[0]) == text(page(client, "unknown"))


def test_title_and_description_say_the_status(client, quiz):
    published_round(quiz, outcome="not_approved", summary="Do not use it.", rulings=[{"verdict": "not_allowed"}])
    response = page(client)

    assert title(response).startswith("Quiz: not approved – ")
    assert '<meta name="description" content="Quiz: not approved. Do not use it.">' in response.content.decode()


def test_without_a_decision_the_page_says_not_to_use_it(client, quiz):
    assert "We have not assessed this service. Do not use it with pupils." in text(page(client))


def test_a_decision_that_has_expired_is_not_shown_as_one(client, quiz):
    AssessmentFactory(service=quiz, valid_until=YESTERDAY, decided_on=datetime.date(2025, 1, 1), review_by=None)
    band = page(client).content.decode().split('class="answer')[1].split("</header>")[0]

    assert "Expired" in band
    assert "before it is assessed again" in band
    assert "Teachers may use it." not in band


def test_an_imported_round_says_where_it_comes_from(client, quiz):
    published_round(quiz, decided_on=None)
    told = text(page(client))

    assert "Carried over from https://example.no/earlier . The date of the decision is not stated there." in told


def test_facts_changed_after_the_decision_are_announced_at_once(client, quiz):
    published_round(quiz)
    DataUseFactory(service=quiz)

    assert "Changed after the decision: the data that is used." in text(page(client))
    assert links(page(client))["See what changed"] == "/en/tjenester/quiz/historikk/"


def test_conditions_have_addresses_that_rulings_point_to(client, quiz):
    rulings = [{"audience": "pupil", "verdict": "with_conditions"}]
    published_round(quiz, outcome="conditional", rulings=rulings, conditions=[{"text": "One"}, {"text": "Two"}])
    response = page(client)

    assert links(response)["Condition 1–2"] == "#f1"
    assert '<li id="f2" value="2">' in response.content.decode()


def test_what_is_not_known_stands_where_the_list_stands(client, quiz):
    DisclosureFactory(service=quiz, list="storage", asked=True)

    assert "Storage: The vendor has been asked, no answer yet . Asked on 1 March 2026 ." in text(page(client))


def test_each_source_answers_for_itself(client, quiz):
    PracticeFactory(service=quiz, claim="possible", said_by="finding", reason="It is free.")
    PracticeFactory(service=quiz, claim="no", said_by="users")
    told = text(page(client))

    assert "Possible It is free. We have found" in told
    assert "No Users have experienced" in told


def test_a_document_that_is_not_read_in_says_so_with_its_address(client, quiz):
    PolicyFactory(title="Statement", services=[quiz], url="https://acme.example/privacy", language="en")
    told = page(client)

    assert "Privacy statement, English. Not read in yet. Published at acme.example" in text(told)


def test_gaps_of_a_statement_stand_beside_what_it_says(client, quiz):
    RetentionFactory(version=PolicyVersionFactory(policy=PolicyFactory(services=[quiz]), controller=""))

    assert "Who is responsible Article 13(1)(a)" in text(page(client))


def test_a_newer_version_that_is_only_captured_is_announced_beside_what_the_last_one_says(client, quiz):
    statement = PolicyFactory(services=[quiz])
    RetentionFactory(version=PolicyVersionFactory(policy=statement), retention="permanent", retention_words="")
    PolicyVersionFactory(policy=statement, captured_on=datetime.date(2026, 4, 1))
    told = text(page(client))

    assert "As it stood on 1 March 2026 ." in told
    assert "A newer version of 1 April 2026 has been captured and is being read." in told
    assert "Server logs : for ever." in told


def test_facts_stay_changed_although_a_round_that_knows_them_is_published_for_later(client, quiz):
    published_round(quiz)
    DataUseFactory(service=quiz)
    published_round(quiz, in_force_from=datetime.date(2099, 1, 1))

    assert "Changed after the decision: the data that is used." in text(page(client))


def test_a_document_that_is_not_public_is_not_named_among_what_a_decision_rests_on(client, quiz):
    hidden = PolicyFactory(title="Kanarifugl", slug="kanarifugl", services=[quiz])
    published_round(quiz, policy_versions=[PolicyVersionFactory(policy=hidden)])
    with change("About something else."):
        hidden.services.clear()

    for address in ("/en/tjenester/quiz/", "/en/tjenester/quiz/vurdering/1/"):
        response = client.get(address)
        assert "A document that is not public here, as it stood on 1 March 2026" in text(response)
        assert "kanarifugl" not in response.content.decode().lower()


def test_an_assessment_that_is_planned_for_later_has_not_begun(client):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    ServiceFactory(slug="quiz", under_assessment_since=tomorrow)

    assert "Last assessed Never" in text(page(client))
    assert "assessment since" not in text(page(client))


@pytest.mark.parametrize("field", ["website", "app_store", "accessibility_statement"])
def test_an_address_that_is_none_of_the_web_is_text(client, field):
    ServiceFactory(slug="quiz", **{field: "javascript:alert(1)"})

    assert "javascript:alert(1)" in text(page(client))
    assert 'href="javascript' not in page(client).content.decode()


def test_a_refusal_lists_how_to_stop(client, quiz):
    published_round(
        quiz, outcome="withdrawn", rulings=[{"verdict": "not_allowed"}], wind_down="Tell everybody.\nDelete it.",
        stop_using_by=datetime.date(2027, 1, 31),
    )  # fmt: skip
    told = text(page(client))

    assert "Do this by 31 January 2027 ." in told
    assert "Tell everybody. Delete it." in told


def test_content_in_another_language_than_the_page_is_marked(client, quiz):
    assert f'<p class="purpose"><span lang="nb">{quiz.summary}</span></p>' in page(client).content.decode()
    assert f'<p class="purpose">{quiz.summary}</p>' in page(client, language="").content.decode()


def test_text_of_editors_is_escaped_and_its_links_follow_nobody(client, quiz):
    published_round(quiz, reasons="<script>alert(1)</script> https://example.org/")
    content = page(client).content.decode()

    assert "<script>" not in content
    assert '<a href="https://example.org/" rel="nofollow noopener noreferrer">' in content


def test_the_table_of_contents_leads_to_every_part(client, quiz):
    involve(quiz, 0)
    content = page(client).content.decode()
    anchors = [address[1:] for address in links(page(client)).values() if address.startswith("#") and len(address) > 1]

    assert [anchor for anchor in anchors if f'id="{anchor}"' not in content] == []


def test_rights_name_the_school_owner_and_the_data_protection_officer(client, quiz):
    SchoolOwnerFactory(dpo_email="dpo@example.no")
    response = page(client)

    assert links(response)["school@example.no"] == "mailto:school@example.no"
    assert links(response)["dpo@example.no"] == "mailto:dpo@example.no"


def test_a_made_up_service_says_so(client):
    ServiceFactory(slug="quiz", is_fictitious=True)

    assert "Made up for demonstration." in text(page(client))


def test_pages_carry_no_style_and_no_script(client, quiz):
    involve(quiz, 0)
    content = page(client).content.decode()

    assert " style=" not in content
    assert "<script" not in content

"""What changed, in words: every field has a name, every code a label, and nothing is told that is not public."""

import re
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from assessments import decision
from policies import statements
from policies.statements import policy_statements, with_versions
from public.difference import DERIVED, flat, rows
from public.dossier import dossier, public_policies, public_services, with_dossier
from public.labels import CHOICES
from public.presentation.differences import differences
from public.presentation.field_names import FIELDS, IN_THE_NAME, NEED_NOT_BE_SAID, PARTS
from public.presentation.field_values import FORMS, NAMES, Teller
from public.references import LOADERS, References
from registry import facts as registry_facts
from registry.changes import change
from registry.facts import owner_facts, region_facts, term_facts, vendor_facts
from registry.models import StorageRegion
from tests.factories import (
    AdequacyDecisionFactory,
    AgreementFactory,
    CollectionFactory,
    ContactFactory,
    CookieFactory,
    DataCategoryFactory,
    DataUseFactory,
    DisclosureFactory,
    EditionFactory,
    EducationLevelFactory,
    ImpactAssessmentFactory,
    LegalBasisFactory,
    LoginMethodFactory,
    PlatformFactory,
    PolicyVersionFactory,
    PracticeFactory,
    RecipientFactory,
    RemarkFactory,
    RetentionFactory,
    RightFactory,
    SchoolOwnerFactory,
    SecurityMeasureFactory,
    ServiceFactory,
    StorageLocationFactory,
    SubjectFactory,
    SubprocessorFactory,
    TransferBasisFactory,
    VendorFactory,
    published_round,
)

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def references():
    found = References()
    found.found = {
        "vendor": {"acme": {"name": "Acme"}, "host": {"name": "Host"}},
        "category": {"ip": {"name": {"nb": "IP-adresse", "en": "IP address"}}},
        "basis": {
            "scc": {"name": {"nb": "SCC", "en": "standard clauses"}},
            "not_stated": {"name": {"nb": "ikke oppgitt", "en": "not stated"}, "gap": True},
        },
        "platform": {code: {"name": {"nb": name, "en": name}} for code, name in (("ipad", "iPad"), ("web", "web"))},
        "service": {"open": {"name": "Open"}},
        "policy": {"terms": {"title": "Vilkår"}},
    }
    return found


def told(references, before, after, kind="service"):
    wrapped = [{"facts": {"slug": "quiz", **said}} if kind == "service" else said for said in (before, after)]
    return differences(kind, *wrapped, references, "nb")


def line(references, before, after, kind="service"):
    (only,) = told(references, before, after, kind)
    return only


def sentences(references, before, after, kind="service"):
    return [each.sentence for each in told(references, before, after, kind)]


def place(**said):
    return {"region": "DE", "role": "storage", "extent": "main", "said_by": "vendor", **said}


# Words for everything


@pytest.fixture
def everything(db, monkeypatch):
    """Every structure with a row in each list, and every field in it, since for once empty values stay."""
    for module in (registry_facts, statements, decision):
        monkeypatch.setattr(module, "without_empties", lambda value: value)
    service, version = ServiceFactory(), PolicyVersionFactory()
    with change("Said otherwise."):
        version.policy.services.add(service)
    parts = (EditionFactory, LoginMethodFactory, DataUseFactory, StorageLocationFactory, SubprocessorFactory)
    for part in (*parts, PracticeFactory, DisclosureFactory):
        part(service=service)
    said = (LegalBasisFactory, RetentionFactory, CookieFactory, RecipientFactory, RightFactory)
    for part in (*said, SecurityMeasureFactory, ContactFactory, RemarkFactory):
        part(version=version)
    CollectionFactory(point__version=version)
    AgreementFactory(services=[service])
    rests_on = {"impact_assessments": [ImpactAssessmentFactory()], "policy_versions": [version]}
    published_round(service, conditions=({},), considerations=({},), owner_bases=({},), **rests_on)
    terms = {"category": DataCategoryFactory, "basis": TransferBasisFactory, "platform": PlatformFactory}
    terms |= {"level": EducationLevelFactory, "subject": SubjectFactory}
    full = dossier(with_dossier(public_services()).get())
    return [
        *(("service", section) for section in full.values()),
        ("vendor", vendor_facts(VendorFactory())),
        ("policy", policy_statements(with_versions(public_policies()).get(pk=version.policy_id))),
        ("region", region_facts(AdequacyDecisionFactory().region)),
        *((kind, term_facts(factory())) for kind, factory in terms.items()),
        ("owner", owner_facts(SchoolOwnerFactory())),
    ]


def fields_of(part, row):
    for name, value in row.items():
        if rows(value):
            for each in rows(value):
                yield from fields_of(name, each)
        else:
            yield from ((part, inner) for inner, _value in flat(name, value))


def test_every_field_that_can_be_published_has_a_name_and_no_other_has_one(everything):
    published = {field for part, row in everything for field in fields_of(part, row)}
    derived = {(part, name) for part, names in DERIVED.items() for name in names}

    assert published - derived == {(part, name) for part, names in FIELDS.items() for name in names}


def test_every_part_has_a_heading_and_every_row_a_name():
    subjects = {*LOADERS, "owner"}

    assert PARTS.keys() == FIELDS.keys()
    assert NAMES.keys() == FIELDS.keys() - subjects


def test_exceptions_are_made_for_fields_that_there_are():
    assert not [(part, name) for part, names in IN_THE_NAME.items() for name in names - FIELDS[part].keys()]
    assert not NEED_NOT_BE_SAID - {name for names in FIELDS.values() for name in names}


SAMPLES = {
    "day": "2026-01-01", "login": "feide", "way": {"kind": "feide"}, "yes": True, "years": 13, "days": 1,
    "grades": {"from": 1, "to": 7}, "retention": {"kind": "permanent"}, "language": "en", "article": "46(2)(c)",
    "region_kind": StorageRegion.Kind.AREA.value,
}  # fmt: skip


@pytest.mark.parametrize("part", FIELDS)
def test_every_field_can_be_told(references, part):
    teller = Teller(references, "nb", "en", {"open": "Open"})
    for name, named in FIELDS[part].items():
        value = CHOICES[named.of].values[0] if named.form == "label" else SAMPLES.get(named.form, "open")

        assert bool(teller.words(named, value)) == (named.form != "unsaid"), name
        assert not re.search("[_.]", str(named.words)), name


def test_labels_and_names_are_those_that_there_are():
    named = [each for names in FIELDS.values() for each in names.values()]

    assert {each.of for each in named if each.form == "label"} <= CHOICES.keys()
    assert {each.of for each in named if each.form == "key"} <= LOADERS.keys()
    assert {each.form for each in named} == FORMS.keys()


def parts_of(words):
    return getattr(words, "parts", (words,))


@pytest.mark.django_db
def test_nothing_in_the_demonstration_is_told_in_codes():
    call_command("load_reference", verbosity=0)
    call_command("load_demonstration", verbosity=0)
    services = [dossier(service) for service in with_dossier(public_services())]
    policies = [policy_statements(policy) for policy in with_versions(public_policies())]
    references = References(services, policies)

    lines = [
        each
        for kind, structures in (("service", services), ("policy", policies))
        for before, after in pairwise(structures)
        for each in differences(kind, before, after, references, "nb")
    ]

    ours = [part.text for each in lines for side in (each.name, each.before, each.after) for part in parts_of(side)
            if not part.lang]  # fmt: skip
    assert len(lines) > 1000
    assert [text for text in ours if re.search(r"(?<![\w./-])[a-z]+_[a-z]+(?![\w./-])", text) and "/" not in text] == []
    assert all(each.sentence for each in lines)


# The subject's own fields


def test_a_label_stands_inside_the_sentence_in_small_letters(references):
    changed = line(references, {"price": {"model": "paid"}}, {"price": {"model": "free"}})

    assert changed.sentence == "Price: free, was paid"
    assert (changed.part, changed.what, str(changed.before), str(changed.after)) == (
        "About the service", "Price", "Paid", "Free",
    )  # fmt: skip


def test_what_nobody_said_is_a_finding(references):
    changed = line(references, {}, {"minimum_age": 13})

    assert changed.before.is_gap
    assert (changed.word, changed.sign) == ("Added", "+")
    assert changed.sentence == "Vendor's minimum age: 13 years, was not stated"


def test_what_need_not_be_said_is_no_finding(references):
    changed = line(references, {"under_assessment_since": "2026-01-01"}, {})

    assert not changed.after
    assert changed.sentence == "Under assessment since: 1 January 2026 removed"


def test_an_answer_that_says_there_is_none_is_a_finding(references):
    changed = line(references, {"vendor_role": "not_clarified"}, {"vendor_role": "processor"})

    assert (changed.before.is_gap, changed.after.is_gap) == (True, False)


def test_of_a_list_what_went_and_what_came_are_two_lines(references):
    assert sentences(references, {"platforms": ["web"]}, {"platforms": ["ipad"]}) == [
        "Platforms: web removed",
        "Platforms: iPad added",
    ]


def test_no_is_what_is_not_said_of_yes_and_no(references):
    changed = line(references, {"name": "Acme"}, {"name": "Acme", "fictitious": True}, kind="vendor")

    assert changed.sentence == "Fictitious: yes, was no"
    assert changed.sign == "~"


def test_a_long_text_is_compared_word_by_word(references):
    text = "A quiz that pupils answer with a code, on their own or together in groups"
    changed = line(references, {"summary": text}, {"summary": text.replace("a code", "a name")})

    assert [(piece.kind, piece.text) for piece in changed.pieces if piece.kind] == [("del", "code,"), ("ins", "name,")]
    assert [piece.kind for piece in changed.pieces_before] == ["", "del", ""]
    assert [piece.kind for piece in changed.pieces_after] == ["", "ins", ""]
    assert changed.sentence == "Summary: changed"


def test_a_short_text_stands_whole_in_its_language(references):
    changed = line(references, {"summary": "Lage quiz"}, {"summary": "Svare på quiz"})

    assert changed.pieces == []
    assert (changed.after.text, changed.after.lang) == ("Svare på quiz", "nb")


def test_a_name_in_a_language_is_marked_with_it(references):
    changed = line(references, {"name": {"nb": "navn"}}, {"name": {"nb": "namn"}}, kind="category")

    assert (changed.sentence, changed.after.lang) == ("Name in bokmål: namn, was navn", "nb")


def test_lines_come_in_the_order_in_which_one_reads(references):
    after = {"storage": [place()], "data": [{"category": "ip"}], "website": "https://quiz.no", "name": "Quiz"}

    assert [each.part for each in told(references, {}, after)] == [
        "About the service", "About the service", "Data that is used", "Storage",
    ]  # fmt: skip
    assert [each.field for each in told(references, {}, after)] == ["Name", "Website", "", ""]


# Rows


def test_a_row_that_came_says_what_it_says(references):
    added = line(references, {}, {"storage": [place(role="backup", transfer_basis="scc", note="Kryptert")]})

    assert added.sentence == "Storage: Germany (backup) added"
    assert str(added.after) == "role: backup; how much: mainly; transfer basis: standard clauses; note: Kryptert"
    assert [part.text for part in added.after.parts if part.lang == "nb"] == ["Kryptert"]
    assert not added.before


def test_what_is_not_stated_is_left_out_where_a_whole_row_is_told(references):
    unsaid = {"category": "ip", "optional": "not_stated", "retention": {"kind": "not_stated"}}

    assert str(line(references, {}, {"data": [{**unsaid, "purpose": "Pålogging"}]}).after) == "what for: Pålogging"
    assert not line(references, {}, {"data": [unsaid]}).after


def test_people_are_listed_as_in_a_sentence(references):
    after = {"data": [{"category": "ip", "subjects": ["pupil", "teacher"]}]}

    assert str(line(references, {}, after).after) == "whose: pupil and teacher"


def test_whole_sentences_are_not_repeated_inside_one(references):
    changed = line(references, {"storage": [place()]}, {"storage": [place(note="Den er kryptert.")]})

    assert changed.sentence == "Storage: Germany, note: added"
    assert changed.after.text == "Den er kryptert."


def test_who_says_so_is_told_where_it_is_not_the_vendor_alone(references):
    def after(**said):
        return str(line(references, {}, {"storage": [place(**said)]}).after)

    assert "who says so" not in after()
    assert "who says so: we assume" in after(said_by="assumption")


def test_a_row_that_went_says_what_it_said(references):
    removed = line(references, {"data": [{"category": "ip", "optional": "required"}]}, {})

    assert removed.sentence == "Data that is used: IP address removed"
    assert (str(removed.before), str(removed.after)) == ("voluntary: required", "")


def test_a_row_that_changed_says_from_what_to_what(references):
    before, after = {"storage": [place(place="Frankfurt")]}, {"storage": [place(place="Berlin")]}

    assert sentences(references, before, after) == ["Storage: Germany, place: from Frankfurt to Berlin"]


def test_a_finding_is_neither_from_nor_to(references):
    before, after = {"storage": [place(transfer_basis="not_stated")]}, {"storage": [place(transfer_basis="scc")]}

    assert sentences(references, before, after) == [
        "Storage: Germany, transfer basis: standard clauses, was not stated"
    ]


def test_how_long_data_is_kept_is_told_as_on_the_page(references):
    def used(**retention):
        return {"data": [{"category": "ip", "retention": retention}]}

    changed = line(references, used(kind="not_stated"), used(kind="period", amount=14, unit="day"))

    assert changed.sentence == "Data that is used: IP address, kept for: 14 days, was not stated"


def test_a_login_or_an_edition_tells_the_same_kinds_of_data_apart(references):
    login = {"kind": "own_account", "name": "Lærerkonto"}
    editions = [{"slug": "school", "name": "Skolelisens", "price": "paid"}]
    after = {"editions": editions, "data": [{"category": "ip", "login": login, "edition": "school"}]}

    assert "Data that is used: IP address (Lærerkonto, Skolelisens) added" in sentences(references, {}, after)


def test_data_that_a_company_gets_has_names(references):
    before = {"subprocessors": [{"vendor": "acme", "works_for": "host"}]}
    after = {"subprocessors": [{"vendor": "acme", "works_for": "host", "data": ["ip"]}]}

    assert sentences(references, before, after) == ["Subprocessors: Acme, data categories: IP address added"]


def test_a_new_round_is_one_line_with_its_answer(references):
    new = {"number": 3, "outcome": "approved", "summary": "Alle kan bruke den.", "conditions": [{"key": "a"}]}
    facts = {"facts": {"slug": "quiz"}}

    (added,) = differences("service", facts, {**facts, "decision": {"rounds": [new]}}, references, "nb")

    assert added.sentence == "Assessments: Assessment 3: approved"
    assert (added.after.text, added.after.lang) == ("Alle kan bruke den.", "nb")


# Documents


def policy(**said):
    return {"title": "Vilkår", "language": "sv", "versions": [{"captured_on": "2026-05-04", **said}]}


def test_what_was_read_out_of_a_document_is_told_with_its_version(references):
    added = line(references, policy(), policy(cookies=[{"name": "_ga", "quote": "Vi sparar"}]), kind="policy")

    assert added.sentence == "Cookies and local storage, the version of 4 May 2026: _ga added"
    assert [part.lang for part in added.after.parts if part.lang] == ["sv"]


def test_a_new_version_counts_what_was_read_out_of_it(references):
    added = line(references, {**policy(), "versions": []}, policy(cookies=[{"name": "_ga"}] * 3), kind="policy")

    assert added.sentence == "Versions of the document: The version of 4 May 2026 added"
    assert str(added.after) == "cookies and local storage: 3"


# What the public may not know


def test_a_service_that_is_not_public_is_not_named(references):
    before, after = {"alternatives": ["secret"]}, {"alternatives": ["open"], "replaced_by": "secret"}

    assert sentences(references, before, after) == ["Alternatives: Open added"]


def test_a_successor_that_is_not_public_is_as_if_it_were_not_there(references):
    assert sentences(references, {"replaced_by": "secret"}, {"replaced_by": "open"}) == ["Replaced by: Open added"]
    assert sentences(references, {"replaced_by": "open"}, {"replaced_by": "secret"}) == ["Replaced by: Open removed"]


def test_a_document_is_told_without_services_that_are_not_public(references):
    before, after = {"title": "Vilkår"}, {"title": "Vilkår", "services": ["open", "secret"]}

    assert sentences(references, before, after, kind="policy") == ["Services: Open added"]
    assert "secret" not in str(line(references, {}, after, kind="policy").after)


def test_a_document_that_is_not_public_has_no_name(references):
    lines = sentences(references, {"policies": ["secret"]}, {"policies": ["terms"]})

    assert lines == [
        "Vendors' documents: A document that is not public here removed",
        "Vendors' documents: Vilkår added",
    ]


@pytest.mark.parametrize("other", [{}, {"redacted": {"entry": 3, "on": "2026-01-01", "reason": "A name"}}])
def test_of_a_service_that_came_or_went_or_is_redacted_nothing_is_told(references, other):
    public = {"format": 1, "facts": {"name": "Quiz"}}

    assert differences("service", public, other, references, "nb") == []
    assert differences("service", other, public, references, "nb") == []


# On the page


def test_the_table_can_be_read_without_colour(references):
    before, after = {"storage": [place(place="Bonn")]}, {"storage": [place(place="Berlin")], "minimum_age": 13}

    page = render_to_string("register/_difference.html", {"lines": told(references, before, after)})

    assert page.count("<table") == 2
    assert '<th scope="row">Germany, place<span class="kind is-conditional" data-sign="~">Changed</span></th>' in page
    assert '<td data-label="Before"><del><span lang="nb">Bonn</span></del></td>' in page
    assert '<td data-label="Now"><ins><span lang="nb">Berlin</span></ins></td>' in page
    assert '<td data-label="Before"><span class="gap">Not stated</span></td>' in page


def test_a_long_text_shows_on_each_side_what_belongs_there(references):
    text = "A quiz that pupils answer with a code, on their own or together in groups"
    lines = told(references, {"summary": text}, {"summary": text.replace("a code", "a <name>")})

    before, now = render_to_string("register/_difference.html", {"lines": lines}).split('data-label="Now"')

    assert "<del>code,</del>" in before
    assert "<ins>&lt;name&gt;,</ins>" in now
    assert "<del>" not in now


@pytest.mark.parametrize(("count", "rest"), [(5, ""), (6, "and 1 more change"), (9, "and 4 more changes")])
def test_a_short_list_has_five_sentences_and_counts_the_rest(references, count, rest):
    lines = [line(references, {}, {"name": "Quiz"})] * count

    page = render_to_string("register/_sentences.html", {"lines": lines})

    assert page.count("Name: Quiz") == 5
    assert (f"<li>{rest}</li>" in page) == bool(rest)

import pytest

from policies.checks import CHECKS, gaps

COMPLETE = {
    "controller": "Vendor AS",
    "contacts": [{"kind": "email", "value": "privacy@example.com"}, {"kind": "dpo", "value": "dpo@example.com"}],
    "legal_bases": [{"purpose": "Login", "ground": "6-1-b"}],
    "recipients": [{"name": "Host", "region": "DE", "transfer_basis": "none_needed"}],
    "retentions": [{"what": "Profile", "retention": {"kind": "period", "amount": 1, "unit": "year"}}],
    "rights": [
        {"kind": kind} for kind in ("access", "rectification", "erasure", "restriction", "objection", "portability")
    ]
    + [{"kind": "complaint", "body": "Datatilsynet"}],
}


def found(**changes):
    version = {key: value for key, value in (COMPLETE | changes).items() if value is not None}
    return [gap.check for gap in gaps(version)]


def test_a_complete_statement_has_no_gaps():
    assert found() == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_an_empty_statement_has_every_gap_but_the_conditional_ones(check):
    if check.__name__ == "transfers_have_a_basis":
        assert not list(check({}))
    else:
        assert list(check({}))


def test_a_street_address_in_the_field_for_e_mail_is_a_gap_that_quotes_it():
    gap = gaps(COMPLETE | {"contacts": [{"kind": "email", "value": "Street 1"}, {"kind": "dpo", "value": "Per"}]})[0]

    assert gap.check == "privacy_email_is_given"
    assert "Street 1" in gap.detail


def test_a_recipient_abroad_without_a_basis_is_a_gap():
    assert found(recipients=[{"name": "Analytics", "region": "US"}]) == ["transfers_have_a_basis"]


@pytest.mark.parametrize(("situation", "gaps"), [("inside", 0), ("nowhere", 0), ("outside", 1), ("unknown", 1)])
def test_a_basis_is_asked_for_only_where_data_leaves_the_eea_or_may(situation, gaps):
    recipient = {"name": "Host", "region": "XX", "situation": situation}

    assert found(recipients=[recipient]) == ["transfers_have_a_basis"] * gaps


def test_a_version_that_nothing_has_been_read_out_of_is_not_judged():
    assert gaps({"captured_on": "2026-03-01", "note": "Just captured"}) == []


def test_a_recipient_nobody_knows_where_is_a_gap():
    assert found(recipients=[{"name": "Analytics"}]) == ["transfers_have_a_basis"]


@pytest.mark.parametrize("kind", ["words", "not_stated"])
def test_vague_retention_is_a_gap(kind):
    assert found(retentions=[{"what": "Logs", "retention": {"kind": kind}}]) == ["retention_is_stated"]


def test_withdrawal_is_asked_for_only_where_something_rests_on_consent():
    assert found(legal_bases=[{"purpose": "Login", "ground": "6-1-a"}]) == ["rights_are_listed"]


def test_a_complaint_without_a_body_is_a_gap():
    rights = [right for right in COMPLETE["rights"] if right["kind"] != "complaint"] + [{"kind": "complaint"}]

    assert found(rights=rights) == ["complaint_body_is_named"]

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Outcome
from assessments.status import Status, standing, with_status
from public.dossier import dossier, with_dossier
from registry.models import Service
from tests.factories import AssessmentFactory, ServiceFactory

pytestmark = pytest.mark.django_db

MARCH = datetime.date(2026, 3, 1)
MAY = datetime.date(2026, 5, 1)
LATER = datetime.date(2029, 1, 1)


def a_round(service, number=1, outcome=Outcome.APPROVED, in_force_from=MARCH, **fields):
    """A published round without parts: only its dates matter here."""
    return AssessmentFactory(
        service=service,
        number=number,
        outcome=outcome,
        **{"in_force_from": in_force_from, "decided_on": None, "review_by": None} | fields,
    )


def in_sql(service, on):
    row = with_status(Service.objects.all(), on).get(pk=service.pk)
    return row.status, row.is_overdue


def in_python(service, on):
    applies = standing(dossier(with_dossier(Service.objects.all()).get(pk=service.pk)), on)
    return applies.status.value, applies.is_overdue


def status(service, on):
    assert in_sql(service, on) == in_python(service, on)
    return in_sql(service, on)


def test_a_service_without_a_round_is_not_assessed():
    assert status(ServiceFactory(), MAY) == (Status.NOT_ASSESSED, False)


def test_under_assessment_is_a_dated_fact():
    service = ServiceFactory(under_assessment_since=MAY)

    assert status(service, MARCH) == (Status.NOT_ASSESSED, False)
    assert status(service, MAY) == (Status.UNDER_ASSESSMENT, False)


def test_the_newest_round_that_has_taken_effect_applies():
    service = ServiceFactory()
    a_round(service, 1, Outcome.APPROVED, MARCH)
    a_round(service, 2, Outcome.NOT_APPROVED, MAY)

    assert status(service, MARCH) == (Status.APPROVED, False)
    assert status(service, MAY) == (Status.NOT_APPROVED, False)


def test_a_service_under_reassessment_keeps_its_standing_decision():
    service = ServiceFactory(under_assessment_since=MAY)
    a_round(service)
    AssessmentFactory(service=service, draft=True, number=2, outcome=Outcome.WITHDRAWN, review_by=None)

    assert status(service, MAY) == (Status.APPROVED, False)


def test_an_approval_lasts_through_its_last_day():
    service = ServiceFactory()
    a_round(service, valid_until=MAY)

    assert status(service, MAY) == (Status.APPROVED, False)
    assert status(service, MAY + datetime.timedelta(days=1)) == (Status.EXPIRED, False)


def test_an_approval_past_its_review_date_stands_and_is_overdue():
    service = ServiceFactory()
    a_round(service, review_by=MAY)

    assert status(service, MAY) == (Status.APPROVED, False)
    assert status(service, LATER) == (Status.APPROVED, True)


DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 8))
ROUNDS = st.lists(st.tuples(st.sampled_from(Outcome.values), DAYS, st.none() | DAYS, st.none() | DAYS), max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=ROUNDS, since=st.none() | DAYS, on=DAYS)
def test_sql_and_python_tell_the_same_status_on_every_day(db, rounds, since, on):
    service = ServiceFactory(under_assessment_since=since)
    for number, (outcome, start, review_by, valid_until) in enumerate(rounds, start=1):
        may_expire = outcome in ("approved", "conditional", "pilot") and valid_until and valid_until >= start
        expires = valid_until if may_expire else None
        a_round(service, number, outcome, start, review_by=review_by, valid_until=expires)

    assert in_sql(service, on) == in_python(service, on)

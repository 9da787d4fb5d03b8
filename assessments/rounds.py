"""The life of a round: start → submit → publish, or back to draft. Everything here goes through `change()`.

Four eyes: the approver is neither the one who submitted nor anyone who has edited the round. An imported round is
exempt, because it was decided elsewhere, and says so in public.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import (
    Assessment,
    Condition,
    Consideration,
    Outcome,
    OwnerBasis,
    RoundPart,
    Ruling,
)
from registry.changes import ChangeKind, change
from registry.facts import facts, with_facts
from registry.models import Service

PARTS: tuple[type[RoundPart], ...] = (Ruling, Condition, Consideration, OwnerBasis)
FIRST_DAY = datetime.date(2000, 1, 1)  # an earlier year is a slip of the pen
REFUSALS = (Outcome.NOT_APPROVED, Outcome.WITHDRAWN)

# What a new round does not take over from the last: its dates, its people, and what it alone said.
NOT_COPIED = {
    "id", "number", "kind", "state", "decided_on", "in_force_from", "review_by", "valid_until", "stop_using_by",
    "wind_down", "change_summary", "return_comment", "submitted_by", "submitted_at", "approver", "published_at",
    "facts", "carried_over_from", "internal_notes",
}  # fmt: skip

# What changes as a round moves on in its life, without anybody writing in it.
LIFE = {"state", "submitted_by", "submitted_at", "return_comment", "approver", "published_at"}


def start(service: Service, *, actor=None, kind=Assessment.Kind.ORDINARY, reason=None, **fields) -> Assessment:
    """Open a new round as a copy of the service's last published one, or empty when there is none.

    Conditions keep their keys and wait to be re-checked. `fields` are set on the round. Raises ValidationError if a
    round is open already.
    """
    with change(reason or _("New round started."), ChangeKind.DECISION, actor):
        # Two who start at once come one after the other.
        Service.objects.select_for_update(no_key=True).get(pk=service.pk)
        if service.assessments.open().exists():
            raise ValidationError(_("A round is already open for %(name)s.") % {"name": service.name})
        last = service.assessments.published().order_by("-number").first()
        newest = service.assessments.aggregate(newest=Max("number"))["newest"] or 0
        copied = _copied_fields(last) if last else {}
        new = Assessment(service=service, number=newest + 1, kind=kind, **{**copied, **fields})
        new.save()
        if last:
            _copy_parts(last, new)
        return new


def _copied_fields(last):
    return {
        field.name: getattr(last, field.name)
        for field in Assessment._meta.concrete_fields
        if field.name not in NOT_COPIED and field.name != "service"
    }


def _copy_parts(last, new):
    for model in PARTS:
        for part in model.objects.filter(assessment=last):
            part.pk = None
            part._state.adding = True
            part.assessment = new
            if isinstance(part, Condition):
                part.is_rechecked = False
            part.save()
    new.impact_assessments.set(last.impact_assessments.all())
    new.policy_versions.set(last.policy_versions.all())


def problems(row: Assessment) -> list[str]:
    """What stands in the way of submitting or publishing a round, in words for its editor; empty when nothing does."""
    rulings = list(row.rulings.all())
    return [message for check in CHECKS for message in check(row, rulings)]


def _outcome_is_chosen(row, rulings):
    if not row.outcome:
        yield _("Choose an outcome.")
    if not row.reasons.strip():
        yield _("Write the reasons; they are public.")
    if not row.summary.strip():
        yield _("Write the answer in a sentence or two.")


def _rulings_agree_with_outcome(row, rulings):
    allowed = [ruling for ruling in rulings if ruling.verdict != Ruling.Verdict.NOT_ALLOWED]
    if row.outcome in REFUSALS and allowed:
        yield _("The outcome refuses the service, but a ruling lets %(audience)s use it.") % {
            "audience": allowed[0].get_audience_display()
        }
    if row.outcome and row.outcome not in REFUSALS and not allowed:
        yield _("The outcome lets schools use the service, but no ruling says who may.")


def _conditions_agree_with_outcome(row, rulings):
    conditional = any(ruling.verdict == Ruling.Verdict.WITH_CONDITIONS for ruling in rulings)
    has_conditions = row.conditions.exists()
    if row.outcome == Outcome.CONDITIONAL and not has_conditions:
        yield _("Approved with conditions, but no condition is listed.")
    if conditional and not has_conditions:
        yield _("A ruling speaks of conditions, but none is listed.")


def _editions_belong_to_service(row, rulings):
    for ruling in rulings:
        if ruling.edition_id and ruling.edition.service_id != row.service_id:
            yield _("The edition %(edition)s belongs to another service.") % {"edition": ruling.edition}


def _pilot_has_an_end(row, rulings):
    if row.outcome == Outcome.PILOT and row.kind != Assessment.Kind.IMPORTED and not row.valid_until:
        yield _("A pilot needs a last day: fill in “valid until”.")


def _carried_over_conditions_are_rechecked(row, rulings):
    if row.kind == Assessment.Kind.IMPORTED:
        return
    last = row.service.assessments.published().order_by("-number").first()
    known = set(last.conditions.values_list("key", flat=True)) if last else set()
    waiting = [part.position for part in row.conditions.all() if part.key in known and not part.is_rechecked]
    if waiting:
        yield _("Tick the conditions that you have re-checked: %(numbers)s.") % {
            "numbers": ", ".join(str(number) for number in sorted(waiting))
        }


def _days_follow_each_other(row, rulings):
    today = timezone.localdate()
    if row.valid_until and row.valid_until < (row.in_force_from or today):
        yield _("It cannot end before it takes effect.")
    if row.decided_on and not FIRST_DAY <= row.decided_on <= today:
        yield _("The day of decision must lie between 2000 and today.")


def _rulings_do_not_overlap(row, rulings):
    for number, one in enumerate(rulings):
        for other in rulings[:number]:
            if (one.audience, one.edition_id) == (other.audience, other.edition_id) and _share_grades(one, other):
                yield _("Two rulings speak of the same users: %(audience)s.") % {"audience": one.get_audience_display()}


def _share_grades(one, other):
    return None in (one.grade_from, other.grade_from) or (
        one.grade_from <= other.grade_to and other.grade_from <= one.grade_to
    )


def _documents_are_about_the_service(row, rulings):
    for version in row.policy_versions.exclude(policy__services=row.service_id).select_related("policy"):
        yield _("The document “%(title)s” is not about this service.") % {"title": version.policy.title}


CHECKS = [
    _outcome_is_chosen,
    _rulings_agree_with_outcome,
    _conditions_agree_with_outcome,
    _editions_belong_to_service,
    _pilot_has_an_end,
    _carried_over_conditions_are_rechecked,
    _days_follow_each_other,
    _rulings_do_not_overlap,
    _documents_are_about_the_service,
]


def editors(row: Assessment) -> set[int]:
    """The ids of everyone who has written in a round or its parts, deleted parts included.

    Who has only sent it back has not written in it, and may still approve it.
    """
    ids = {record.history_user_id for record in _written(row)}
    for model in PARTS:
        ids |= set(model.history.filter(assessment_id=row.pk).values_list("history_user_id", flat=True))
    return ids - {None}


def _written(row):
    """The records of a round but those that only move it on in its life."""
    before = None
    for record in row.history.order_by("history_id"):
        if before is None or record.state == before.state or _content(record) != _content(before):
            yield record
        before = record


def is_as_submitted(row: Assessment) -> bool:
    """Whether nobody has written in a submitted round or its parts since it was submitted, by whatever way."""
    later = [record for record in _written(row) if record.history_date > row.submitted_at]
    return not later and not any(
        model.history.filter(assessment_id=row.pk, history_date__gt=row.submitted_at).exists() for model in PARTS
    )


def _content(record):
    return {field.attname: getattr(record, field.attname) for field in record.tracked_fields if field.name not in LIFE}


def submit(row: Assessment, *, actor) -> Assessment:
    """Hand a draft over for approval. Raises ValidationError with every problem that stands in the way."""
    with change(_("Submitted for approval."), ChangeKind.DECISION, actor):
        row = _locked(row, Assessment.State.DRAFT)
        _refuse(problems(row))
        row.state = Assessment.State.SUBMITTED
        row.submitted_by, row.submitted_at = actor, timezone.now()
        row.return_comment = ""
        row.save()
    return row


def return_to_draft(row: Assessment, *, actor, comment: str) -> Assessment:
    """Send a submitted round back, with what must be mended. Raises ValidationError without a comment."""
    if not comment.strip():
        raise ValidationError(_("Say what must be mended."))
    with change(comment, ChangeKind.DECISION, actor):
        row = _locked(row, Assessment.State.SUBMITTED)
        reopen(row)
        row.return_comment = comment
        row.save()
    return row


def discard(row: Assessment, *, actor, reason: str) -> None:
    """Delete a draft that was started by mistake; its history stays. Raises ValidationError for any other round."""
    if not reason.strip():
        raise ValidationError(_("Say why the draft is discarded."))
    with change(reason, ChangeKind.DECISION, actor):
        _locked(row, Assessment.State.DRAFT).delete()


def reopen(row: Assessment) -> None:
    """Make a submitted round a draft again, unsaved: nobody has submitted it as it now stands."""
    row.state = Assessment.State.DRAFT
    row.submitted_by = row.submitted_at = None


def publish(row: Assessment, *, actor, on: datetime.date | None = None) -> Assessment:
    """Approve a submitted round: it takes effect, its facts are kept with it, and nothing in it changes any more.

    `on` is the day of decision where the round does not say, today when omitted; an imported round stays without one. A
    draft of a service goes on the list with its imported round. Raises ValidationError if the actor has submitted or
    edited the round, or if something stands in the way.
    """
    with change(_publication_reason(row), ChangeKind.DECISION, actor):
        row = _locked(row, Assessment.State.SUBMITTED)
        if actor.pk == row.submitted_by_id or actor.pk in editors(row):
            raise ValidationError(
                _("You have written in this round or submitted it, so somebody else must approve it.")
            )
        if not is_as_submitted(row):
            raise ValidationError(_("The round was changed after it was submitted. Return it to be submitted anew."))
        _refuse(problems(row))
        row.approver = actor
        if row.kind != Assessment.Kind.IMPORTED:  # that was decided elsewhere, on a day that may not be stated
            row.decided_on = row.decided_on or on or timezone.localdate()
        if lists_its_service(row):
            row.service.visibility = Service.Visibility.LISTED
            row.service.save()
        _take_effect(row)
    return row


def lists_its_service(row: Assessment) -> bool:
    """Publishing the round puts its service on the list: what is carried over was public already, decision and all."""
    return row.kind == Assessment.Kind.IMPORTED and row.service.visibility == Service.Visibility.DRAFT


def publish_imported(row: Assessment, *, actor=None) -> Assessment:
    """Publish a round carried over from an earlier publication. One person, or none, is enough."""
    if row.kind != Assessment.Kind.IMPORTED:
        raise ValidationError(_("Only an imported round can be published without an approver."))
    with change(_publication_reason(row), ChangeKind.DECISION, actor):
        row = _locked(row, Assessment.State.DRAFT)
        _refuse(problems(row))
        _take_effect(row)
    return row


def _publication_reason(row):
    return row.change_summary or row.summary or _("Round published.")


def _take_effect(row):
    service = with_facts(Service.objects.filter(pk=row.service_id)).get()
    row.state = Assessment.State.PUBLISHED
    row.published_at = timezone.now()
    row.in_force_from = row.in_force_from or timezone.localdate()
    row.facts = facts(service)
    row.full_clean(exclude=["facts"])
    row.save()


def _locked(row, expected):
    """The stored round, locked until the transaction ends, in the state that the caller expects."""
    stored = Assessment.objects.select_for_update(no_key=True).get(pk=row.pk)
    if stored.state != expected:
        raise ValidationError(
            _("The round is %(state)s now; open it again.") % {"state": stored.get_state_display().lower()}
        )
    return stored


def _refuse(messages):
    if messages:
        raise ValidationError(messages)

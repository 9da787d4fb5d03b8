"""Carrying out what was planned for pages, each of them whole or not at all."""

from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError
from django.utils.translation import gettext as _

from assessments import rounds
from assessments.carrying_over.draft import clipped
from assessments.carrying_over.merging import Edit, keyed_like, without
from assessments.carrying_over.page import Page
from assessments.carrying_over.parties import free_slug, resolved
from assessments.carrying_over.planning import Action, Planner, Step, may_write
from assessments.carrying_over.tables import TABLES, Subject, write
from assessments.models import Assessment, ImportedPage
from registry.changes import ChangeKind, change
from registry.models import Service

REFUSALS = (ValidationError, DatabaseError, ObjectDoesNotExist)
PATIENCE = 3  # tries


class RefusedError(Exception):
    """The rules do not let a page be published as it is; `messages` say why."""

    def __init__(self, messages: list[str]):
        super().__init__(*messages)
        self.messages = messages


def carry_out(planner: Planner, pages: list[Page], reason: str) -> list[Step | Exception]:
    """Do what is to be done about some pages, and say of each what it was, or why nothing of it was written.

    They are one change: whatever stops the run, all of them are there or none, each of them whole. A page that is
    refused (ValidationError, DatabaseError, ObjectDoesNotExist) takes none of the others with it. A lock that was
    waited for in vain is waited for again; raises DatabaseError if the change as a whole fails all the same.
    """
    for patience in reversed(range(PATIENCE)):
        try:
            with change(reason, ChangeKind.BACKFILLED):
                return [_attempted(planner, page, reason) for page in pages]
        except OperationalError as busy:
            planner.forget()
            if not patience or not ("lock" in str(busy) or "timeout" in str(busy)):
                raise
        except DatabaseError:
            planner.forget()
            raise
    raise AssertionError("a last try either returns or raises")


def _attempted(planner, page, reason):
    try:
        return _carried_out(planner, page, reason, planner.publish)
    except RefusedError as refusal:
        planner.forget()
        return replace(_carried_out(planner, page, reason, publish=False), waits=tuple(refusal.messages))
    except OperationalError:
        raise  # a lock that was waited for in vain concerns the whole change, which is tried again
    except REFUSALS as refusal:
        planner.forget()
        return refusal


def _carried_out(planner, page, reason, publish):
    step = planner.plan(page, publish)
    if step.action == Action.SAME and not step.publish:
        return step
    with change(reason, ChangeKind.BACKFILLED):
        if step.service is not None:
            Service.objects.select_for_update(no_key=True).get(pk=step.service)
            step = planner.plan(page, publish)  # as it is now that nobody else can write
        subject = _subject(planner, step)
        if step.action == Action.NEW:
            _make(subject, step)
        step = _edit(subject, step, reason)
        if step.publish:
            _publish(subject)
        if step.action != Action.SAME:
            _keep(subject, step, planner)
    planner.known.remember(page, subject.service.pk, bool(step.merged.waiting))
    return step


def _subject(planner, step):
    draft = step.page.draft
    if step.action == Action.NEW:
        return Subject(Service(), None, planner.vendors, planner.codes, draft.countries)
    return planner.subject(step.service, draft.countries)


def _make(subject, step):
    """The draft of a service, and of its first round."""
    subject.service.slug = free_slug(Service, step.page.draft.name)
    write(subject, subject.service, step.rows["service"][""])
    subject.round = _begin(subject, step, step.rows["round"][""])
    for name, table in TABLES.items():
        if name not in ("service", "round"):
            for position, (key, values) in enumerate(step.rows[name].items(), start=1):
                table.add(subject, key, values, position)


def _begin(subject, step, fields):
    # A round can only be called imported if it can say from where.
    kind = Assessment.Kind.IMPORTED if step.page.draft.address else Assessment.Kind.ORDINARY
    return rounds.start(subject.service, kind=kind, carried_over_from=step.page.draft.address, **fields)


def _edit(subject, step, reason):
    """Bring what is there to what the page says now, where the plan allows it. What the database refuses is kept."""
    decided = [edit for edit in step.merged.edits if edit.is_decision]
    if decided and not may_write(subject.round):
        subject.round = _begin(subject, step, {"change_summary": clipped(reason, 300)})
    done, refused = [], []
    for edit in step.merged.edits:
        try:
            with change(reason, ChangeKind.BACKFILLED):
                _write(subject, edit, list(step.rows[edit.table]))
        except (IntegrityError, ValidationError):
            refused.append(edit)
            for row in filter(None, (subject.service, subject.round)):
                row.refresh_from_db()  # what was refused is not to be saved with something else
        else:
            done.append(edit)
    return replace(step, merged=replace(step.merged, edits=tuple(done), kept=(*step.merged.kept, *refused)))


def _write(subject, edit: Edit, order):
    table = TABLES[edit.table]
    row = table.rows(subject).get(edit.key)
    if edit.after is None:
        table.remove(subject, row)
    elif row is None:
        table.add(subject, edit.key, edit.after, order.index(edit.key) + 1)
    else:
        table.change(subject, row, edit.after)


def _publish(subject):
    """Put the service on the list and its round into force. Raises RefusedError."""
    service = subject.service
    try:
        if service.visibility != Service.Visibility.LISTED:
            service.visibility = Service.Visibility.LISTED
            service.save()
        if subject.round.state == Assessment.State.DRAFT:
            rounds.publish_imported(subject.round)
    except ValidationError as refusal:
        raise RefusedError(refusal.messages) from refusal


def _keep(subject, step, planner):
    """Keep the page beside the service, with the rows that it has now, by which its next version is compared."""
    page, result = step.page, step.page.result
    rows = resolved(page.draft.rows, planner.vendors)
    if step.action == Action.BESIDE:
        rows = {}
    elif step.merged.waiting:
        rows = without(keyed_like(step.base, rows), step.base, step.merged.waiting)
    kept = _this_version(subject.service, page) or ImportedPage(service=subject.service, digest=page.digest)
    if kept.pk and step.merged.edits:
        kept.looked_through_at = kept.looked_through_by = None
    kept.file, kept.address = Path(result.file).name, page.draft.address
    kept.lines, kept.fields, kept.status = page.lines, result.lines, result.status
    kept.uncertain, kept.carried, kept.waits = _uncertain(step), rows, bool(step.merged.waiting)
    kept.save()


def _this_version(service, page):
    """The row of this very version, if it is the newest of its page: something of it was still to be written."""
    newest = ImportedPage.objects.filter(service=service, address=page.draft.address).order_by("-pk").first()
    return newest if newest and newest.digest == page.digest else None


def _uncertain(step):
    found = dict(step.page.draft.uncertain)
    told = []
    if step.action == Action.BESIDE:
        found = {}
        told.append(_("The service was not made from this page, and nothing of it was carried over."))
    if step.merged.kept:
        told.append(_("It says something else than the registry on: %(names)s.") % {"names": _names(step.merged.kept)})
    if step.merged.waiting:
        told.append(_("Not carried over yet: %(names)s.") % {"names": _names(step.merged.waiting)})
    return found | ({"page": " ".join(told)} if told else {})


def _names(edits):
    names = dict.fromkeys(TABLES[edit.table].label(edit.after or ()) for edit in edits)
    return ", ".join(filter(None, names))

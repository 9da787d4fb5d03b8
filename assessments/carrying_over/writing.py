"""Carrying out what was planned for pages, each of them whole or not at all."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from assessments import rounds
from assessments.carrying_over.draft import clipped
from assessments.carrying_over.merging import Edit
from assessments.carrying_over.page import Page
from assessments.carrying_over.parties import free_slug, resolved
from assessments.carrying_over.planning import Action, Planner, Step, is_open
from assessments.carrying_over.tables import TABLES, Subject, write
from assessments.models import Assessment, ImportedPage
from registry.changes import ChangeKind, change
from registry.models import Service


def carry_out(planner: Planner, pages: Iterable[Page], reason: str) -> list[Step | Exception]:
    """Do what is to be done about some pages, and say of each what it was, or why nothing of it was written.

    They are one change: whatever stops the run, all of them are there or none, each of them whole. A page that is
    refused (ValidationError, DatabaseError) takes none of the others with it. Raises DatabaseError if the change as a
    whole fails.
    """
    try:
        with change(reason, ChangeKind.BACKFILLED):
            return [_attempted(planner, page, reason) for page in pages]
    except DatabaseError:
        planner.forget()
        raise


def _attempted(planner, page, reason):
    step = planner.plan(page)
    if step.action == Action.SAME and not step.publish:
        return step
    try:
        with change(reason, ChangeKind.BACKFILLED):
            step, service = _carried_out(planner, step, reason)
    except (ValidationError, DatabaseError) as refusal:
        planner.forget()
        return refusal
    planner.known.remember(page, service.pk)
    return step


def _carried_out(planner, step, reason):
    if step.service is not None:
        Service.objects.select_for_update(no_key=True).get(pk=step.service)
        step = planner.plan(step.page)  # as it is now that nobody else can write
    subject = _subject(planner, step)
    if step.action == Action.NEW:
        _make(subject, step)
    _edit(subject, step, reason)
    if step.publish:
        step = _published(subject, step)
    if step.action != Action.SAME:
        _keep(subject, step, planner)
    return step, subject.service


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
    """Bring what is there to what the page says now, where the plan allows it."""
    decided = [edit for edit in step.merged.edits if edit.is_decision]
    if decided and not is_open(subject.round):
        subject.round = _begin(subject, step, {"change_summary": clipped(reason, 300)})
    rows = {name: TABLES[name].rows(subject) for name in {edit.table for edit in step.merged.edits}}
    for edit in step.merged.edits:
        _write(subject, edit, rows[edit.table].get(edit.key), list(step.rows[edit.table]))


def _write(subject, edit: Edit, row, order):
    table = TABLES[edit.table]
    if edit.after is None:
        table.remove(subject, row)
    elif row is None:
        table.add(subject, edit.key, edit.after, order.index(edit.key) + 1)
    else:
        table.change(subject, row, edit.after)


def _published(subject, step):
    """Put the service on the list and its round into force; where the rules refuse, the draft stays, and it is told."""
    try:
        with transaction.atomic():
            service = subject.service
            if service.visibility != Service.Visibility.LISTED:
                service.visibility = Service.Visibility.LISTED
                service.save()
            if is_open(subject.round):
                rounds.publish_imported(subject.round)
    except ValidationError as refusal:
        subject.service.refresh_from_db()
        return replace(step, publish=False, waits=tuple(refusal.messages))
    return step


def _keep(subject, step, planner):
    """Keep the page beside the service, with the rows that it had, by which its next version is compared."""
    page, result = step.page, step.page.result
    uncertain = dict(page.draft.uncertain)
    if step.action == Action.BESIDE:
        uncertain = {"page": _("The service was in the registry before; nothing of this page was carried over.")}
    if step.merged.kept:
        names = dict.fromkeys(TABLES[edit.table].label(edit.after or ()) for edit in step.merged.kept)
        told = {"names": "; ".join(filter(None, names))}
        uncertain["page"] = _("The page says something new that was not carried over, on: %(names)s.") % told
    ImportedPage.objects.create(
        service=subject.service,
        file=Path(result.file).name,
        address=page.draft.address,
        digest=page.digest,
        lines=page.lines,
        fields=result.lines,
        uncertain=uncertain,
        status=result.status,
        carried={} if step.action == Action.BESIDE else resolved(page.draft.rows, planner.vendors),
    )

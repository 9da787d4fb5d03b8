"""The one door for changes: whoever alters a tracked row says why, of what kind, and as whom.

Admin, importers, publishing and the fixture loader all write inside `change()`. It is one transaction; it stamps
every history row that django-simple-history writes meanwhile, and announces once, at its end, which rows were touched.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from simple_history.signals import pre_create_historical_record


class ChangeKind(models.TextChoices):
    """Why the public may be told something new; the kinds of entries of the register (DESIGN.md, *public*)."""

    FACTS = "facts", _("Facts changed")
    DECISION = "decision", _("Decision")
    LISTED = "listed", _("Listed or taken off the list")
    LANGUAGE = "language", _("Wording corrected")
    BACKFILLED = "backfilled", _("Entered afterwards")


@dataclass
class Change:
    """What one `change()` has done so far: its reason, kind and actor, and the rows touched, in order, each once."""

    reason: str
    kind: str
    actor: object | None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    rows: dict[tuple[type, object], models.Model] = field(default_factory=dict)


class ChangeError(RuntimeError):
    """Something tracked is written without a reason. Nobody would be told of it."""


# Sent once, inside the transaction, when a change is complete. Argument: change, a Change.
changed = Signal()

_current: ContextVar[Change | None] = ContextVar("change", default=None)


@contextmanager
def change(reason: str, kind: str = ChangeKind.FACTS, actor=None) -> Iterator[Change]:
    """Open the door for a change; all or nothing of what is written inside is kept.

    `reason` is public, and required. `actor` is the user who answers for it, None for the system itself. A change
    inside a change joins it: the outer one announces and answers for it, each keeps its own reason. Raises ValueError
    without a reason.
    """
    if not reason.strip():
        raise ValueError("A change needs a reason.")
    outer = _current.get()
    this = Change(reason.strip(), ChangeKind(kind), actor)
    if outer is not None:
        this.id, this.actor = outer.id, actor or outer.actor
    with transaction.atomic():
        token = _current.set(this)
        try:
            yield this
            if outer is None:
                changed.send(Change, change=this)
        finally:
            _current.reset(token)
    if outer is not None:
        outer.rows |= this.rows  # only now: what an inner change undid, the outer one does not announce


def current() -> Change | None:
    """The change that is open in this thread or task, if any."""
    return _current.get()


def _stamp(sender, instance, history_instance, **kwargs):
    """Write the open change on a history row that is about to be saved, and remember whose row it is."""
    this = _current.get()
    if this is None:
        raise ChangeError(f"{type(instance).__name__} is written outside registry.changes.change(): say why.")
    history_instance.history_change_reason = this.reason
    history_instance.history_user = this.actor
    history_instance.change_id = this.id
    history_instance.change_kind = this.kind
    this.rows[type(instance), instance.pk] = instance  # the newest copy of a row that was written twice


def listen():
    """Connect to simple-history's own signal; it is sent for inline deletions and many-to-many changes as well."""
    pre_create_historical_record.connect(_stamp, dispatch_uid="registry.changes")

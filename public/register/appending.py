"""Appending to the register, inside the transaction of the change it tells of, as the last that it does.

The one-row head is locked first. Only then is it asked which subjects are concerned and what is said of them, so that
serials have no gap and follow the order in which transactions commit, on PostgreSQL (READ COMMITTED) as on SQLite
(where a transaction is IMMEDIATE).
"""

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from public.models import RegisterContent, RegisterEntry, RegisterHead
from public.references import keys_in
from public.register import form
from public.register.reading import newest
from public.register.subjects import NAMED, Key, described, in_order, touched
from registry.changes import Change, ChangeKind

Kind = RegisterEntry.Kind


@dataclass(frozen=True)
class News:
    """What is said of a subject now, beside its newest entry, if there is one, and what that said."""

    said: form.Content
    entry: RegisterEntry | None
    before: form.Content


def on_change(sender, change: Change, **kwargs) -> None:
    """Tell the public what a change has altered of what it is told; nothing where it has altered none of that."""
    if any(touched(change.rows)):  # most drafts concern nobody, and need not wait for the head
        lock()
        direct, around = touched(change.rows)  # again: who names whom may have changed before the head was ours
        append(direct, change, around)


def append(keys: Iterable[Key], change: Change, around: Iterable[Key] = ()) -> list[RegisterEntry]:
    """Append an entry for each of these subjects of which something else is said now than in its newest entry.

    The same for those `around` them and for the vendors and documents that they name, or named before, which come and
    go with them; but with another reason. Runs in the caller's transaction, which it should end.
    """
    keys = set(keys)
    if not keys:
        return []
    head = lock()
    news = sorted(_news(keys | set(around)).items(), key=lambda item: in_order(item[0]))
    with translation.override(settings.LANGUAGE_CODE):  # reasons are in the school owner's language
        elsewhere = replace(change, reason=_("Follows from a change elsewhere in the registry."))
    added = [write(head, key, told, _kind(told, change), change if key in keys else elsewhere) for key, told in news]
    head.save()
    return added


def lock() -> RegisterHead:
    """The head of the chain, locked until the transaction ends."""
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise RuntimeError("The register is appended to inside the transaction of the change that it tells of.")
    # Django's foreign keys are checked at the end, and take locks on rows then: after the head, where others may hold
    # the rows and wait for the head. So what is written already is checked now.
    if connection.vendor == "postgresql":
        connection.check_constraints()
    RegisterHead.objects.get_or_create(id=1)
    return RegisterHead.objects.select_for_update().get(id=1)


def _news(keys: set[Key]) -> dict[Key, News]:
    found, seen = {}, set()
    while batch := keys - seen:
        seen |= batch
        said, known = described(batch), newest(batch)
        differing = {key for key in batch if _hash(said.get(key)) != _hash_of(known.get(key))}
        told = {key: _told(key, said, known) for key in differing}
        found |= {key: one for key, one in told.items() if one.said != one.before}
        named = {key for one in told.values() for key in (*keys_in(one.before), *keys_in(one.said))}
        keys = {key for key in named if key[0] in NAMED}
    return found


def _hash(said):
    return form.digest(form.canonical(said)) if said else form.GONE_HASH


def _hash_of(entry):
    return entry.content_id if entry else form.GONE_HASH


def _told(key, said, known):
    entry = known.get(key)
    return News(said.get(key, form.GONE), entry, entry.said() if entry else form.GONE)


def _kind(told: News, change: Change) -> Kind:
    """A decision is only what brings a new round; what comes or goes is listed, whatever the reason."""
    came_or_went = not told.before or not told.said
    if change.kind == ChangeKind.BACKFILLED:
        return Kind.BACKFILLED
    if came_or_went:
        return Kind.LISTED
    if _rounds(told.said) != _rounds(told.before):
        return Kind.DECISION
    return Kind.LANGUAGE if change.kind == ChangeKind.LANGUAGE else Kind.FACTS


def _rounds(said):
    return [row["number"] for row in said.get("decision", {}).get("rounds", [])]


def write(head: RegisterHead, key: Key, told: News, kind: Kind, change: Change, on=None, lapse="") -> RegisterEntry:
    """Write one entry and move the locked head, which the caller saves. `lapse` names the date that has passed.

    The details hold what may have to go or be withheld: key and reason. A random value beside them keeps anyone from
    guessing them by their hash.
    """
    serial = head.serial + 1
    details = {"change": str(change.id), "nonce": secrets.token_hex(16), "reason": change.reason}
    details["subject"] = {"kind": key[0], "key": key[1]}
    if lapse:
        details["lapse"] = lapse
    entry = RegisterEntry(
        serial=serial,
        recorded_at=timezone.now(),
        effective_on=on or _effective_on(kind, told),
        kind=kind,
        subject_kind=key[0],
        subject_key=key[1],
        first=told.entry.first if told.entry else serial,
        details=_stored(details),
        content=_stored(told.said),
        previous_hash=head.hash,
    )
    entry.hash = entry.computed_hash()
    entry.save()
    head.serial, head.hash = entry.serial, entry.hash
    return entry


def _stored(structure):
    text = form.canonical(structure)
    return RegisterContent.objects.get_or_create(sha256=form.digest(text), defaults={"text": text})[0]


def _effective_on(kind, told) -> datetime.date:
    """The day from which a new round is in force; of everything else, today."""
    known = _rounds(told.before)
    new = [row for row in told.said.get("decision", {}).get("rounds", []) if row["number"] not in known]
    if kind in (Kind.DECISION, Kind.BACKFILLED) and new:
        return datetime.date.fromisoformat(new[0]["in_force_from"])
    return timezone.localdate()

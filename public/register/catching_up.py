"""Bringing the register up to what the tables say, where they were changed without it."""

from django.db import transaction

from public.models import RegisterEntry
from public.register.appending import append
from public.register.reading import newest_of
from public.register.subjects import KINDS, in_order
from registry.changes import Change, ChangeKind

BATCH = 100


def catch_up(reason: str) -> int:
    """Append an entry for every subject of which the register says otherwise than the tables; how many there were.

    For the first start on a database that is older than the register, and after a change that went round the code
    has been looked into. The entries are of kind *backfilled*, and their time is now. Safe to repeat.
    """
    rows = newest_of(RegisterEntry.objects.all()).values_list("subject_kind", "subject_key")
    keys = set(rows)
    for kind, how in KINDS.items():
        keys |= {(kind, how.key_of(row)) for row in how.public()}
    ordered = sorted(keys, key=in_order)
    this, added = Change(reason, ChangeKind.BACKFILLED, None), 0
    for start in range(0, len(ordered), BATCH):
        with transaction.atomic():
            added += len(append(ordered[start : start + BATCH], this))
    return added

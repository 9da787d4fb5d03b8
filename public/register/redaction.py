"""Personal data that must go: a text of the register is replaced by a public tombstone, and the chain stays whole.

The chain runs over headers and hashes of texts, so a text can go without breaking it. Two people: one asks, another
confirms; who they were is kept, and is not public. Simple-history's records and backups are cleared by other means:
see docs/operations.md.
"""

import logging
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from public.models import Redaction, RegisterContent, RegisterEntry
from public.register import form
from public.register.appending import Kind, News, lock, write
from public.register.reading import newest_of
from registry.changes import change

log = logging.getLogger("registry.redaction")

PARTS = ("content", "details")


def redact(serial: int, *, reason: str, asked_by, confirmed_by, parts: Iterable[str] = ("content",)) -> RegisterEntry:
    """Replace texts of entry `serial` by a tombstone, wherever they are used, and append an entry that says so.

    `parts` are "content" (what was said) and "details" (the reason that was given). What is said of the subject now
    must be mended first: the newest content of a subject cannot go. `reason` is public, and must not repeat what goes.
    Raises ValidationError.
    """
    entry = RegisterEntry.objects.filter(serial=serial).select_related("content", "details").first()
    _refuse_if(entry is None, _("There is no entry %(serial)s.") % {"serial": serial})
    _refuse_if(asked_by == confirmed_by, _("Somebody else must confirm it."))
    texts = [getattr(entry, part) for part in parts]
    _refuse_if(any(text.is_redacted for text in texts), _("It has been removed already."))
    _refuse_if(any(text.pk == form.GONE_HASH for text in texts), _("It says nothing but that the page is gone."))
    with change(reason) as this:
        told = _append(entry, texts, this)
        tomb = form.tombstone(told.serial, timezone.localtime(told.recorded_at).date(), this.reason)
        for text in texts:
            RegisterContent._base_manager.filter(pk=text.pk).update(text=form.canonical(tomb), is_redacted=True)
            Redaction(entry=told, of=entry, content=text, asked_by=asked_by, confirmed_by=confirmed_by).save()
    log.warning("entry %s redacted by entry %s: asked %s, confirmed %s", serial, told.serial, asked_by, confirmed_by)
    return told


def _append(entry, texts, this):
    """The entry that tells of it. It says of the subject what its newest one says."""
    head = lock()
    in_use = newest_of(RegisterEntry.objects.all()).filter(content__in=texts).first()
    _refuse_if(
        in_use,
        _("This is what the page says now. Correct the page first; then remove the old content."),
    )
    current = newest_of(RegisterEntry.objects.filter(first=entry.first)).select_related("content").get()
    said = current.said()
    told = write(head, (entry.subject_kind, entry.subject_key), News(said, current, said), Kind.REDACTED, this)
    head.save()
    return told


def _refuse_if(wrong, message):
    if wrong:
        raise ValidationError(message)

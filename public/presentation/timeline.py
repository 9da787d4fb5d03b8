"""The timeline of a service: its published rounds and the changes to its facts, the newest first."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from public.labels import label
from public.presentation.words import NOTHING, Words, capitalised, said
from public.templatetags.public import tone
from registry.history import Action, Change, Edit
from registry.models import Service

# Fields of which the public is told only that they changed, since the others may not be public.
OTHER_SERVICES = ("alternatives", "replaced_by")
BOOKKEEPING = ("visibility", "visibility_since", "first_listed_on")


@dataclass(frozen=True)
class Entry:
    """One thing that happened: a round (with its number) or a change of facts (with what was changed)."""

    day: str
    at: datetime.datetime
    title: str
    text: Words
    tone: str = ""
    number: int | None = None
    edits: list[Edit] = field(default_factory=list)


def rounds_told(dossier: dict[str, Any]) -> list[Entry]:
    """The published rounds."""
    lang = dossier["facts"]["language"]
    return [_round(row, lang) for row in dossier["decision"].get("rounds", [])]


def _round(row, lang):
    words = {"number": row["number"], "outcome": label("status", row["outcome"]).lower()}
    kind = "" if row["kind"] == "ordinary" else f" ({label('round', row['kind']).lower()})"
    at = datetime.datetime.fromisoformat(row["published_at"])
    return Entry(
        day=row.get("decided_on") or _local_day(at),
        at=at,
        title=_("Assessment %(number)s: %(outcome)s") % words + kind,
        text=said(row.get("change_summary") or row.get("summary"), lang),
        tone=tone(row["outcome"]),
        number=row["number"],
    )


def _local_day(moment):
    return timezone.localtime(moment).date().isoformat()


def timeline(dossier: dict[str, Any], changes: Iterable[Change]) -> list[Entry]:
    """Rounds, and changes of facts while the service was on the list, the newest first."""
    facts = dossier["facts"]
    entries = [*rounds_told(dossier), *_told(changes, facts["first_listed_on"], facts["language"])]
    listing = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    entries.append(Entry(facts["first_listed_on"], listing, _("Listed"), Words(_("First time on the list."))))
    return sorted(entries, key=lambda entry: (entry.day, entry.at), reverse=True)


def _told(changes, first_listed_on, lang):
    """What the public may know of changes: all of those to a listed service, of others only that it came or went."""
    steps = [step for step in visible_steps(changes) if _local_day(step.change.at) >= first_listed_on]
    for step in steps:
        if step.was_listed and step.is_listed:
            yield _change(step.change, lang)
        elif step.was_listed or step.is_listed:
            title = _("Listed again") if step.is_listed else _("Taken off the list")
            yield Entry(_local_day(step.change.at), step.change.at, title, NOTHING)


@dataclass(frozen=True)
class Step:
    """A change, and whether the service was on the list before it and after it."""

    change: Change
    was_listed: bool
    is_listed: bool


def visible_steps(changes: Iterable[Change]) -> list[Step]:
    """The changes after the first listing, of a service that is listed now. They come and go the newest first."""
    steps, is_listed = [], True
    for change in changes:
        was_listed = _was_listed(change, is_listed)
        steps.append(Step(change, was_listed, is_listed))
        is_listed = was_listed
    first = max((n for n, step in enumerate(steps) if step.is_listed and not step.was_listed), default=len(steps))
    return steps[:first] if not is_listed else steps


def _was_listed(change, is_listed):
    """Whether the service was listed before a change, by whether it was after it. Entering it is no listing again."""
    for edit in change.edits:
        if _is_own(edit) and edit.action == Action.ADDED:
            return False
        if _is_own(edit) and edit.field == _verbose("visibility"):
            return edit.before == str(Service.Visibility.LISTED.label)
    return is_listed


def _is_own(edit):
    return edit.subject.startswith(f"{capitalised(Service._meta.verbose_name)}: ")


def _of_service(edit):
    """The page is about one service, so edits of its own fields need not name it."""
    return replace(edit, subject="") if _is_own(edit) and edit.field else edit


def _verbose(name):
    return capitalised(Service._meta.get_field(name).verbose_name)


def _change(change, lang):
    unsaid, nameless = {_verbose(name) for name in BOOKKEEPING}, {_verbose(name) for name in OTHER_SERVICES}
    told = [_of_service(edit) for edit in change.edits if edit.field not in unsaid]
    edits = [replace(edit, before="", after="") if edit.field in nameless else edit for edit in told]
    return Entry(
        day=_local_day(change.at),
        at=change.at,
        title=label("change", change.kind) or _("Facts changed"),
        text=said(change.reason, lang),
        edits=edits,
    )

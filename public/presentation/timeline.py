"""The timeline of a service: its published rounds and the changes to its facts, the newest first."""

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from public.labels import label
from public.presentation.words import Words, capitalised, said
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
    """Rounds and changes of facts since the service was listed, the newest first."""
    facts = dossier["facts"]
    told = [_change(change, facts["language"]) for change in since_listed(changes, facts["first_listed_on"])]
    entries = [*rounds_told(dossier), *told]
    listing = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    entries.append(Entry(facts["first_listed_on"], listing, _("Listed"), Words(_("First time on the list."))))
    return sorted(entries, key=lambda entry: (entry.day, entry.at), reverse=True)


def since_listed(changes: Iterable[Change], first_listed_on: str) -> list[Change]:
    """The changes made after the service was listed; the listing itself holds what was in the draft before it."""

    def was_public(change):
        return _local_day(change.at) >= first_listed_on and not any(map(_is_listing, change.edits))

    return list(itertools.takewhile(was_public, changes))  # the newest first


def _is_listing(edit):
    """A service is listed when it is entered, or later, as a draft."""
    entered = edit.action == Action.ADDED and edit.subject.startswith(f"{capitalised(Service._meta.verbose_name)}: ")
    return entered or (edit.field == _verbose("visibility") and edit.before == str(Service.Visibility.DRAFT.label))


def _of_service(edit):
    """The page is about one service, so edits of its own fields need not name it."""
    own = edit.subject.startswith(f"{capitalised(Service._meta.verbose_name)}: ")
    return replace(edit, subject="") if own and edit.field else edit


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

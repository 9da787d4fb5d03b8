"""What was said: the timeline of a service, one change, two versions side by side, the page as it was."""

import datetime
import re
from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.status import standing
from public.dossier import public_services
from public.models import RegisterEntry
from public.presentation import timeline
from public.presentation.differences import differences
from public.presentation.service import service_page
from public.register import reading
from public.register.form import GONE_HASH
from public.register.names import names, page_of
from public.register.then import ReferencesThen, day_of, dossier_then, owner_then
from registry.models import Service


def listed(slug) -> Service:
    """The service itself. One that is no longer, or not yet, listed is not there, nor is what was said of it."""
    return get_object_or_404(public_services(), slug=slug)


def _named(service):
    return {"slug": service.slug, "name": service.name, "lang": service.content_language}


def service_history(request, slug):
    service = listed(slug)
    hidden = reading.hidden_services()
    told = timeline.paired(reading.entries_of("service", slug), lambda entry: reading.without(entry.said(), hidden))
    references = ReferencesThen(reading.head().serial, *(one.after for one in told))
    context = {
        "page": _named(service),
        "status": standing(told[0].after).status if told else "",
        "entries": timeline.timeline(told, references),
        "versions": [(one.entry, timeline.heading(one)) for one in told if one.after],
        "compared": _compared(request, told, references),
        "began": reading.began(),
        "today": timezone.localdate(),
    }
    return render(request, "services/history.html", context)


def _compared(request, told, references) -> dict[str, Any]:
    """The two versions that are asked for, the older first, with what differs; or what is wrong with the question."""
    asked = [request.GET.get(name, "") for name in ("fra", "til")]
    if not any(asked):
        return {}
    found = {str(one.entry.serial): one for one in told if one.after}
    if not all(number in found for number in asked):
        return {"wrong": _("That is not a version of this page. Choose two from the lists.")}
    one, other = sorted((found[number] for number in asked), key=lambda told: told.entry.serial)
    lines = differences("service", one.after, other.after, references, timeline.language(other))
    return {"older": one.entry, "newer": other.entry, "lines": lines}


# One change


def entry_detail(request, serial):
    """The permanent address of any entry. One about a service has its place below the page of the service."""
    entry = public_entry(serial)
    if entry.subject_kind == "service":
        return HttpResponseRedirect(reverse("service-entry", args=[entry.subject_key, serial]))
    return render(request, "register/entry.html", _entry(entry))


def service_entry(request, slug, serial):
    entry = public_entry(serial)
    if (entry.subject_kind, entry.subject_key) != ("service", slug):
        raise Http404
    return render(request, "register/entry.html", _entry(entry) | {"page": _named(listed(slug))})


def public_entry(serial) -> RegisterEntry:
    """An entry with its texts, if its subject is public now and it tells something."""
    return get_object_or_404(reading.news(), serial=serial)


def _entry(entry):
    before, hidden = reading.before(entry), reading.hidden_services()
    said = [reading.without(one.said(), hidden) if one else {} for one in (before, entry)]
    told = timeline.Told(entry, *said)
    key = (entry.subject_kind, entry.subject_key)
    return {
        "entry": entry,
        "title": timeline.heading(told),
        "name": names([key]).get(key, entry.subject_key),
        "address": page_of(key) if told.after else "",
        "lines": timeline.changed(told, ReferencesThen(entry.serial, *said)),
        "rounds": told.new_rounds(),
        "changes": timeline.changes_of(told),
        "before": before,
        "after": reading.after(entry),
        "removed": told.after.get("redacted"),
        "was_removed": "redacted" in told.before,
        "day": day_of(entry),
    }


# The page as it was


def service_version(request, slug, serial):
    """The page as it was when an entry had been written."""
    entry = public_entry(serial)
    if (entry.subject_kind, entry.subject_key) != ("service", slug):
        raise Http404
    return _as_it_was(request, listed(slug), entry, day_of(entry), serial)


def service_on_day(request, slug, day):
    """The page as it was at the end of a day. What it answers is what we said then, not what we know of then now."""
    service, asked = listed(slug), day
    try:
        day = datetime.date.fromisoformat(asked if re.fullmatch(r"\d{4}-\d\d-\d\d", asked) else "")
    except ValueError:
        return _nothing_said(request, service, asked, "wrong")
    if day > timezone.localdate():
        return _nothing_said(request, service, day, "future")
    entry = reading.newest_news("service", slug, reading.end_of(day))
    if entry is None or entry.content_id == GONE_HASH:
        began = reading.began()
        return _nothing_said(request, service, day, "before" if began is None or day < began else "unlisted")
    return _as_it_was(request, service, entry, day, reading.end_of(day))


def choose_day(request, slug):
    """From the form where a day is chosen to the address of that day."""
    service, day = listed(slug), request.GET.get("dag", "")
    if not re.fullmatch(r"[0-9-]{1,20}", day):
        return _nothing_said(request, service, day, "wrong")
    return HttpResponseRedirect(reverse("service-on-day", args=[slug, day]))


def _as_it_was(request, service, entry, day, until):
    told = dossier_then(entry)
    after = reading.after(entry)
    context = {"entry": entry, "day": day, "after": after, "is_newest": after is None, "owner": owner_then(until)}
    if not told:
        return render(request, "services/version_removed.html", context | {"page": _named(service)})
    references = ReferencesThen(until, told)
    context |= {
        "page": service_page(told, references, day),
        "history": timeline.rounds_told(told),
        "absent": references.without_page(),
        "newest": entry,
    }
    return render(request, "services/version.html", context)


def _nothing_said(request, service, day, why):
    """A day of which there is no page: before the register, before the service was listed, or not come yet."""
    first = reading.entries_of("service", service.slug).last()
    newest = reading.newest_news("service", service.slug)
    then = standing(dossier_then(newest), day) if newest and why == "before" else None
    context = {
        "page": _named(service),
        "day": day,
        "why": why,  # wrong: no day at all; future; before the register; unlisted that day
        "began": reading.began(),
        "first": first,
        "then": then if then and then.round else None,
    }
    return render(request, "services/no_version.html", context, status=404 if why in ("wrong", "future") else 200)

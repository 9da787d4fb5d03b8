"""What one list adds to the rows of its services, such as how long each keeps a kind of data: `{key: Words}`."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from public import flows
from public.presentation.retention import kept
from public.presentation.words import Words, capitalised, gap, listed, said
from registry.facts import retention, without_empties
from registry.models import DataCategory, DataUse, StorageLocation, Subprocessor, Vendor

Details = dict[int, Words]


def retentions(services: Iterable[int], category: DataCategory) -> Details:
    """How long each service keeps a kind of data; several answers where it does so for several uses."""
    uses = DataUse.objects.filter(category=category, service__in=services).select_related("service")
    answers = defaultdict(list)
    for use in uses:
        row = without_empties(retention(use))["retention"]
        answers[use.service_id].append(kept(row, use.service.content_language))
    return {key: _kept(found) for key, found in answers.items()}


def _kept(answers):
    stated = dict.fromkeys(str(answer.answer) for answer in answers if answer.is_stated)
    return Words(_("Kept: %(periods)s") % {"periods": "; ".join(stated)}) if stated else gap(_("No period is stated"))


def roles(services: Iterable[int], **which) -> Details:
    """What happens with each service's data in a region."""
    return _by_service(_role(row) for row in StorageLocation.objects.filter(service__in=services, **which))


def _role(row):
    extent = f" ({row.get_extent_display().lower()})" if row.extent != "not_stated" else ""
    return row.service_id, f"{row.get_role_display()}{extent}"


def regions(services: Iterable[int], **which) -> Details:
    """Where each service's data lies, on a ground or at a host."""
    rows = StorageLocation.objects.filter(service__in=services, **which).select_related("region")
    return _by_service((row.service_id, row.region.name()) for row in rows)


def companies(services: Iterable[int], **which) -> Details:
    """Which subprocessors of each service it is about, and which recipients that a document names."""
    rows = Subprocessor.objects.filter(service__in=services, **which).select_related("vendor")
    helpers = [(row.service_id, row.vendor.name) for row in rows]
    return _by_service([*helpers, *flows.recipients(services, **which)])


def tasks(services: Iterable[int], vendor: Vendor) -> Details:
    """What a vendor does with each service's data: what it processes it for, or else where it hosts it."""
    rows = Subprocessor.objects.filter(service__in=services, vendor=vendor).select_related("service")
    purposes = {
        row.service_id: said(row.purpose, row.service.content_language, _("Purpose not stated")) for row in rows
    }
    return _hosting(services, vendor) | purposes


def _hosting(services, vendor):
    places = regions(services, host=vendor)
    return {key: Words(_("Hosts data: %(places)s") % {"places": words.text}) for key, words in places.items()}


def _by_service(pairs):
    found = defaultdict(list)
    for key, name in pairs:
        found[key].append(name)
    return {key: Words(capitalised(listed(dict.fromkeys(names)))) for key, names in found.items()}

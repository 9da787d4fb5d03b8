"""Where services send data, and on what ground: by what they store, by their subprocessors, by whom documents name.

`which` names a region or a transfer basis: `storing(region=germany)`, `passing_on(transfer_basis=clauses)`.
"""

from collections import Counter

from django.db.models import Q, QuerySet

from policies.models import Recipient
from policies.statements import newest_read_versions
from public.dossier import public_services
from registry.models import StorageLocation, Subprocessor


def storing(**which) -> QuerySet:
    """Listed services that store or reach data so."""
    return public_services().filter(pk__in=StorageLocation.objects.filter(**which).values("service"))


def passing_on(**which) -> QuerySet:
    """Listed services that have a subprocessor there, or of which a document says that a recipient is."""
    helped = Subprocessor.objects.filter(**which).values("service")
    return public_services().filter(Q(pk__in=helped) | Q(policies__versions__in=_naming(**which))).distinct()


def _naming(**which):
    """The versions, of those that are shown, that name such a recipient."""
    return newest_read_versions().filter(pk__in=Recipient.objects.filter(**which).values("version"))


def recipients(services, **which) -> QuerySet:
    """Pairs of a service and the name of such a recipient, as the documents that are shown have them."""
    named = _named(services).filter(**which)
    return named.order_by("name").values_list("version__policy__services", "name")


def _named(services):
    return Recipient.objects.filter(version__in=newest_read_versions(), version__policy__services__in=services)


def counts(name: str) -> Counter:
    """How many listed services have to do with each region or basis, by its key, in one query."""
    services = public_services().values("pk")
    stored = StorageLocation.objects.filter(service__in=services).order_by().values_list(name, "service")
    helped = Subprocessor.objects.filter(service__in=services).order_by().values_list(name, "service")
    named = _named(services).order_by().values_list(name, "version__policy__services")
    pairs = stored.union(helped, named)
    return Counter(key for key, _service in pairs)

"""Which vendors the public may see: those that have to do with a listed service. Others would give drafts away."""

from django.db.models import Q, QuerySet

from public.dossier import public_services
from registry.models import Vendor


def offering_vendors() -> QuerySet:
    """Vendors that offer a listed service, alone or with others."""
    services = public_services()
    return Vendor.objects.filter(
        Q(pk__in=services.filter(vendor__isnull=False).values("vendor"))
        | Q(pk__in=services.filter(co_vendors__isnull=False).values("co_vendors"))
    )


def public_vendors() -> QuerySet:
    """Vendors that offer a listed service, process its data, host it, have a document on it, or own one of them.

    Owners count two storeys up: the owner of an owner is named on the page of the one below it.
    """
    services = public_services().values("pk")
    involved = Vendor.objects.filter(
        Q(pk__in=offering_vendors().values("pk"))
        | Q(subprocessing__service__in=services)
        | Q(hosting__service__in=services)
        | Q(policies__services__in=services)
        | Q(received__version__policy__services__in=services)
        | Q(agreements__services__in=services)
    )
    owning = Q(subsidiaries__in=involved.values("pk")) | Q(subsidiaries__subsidiaries__in=involved.values("pk"))
    return Vendor.objects.filter(Q(pk__in=involved.values("pk")) | owning).distinct()

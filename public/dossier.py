"""All that the public is told about a service, in one structure: what pages, exports, comparison and register take.

    {"facts": registry.facts, "statements": policies.statements, "decision": assessments.decision}

It holds codes, keys and ISO dates; labels, status and everything that depends on today or on a language are worked
out when it is shown. Other subjects stand as keys, and `public.references` finds what they say.
"""

from typing import Any

from django.db.models import QuerySet

from assessments.decision import decision, with_decisions
from policies.models import Policy
from policies.statements import statements
from registry.facts import facts, with_facts
from registry.models import Service

Dossier = dict[str, Any]


def public_services() -> QuerySet:
    """The one queryset behind every public page, feed, export and search: listed services."""
    return Service.objects.listed()


def public_policies() -> QuerySet:
    """Documents about at least one listed service; the others would tell of services that are not public."""
    return Policy.objects.filter(
        pk__in=Policy.services.through.objects.filter(service__in=public_services()).values("policy")
    )


def with_dossier(services: QuerySet) -> QuerySet:
    """Fetch, in a fixed number of queries, all that `dossier()` reads."""
    return with_decisions(with_facts(services)).prefetch_related("policies")


def dossier(service: Service) -> Dossier:
    """The dossier of a service that came out of `with_dossier`."""
    return {"facts": facts(service), "statements": statements(service), "decision": decision(service)}

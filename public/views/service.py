"""The page of a service, and each of its rounds."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from public.dossier import dossier, public_services, with_dossier
from public.presentation.round_page import round_page
from public.presentation.service import service_page
from public.presentation.timeline import rounds_told
from public.references import References
from public.register.reading import newest_news
from public.rows import rows, with_status_and_situation
from registry.models import Service

EXCERPT = 4  # entries of the history on the service's own page


def service_detail(request, slug):
    service = listed(slug)
    told = dossier(service)
    page = service_page(told, References(told), timezone.localdate())
    context = {
        "page": page,
        "history": rounds_told(told)[:EXCERPT],
        "alternatives": alternatives(page),
        "newest": newest_news("service", slug),
    }
    return render(request, "services/detail.html", context)


def round_detail(request, slug, number):
    told = dossier(listed(slug))
    row = next((row for row in told["decision"].get("rounds", []) if row["number"] == number), None)
    if row is None:
        raise Http404
    involved = {name: told["facts"].get(name) for name in ("vendor", "co_vendors")}
    page = round_page(told, number, References(involved, row), timezone.localdate())
    return render(request, "services/round.html", {"page": page})


def listed(slug) -> Service:
    """The service with all that its dossier needs. One that is no longer, or not yet, listed is not there."""
    return get_object_or_404(with_dossier(public_services()), slug=slug)


def alternatives(page):
    slugs = [row["slug"] for row in page.alternatives]
    return rows(with_status_and_situation(public_services().filter(slug__in=slugs))) if slugs else []

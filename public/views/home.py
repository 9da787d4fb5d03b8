"""The front page: search, what the statuses mean, and the latest decisions."""

from django.shortcuts import render
from django.utils import timezone

from assessments.status import USABLE, Status
from public.decisions import latest
from public.dossier import public_services
from public.rows import with_status_and_situation
from public.search import status_counts

REFUSED = (Status.UNDER_ASSESSMENT, Status.NOT_APPROVED, Status.WITHDRAWN, Status.EXPIRED)


def home(request):
    services = with_status_and_situation(public_services())
    counts = status_counts(services)
    context = {
        "usable": [(status.value, counts.get(status, 0)) for status in USABLE],
        "not_usable": [(status.value, counts.get(status, 0)) for status in REFUSED],
        "overdue": services.filter(is_overdue=True).count(),
        "latest": latest(timezone.localdate()),
    }
    return render(request, "home.html", context)

"""Services: the list as on the page, and one as the register tells of it."""

from django.utils import timezone

from assessments.status import standing
from public.api.answers import address
from public.api.parameters import refuse
from public.api.problems import ProblemError
from public.api.subjects import is_redacted, said_of
from public.filters import ServiceFilter, echo
from public.matching import MOST_WORDS
from public.register.reading import hidden_services
from public.search import SORTS, Search


def services(request, asked):
    search = understood(request.GET)
    page = search.page
    found = page.object_list.select_related("vendor").prefetch_related("co_vendors")
    return {
        "count": search.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "next": _page(search, page.number + 1) if page.has_next() else None,
        "previous": _page(search, page.number - 1) if page.has_previous() else None,
        "on": timezone.localdate().isoformat(),
        "services": [_row(service) for service in found],
    }


def _page(search, number):
    return address("api-services", query=search.address(page=number))


def _row(service):
    vendors = [service.vendor, *service.co_vendors.all()]
    return {
        "slug": service.slug,
        "name": service.name,
        "vendors": [vendor.slug for vendor in vendors if vendor],
        "status": service.status,
        "is_overdue": service.is_overdue,
        "decided_on": _iso(service.decided_on),
        "review_by": _iso(service.review_by),
        "valid_until": _iso(service.valid_until),
        "summary": service.summary,
        "page": address("service-detail", service.slug),
        "api": address("api-service", service.slug),
    }


def _iso(day):
    return day.isoformat() if day else None


def service(request, asked, key):
    said = said_of("service", key, asked["on"])
    now = None if is_redacted(said) else standing(said.content(), said.on)
    return {
        "slug": key,
        "on": said.on.isoformat(),
        "status": now and now.status,
        "is_overdue": now and now.is_overdue,
        **said.described(hidden_services()),
        "page": address("service-detail", key),
    }


def understood(params) -> Search:
    """The search that somebody asks for; what the page would leave out of account is a problem here."""
    search = Search(params)
    faults = [
        (name, f"“{echo(value)}” is not known here. {_cure(name)}")
        for name, field in search.filters.form.fields.items()
        for value in field.ignored
    ]
    faults += [(name, f"It is empty. {_cure(name)}") for name in ServiceFilter.base_filters if _is_empty(name, params)]
    if params.get("sorter", "navn") not in SORTS:
        faults.append(("sorter", f"“{echo(params['sorter'])}” is not known. Use one of: {', '.join(SORTS)}."))
    if search.has_too_many_words:
        faults.append(("q", f"At most {MOST_WORDS} words are looked for."))
    refuse(faults)
    if params.get("side", str(search.page.number)) != str(search.page.number):
        pages = search.page.paginator.num_pages
        raise ProblemError(400, f"side: “{echo(params['side'])}” is none of the pages 1 to {pages}.")
    return search


def _is_empty(name, params):
    return name != "q" and "" in params.getlist(name)


def _cure(name):
    values = [value for value, _label in ServiceFilter.base_filters[name].extra.get("choices", ())]
    if values:
        return f"Use one of: {', '.join(values)}."
    return CURES[name]


CURES = {
    "q": "Write at most 200 characters, without control characters.",
    "plattform": "The reference list platforms has the codes.",
    "lagring": "The reference list regions has the codes.",
    "overforing": "The reference list bases has the codes.",
    "opplysning": "The reference list categories has the codes.",
    "leverandor": "The slugs of those who offer services stand in the list of services, as vendors.",
}

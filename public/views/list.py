"""The list of services: search, filters with counts, order and pages, all of it in the address."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from public.rows import rows
from public.search import SORTS, Search

FIRST_FILTERS = ("status", "hvem", "plattform", "eos")


def service_list(request):
    search = Search(request.GET)
    if search.text and not search.count and not search.finds_without_filters():
        return not_on_the_list(request, search)
    more = [facet for name, facet in search.facets.items() if name not in FIRST_FILTERS]
    context = {
        "search": search,
        "title": title(search),
        "rows": rows(search.page.object_list),
        "first_facets": [search.facets[name] for name in FIRST_FILTERS],
        "more_facets": more,
        "more_used": any(facet.is_used for facet in more),
        "filters_used": sum(map(len, search.chosen.values())),
        "sorts": sorts(search),
        "query": search.address(page=search.page.number),
    }
    return render(request, "list.html", context)


def not_on_the_list(request, search):
    subject = _("Please assess %(service)s") % {"service": search.text}
    context = {"search": search, "rows": rows(search.similar()), "subject": subject, "query": search.address()}
    return render(request, "not_on_the_list.html", context)


def title(search):
    """What is shown, how many there are, and which page this is: titles are all that tells tabs apart."""
    shown = ", ".join(chip.label for chip in search.chips)
    count = ngettext("%(count)d hit", "%(count)d hits", search.count) % {"count": search.count}
    pages = search.page.paginator.num_pages
    if pages > 1:
        count += ", " + _("page %(page)d of %(pages)d") % {"page": search.page.number, "pages": pages}
    return f"{_('Services')}: {shown} ({count})" if shown else f"{_('Services')} ({count})"


def sorts(search):
    labels = {"navn": _("name"), "vurdert": _("last assessed"), "frist": _("deadline")}
    return [
        {"label": labels[sort], "address": search.address(sort=sort), "is_current": sort == search.sort}
        for sort in SORTS
    ]

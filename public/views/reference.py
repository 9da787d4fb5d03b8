"""The same facts seen from the other side: vendors, regions, kinds of data and grounds, each with its services."""

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from policies.models import Policy
from public import details, flows, law
from public.dossier import public_services
from public.paging import paged
from public.rows import rows, with_status_and_situation
from public.vendors import public_vendors
from registry.facts import region_facts, term_facts, vendor_facts
from registry.folding import sort_key
from registry.models import DataCategory, StorageRegion, TransferBasis


def vendor_list(request):
    offered = Count("services", filter=Q(services__in=public_services()), distinct=True)
    vendors = public_vendors().select_related("country").annotate(count=offered)
    return render(request, "vendors.html", paged(request, vendors.order_by("sort_key")))


def vendor_detail(request, slug):
    vendor = get_object_or_404(public_vendors().with_names(), slug=slug)
    offered = public_services().filter(Q(vendor=vendor) | Q(co_vendors=vendor))
    helped = public_services().filter(Q(subprocessors__vendor=vendor) | Q(storage__host=vendor))
    documents = Policy.objects.filter(vendor=vendor, services__in=public_services())
    context = {
        "vendor": vendor,
        "facts": vendor_facts(vendor),
        "owner_is_public": vendor.parent_id and public_vendors().filter(pk=vendor.parent_id).exists(),
        "subsidiaries": public_vendors().filter(parent=vendor).order_by("sort_key"),
        "policies": documents.distinct().order_by("title"),
        **_services(request, offered, helped, others_detail=details.tasks, vendor=vendor),
    }
    return render(request, "vendor.html", context)


def region_list(request):
    today = timezone.localdate().isoformat()
    regions = _counted(StorageRegion.objects.prefetch_related("adequacy_decisions"), "region")
    shown = [(row, law.position(region_facts(row), today)) for row in regions if _is_of_interest(row)]
    shown.sort(key=lambda pair: (not pair[0].count, sort_key(pair[0].name())))
    return render(request, "regions.html", {"regions": shown})


def _counted(rows, name):
    """Rows with `count`: how many services their own page lists."""
    counts = flows.counts(name)
    for row in rows:
        row.count = counts[row.pk]
    return rows


def _is_of_interest(region):
    return region.count or region.adequacy_decisions.all() or region.kind != StorageRegion.Kind.COUNTRY


def region_detail(request, code):
    region = get_object_or_404(StorageRegion.objects.prefetch_related("adequacy_decisions"), code=code)
    facts, today = region_facts(region), timezone.localdate().isoformat()
    storing, helped = flows.storing(region=region), flows.passing_on(region=region)
    context = {
        "region": region,
        "facts": facts,
        "position": law.position(facts, today),
        "decisions": [(row, law.holds(row, today)) for row in facts.get("adequacy_decisions", [])],
        **_services(request, storing, helped, details.roles, details.companies, region=region),
    }
    return render(request, "region.html", context)


def category_list(request):
    used = Count("data_uses__service", filter=Q(data_uses__service__in=public_services()), distinct=True)
    categories = sorted(DataCategory.objects.annotate(count=used), key=lambda row: sort_key(row.name()))
    groups = [(group, [row for row in categories if row.group == group]) for group in DataCategory.Group]
    return render(request, "categories.html", {"groups": [(group, rows) for group, rows in groups if rows]})


def category_detail(request, code):
    category = get_object_or_404(DataCategory, code=code)
    using = public_services().filter(data_uses__category=category)
    context = {
        "category": category,
        "facts": term_facts(category),
        **_services(request, using, detail=details.retentions, category=category),
    }
    return render(request, "category.html", context)


def basis_list(request):
    return render(request, "bases.html", {"bases": _counted(TransferBasis.objects.all(), "transfer_basis")})


def basis_detail(request, code):
    basis = get_object_or_404(TransferBasis, code=code)
    storing, helped = flows.storing(transfer_basis=basis), flows.passing_on(transfer_basis=basis)
    context = {
        "basis": basis,
        "facts": term_facts(basis),
        **_services(request, storing, helped, details.regions, details.companies, transfer_basis=basis),
    }
    return render(request, "basis.html", context)


def _services(request, services, others=None, detail=None, others_detail=None, **which):
    """One page of the services that a thing is about, and after them of those that it is about at second hand.

    A service stands among the first where it could stand in both. `which` is what the details are asked for.
    """
    others = public_services().none() if others is None else others
    found = public_services().filter(Q(pk__in=services.values("pk")) | Q(pk__in=others.values("pk")))
    found = with_status_and_situation(found).annotate(is_first=Exists(services.filter(pk=OuterRef("pk"))))
    shown = paged(request, found.order_by("-is_first", "sort_key", "slug"))

    def notes(keys):
        second = others_detail(services=keys, **which) if others_detail else {}
        return second | (detail(services=keys, **which) if detail else {})

    all_rows = rows(shown["page"].object_list, notes)
    first, rest = ([row for row in all_rows if row.service.is_first is is_first] for is_first in (True, False))
    return {**shown, "services": first, "others": rest}

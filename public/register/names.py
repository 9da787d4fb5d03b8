"""What readers call the subjects of entries, and where the pages about them are."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from public.presentation.words import capitalised
from public.register.reading import newest
from public.register.subjects import Key
from registry.models import region_name

PAGES = {
    "service": "service-detail",
    "vendor": "vendor-detail",
    "policy": "policy-detail",
    "region": "region-detail",
    "category": "category-detail",
    "basis": "basis-detail",
}


def names(keys: Iterable[Key]) -> dict[Key, str]:
    """The name of each subject as the register last gave it, in the active language. One query for each kind."""
    return {key: _name(key, entry.said()) for key, entry in newest(keys).items()}


def _name(key, said):
    kind, code = key
    if kind == "region":
        return capitalised(region_name(code))
    name = said.get("facts", said).get("name") or said.get("title") or code
    return capitalised(name.get(get_language() or "nb", name["nb"])) if isinstance(name, dict) else name


def page_of(key: Key) -> str:
    """The address of the page about a subject, "" where it has none of its own."""
    kind, code = key
    if kind in PAGES:
        return reverse(PAGES[kind], args=[code])
    if kind == "platform":
        return f"{reverse('service-list')}?{urlencode({'plattform': code})}"
    return reverse("about") if kind == "owner" else ""

"""Pages of fifty: which page is asked for, and the addresses of the others."""

import re
from collections.abc import Callable

from django.core.paginator import Page, Paginator

PAGE_SIZE = 50


def number_in(text: str) -> int:
    """The page that a parameter names; the first for anything that is no number."""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,5}", text) else 1


def links(page: Page, address: Callable[[int], str]) -> list[tuple[int | None, str]]:
    """The pages to link to with their addresses; None where some are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(number, address(number)) if isinstance(number, int) else (None, "") for number in numbers]


def paged(request, items) -> dict:
    """One page of a queryset or list, as the templates take it."""
    page = Paginator(items, PAGE_SIZE).get_page(number_in(request.GET.get("side", "")))
    query = "" if page.number == 1 else f"?side={page.number}"
    return {"page": page, "pages": links(page, lambda number: "" if number == 1 else f"?side={number}"), "query": query}

"""What is new: all that the register has told, day by day, narrowed by what the address asks for."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.status import Status
from public.news_filters import NewsQuestion
from public.presentation.news import by_day, items
from public.register.reading import began

FACETS = ("om", "hva", "status")


def changes(request):
    question = NewsQuestion(request.GET)
    context = {
        "question": question,
        "title": title(question),
        "days": by_day(items(question.page.object_list)),
        "facets": [(name, question.filters.filters[name].label, question.choices(name)) for name in FACETS],
        "vendors": question.choices("leverandor"),
        "began": began(),
        "query": question.address(page=question.page.number),
        "statuses": Status.choices,
    }
    return render(request, "changes.html", context)


def title(question: NewsQuestion) -> str:
    """What is shown, how many there are, and which page this is: titles are all that tells tabs apart."""
    count = ngettext("%(count)d change", "%(count)d changes", question.count) % {"count": question.count}
    pages = question.page.paginator.num_pages
    if pages > 1:
        count += ", " + _("page %(page)d of %(pages)d") % {"page": question.page.number, "pages": pages}
    return f"{question.title} ({count})"

"""Open data, in plain words: what there is, under which licence, and how to check that nothing was altered."""

from django.shortcuts import render

from public.licence import licence
from public.register.reading import began, head


def data(request):
    return render(request, "data.html", {"licence": licence(), "began": began(), "head": head()})

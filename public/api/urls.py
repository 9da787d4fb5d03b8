"""Addresses for programs. They are the same in every language, but for the file that holds words."""

import functools

from django.urls import include, path, re_path

from public.api import exports
from public.api.answers import as_json, missing, open_data
from public.api.endpoints import ENDPOINTS, Endpoint
from public.api.parameters import read_query


def _view(endpoint: Endpoint):
    def view(request, **path):
        return as_json(endpoint.answer(request, read_query(request.GET, endpoint.parameters), **path))

    return open_data(functools.update_wrapper(view, endpoint.answer))


api = [
    *(path(endpoint.route, _view(endpoint), name=endpoint.name) for endpoint in ENDPOINTS),
    re_path("^(?P<path>.*)$", missing),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("data/register.jsonl", open_data(exports.register_jsonl), name="register-jsonl"),
    path("data/register.csv", open_data(exports.register_csv), name="register-csv"),
    path("data/verify.py", open_data(exports.verify_script), name="verify-script"),
]

# In each language.
translated = [
    path("tjenester.csv", open_data(exports.services_csv), name="service-csv"),
]

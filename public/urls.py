"""Addresses are Norwegian words and stable for ever. `config.urls` puts the language before `urlpatterns`."""

from django.urls import path, register_converter

from public.errors import read_only
from public.views import home, list, policy, reference, service, site


class Code:
    """The code of a row of reference data, in the case in which it is stored."""

    regex = "[A-Za-z0-9_-]{1,40}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Code, "code")


def page(route, view, name):
    return path(route, read_only(view), name=name)


urlpatterns = [
    page("", home.home, "home"),
    page("tjenester/", list.service_list, "service-list"),
    page("tjenester/<slug:slug>/", service.service_detail, "service-detail"),
    page("tjenester/<slug:slug>/historikk/", service.service_history, "service-history"),
    page("tjenester/<slug:slug>/vurdering/<int:number>/", service.round_detail, "round-detail"),
    page("leverandorer/", reference.vendor_list, "vendor-list"),
    page("leverandorer/<slug:slug>/", reference.vendor_detail, "vendor-detail"),
    page("lagring/", reference.region_list, "region-list"),
    page("lagring/<code:code>/", reference.region_detail, "region-detail"),
    page("opplysninger/", reference.category_list, "category-list"),
    page("opplysninger/<code:code>/", reference.category_detail, "category-detail"),
    page("overforing/", reference.basis_list, "basis-list"),
    page("overforing/<code:code>/", reference.basis_detail, "basis-detail"),
    page("personvernerklaringer/", policy.policy_list, "policy-list"),
    page("personvernerklaringer/<slug:slug>/", policy.policy_detail, "policy-detail"),
    page("om/", site.about, "about"),
]

# The same in every language.
plain = [
    page("helse/", site.health, "health"),
    page("robots.txt", site.robots, "robots"),
]

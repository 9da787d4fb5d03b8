"""Addresses are Norwegian words and stable for ever. `config.urls` puts the language before `urlpatterns`."""

from django.urls import path, register_converter

from public.api import urls as api
from public.errors import read_only
from public.feeds import NewsFeed, ServiceFeed, StatusFeed, VendorFeed
from public.freshness import fresh
from public.views import changes, data, history, home, list, policy, reference, service, site


class Code:
    """The code of a row of reference data, in the case in which it is stored."""

    regex = "[A-Za-z0-9_-]{1,40}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(Code, "code")


def page(route, view, name):
    return path(route, read_only(fresh(view)), name=name)


urlpatterns = [
    page("", home.home, "home"),
    page("tjenester/", list.service_list, "service-list"),
    page("tjenester/<slug:slug>/", service.service_detail, "service-detail"),
    page("tjenester/<slug:slug>/historikk/", history.service_history, "service-history"),
    page("tjenester/<slug:slug>/endring/<int:serial>/", history.service_entry, "service-entry"),
    page("tjenester/<slug:slug>/versjon/<int:serial>/", history.service_version, "service-version"),
    page("tjenester/<slug:slug>/per/", history.choose_day, "choose-day"),
    page("tjenester/<slug:slug>/per/<slug:day>/", history.service_on_day, "service-on-day"),
    page("tjenester/<slug:slug>/vurdering/<int:number>/", service.round_detail, "round-detail"),
    page("tjenester/<slug:slug>/atom.xml", ServiceFeed(), "service-feed"),
    page("leverandorer/", reference.vendor_list, "vendor-list"),
    page("leverandorer/<slug:slug>/", reference.vendor_detail, "vendor-detail"),
    page("leverandorer/<slug:slug>/atom.xml", VendorFeed(), "vendor-feed"),
    page("lagring/", reference.region_list, "region-list"),
    page("lagring/<code:code>/", reference.region_detail, "region-detail"),
    page("opplysninger/", reference.category_list, "category-list"),
    page("opplysninger/<code:code>/", reference.category_detail, "category-detail"),
    page("overforing/", reference.basis_list, "basis-list"),
    page("overforing/<code:code>/", reference.basis_detail, "basis-detail"),
    page("personvernerklaringer/", policy.policy_list, "policy-list"),
    page("personvernerklaringer/<slug:slug>/", policy.policy_detail, "policy-detail"),
    page("endringer/", changes.changes, "changes"),
    page("endringer/atom.xml", NewsFeed(), "feed"),
    page("endringer/status/<slug:status>/atom.xml", StatusFeed(), "status-feed"),
    page("endringer/<int:serial>/", history.entry_detail, "entry-detail"),
    page("om/", site.about, "about"),
    page("data/", data.data, "data"),
    *api.translated,
]

# The same in every language.
plain = [
    path("helse/", read_only(site.health), name="health"),
    page("robots.txt", site.robots, "robots"),
    *api.urlpatterns,
]

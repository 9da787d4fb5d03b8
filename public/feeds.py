"""What is new as Atom (RFC 4287): all of it or some, of one service, of one vendor, of the services with one status.

Addresses begin with SITE_URL, never with the host that was asked for. An entry has one id in every language.
"""

import datetime
import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.xmlutils import SimplerXMLGenerator

from assessments.status import Status
from public import context
from public.dossier import public_services
from public.labels import label
from public.licence import licence
from public.models import RegisterEntry
from public.news_filters import OF_STATUS, NewsQuestion, about_services, about_vendors, with_any_status
from public.presentation.news import Item, items
from public.presentation.words import day
from public.register.reading import newest_of, news
from public.vendors import public_vendors

MOST = 50
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class Writer(SimplerXMLGenerator):
    """Leaves out the characters that XML cannot hold: one in a text shall not cost readers the feed."""

    def characters(self, content):
        super().characters(NOT_IN_XML.sub("", content))


class Atom(Atom1Feed):
    """Summaries are plain text, and the licence has its link (RFC 4946)."""

    def write(self, outfile, encoding):
        writer = Writer(outfile, encoding, short_empty_elements=True)
        writer.startDocument()
        writer.startElement("feed", self.root_attributes())
        self.add_root_elements(writer)
        self.write_items(writer)
        writer.endElement("feed")

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("link", None, {"rel": "license", "href": licence().url})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"])

    def latest_post_date(self):
        """Of a feed without entries a day that stays the same: the present moment would be news each time."""
        return super().latest_post_date() if self.items else LONG_AGO


@dataclass(frozen=True)
class Channel:
    """What a feed is of: its title, the paths of the page beside it and of the feed itself, and entries to tell."""

    title: str
    page: str
    address: str
    entries: QuerySet


class NewsFeed(Feed):
    """All that is new, or what the query string asks for, as on the page of changes."""

    feed_type = Atom

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        # The time of the newest entry says nothing of entries that have gone; the ETag knows of those as well.
        del response.headers["Last-Modified"]
        return response

    def get_object(self, request):
        question = NewsQuestion(request.GET)
        query = question.address()
        return Channel(question.title, reverse("changes") + query, request.path + query, question.entries)

    # The feed

    def title(self, channel):
        return channel.title

    def subtitle(self):
        words = _("Apps and services in schools")
        return f"{words}. {_('Demonstration: the school owner is made up.')}" if settings.DEMONSTRATION else words

    def link(self, channel):
        return _whole(channel.page)

    def feed_url(self, channel):
        return _whole(channel.address)

    feed_guid = feed_url

    def author_name(self):
        return context.owner()["name"]

    def author_link(self):
        return _whole(reverse("home"))

    def feed_copyright(self):
        return f"{licence().name}: {licence().url}"

    # Its entries

    def items(self, channel):
        return items(channel.entries[:MOST])

    def item_title(self, item):
        return f"{item.name}: {item.title}"

    def item_description(self, item):
        return "\n".join(_summary(item))

    def item_link(self, item):
        return _whole(item.address)

    def item_guid(self, item):
        return item.permanent_address

    def item_updateddate(self, item):
        return item.entry.recorded_at

    def item_categories(self, item):
        return [code for code in (item.entry.kind, item.status) if code]


def _whole(path):
    return f"{settings.SITE_URL}{path}"


def _summary(item: Item):
    yield str(item.text)
    yield from item.shown
    if item.more:
        yield ngettext("and %(number)d more change", "and %(number)d more changes", item.more) % {"number": item.more}
    if item.holds_from:
        yield f"{_('Holds from')} {day(item.holds_from.isoformat())}"


class ServiceFeed(NewsFeed):
    def get_object(self, request, slug):
        service = get_object_or_404(public_services(), slug=slug)
        title = _("What is new about %(name)s") % {"name": service.name}
        entries = news().filter(subject_kind=RegisterEntry.About.SERVICE, subject_key=slug)
        return Channel(title, reverse("service-history", args=[slug]), request.path, entries)


class VendorFeed(NewsFeed):
    """Of a vendor and of the services that it offers."""

    def get_object(self, request, slug):
        vendor = get_object_or_404(public_vendors(), slug=slug)
        title = _("What is new about %(name)s and its services") % {"name": vendor.name}
        return Channel(title, vendor.get_absolute_url(), request.path, news().filter(about_vendors([slug])))


class StatusFeed(NewsFeed):
    """Of each service that has a status now, what last had to do with it."""

    def get_object(self, request, status):
        if status not in Status.values:
            raise Http404
        title = _("Services with the status “%(status)s”") % {"status": label("status", status)}
        newest = newest_of(RegisterEntry.objects.filter(about_services(with_any_status([status])), kind__in=OF_STATUS))
        entries = news().filter(serial__in=newest.values("serial"))
        return Channel(title, f"{reverse('changes')}?status={status}", request.path, entries)

"""Small words of the templates: icons, labels, dates, gaps, and free text made into paragraphs and links."""

import datetime
import re

from babel.dates import format_date, format_skeleton, format_time
from django import template
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils import timezone
from django.utils.html import Urlizer, format_html, format_html_join, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from assessments.status import Status
from public.labels import label as label_of
from public.meanings import MEANINGS

register = template.Library()

# The class and the shape of each status; see style.css and _icons.html.
TONES = {
    Status.APPROVED: "approved",
    Status.CONDITIONAL: "conditional",
    Status.PILOT: "pilot",
    Status.NOT_APPROVED: "refused",
    Status.WITHDRAWN: "withdrawn",
    Status.UNDER_ASSESSMENT: "pending",
    Status.EXPIRED: "expired",
    Status.NOT_ASSESSED: "unlisted",
}


class Links(Urlizer):
    """Makes links of full addresses and of e-mail addresses; a bare "menti.com" stays text."""

    simple_url_2_re = re.compile(r"(?!)")


links = Links()
NOFOLLOW = ' rel="nofollow"'  # as Links writes it; in the text itself a quotation mark is escaped
FOREIGN = ' rel="nofollow noopener noreferrer"'
OUTWARD = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def locale() -> str:
    """The active language as Babel knows it; English dates are written day first, as in Norway."""
    language = get_language() or "nb"
    return "en_GB" if language == "en" else language


def as_date(moment) -> datetime.date:
    """The day, in Norway, of a date, a date-time or either of them as ISO 8601."""
    if isinstance(moment, str):
        moment = datetime.datetime.fromisoformat(moment) if "T" in moment else datetime.date.fromisoformat(moment)
    if isinstance(moment, datetime.datetime):
        return timezone.localtime(moment).date()
    return moment


@register.simple_tag
def icon(name):
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"></use></svg>', name)


@register.filter
def label(code, kind):
    return label_of(kind, code)


@register.filter
def tone(status):
    return TONES.get(status, "unlisted")


@register.filter
def meaning(status):
    return MEANINGS.get(status, "")


@register.simple_tag
def status(code):
    """The word of a status beside its shape."""
    return format_html('<span class="status is-{}">{}{}</span>', tone(code), icon(tone(code)), label_of("status", code))


@register.filter
def day(moment):
    """4 May 2026, in the active language."""
    if not moment:
        return ""
    date = as_date(moment)
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), format_date(date, "long", locale=locale()))


@register.filter
def moment(when):
    """4 May 2026, 13.05, in the active language and in Norway's time."""
    local = timezone.localtime(when)
    words = f"{format_date(local, 'long', locale=locale())}, {format_time(local, 'short', locale=locale())}"
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), words)


@register.filter
def month(moment):
    """May 2026, in the active language."""
    if not moment:
        return ""
    date = as_date(moment)
    words = format_skeleton("yMMMM", date, locale=locale())
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), words)


@register.simple_tag
def gap(text):
    """A value that is missing: a finding, so it is marked."""
    return format_html('<span class="gap">{}</span>', text)


@register.filter
def shown(words):
    """`presentation.words.Words` as they are read: marked where they are a gap, or in another language.

    A `Phrase` is read part by part.
    """
    if not words:
        return ""
    if hasattr(words, "parts"):
        return format_html_join("", "{}", ((shown(part),) for part in words.parts))
    if words.is_gap:
        return gap(words.text)
    attribute = lang_attribute(words.lang)
    return format_html("<span{}>{}</span>", attribute, words.text) if attribute else words.text


@register.filter
def prose(text):
    """Paragraphs and links of plain text; all else in it is escaped."""
    if not text:
        return ""
    linked = links(text, nofollow=True, autoescape=True)
    return mark_safe(linebreaks(linked.replace(NOFOLLOW, FOREIGN)))  # noqa: S308 - links() has escaped it


@register.filter(name="lang")
def lang_attribute(language):
    """` lang="nb"` where a text is in another language than the page; nothing where it is in the same."""
    if not language or language == get_language():
        return ""
    return format_html(' lang="{}"', language)


@register.simple_tag
def link(address, words=None, language="", own=False, **attributes):
    """A link out of the site, to web and e-mail addresses only; any other address is nothing but text.

    Forms refuse such addresses, but not all that is stored came through a form. `own` is for our own pages elsewhere.
    """
    words = shown(words) if hasattr(words, "lang") else words or address
    if not OUTWARD.match(address):
        return words
    attributes |= {"hreflang": language} if language else {}
    attributes |= {} if own else {"rel": "nofollow noopener noreferrer"}
    return format_html('<a href="{}"{}>{}</a>', address, flatatt(attributes), words)


@register.filter
def host(url):
    """The host of an address, as a reader knows it: without www."""
    return re.sub(r"^[a-z]+://(www\.)?([^/?#]*).*$", r"\2", url or "", flags=re.IGNORECASE)


@register.simple_tag(takes_context=True)
def page_link(context, kind, key, words):
    """A link to the page of a vendor or a document; words alone where an old page names one that has no page now."""
    words = shown(words) if hasattr(words, "lang") else words
    if (kind, key) in context.get("absent", ()):
        return words
    return format_html('<a href="{}">{}</a>', reverse(f"{kind}-detail", args=[key]), words)


@register.simple_tag(takes_context=True)
def current(context, name):
    """` aria-current` for a link of the menu: the page itself, or the part of the site that it is in."""
    path = getattr(context.get("request"), "path", "")
    target = reverse(name)
    if path == target:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if path.startswith(target) else ""

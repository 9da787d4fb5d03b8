"""How the words of `public.presentation` become HTML."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from public.presentation.words import article
from public.templatetags.public import FOREIGN, NOFOLLOW, lang_attribute, links, prose, shown

register = template.Library()

register.filter("article", article)


@register.filter
def paragraphs(words):
    """Content of several paragraphs, with links."""
    if not words or words.is_gap:
        return shown(words)
    lang = lang_attribute(words.lang)
    return format_html("<div{}>{}</div>", lang, prose(words.text)) if lang else prose(words.text)


@register.filter
def quoted(text, language):
    """A vendor's own words, in the language of its document."""
    return format_html("<q{}>{}</q>", lang_attribute(language), text) if text else ""


@register.filter
def linked(words):
    """Content in one line, in which full addresses and e-mail addresses are links."""
    if not words:
        return ""
    text = mark_safe(links(words.text, nofollow=True, autoescape=True).replace(NOFOLLOW, FOREIGN))  # noqa: S308 - escaped
    gap, lang = mark_safe(' class="gap"') if words.is_gap else "", lang_attribute(words.lang)
    return format_html("<span{}{}>{}</span>", gap, lang, text) if gap or lang else text

"""The words that many pages are made of: findings, lists of names, spans, days, articles of the law."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale
from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from public.labels import label
from public.templatetags.public import locale


@dataclass(frozen=True)
class Words:
    """Something to read: our own words, content in its language (`lang`), or the finding that something is missing."""

    text: str
    lang: str = ""
    is_gap: bool = False

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text


NOTHING = Words("")


@dataclass(frozen=True)
class Phrase:
    """Our own words and content in one: each part is marked with its own language."""

    parts: tuple[Words, ...]

    def __bool__(self):
        return any(self.parts)

    def __str__(self):
        return "".join(part.text for part in self.parts)

    def sentence(self) -> "Phrase":
        """With a capital letter and a full stop."""
        first, *rest = (part for part in self.parts if part)
        ended = sentence(str(self))[-1:]
        stop = () if str(self).endswith(ended) else (Words(ended),)
        return Phrase((replace(first, text=capitalised(first.text)), *rest, *stop))


def composed(template: str, lang: str, **content: str) -> Phrase:
    """A translated template, such as “%(name)s gets data”, with content in its language."""
    pieces = re.split(r"%\((\w+)\)s", template)  # words and names take turns
    parts = [Words(content[piece], lang) if n % 2 else Words(piece) for n, piece in enumerate(pieces)]
    return Phrase(tuple(part for part in parts if part))


def gap(text: str) -> Words:
    """A missing value, which is a finding."""
    return Words(text, is_gap=True)


def said(text: str | None, lang: str, missing: str = "") -> Words:
    """Content in its language; where there is none, the finding `missing`, or nothing."""
    if text:
        return Words(text, lang)
    return gap(missing) if missing else NOTHING


def capitalised(text: str) -> str:
    """With a capital letter, unless the word is written with one inside, as iPad is."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    text = capitalised(text.strip())
    return text if not text or text[-1] in ".!?:" else f"{text}."


def lowered(text: str) -> str:
    """As it stands inside a sentence: a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def stopped(words: Words) -> Words:
    """The same words as a sentence."""
    return Words(sentence(words.text), words.lang, words.is_gap)


def listed(items: Iterable[str], most: int = 0) -> str:
    """“a, b and c”; beyond `most` the rest are counted."""
    items = [str(item) for item in items]
    if most and len(items) > most + 1:
        rest = len(items) - most
        items = [*items[:most], ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest}]
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def people(codes: list[str], nobody: str = "") -> str:
    """“Pupil, teacher and guardian”, or `nobody` for none."""
    return capitalised(listed(label("audience", code).lower() for code in codes)) or nobody


def grades(span: dict[str, int] | None) -> str:
    """“Grades 1–4”; "" for none."""
    if not span:
        return ""
    if span["from"] == span["to"]:
        return _("Grade %(grade)s") % {"grade": span["from"]}
    return _("Grades %(first)s–%(last)s") % {"first": span["from"], "last": span["to"]}


def day(iso: str | None) -> str:
    """4 May 2026, in the active language; "" for none."""
    return format_date(datetime.date.fromisoformat(iso[:10]), "long", locale=locale()) if iso else ""


def language(code: str | None) -> str:
    """The name of a language, in the active one: “bokmål”, “English”."""
    if not code:
        return ""
    named = {"nb": _("bokmål"), "nn": _("nynorsk")}.get(code)
    return named or Locale.parse(locale()).languages.get(re.split("[-_]", code)[0], code)


def article(code: str | None) -> str:
    """An article of the GDPR as it is cited in the active language, from its code: 46(2)(c)."""
    parts = re.findall(r"\w+", code or "")
    if len(parts) > 2:
        named = {"article": parts[0], "paragraph": parts[1], "point": parts[2]}
        return _("article %(article)s(%(paragraph)s)(%(point)s)") % named
    if len(parts) == 2:
        return _("article %(article)s(%(paragraph)s)") % {"article": parts[0], "paragraph": parts[1]}
    return _("article %(article)s") % {"article": parts[0]} if parts else ""


# Where one says “på” in Norwegian.
ISLANDS = {"AX", "CY", "FO", "GG", "GL", "HT", "IM", "IS", "JE", "JM", "MT", "MU", "PH", "SJ"}


def located(names: dict[str, str]) -> str:
    """“in Germany and the USA”, from names by region; answers that are no country have words of their own."""
    islands = [name for code, name in names.items() if code in ISLANDS]
    countries = [name for code, name in names.items() if code not in ISLANDS and code not in _elsewhere()]
    phrases = []
    if countries:
        phrases.append(pgettext("country", "in %(place)s") % {"place": listed(countries)})
    if islands:
        phrases.append(pgettext("island", "in %(place)s") % {"place": listed(islands)})
    return listed([*phrases, *(words for code, words in _elsewhere().items() if code in names)])


def _elsewhere():
    return {
        "EEA": _("in the EEA"),
        "NON_EEA": _("outside the EEA, in a country that is not stated"),
        "WORLDWIDE": _("anywhere in the world"),
        "OWN": _("on the school owner's own premises"),
        "DEVICE": _("on the device"),
        "UNSTATED": _("in a place that is not stated"),
        "EPO": _("at the European Patent Organisation"),
    }


@dataclass(frozen=True)
class Credit:
    """Who says so, where, and when."""

    by: str
    source: Words
    on: str

    def __bool__(self):
        return bool(self.by or self.source or self.on)


def credit(row: dict[str, Any], lang: str, understood: str = "vendor") -> Credit:
    """Who says what a row says. The one who is `understood` is named only together with a source or a day."""
    source, on = said(row.get("source"), lang), row.get("stated_on", "")
    by = row.get("said_by", "")
    if by == understood and not source and not on:
        by = ""
    return Credit(label("said_by", by), source, on)

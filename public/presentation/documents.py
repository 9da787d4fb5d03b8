"""The vendor's documents beside a service: what they say and what they do not, in a few lines each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from policies.checks import Gap, gaps
from public.labels import label
from public.presentation.retention import kept
from public.presentation.words import Words, article, capitalised, language, lowered, said, sentence
from public.references import References

# Rows about documents have no language of their own; they are written in that of the site.
OURS = settings.LANGUAGE_CODE
MOST = 6
# The kinds of documents that articles 13 and 14 are about.
STATEMENTS = {"privacy", "children"}


@dataclass(frozen=True)
class Missing:
    """One thing that a document does not say, and where the law asks for it."""

    message: str
    article: str
    detail: Words


@dataclass(frozen=True)
class Document:
    """A document of a vendor as a service's page names it. `captured_on` is empty while it has not been read in."""

    slug: str
    title: Words
    kind: str
    url: str
    lang: str
    language: str
    captured_on: str
    revised_on: str
    note: Words
    says: list[Words]
    missing: list[Missing]
    grounds: list[Words]


def documents(dossier: dict[str, Any], references: References) -> list[Document]:
    """The documents that speak of a service, privacy statements first."""
    found = [references.get("policy", slug) for slug in dossier["statements"].get("policies", [])]
    ordered = sorted((row for row in found if row), key=lambda row: (row["kind"] not in STATEMENTS, row["title"]))
    return [document(row) for row in ordered]


def document(policy: dict[str, Any]) -> Document:
    """One document in a few lines, by its newest version."""
    newest = (policy.get("versions") or [{}])[0]
    return Document(
        slug=policy["slug"],
        title=Words(policy["title"], OURS),
        kind=label("policy", policy["kind"]),
        url=policy.get("url", ""),
        lang=policy.get("language", ""),
        language=language(policy.get("language")),
        captured_on=newest.get("captured_on", ""),
        revised_on=newest.get("revised_on", ""),
        note=said(policy.get("note"), OURS),
        says=list(_says(newest))[:MOST],
        missing=missing(policy, newest),
        grounds=_grounds(newest),
    )


def missing(policy: dict[str, Any], version: dict[str, Any]) -> list[Missing]:
    """What a privacy statement should say and does not; other documents need not, and unread ones are not judged."""
    if not version or policy["kind"] not in STATEMENTS:
        return []
    return [missing_line(gap) for gap in gaps(version)]


def missing_line(gap: Gap) -> Missing:
    """A gap in words."""
    return Missing(capitalised(str(gap.message)), capitalised(article(gap.article)), said(str(gap.detail), OURS))


def _says(version) -> Iterator[Words]:
    for row in version.get("retentions", []):
        answer = kept(row["retention"], OURS)
        if answer.is_stated:
            yield Words(sentence(f"{row['what']}: {lowered(answer.answer.text)}"), OURS)
    for row in version.get("recipients", []):
        purpose = row.get("purpose", "")
        yield Words(sentence(_("%(name)s gets data") % row + (f": {lowered(purpose)}" if purpose else "")), OURS)
    for row in version.get("remarks", []):
        yield Words(sentence(row["text"]), OURS)


def _grounds(version):
    """The vendor's own legal bases, each with its purposes."""
    purposes: dict[str, list[str]] = {}
    for row in version.get("legal_bases", []):
        purposes.setdefault(row["ground"], []).append(row["purpose"])
    return [
        Words(f"{label('ground', ground)}: {'; '.join(names)}", OURS, is_gap=ground == "not_stated")
        for ground, names in purposes.items()
    ]

"""The vendor's documents beside a service: what they say and what they do not, in a few lines each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from policies.checks import Gap, gaps
from policies.statements import being_read, newest_read
from public.labels import label
from public.presentation.retention import kept
from public.presentation.words import Phrase, Words, article, capitalised, composed, day, language, lowered, said
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
    detail: Phrase


@dataclass(frozen=True)
class Document:
    """A document of a vendor as a service's page names it, by the newest version that has been read.

    `captured_on` is empty while none has been; `waiting` says of a later one that it is captured and not read yet.
    """

    slug: str
    title: Words
    kind: str
    url: str
    lang: str
    language: str
    captured_on: str
    revised_on: str
    waiting: str
    note: Words
    says: list[Phrase]
    missing: list[Missing]
    grounds: list[Phrase]


def documents(dossier: dict[str, Any], references: References) -> list[Document]:
    """The documents that speak of a service, privacy statements first."""
    found = [references.get("policy", slug) for slug in dossier["statements"].get("policies", [])]
    ordered = sorted((row for row in found if row), key=lambda row: (row["kind"] not in STATEMENTS, row["title"]))
    return [document(row) for row in ordered]


def document(policy: dict[str, Any]) -> Document:
    """One document in a few lines, by the newest version that has been read."""
    newest = newest_read(policy)
    return Document(
        slug=policy["slug"],
        title=Words(policy["title"], OURS),
        kind=label("policy", policy["kind"]),
        url=policy.get("url", ""),
        lang=policy.get("language", ""),
        language=language(policy.get("language")),
        captured_on=newest.get("captured_on", ""),
        revised_on=newest.get("revised_on", ""),
        waiting=waiting(policy),
        note=said(policy.get("note"), OURS),
        says=list(_says(newest))[:MOST],
        missing=missing(policy, newest),
        grounds=_grounds(newest),
    )


def waiting(policy: dict[str, Any]) -> str:
    """That the newest version is not read yet, so that nobody takes the one before it for the vendor's last word."""
    captured = {"day": day(being_read(policy).get("captured_on"))}
    if not captured["day"]:
        return ""
    if newest_read(policy):
        return _("A newer version of %(day)s has been captured and is being read.") % captured
    return _("The version of %(day)s has been captured and is being read.") % captured


def missing(policy: dict[str, Any], version: dict[str, Any]) -> list[Missing]:
    """What a privacy statement should say and does not; other documents need not, and unread ones are not judged."""
    return [missing_line(gap) for gap in gaps(version)] if policy["kind"] in STATEMENTS else []


def missing_line(gap: Gap) -> Missing:
    """A gap in words."""
    detail = composed(str(gap.remark), OURS, value=gap.value) if gap.value else Phrase(())
    return Missing(capitalised(str(gap.message)), capitalised(article(gap.article)), detail)


def _says(version) -> Iterator[Phrase]:
    for row in version.get("retentions", []):
        answer = kept(row["retention"], OURS)
        if answer.is_stated:
            yield Phrase((Words(row["what"], OURS), Words(f": {lowered(answer.answer.text)}"))).sentence()
    for row in version.get("recipients", []):
        purpose = (Words(": "), Words(lowered(row["purpose"]), OURS)) if "purpose" in row else ()
        yield Phrase((*composed(_("%(name)s gets data"), OURS, name=row["name"]).parts, *purpose)).sentence()
    for row in version.get("remarks", []):
        yield Phrase((Words(row["text"], OURS),)).sentence()


def _grounds(version):
    """The vendor's own legal bases, each with its purposes."""
    purposes: dict[str, list[str]] = {}
    for row in version.get("legal_bases", []):
        purposes.setdefault(row["ground"], []).append(row["purpose"])
    return [
        Phrase(
            (Words(label("ground", ground), is_gap=ground == "not_stated"), Words(": "), Words("; ".join(names), OURS))
        )
        for ground, names in purposes.items()
    ]

"""One round in words: who may do what, on which conditions, why, and on what it rests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from public.labels import CHOICES, label
from public.presentation.words import Credit, Words, capitalised, credit, grades, listed, lowered, people, said
from public.references import References

Round = dict[str, Any]

TONES = {"allowed": "approved", "with_conditions": "conditional", "not_allowed": "refused"}


@dataclass(frozen=True)
class Span:
    """Consecutive conditions: the number of the first, and how the span is written."""

    first: int
    text: str


@dataclass(frozen=True)
class RulingLine:
    """What holds for one audience, or for several of which the same is said."""

    who: str
    tone: str
    verdict: str
    use: Words
    scope: list[Words]
    voluntary: str
    offered: Words
    conditions: list[Span]


@dataclass(frozen=True)
class ConditionRow:
    number: int
    text: Words
    mark: str


@dataclass(frozen=True)
class ConditionGroup:
    """The conditions for the same audiences."""

    title: str
    rows: list[ConditionRow]


@dataclass(frozen=True)
class ConsiderationRow:
    kind: str
    text: Words
    credit: Credit


@dataclass(frozen=True)
class ConsiderationGroup:
    """What was weighed and pulls the same way; the icon says which."""

    title: str
    icon: str
    rows: list[ConsiderationRow]


@dataclass(frozen=True)
class BasisRow:
    """The school owner's own legal basis for one purpose."""

    who: str
    purpose: Words
    ground: Words
    law: Words


def rulings(row: Round, facts: dict[str, Any], is_over: bool = False) -> list[RulingLine]:
    """Who may do what. Audiences of which exactly the same is said share a line; `is_over` takes the tone away."""
    alike: dict[str, list] = {}
    for ruling in row.get("rulings", []):
        rest = {key: value for key, value in ruling.items() if key != "audience"}
        key = json.dumps([rest, _concerning(row, ruling["audience"])], sort_keys=True)
        alike.setdefault(key, []).append(ruling)
    return [_ruling(same, row, facts, is_over) for same in alike.values()]


def _ruling(same, row, facts, is_over):
    ruling, lang = same[0], facts["language"]
    forbidden = ruling["verdict"] == "not_allowed"
    verdict = label("verdict", ruling["verdict"])
    return RulingLine(
        who=people([other["audience"] for other in same]),
        tone="expired" if is_over else TONES[ruling["verdict"]],
        verdict=verdict,
        use=said(ruling.get("use"), lang) or Words(lowered(verdict)),
        scope=_scope(ruling, facts),
        voluntary="" if ruling["voluntary"] == "not_stated" else label("voluntary", ruling["voluntary"]),
        offered=said(ruling.get("offered_instead"), lang),
        conditions=[] if forbidden else spans(_concerning(row, ruling["audience"])),
    )


def _scope(ruling, facts):
    editions = {row["slug"]: row["name"] for row in facts.get("editions", [])}
    edition = ruling.get("edition")
    scope = [Words(editions.get(edition, edition), facts["language"])] if edition else []
    return scope + ([Words(grades(ruling["grades"]))] if ruling.get("grades") else [])


def _concerning(row, audience):
    """The numbers of the conditions that an audience must keep; one for nobody in particular is for everybody."""
    return [
        condition["number"]
        for condition in row.get("conditions", [])
        if not condition.get("audiences") or audience in condition["audiences"]
    ]


def spans(numbers: list[int]) -> list[Span]:
    """1, 2, 3, 7 as “1–3” and “7”."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [Span(run[0], str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}") for run in runs]


def conditions(row: Round, lang: str, marks: Mapping[str, str] | None = None) -> list[ConditionGroup]:
    """The conditions under their audiences, numbered through; `marks` says of a key what is new about it."""
    groups: dict[tuple, list[ConditionRow]] = {}
    for each in row.get("conditions", []):
        line = ConditionRow(each["number"], Words(each["text"], lang), (marks or {}).get(each["key"], ""))
        groups.setdefault(tuple(each.get("audiences", [])), []).append(line)
    return [ConditionGroup(plural(audiences), rows) for audiences, rows in groups.items()]


def plural(audiences) -> str:
    """“Pupils and guardians”; “everybody” where nobody in particular is meant."""
    names = {
        "pupil": _("pupils"),
        "teacher": _("teachers"),
        "guardian": _("guardians"),
        "staff": _("other staff"),
        "leader": _("the school leadership"),
    }
    if not audiences or len(audiences) == len(names):
        return _("Everybody")
    return capitalised(listed(names.get(code, code) for code in audiences))


def considerations(row: Round, lang: str) -> list[ConsiderationGroup]:
    """What was weighed, by which way it pulls."""
    icons = {"for": "yes", "against": "close", "uncertain": "unlisted"}
    rows = row.get("considerations", [])
    return [
        ConsiderationGroup(
            label("direction", way),
            icons[way],
            [_consideration(each, lang) for each in rows if each["direction"] == way],
        )
        for way in CHOICES["direction"].values
        if any(each["direction"] == way for each in rows)
    ]


def _consideration(row, lang):
    return ConsiderationRow(
        label("consideration", row["kind"]), Words(row["text"], lang), credit(row, lang, understood="")
    )


def owner_bases(row: Round, lang: str) -> list[BasisRow]:
    """The school owner's own legal bases."""
    return [
        BasisRow(
            plural(each.get("audiences", [])),
            Words(each["purpose"], lang),
            Words(label("ground", each["ground"]), is_gap=each["ground"] == "not_stated"),
            said(each.get("law"), lang),
        )
        for each in row.get("owner_bases", [])
    ]


@dataclass(frozen=True)
class ImpactLine:
    """An impact assessment that a round rests on."""

    title: Words
    scope: str
    dated: str
    valid_until: str
    archive_reference: str
    url: str
    summary: Words


@dataclass(frozen=True)
class VersionLine:
    """A version of a vendor's document that a round rests on. One that is not public has neither slug nor title."""

    slug: str
    title: str
    captured_on: str


@dataclass(frozen=True)
class Grounds:
    """On what a round rests, above and beside its reasons."""

    impact_assessments: list[ImpactLine]
    versions: list[VersionLine]

    def __bool__(self):
        return bool(self.impact_assessments or self.versions)


def grounds(row: Round, lang: str, references: References) -> Grounds:
    """The impact assessments and the versions of documents that a round rests on."""
    return Grounds(
        [_impact(each, lang, references) for each in row.get("impact_assessments", [])],
        [_version(each, references) for each in row.get("policy_versions", [])],
    )


def _version(row, references):
    policy = references.get("policy", row["policy"])
    title = policy.get("title") or _("A document that is not public here")
    return VersionLine(policy.get("slug", ""), title, row["captured_on"])


def _impact(row, lang, references):
    return ImpactLine(
        title=Words(row["title"], lang),
        scope=capitalised(references.name("platform", row.get("platform"))) or _("All digital learning resources"),
        dated=row["dated"],
        valid_until=row.get("valid_until", ""),
        archive_reference=row.get("archive_reference", ""),
        url=row.get("url", ""),
        summary=said(row.get("summary"), lang),
    )


def overtaken_by(row: Round, rounds: list[Round]) -> Round | None:
    """A newer round that takes effect no later than this one, which therefore never comes to apply."""
    return next(
        (
            other
            for other in rounds
            if other["number"] > row["number"] and other["in_force_from"] <= row["in_force_from"]
        ),
        None,
    )


def coming(published: list[Round], current: Round | None, today: str) -> list[Round]:
    """The rounds that will apply on a later day: newer than the one that does, and overtaken by none."""
    number = current["number"] if current else 0
    later = [row for row in published if row["in_force_from"] > today and row["number"] > number]
    return [row for row in later if not overtaken_by(row, published)]

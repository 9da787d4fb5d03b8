"""A page, from lines to `Result`. Each field has its own module; here they are put together and accounted for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.importing import (
    audiences,
    conditions,
    data,
    dpa,
    feide,
    links,
    parties,
    price,
    retention,
    sections,
    status,
    storage,
    title,
)
from assessments.importing.lines import Source
from assessments.importing.page import Block, blocks
from assessments.importing.result import Reading, Result
from assessments.importing.sections import OTHER, Section
from assessments.importing.source import SourceError


@dataclass
class _Page:
    """The sections of a page, and the account that is kept while its fields are read."""

    top: title.Top
    sections: list[Section]
    everything: list[Block]
    lines: dict[str, set[int]] = field(default_factory=dict)
    uncertain: dict[str, str] = field(default_factory=dict)

    def under(self, name: str) -> list[Block] | None:
        """The blocks under the headings of a field; None if the page has no such heading."""
        found = [section for section in self.sections if section.field == name and not section.is_cut]
        return [block for section in found for block in section.blocks] if found else None

    def ends_with(self, name: str) -> bool:
        """The page stops in the section, so that its last words may be missing."""
        return bool(self.sections) and self.sections[-1].field == name

    def place(self, name: str, numbers: Iterable[int]) -> None:
        self.lines.setdefault(name, set()).update(numbers)

    def take(self, name: str, reading: Reading):
        """Note where a field came from and why it may be wrong, and give its value."""
        if reading.numbers:
            self.place(name, reading.numbers)
        if reading.doubt:
            self.uncertain[name] = reading.doubt
        return reading.value


def read(source: Source) -> Result:
    """What a page says. Any lines can be read: what no rule knows is left in `unplaced`."""
    return _result(_opened(source), source)


def read_assessment(source: Source) -> Result:
    """What an assessment says. Raises SourceError for a page that is none."""
    page = _opened(source)
    if not sections.is_assessment(page.sections) and not title.lies_among_assessments(page.top):
        raise SourceError(f"{source.file}: has none of the headings of an assessment; it is a page of another kind.")
    return _result(page, source)


def _result(page, source):
    values = _read_fields(page)
    lines, unplaced = _account(page, source)
    return Result(
        file=source.file,
        address=page.top.address,
        name=page.top.name,
        **values,
        lines=lines,
        unplaced=unplaced,
        uncertain=page.uncertain,
        texts=_texts(page),
    )


def _opened(source):
    framed = {line.number for line in source.lines if line.framed and not line.title}
    found = blocks(line for line in source.lines if line.number not in framed)
    split = sections.split(found)
    top = title.read(source, split[0].blocks, found)
    split = sections.split(found, top.name)
    split[0].blocks = [block for block in split[0].blocks if block in top.introduction]
    page = _Page(top, split, found)
    if framed:
        page.place("furniture", (line.number for line in source.lines if line.number in framed and line.text.strip()))
    for name, numbers in top.lines.items():
        page.place(name, numbers)
    if top.doubt:
        page.uncertain["name"] = top.doubt
    return page


def _read_fields(page):
    under, take = page.under, page.take
    rest = [block for section in page.sections if section.field != OTHER for block in section.blocks]
    has_audiences = under("audiences") is not None
    values = {
        "status": take("status", status.read(page.sections, page.top.name, page.top.hints)),
        "audiences": take(
            "audiences", audiences.read(under("audiences")) if has_audiences else audiences.elsewhere(rest)
        ),
        "conditions": _conditions(page, has_audiences),
        "price": _or_elsewhere(page, "price", price, rest),
        "dpa": _dpa(page, rest),
        "policy_urls": _links(page, rest),
        "vendor": take(
            "vendor",
            parties.vendor(under("vendor") or []) if under("vendor") is not None else Reading((), (), _missing()),
        ),
        "storage": _storage(page),
        "subprocessors": _subprocessors(page),
        "retention": take("retention", retention.read(page.everything, under("retention") is not None)),
        **_data(page),
    }
    if sum(section.field == "status" for section in page.sections) > 1:
        page.uncertain["name"] = " ".join(
            [
                page.uncertain.get("name", ""),
                _("The page asks more than once whether something is approved; it may hold several services."),
            ]
        ).strip()
    return values


def _missing():
    return _("The page has no such section.")


def _conditions(page, has_audiences):
    found = page.under("conditions")
    if found is None:
        return page.take("conditions", Reading((), (), _missing()))
    return page.take("conditions", conditions.read(found, has_audiences, page.ends_with("conditions")))


def _or_elsewhere(page, name, module, rest):
    found = page.under(name)
    return page.take(name, module.elsewhere(rest) if found is None else module.read(found))


def _dpa(page, rest):
    found = page.under("dpa")
    if found is None:
        return page.take("dpa", dpa.elsewhere(rest))
    return page.take("dpa", dpa.read(found, page.ends_with("dpa")))


def _links(page, rest):
    found = page.under("policy_urls")
    if found is None:
        return page.take("policy_urls", links.elsewhere(rest))
    return page.take("policy_urls", links.read(found, page.ends_with("policy_urls")))


def _storage(page):
    found = page.under("storage")
    return (
        _lost(page, "storage")
        if found is None
        else page.take("storage", storage.read(found, page.ends_with("storage")))
    )


def _subprocessors(page):
    found = page.under("subprocessors")
    if found is None:
        return _lost(page, "subprocessors")
    return page.take("subprocessors", parties.subprocessors(found, page.ends_with("subprocessors")))


def _lost(page, name):
    """There is no such section, or the page ends within its heading."""
    if page.ends_with(name):
        page.uncertain[name] = _("The page is cut off where this section begins.")


def _data(page):
    found = page.under("data_categories")
    if found is None:
        page.uncertain["data_categories"] = _missing()
        return {"data_categories": (), "feide_attributes": ()}
    return {
        "data_categories": page.take("data_categories", data.read(found)),
        "feide_attributes": page.take("feide_attributes", feide.read(found)),
    }


def _account(page, source):
    """Every line that is not empty, in a field or among the unplaced."""
    has_headings = len(page.sections) > 1
    for section in page.sections:
        if section.field == OTHER or (section.field == "introduction" and not has_headings):
            continue
        for block in [*([section.heading] if section.heading else []), *section.blocks]:
            page.place(section.field, block.numbers)
    placed = set().union(*page.lines.values()) if page.lines else set()
    unplaced = tuple(line.number for line in source.lines if line.number not in placed and not line.is_blank)
    return {name: tuple(sorted(numbers)) for name, numbers in sorted(page.lines.items()) if numbers}, unplaced


def _texts(page):
    texts: dict[str, list[str]] = {}
    for section in page.sections:
        texts.setdefault(section.field, []).extend(
            "  " * (b.level - 1) + f"• {b.text}" if b.level else b.text for b in section.blocks if b.text
        )
    return {name: "\n".join(lines) for name, lines in texts.items() if lines}

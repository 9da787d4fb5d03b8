"""What is said now that was not said before, in words: a line for each field that changed, each row that came or went.

What differs is found by `public.difference`; the names and the values of fields are in `field_names`, `field_values`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from public.difference import Edit, Field, difference, rows
from public.presentation.changes import Piece
from public.presentation.changes import difference as compared
from public.presentation.fact_names import Named
from public.presentation.field_names import FIELDS, IN_THE_NAME, NEED_NOT_BE_SAID, PARTS
from public.presentation.field_values import ENOUGH, NOT_SAID, Teller, missing, row_name
from public.presentation.words import NOTHING, Phrase, Words, capitalised, credit, lowered, said
from public.references import References
from registry.history import Action

# What stands beside the word: a sign, and the tone of a status; as between two rounds.
SIGNS = {
    Action.ADDED: ("+", "approved"),
    Action.CHANGED: ("~", "conditional"),
    Action.REMOVED: ("−", "refused"),
}
# Content that may be long enough to be compared word by word.
PROSE = {"text", "quote"}


@dataclass(frozen=True)
class DifferenceLine:
    """One thing that changed. `field` is "" where a whole row came or went, `name` where it is the subject's own.

    `sentence` says all of it in one line, for where there is no table. `pieces` are there for long texts alone.
    """

    part: str
    name: Words | Phrase
    field: str
    before: Words | Phrase
    after: Words | Phrase
    action: Action
    sentence: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def what(self) -> str:
        """The row and the field, as the line is headed under its part."""
        return ", ".join(filter(None, (str(self.name), self.field)))

    @property
    def word(self) -> str:
        return capitalised(str(self.action.label))

    @property
    def sign(self) -> str:
        return SIGNS[self.action][0]

    @property
    def tone(self) -> str:
        return SIGNS[self.action][1]

    @property
    def lang(self) -> str:
        """The language of the pieces."""
        return getattr(self.after, "lang", "")

    @property
    def pieces_before(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != "ins"]

    @property
    def pieces_after(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != "del"]


def differences(
    kind: str, before: dict[str, Any], after: dict[str, Any], references: References, lang: str
) -> list[DifferenceLine]:
    """What changed between two published structures of one subject, in reading order and in the active language.

    `lang` is the language of the content. Nothing is told of a service that came or went, nor of what is redacted:
    there is nothing to compare, and what happened is the entry's own title.
    """
    if (kind == "service" and not (before and after)) or "redacted" in {**before, **after}:
        return []
    teller = _teller(before, after, references, lang)
    order = {part: number for number, part in enumerate(PARTS)}
    edits = [edit for edit in difference(kind, before, after) if edit.part in order]
    return [line for edit in sorted(edits, key=lambda edit: order[edit.part]) for line in _lines(edit, teller)]


def _teller(before, after, references, lang):
    editions = [row for each in (before, after) for row in each.get("facts", {}).get("editions", [])]
    quoted = after.get("language") or before.get("language") or ""
    return Teller(references, lang, quoted, {row["slug"]: row["name"] for row in editions})


def _lines(edit: Edit, teller: Teller) -> Iterator[DifferenceLine]:
    if not edit.fields:
        yield _row_line(edit, teller)
    changed = {each.name: each for each in edit.fields}
    for name, named in FIELDS[edit.part].items():
        if name in changed:
            yield from _field_lines(edit, changed[name], named, teller)


def _part(edit, teller):
    """The heading, with the rows that the list stands in: “Cookies and local storage, the version of 4 May 2026”."""
    outer = [row_name(part, row, teller) for part, row in edit.inside]
    return ", ".join(
        [capitalised(str(PARTS[edit.part])), *(name.text if name.lang else lowered(str(name)) for name in outer)]
    )


# Whole rows


def _row_line(edit, teller):
    is_new = edit.before is None
    row = edit.after if is_new else edit.before
    part, name, told = _part(edit, teller), row_name(edit.part, row, teller), _row_told(edit.part, row, teller)
    what = f"{part}: {name}" if name else part
    sentence = _added(what) if is_new else _removed(what)
    return DifferenceLine(
        part,
        name,
        "",
        before=NOTHING if is_new else told,
        after=told if is_new else NOTHING,
        action=edit.action,
        sentence=what if is_new and edit.part == "rounds" else sentence,  # a round is not added, it is made
    )


def _added(what):
    return _("%(what)s added") % {"what": what}


def _removed(what):
    return _("%(what)s removed") % {"what": what}


def _row_told(part, row, teller):
    """All that a row says beyond its name: “role: backup; transfer basis: standard clauses”. Of a round its summary."""
    if part == "rounds":
        return said(row.get("change_summary") or row.get("summary"), teller.lang)
    told, unsaid = [], IN_THE_NAME.get(part, set())
    if not credit(row, teller.lang):
        unsaid = unsaid | {"said_by"}
    for name, named in FIELDS[part].items():
        value = _value(row, name)
        if name not in unsaid and _says(value):
            told.append((named.words, teller.in_a_sentence(named, teller.words(named, value))))
    told += [
        (lowered(str(PARTS[name])), Words(str(len(rows(value)))))
        for name, value in row.items()
        if name in PARTS and rows(value)
    ]
    return _joined([(words, value) for words, value in told if value])


def _says(value):
    """Whether a value is worth a place among the others: none is, nor an answer which says that there is none."""
    kind = value.get("kind") if isinstance(value, dict) else value
    return value is not None and not (isinstance(kind, str) and kind in NOT_SAID)


def _value(row, name):
    """The value of a field, also of one inside another: `price.model`."""
    outer, _dot, inner = name.partition(".")
    value = row.get(outer)
    return value.get(inner) if inner and isinstance(value, dict) else value


def _joined(told):
    parts = []
    for words, value in told:
        start = "; " if parts else ""
        parts += [Words(f"{start}{words}: "), *getattr(value, "parts", (value,))]
    return Phrase(tuple(parts)) if parts else NOTHING


# Fields


def _field_lines(edit: Edit, changed: Field, named: Named, teller: Teller) -> Iterator[DifferenceLine]:
    if isinstance(changed.before, list) or isinstance(changed.after, list):
        for gone, new in ((changed.before, None), (None, changed.after)):
            yield from _field_line(edit, Field(changed.name, gone, new), named, teller, is_list=True)
    else:
        yield from _field_line(edit, changed, named, teller, is_list=False)


def _field_line(edit, changed, named, teller, is_list):
    """One line, or none where the public may know nothing of either value."""
    unsaid = missing(named, is_finding=not is_list and changed.name not in NEED_NOT_BE_SAID)
    sides = [unsaid if value is None else teller.words(named, value) for value in (changed.before, changed.after)]
    values = (changed.before, changed.after)
    if not any(words for words, value in zip(sides, values, strict=True) if value is not None):
        return
    before, after = sides
    part, name = _part(edit, teller), row_name(edit.part, edit.after, teller)
    action = _action(before, after, changed, named)
    field_words = str(named.words) if name else capitalised(str(named.words))
    yield DifferenceLine(
        part,
        name,
        field_words,
        before,
        after,
        action,
        sentence=_sentence(
            f"{part}: {name}, {field_words}" if name else field_words,
            *(teller.in_a_sentence(named, words) for words in sides),
            action,
            is_of_row=bool(name),
            is_list=is_list,
        ),
        pieces=_pieces(before, after, named),
    )


def _action(before, after, changed, named):
    if named.form == "yes":
        return Action.CHANGED
    if changed.before is None or not before:
        return Action.ADDED
    return Action.REMOVED if changed.after is None or not after else Action.CHANGED


def _pieces(before, after, named):
    texts = [str(words) for words in (before, after)]
    is_long = named.form in PROSE and max(map(len, texts)) > ENOUGH
    return compared(*texts) if is_long and not (_is_empty(before) or _is_empty(after)) else []


def _is_empty(words):
    return not words or getattr(words, "is_gap", False)


def _sentence(what, before, after, action, is_of_row, is_list):
    """One line. Texts of some length are not repeated in it; the items of a list are, since each is what was said."""
    if not is_list and any(len(str(words)) > ENOUGH or str(words).endswith(".") for words in (before, after)):
        return f"{what}: {action.label}"
    if not before or not after:
        return _removed(f"{what}: {before}") if before else _added(f"{what}: {after}")
    words = {"what": what, "before": before, "after": after}
    if is_of_row and not (_is_empty(before) or _is_empty(after)):
        return _("%(what)s: from %(before)s to %(after)s") % words
    return _("%(what)s: %(after)s, was %(before)s") % words

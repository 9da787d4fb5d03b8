"""On which occasions a document says that data is collected: the ways to log in as a matrix, and all the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from public.labels import CHOICES, label
from public.presentation.data import Datum, datum
from public.presentation.documents import OURS
from public.presentation.words import Words, listed, people, said
from public.references import References

Version = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One kind of data on one occasion: what it is, what happens with it, and all else that is said of it."""

    datum: Datum
    handling: str
    is_stored: bool
    optional: str
    whose: Words
    origin: Words
    quote: str
    note: Words


@dataclass(frozen=True)
class Shared:
    """What is said alike of several kinds of data; `names` is empty where it is said of all on the occasion."""

    words: Words
    names: str


@dataclass(frozen=True)
class Point:
    """One occasion."""

    name: Words
    login: str
    consent: Words
    insight: Words
    items: list[Item]
    whose: list[Shared]
    origins: list[Shared]
    quote: str
    note: Words

    @property
    def is_remarkable(self):
        """Whether there is more to say than the matrix shows."""
        said_of_point = self.consent or self.insight or self.whose or self.origins or self.quote or self.note
        return bool(said_of_point) or any(item.quote or item.note for item in self.items)


@dataclass(frozen=True)
class PointGroup:
    title: str
    points: list[Point]


@dataclass(frozen=True)
class Cell:
    """What one login means for one kind of data: stored, something else in words, or nothing."""

    column: Words
    is_stored: bool
    words: str

    @property
    def is_plain(self):
        """Whether a tick says it all."""
        return self.is_stored and self.words == label("handling", "stored")


@dataclass(frozen=True)
class MatrixRow:
    datum: Datum
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """The ways to log in, what schools may do with each, and which data each leads to."""

    columns: list[Words]
    uses: list[Cell]
    rows: list[MatrixRow]
    points: list[Point]


def is_login(point: dict[str, Any]) -> bool:
    """Whether an occasion is one of the ways to log in, and not something said of all of them."""
    return point["kind"] == "login" and "login_kind" in point


def matrix(version: Version, references: References, uses: Mapping[str, str]) -> Matrix | None:
    """Logins against kinds of data; None where the document speaks of no login."""
    points = [point for point in version.get("collection_points", []) if is_login(point)]
    if not points:
        return None
    columns = [Words(point["name"], OURS) for point in points]
    named = [uses.get(point.get("login_kind", ""), "") for point in points]
    return Matrix(
        columns=columns,
        uses=[Cell(column, False, use) for column, use in zip(columns, named, strict=True)] if any(named) else [],
        rows=_rows(points, columns, references),
        points=[_point(point, references) for point in points],
    )


def _rows(points, columns, references):
    codes = dict.fromkeys(row["category"] for point in points for row in point.get("collections", []))
    return [_matrix_row(code, points, columns, references) for code in codes]


def _matrix_row(code, points, columns, references):
    found = [[row for row in point.get("collections", []) if row["category"] == code] for point in points]
    details = dict.fromkeys(row["detail"] for rows in found for row in rows if "detail" in row)
    return MatrixRow(
        datum({"category": code, "detail": "; ".join(details)}, references, OURS),
        [_cell(rows, column) for rows, column in zip(found, columns, strict=True)],
    )


def _cell(rows, column):
    words = ", ".join(dict.fromkeys(label("handling", row["handling"]) for row in rows))
    if any(row.get("optional") for row in rows):
        words += f" ({_('voluntary')})"
    return Cell(column, bool(rows) and all(row["handling"] == "stored" for row in rows), words)


def other_points(version: Version, references: References) -> list[PointGroup]:
    """The occasions that are no login, by their kind."""
    points = [point for point in version.get("collection_points", []) if not is_login(point)]
    return [
        PointGroup(label("point", kind), [_point(point, references) for point in points if point["kind"] == kind])
        for kind in CHOICES["point"].values
        if any(point["kind"] == kind for point in points)
    ]


def _point(point, references):
    items = [_item(row, references) for row in point.get("collections", [])]
    return Point(
        name=Words(point["name"], OURS),
        login=label("login", point.get("login_kind")),
        consent=said(point.get("consent"), OURS),
        insight=said(point.get("insight"), OURS),
        items=items,
        whose=_shared(items, "whose"),
        origins=_shared(items, "origin"),
        quote=point.get("quote", ""),
        note=said(point.get("note"), OURS),
    )


def _shared(items, name):
    names: dict[Words, list[str]] = {}
    for item in items:
        names.setdefault(getattr(item, name), []).append(item.datum.name)
    return [Shared(words, "" if len(alike) == len(items) else listed(alike)) for words, alike in names.items() if words]


def _item(row, references):
    stored = row["handling"] == "stored"
    subjects = people(row.get("subjects", []))
    return Item(
        datum=datum(row, references, OURS),
        handling="" if stored else label("handling", row["handling"]),
        is_stored=stored,
        optional=_("voluntary") if row.get("optional") else "",
        whose=said(row.get("subject_words"), OURS) or Words(subjects),
        origin=said(row.get("origin"), OURS),
        quote=row.get("quote", ""),
        note=said(row.get("note"), OURS),
    )

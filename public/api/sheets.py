"""CSV that a spreadsheet opens as it was meant: UTF-8 with a mark, RFC 4180, and no cell taken for a formula."""

import csv
from collections.abc import Iterable
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
TYPE = "text/csv; charset=utf-8"

# A cell that begins with one of these may be run as a formula; with ' before it, it is a text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _safe(cell):
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text

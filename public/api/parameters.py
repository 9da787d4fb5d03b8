"""What may be asked for in a query. What makes no sense is refused, so that no program goes astray."""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from public.api.problems import ProblemError
from public.filters import echo

LARGEST = 2**53 - 1  # the largest whole number that every JSON parser reads
MOST_NAMED = 10


@dataclass(frozen=True)
class Parameter:
    """One name in a query, described as in OpenAPI.

    `read` makes a value of a text, or raises ValueError with what it should be; a parameter without it is read by
    whoever answers. It may then be given several times, if `schema` says that it is an array.
    """

    name: str
    description: str
    schema: dict[str, Any]
    example: Any
    read: Callable[[str], Any] | None = None


def read_query(params: QueryDict, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """The value of each parameter, its default (or None) where it is not given. Raises a problem that names faults."""
    known = {parameter.name: parameter for parameter in parameters}
    faults = [
        (name, f"There is no such parameter here. Known are: {', '.join(known) or 'none'}.")
        for name in params
        if name not in known
    ]
    values = {}
    for name, parameter in known.items():
        values[name] = parameter.schema.get("default")
        if parameter.read and name in params:
            try:
                values[name] = _read(parameter, params.getlist(name))
            except ValueError as error:
                faults.append((name, str(error)))
    refuse(faults)
    return values


def _read(parameter, texts):
    if len(texts) > 1:
        raise ValueError("It is given more than once. Give it once.")
    return parameter.read(texts[0])


def refuse(faults: list[tuple[str, str]]) -> None:
    """Raise a problem that names these faults: pairs of a parameter and what is wrong with it."""
    if faults:
        errors = [{"parameter": echo(name), "detail": detail} for name, detail in faults[:MOST_NAMED]]
        words = " ".join(f"{error['parameter']}: {error['detail']}" for error in errors)
        raise ProblemError(400, words, errors=errors)


# Ways to read


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text):
        number = int(text) if re.fullmatch("[0-9]{1,16}", text) else -1
        if not least <= number <= most:
            raise ValueError(f"“{echo(text)}” is not a whole number from {least} to {most}.")
        return number

    return read


def one_of(values: Iterable[str]) -> Callable[[str], str]:
    values = list(values)

    def read(text):
        if text not in values:
            raise ValueError(f"“{echo(text)}” is not known. Use one of: {', '.join(values)}.")
        return text

    return read


def key(text: str) -> str:
    if not re.fullmatch(KEY, text):
        raise ValueError(f"“{echo(text)}” cannot be a key. Keys have letters A to Z, digits, - and _.")
    return text


def day(text: str) -> datetime.date:
    try:
        found = datetime.date.fromisoformat(text if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else "")
    except ValueError:
        raise ValueError(f"“{echo(text)}” is not a day. Write it as YYYY-MM-DD, such as 2026-11-22.") from None
    today = timezone.localdate()
    if found > today:
        raise ValueError(f"{found} has not come yet. The last day that can be asked for is {today}.")
    return found


# Parameters that several answers take

KEY = "[-a-zA-Z0-9_]{1,120}"

ON = Parameter(
    "on",
    "As the register said at the end of this day, in Norwegian time. Today when left out; no day to come.",
    {"type": "string", "format": "date"},
    "2026-11-22",
    day,
)
AFTER = Parameter(
    "after",
    "Continue after this key: the last one of the part before. `next` holds the whole address.",
    {"type": "string", "pattern": f"^{KEY}$"},
    "duolingo",
    key,
)


def limit(default: int, most: int) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter("limit", "How many at most in one answer.", schema, default, whole(1, most))

"""What reading a page gives."""

from dataclasses import dataclass, field
from typing import Any

# The statuses of a page. All but the last three are outcomes of a round or its status on the public pages.
STATUSES = (
    "approved",
    "conditional",
    "pilot",
    "not_approved",
    "withdrawn",
    "under_assessment",
    "mixed",
    "unknown",
)


@dataclass(frozen=True)
class Reading:
    """One field as read: its value, the lines it came from besides its own section, and why it may be wrong."""

    value: Any
    numbers: tuple[int, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Period:
    """How long something is kept: an amount of hours, days, weeks, months or years."""

    amount: int
    unit: str


@dataclass(frozen=True)
class Party:
    """A company as a page names it, with the country (a code) and the purpose where these are told."""

    name: str
    region: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class Result:
    """A page as read. Lists hold what the page says in its order; None says that the page has no such section.

    `texts` holds the words under each heading, so that a draft can carry them; `lines` and `unplaced` together hold
    the number of every line that is not empty, and `uncertain` says what an officer must look at, and why.
    """

    file: str
    address: str
    name: str
    status: str
    vendor: tuple[Party, ...]
    audiences: tuple[str, ...]
    conditions: tuple[str, ...]
    storage: tuple[str, ...] | None
    dpa: str | None
    price: str | None
    feide_attributes: tuple[str, ...]
    policy_urls: tuple[str, ...]
    subprocessors: tuple[Party, ...] | None
    retention: tuple[Period, ...]
    data_categories: tuple[str, ...]
    lines: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unplaced: tuple[int, ...] = ()
    uncertain: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def line_count(self) -> int:
        """How many lines of the page are not empty."""
        return len({number for numbers in self.lines.values() for number in numbers} | set(self.unplaced))

    def as_dict(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        return {
            "file": self.file,
            "name": self.name,
            "status": self.status,
            "vendor": [party.name for party in self.vendor],
            "audiences": list(self.audiences),
            "conditions": list(self.conditions),
            "storage": None if self.storage is None else list(self.storage),
            "dpa": self.dpa,
            "price": self.price,
            "feide_attributes": list(self.feide_attributes),
            "policy_urls": list(self.policy_urls),
            "subprocessors": None if self.subprocessors is None else [party.name for party in self.subprocessors],
            "retention": [{"amount": period.amount, "unit": period.unit} for period in self.retention],
            "data_categories": list(self.data_categories),
            "lines": {name: list(numbers) for name, numbers in self.lines.items()},
            "unplaced": list(self.unplaced),
            "uncertain": self.uncertain,
        }

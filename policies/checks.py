"""What articles 13 and 14 ask for and a document does not say. Checks read a version's statements and never write.

Each takes what `policies.statements.version_statements` gives and yields gaps, so that an old version is checked
just as a new one. Adding a check is adding a function and a line in CHECKS; its name is its identifier.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from policies.models import Right
from policies.statements import is_read

Version = dict[str, Any]


@dataclass(frozen=True)
class Gap:
    """One thing that a reader should have been told. `check` names the rule, `article` the law.

    `value` is the document's own word for what it is about, and `remark` our words around it.
    """

    check: str
    message: str
    article: str = ""
    value: str = ""
    remark: str = "%(value)s"

    @property
    def detail(self) -> str:
        """What it is about in one line, "" for the document as a whole."""
        return str(self.remark) % {"value": self.value} if self.value else ""


def gaps(version: Version) -> list[Gap]:
    """Everything a reader should have been told and is not, in the order of CHECKS.

    A version that nothing has been read out of is not judged: what it says is not known.
    """
    return [gap for check in CHECKS for gap in check(version)] if is_read(version) else []


def controller_is_named(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(1)(a)."""
    if "controller" not in version:
        yield Gap("controller_is_named", _("Who is responsible"), "13(1)(a)")


def privacy_email_is_given(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(1)(a): contact details. An entry marked e-mail without an at sign is none."""
    emails = [row for row in version.get("contacts", []) if row["kind"] == "email"]
    if any("@" in row["value"] for row in emails) or any(
        "@" in row["value"] for row in version.get("contacts", []) if row["kind"] == "dpo"
    ):
        return
    value, remark = emails[0]["value"] if emails else "", _("The field for e-mail holds something else: %(value)s")
    yield Gap("privacy_email_is_given", _("An e-mail address for privacy"), "13(1)(a)", value, remark)


def data_protection_officer_is_named(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(1)(b), where there is one."""
    if not any(row["kind"] == "dpo" for row in version.get("contacts", [])):
        yield Gap("data_protection_officer_is_named", _("Whether there is a data protection officer"), "13(1)(b)")


def purposes_have_a_legal_basis(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(1)(c)."""
    bases = version.get("legal_bases", [])
    if not bases:
        yield Gap("purposes_have_a_legal_basis", _("Any legal basis"), "13(1)(c)")
    for row in bases:
        if row["ground"] == "not_stated":
            yield Gap("purposes_have_a_legal_basis", _("Legal basis"), "13(1)(c)", row["purpose"])


def transfers_have_a_basis(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(1)(f): a recipient that is or may be outside the EEA needs a basis; not to say where is a gap."""
    for row in version.get("recipients", []):
        if "region" not in row:
            yield Gap("transfers_have_a_basis", _("Where the recipient keeps the data"), "13(1)(f)", row["name"])
        elif _may_leave_the_eea(row) and row.get("transfer_basis", "not_stated") == "not_stated":
            yield Gap("transfers_have_a_basis", _("Basis for the transfer"), "13(1)(f)", row["name"])


def _may_leave_the_eea(row):
    return row.get("situation", "unknown") in ("outside", "unknown")


def retention_is_stated(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(2)(a): a period, or the criteria for it. Vague words are neither."""
    rows = version.get("retentions", [])
    if not rows:
        yield Gap("retention_is_stated", _("How long anything is kept"), "13(2)(a)")
    for row in rows:
        if row["retention"]["kind"] in ("not_stated", "words"):
            yield Gap("retention_is_stated", _("How long it is kept"), "13(2)(a)", row["what"])


def rights_are_listed(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(2)(b) and (c); withdrawal only where something rests on consent."""

    told = {row["kind"] for row in version.get("rights", [])}
    for kind in ("access", "rectification", "erasure", "restriction", "objection", "portability"):
        if kind not in told:
            yield Gap("rights_are_listed", _("The right: %(right)s") % {"right": Right.Kind(kind).label}, "13(2)(b)")
    rests_on_consent = any(row["ground"] == "6-1-a" for row in version.get("legal_bases", [])) or any(
        "consent" in point for point in version.get("collection_points", [])
    )
    if rests_on_consent and "withdrawal" not in told:
        yield Gap("rights_are_listed", _("The right to withdraw consent"), "13(2)(c)")


def complaint_body_is_named(version: Version) -> Iterator[Gap]:
    """GDPR art. 13(2)(d)."""
    if not any(row["kind"] == "complaint" and row.get("body") for row in version.get("rights", [])):
        yield Gap("complaint_body_is_named", _("The supervisory authority to complain to"), "13(2)(d)")


CHECKS = [
    controller_is_named,
    privacy_email_is_given,
    data_protection_officer_is_named,
    purposes_have_a_legal_basis,
    transfers_have_a_basis,
    retention_is_stated,
    rights_are_listed,
    complaint_body_is_named,
]

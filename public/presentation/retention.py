"""How long something is kept, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from public.presentation.words import NOTHING, Words, gap, said


@dataclass(frozen=True)
class Kept:
    """The answer to “how long?”, and what is said beyond it in words."""

    answer: Words
    words: Words = NOTHING

    @property
    def is_stated(self):
        return not self.answer.is_gap

    @property
    def joint(self):
        """What stands between the answer and the words: they may go on with its sentence, or begin one."""
        if self.answer.text.endswith(":"):
            return " "
        return ", " if self.words.text[:1].islower() else ". "


def kept(retention: dict[str, Any] | None, lang: str) -> Kept:
    """The words for a row's `retention`; vague words are shown as a finding, because they name no period."""
    retention = retention or {"kind": "not_stated"}
    return Kept(_answer(retention), said(retention.get("words"), lang))


def _answer(retention):
    kind, event = retention["kind"], retention.get("event", "")
    if kind == "period":
        return Words(_after(event) % {"period": _period(retention["amount"], retention["unit"])})
    if kind == "until":
        return Words(_until(event))
    if kind == "permanent":
        return Words(_("For ever"))
    if kind == "not_kept":
        return Words(_("Not kept"))
    return gap(_("No period stated:") if kind == "words" else _("Not stated"))


def _period(amount, unit):
    units = {
        "hour": ngettext("%(count)d hour", "%(count)d hours", amount),
        "day": ngettext("%(count)d day", "%(count)d days", amount),
        "week": ngettext("%(count)d week", "%(count)d weeks", amount),
        "month": ngettext("%(count)d month", "%(count)d months", amount),
        "year": ngettext("%(count)d year", "%(count)d years", amount),
    }
    return units.get(unit, "%(count)d") % {"count": amount}


def _after(event):
    """Whole sentences, because languages bend what the period is counted from in their own ways."""
    return {
        "collected": _("%(period)s after it was collected"),
        "last_use": _("%(period)s after last use"),
        "account_deleted": _("%(period)s after the account is deleted"),
        "user_deletes": _("%(period)s after the user deletes it"),
        "contract_end": _("%(period)s after the agreement or licence ends"),
        "school_year_end": _("%(period)s after the school year ends"),
        "purpose_fulfilled": _("%(period)s after the purpose is fulfilled"),
        "legal_duty_ends": _("%(period)s after the law no longer asks for it"),
        "browser_closed": _("%(period)s after the browser is closed"),
        "midnight": _("%(period)s after midnight"),
    }.get(event, "%(period)s")


def _until(event):
    return {
        "collected": _("Until it has been collected"),
        "last_use": _("Until last use"),
        "account_deleted": _("Until the account is deleted"),
        "user_deletes": _("Until the user deletes it"),
        "contract_end": _("Until the agreement or licence ends"),
        "school_year_end": _("Until the school year ends"),
        "purpose_fulfilled": _("Until the purpose is fulfilled"),
        "legal_duty_ends": _("Until the law no longer asks for it"),
        "browser_closed": _("Until the browser is closed"),
        "midnight": _("Until midnight"),
    }.get(event, event)

"""What the EU's decisions mean for a region on a day: may data go there without more ado?"""

from typing import Any

from django.utils.translation import gettext as _

from public.presentation.words import Words, gap

Facts = dict[str, Any]


def holds(decision: Facts, on: str) -> bool:
    """Whether an adequacy decision is in force on a day."""
    return decision["valid_from"] <= on <= decision.get("valid_until", on)


def position(region: Facts, on: str) -> Words:
    """One sentence for a region, from its facts, as the law stands on the day."""
    if region["situation"] == "inside":
        return Words(_("The GDPR applies here. No ground for transfer is needed."))
    if region["situation"] == "nowhere":
        return Words(_("Nothing leaves the school or the device, so no ground for transfer is needed."))
    if region["situation"] == "unknown":
        return gap(_("Nobody has said where it is, so nobody can say whether the transfer has a ground."))
    return Words(_outside({row["scope"] for row in region.get("adequacy_decisions", []) if holds(row, on)}))


def _outside(scopes):
    if "all" in scopes:
        return _("The EU has decided that data is well enough protected here. No other ground for transfer is needed.")
    if "certified" in scopes:
        return _("The EU's decision covers only organisations on its list. Others need another ground for transfer.")
    if "sector" in scopes:
        return _("The EU's decision covers only some recipients. Others need another ground for transfer.")
    return _("No decision of the EU applies here today. Each transfer needs another ground.")

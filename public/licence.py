"""Under which licence everybody may use what the registry publishes. The setting DATA_LICENCE names one of these."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


@dataclass(frozen=True)
class Licence:
    """A licence: its identifier in SPDX, what people call it, and where its text stands."""

    identifier: str
    name: str | Promise
    url: str

    def for_programs(self) -> dict[str, Any]:
        """The same in English, whatever language the site speaks."""
        with override("en"):
            return {"identifier": self.identifier, "name": str(self.name), "url": self.url}


LICENCES = {
    "NLOD-2.0": Licence(
        "NLOD-2.0", _("Norwegian Licence for Open Government Data (NLOD) 2.0"), "https://data.norge.no/nlod/no/2.0"
    ),
    "CC-BY-4.0": Licence(
        "CC-BY-4.0", _("Creative Commons Attribution 4.0 (CC BY 4.0)"), "https://creativecommons.org/licenses/by/4.0/"
    ),
}


def licence() -> Licence:
    """The licence of this registry."""
    return LICENCES[settings.DATA_LICENCE]

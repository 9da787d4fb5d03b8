"""Addresses of privacy policies, as written; and links whose address the page has lost."""

import re

from django.utils.translation import gettext as _

from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.words import folded, is_cut

# With a scheme, or with a path: "eksempel.no/personvern". A bare domain only where nothing else stands.
_WRITTEN = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»“”]+|(?<![\w@./-])[\w-]{3,}(?:\.[\w-]+)*\.[a-z]{2,}/[^\s<>\"«»“”]+"
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}")
_POLICY = re.compile(r"(?i)privacy|personvern|gdpr|datenschutz|privatliv|integritet")
_NONE = re.compile(r"\b(?:ingen|ikke|ikkje|mangler)\b")


def read(blocks: list[Block], is_last: bool = False) -> Reading:
    """The addresses in the section on the privacy policy."""
    found: list[str] = []
    doubts: list[str] = []
    about_others = False
    for block in blocks:
        here = addresses(block)
        about_others = about_others or (not here and _says_none(block.folded))
        if about_others and here and not _POLICY.search(here[0]):
            doubts.append(_("The page says that there is no policy; its links are about something else."))
        else:
            found += [address for address in here if address not in found]
        if not here and block.text and not _says_none(block.folded):
            doubts.append(_("The address of the link “%(text)s” is lost.") % {"text": block.text[:60]})
    if not any(block.text for block in blocks):
        doubts.append(_("The section is empty."))
    if is_last and found and blocks and blocks[-1].text.endswith(found[-1]) and is_cut(found[-1]):
        doubts.append(_("The last address may be cut off."))
    return Reading(tuple(found), (), " ".join(dict.fromkeys(doubts)))


def elsewhere(blocks: list[Block]) -> Reading:
    """Where no section asks: addresses that say themselves that they are a policy's."""
    numbers: list[int] = []
    found: list[str] = []
    for block in blocks:
        here = [address for address in addresses(block) if _POLICY.search(address) and address not in found]
        found += here
        numbers += block.numbers if here else ()
    return Reading(
        tuple(found), tuple(numbers), _("No heading asks for it; read from addresses elsewhere.") if found else ""
    )


def addresses(block: Block) -> list[str]:
    """The web addresses in a block, written or behind a link."""
    whole = _DOMAIN.fullmatch(block.text.strip(" ."))
    written = [whole[0]] if whole else [found[0].rstrip(".,;:!?)»") for found in _WRITTEN.finditer(block.text)]
    return written + [
        link.address for link in block.links if link.address.rstrip("/") not in {w.rstrip("/") for w in written}
    ]


def _says_none(text):
    return (
        (bool(_NONE.search(text)) and "erklæring" in text)
        or bool(re.fullmatch(r"(?:ingen|ikke (?:oppgitt|relevant|funnet|aktuelt)|finnes ikke|mangler)\W*", text))
        or folded(text) == "nei"
    )

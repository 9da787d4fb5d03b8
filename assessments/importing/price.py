"""How the service is paid, as the page says: free, paid, both, or None."""

from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.words import folded


def read(blocks: list[Block]) -> Reading:
    """The price in the section that asks for it."""
    text = " . ".join(block.text for block in blocks if block.text)
    if not text:
        return Reading(None, (), _("The section is empty."))
    price = _price(folded(text))
    if price is None:
        return Reading(None, (), _("The section says nothing of the price that could be read."))
    asks = "?" in text or _says("doubtful", folded(text))
    return Reading(price, (), _("The page itself is in doubt.") if asks else "")


def elsewhere(blocks: list[Block]) -> Reading:
    """Where no section asks: a short paragraph that begins with the answer."""
    for block in blocks:
        words = block.folded.split()
        if (
            not block.level
            and words
            and len(words) <= 8
            and words[0].strip(".,") in ("gratis", "betalt", "gratisversjon", "lisensavtale")
        ):
            return Reading(
                _price(block.folded), block.numbers, _("No heading asks for it; a paragraph elsewhere says so.")
            )
    return Reading(None)


def _price(text):
    if _says("both", text):
        return "free_and_paid"
    if _says("paid_after_all", text):
        return "paid"
    rest = vocabulary.matcher("price", "not_paid").sub(" ", text)
    free, paid = _says("free", text), _says("paid", rest)
    if free and paid:
        return "free_and_paid"
    return "free" if free or (rest != text and not paid) else "paid" if paid else None


def _says(key, text):
    return bool(vocabulary.matcher("price", key).search(text))

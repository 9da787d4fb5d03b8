"""How names are compared: folded for search, and as a key that sorts in Norwegian order on every database.

SQLite's own comparison knows only ASCII, and PostgreSQL's depends on the collation of the installation.
"""

import unicodedata

# After z come æ, ø and å; the letters of the neighbours sort with ours.
_NORWEGIAN = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_KEPT = "æøå"
_TWINS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o"})
_DIGRAPHS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})


def plain(text: str) -> str:
    """Small letters, composed (NFC), without marks other than those of æ, ø and å; white space as single spaces."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(_unmarked(letter) for letter in composed).split())


def _unmarked(letter: str) -> str:
    if letter in _KEPT or letter in "äö":
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


def fold(text: str) -> str:
    """The text to search in: as written, and with æøå as ae/oe/aa and as a/o/a where that differs."""
    written = plain(text)
    forms = [written, written.translate(_DIGRAPHS), written.translate(_TWINS)]
    return "\n".join(dict.fromkeys(forms))


def sort_key(name: str) -> str:
    """A key that sorts as Norwegian does, a to å. It is hexadecimal, because that sorts alike in every collation."""
    return plain(name).translate(_NORWEGIAN).encode().hex()[:800]


def unmarked(text: str) -> str:
    """Small letters without any marks, æ, ø and å as ae, o and a: what an address can be made of."""
    return plain(text).translate(_TWINS)

"""Countries and areas that a text names, whether as country, town, cloud region or "norske servere"."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from assessments.importing import vocabulary
from assessments.importing.words import folded
from registry.loading import country_codes

# "Norske servere" are in Norway; "en norsk leverandør" may have hers anywhere.
_MACHINES = re.compile(r"(?i)[ /]+(?:\w+ )?(?:server|datasent|maskin|jord|sky|driftsmilj)")


NEAR = 100  # letters around a place that may say something of it


@dataclass(frozen=True)
class Place:
    """A place in a text: its code, where it stands, and the word for it."""

    code: str
    start: int
    end: int
    word: str


def find(text: str) -> list[Place]:
    """The places that a text names, in its order. Codes are ISO countries, EEA, and EUROPE for a wider "Europa"."""
    found = [
        Place(_names()[match[0].casefold()], match.start(), match.end(), match[0])
        for match in _pattern().finditer(text)
        if match[0][0].isupper() or _spoken_small().get(match[0].casefold()) or _MACHINES.match(text, match.end())
    ]
    return [place for place in found if not _in_company(text, place) and not _is_no_area(text, place)]


def only_place(text: str) -> str:
    """The code of the place that a text is, apart from small words around it; "" if it is something else."""
    found = find(text)
    if not found or len({place.code for place in found}) != 1:
        return ""
    if len(text) > NEAR:
        return ""
    rest = text
    for place in reversed(found):
        rest = rest[: place.start] + rest[place.end :]
    small = set(re.findall(r"\w+", rest.casefold()))
    return (
        found[0].code
        if small <= {"i", "fra", "innenfor", "innen", "land", "the", "of", "og", "by", "am", "hovedkontor", "main"}
        else ""
    )


@cache
def _names() -> dict[str, str]:
    """Each name, in small letters, with its code."""
    known = vocabulary.load("places")
    names = {}
    for language in ("en", "nn", "nb"):
        territories = Locale(language).territories
        names |= {territories[code].casefold(): code for code in country_codes()}
    for word in known["not_countries"]["words"]:
        names.pop(word.casefold(), None)
    for group in ("countries", "towns", "cloud_regions", "areas"):
        for code, words in known[group].items():
            names |= {word.casefold(): code for word in words}
    return names


@cache
def _spoken_small():
    """Names written without a capital: cloud regions, which say where, and adjectives, which may say whose."""
    known = vocabulary.load("places")
    groups = [*known["countries"].values(), *known["cloud_regions"].values(), *known["areas"].values()]
    return {word: "-" in word for words in groups for word in words if word[0].islower()}


@cache
def _pattern():
    names = sorted(_names(), key=len, reverse=True)
    # A genitive s belongs to the name: "Norges", "Tysklands".
    return re.compile(rf"(?i)(?<![\w@.-])(?:{'|'.join(map(re.escape, names))})(?![\w@]|\.\w|-[a-zæøå])")


@cache
def _suffix():
    suffixes = "|".join(re.escape(suffix) for suffix in vocabulary.load("places")["companies"]["suffixes"])
    return re.compile(rf"[,)]?(?:\s+[A-ZÆØÅ][\w&.-]*){{0,2}}?,?\s+(?:{suffixes})(?![\w])")


def _in_company(text, place):
    """“Eksempel Ireland Ltd”: the country is a part of the name."""
    before = text[max(0, place.start - NEAR) : place.start].rstrip()
    return (
        bool(_suffix().match(text, place.end))
        and bool(re.search(r"[A-Za-zÆØÅæøå][\w&.-]*,?$", before))
        and not before.endswith((" i", ":"))
    )


def _is_no_area(text, place):
    if place.code not in ("EEA", "EUROPE"):
        return False
    around = folded(re.sub(r"[/'’-]", " ", text[max(0, place.start - 25) : place.end + 25]))
    return any(
        " eu" in f" {match[0]}" or "eøs" in match[0] or "europ" in match[0]
        for match in vocabulary.matcher("places", "not_areas", "phrases").finditer(around)
    )

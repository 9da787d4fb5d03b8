"""The words and phrases that the reader knows, as TOML files beside this one.

Phrases are small letters. In them `*` is the rest of a word, `…` up to six words in between, `(a|b)` one of several,
and `(a )?` may be missing. A phrase matches whole words, in text that went through `words.folded`.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_BETWEEN = r"[ ,/()\"«»–-]+"
_GAP = rf"(?:{_BETWEEN}[^ ,;:!?()]*[^ ,.;:!?()]){{0,6}}?{_BETWEEN}"


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `<name>.toml`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def matcher(name: str, *keys: str) -> re.Pattern:
    """One pattern for the list of phrases that stands under the keys in `<name>.toml`."""
    content = load(name)
    for key in keys:
        content = content[key]
    return compiled(content)


def compiled(phrases: Iterable[str]) -> re.Pattern:
    """A pattern that finds any of the phrases; longer ones first, so that the most specific is found."""
    found = sorted(phrases, key=lambda phrase: (-phrase.count(" "), -len(phrase)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(pattern, found))})(?!\w)" if found else r"(?!)")


def pattern(phrase: str) -> str:
    """A phrase as a regular expression."""
    escaped = re.escape(phrase).replace(r"\(", "(?:").replace(r"\)", ")").replace(r"\|", "|").replace(r"\?", "?")
    # A gap stands between two words, so the spaces around it are part of it.
    return escaped.replace(r"\ …\ ", _GAP).replace(r"\*", r"\w*").replace(r"\ ", "[ -]")

"""What a page says of the approval: one of `result.STATUSES`, and a doubt wherever the page leaves room for one.

Only sentences about the service itself count. Nothing is concluded from silence: a page without a decision is
"unknown", however well its conditions are described.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.importing import vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.sections import OTHER, Section
from assessments.importing.words import folded, sentences

# How a doubt calls a status.
WORDS = {
    "approved": gettext_lazy("approved"),
    "conditional": gettext_lazy("approved with conditions"),
    "pilot": gettext_lazy("in a pilot"),
    "not_approved": gettext_lazy("not approved"),
    "withdrawn": gettext_lazy("withdrawn"),
    "under_assessment": gettext_lazy("under assessment"),
    "mixed": gettext_lazy("different for groups or variants"),
}
GRANTED = {"approved", "conditional", "pilot"}
REFUSED = {"not_approved", "withdrawn"}
_FIRST_WORDS = re.compile(
    r"^[\"«(]*((?:[A-ZÆØÅ][\w'’.!+-]*|\d+)(?:\s+(?:og|&|for|i|of|-)?\s*(?:[A-ZÆØÅ][\w'’.!+-]*|\d+))*)"
)


@dataclass(frozen=True)
class Said:
    """What one sentence says: a status ("" for none), and whom it is about ("" for the service itself)."""

    status: str
    about: str
    sentence: str


def read(sections: list[Section], name: str, hints: list[tuple[str, str]]) -> Reading:
    """The status of a page: from its section on approval, else from sentences elsewhere, else from its title."""
    own = [block for section in sections if section.field == "status" for block in section.blocks]
    if own:
        return _weighed(_said(own, name), name, hints)
    for block in (block for section in sections if section.field != OTHER for block in section.blocks):
        said = [one for one in _said([block], name, strictly=True) if one.status]
        if said:
            reading = _weighed(said, name, hints)
            return Reading(
                reading.value,
                block.numbers,
                _together(_no_section(), _("A sentence elsewhere says so."), reading.doubt),
            )
    return _from_title(hints)


def _from_title(hints):
    status = next((status for status, where in hints if where == "title"), "")
    if status:
        return Reading(status, (), _together(_no_section(), _("The title says so.")))
    return Reading("unknown", (), _together(_no_section(), *(_told(status, where) for status, where in hints)))


def _no_section():
    return _("No heading asks whether the service is approved.")


def _told(status, where):
    """What a marker in the title or the address says, in words."""
    told = _("The title says “%(status)s”.") if where == "title" else _("The address says “%(status)s”.")
    return told % {"status": WORDS[status]}


def _said(blocks: list[Block], name: str, strictly: bool = False) -> list[Said]:
    """What each sentence says. `strictly`: only sentences that name the service or call it one."""
    said = []
    for position, block in enumerate(blocks):
        for place, sentence in enumerate(sentences(block.text)):
            text = folded(sentence)
            answer = _answer(text) if position == place == 0 and not strictly else ""
            status = answer or _status_of(text)
            about = _about(sentence, name)
            if strictly and (not _is_own(about, name) or not _names_itself(text, name) or status == "under_assessment"):
                status = ""
            said.append(Said(status, about, text))
    return said


def _answer(text):
    """A section that begins "Ja" or "Nei" has answered."""
    head = re.split(r"[.,:;!–-]", text)[0].strip()
    return next((status for status, words in vocabulary.load("status")["answers"].items() if head in words), "")


@cache
def _rules():
    return [(rule["status"], vocabulary.compiled(rule["phrases"])) for rule in vocabulary.load("status")["says"]]


def _status_of(text: str) -> str:
    """The status that a sentence tells, or "" if it tells none."""
    if vocabulary.matcher("status", "subject", "another").search(text):
        return ""
    if vocabulary.matcher("status", "told", "phrases").match(text):
        return ""
    if vocabulary.matcher("status", "parted", "phrases").search(text):
        return "mixed"
    if vocabulary.matcher("status", "was", "phrases").search(text):
        return _after_but(text)
    status = _plainly(text)
    if status == "approved" and vocabulary.matcher("status", "tied", "sentence").search(text):
        return "conditional"
    return status


def _plainly(text):
    text = vocabulary.matcher("status", "not_yet", "phrases").sub(" ", text)
    return next((status for status, pattern in _rules() if pattern.search(text)), "")


def _after_but(text):
    """“Var godkjent i fjor, men …”: what follows tells what holds now. Without it, a past approval tells nothing."""
    padded = re.sub(r"[,;]", " ", text)
    found = (
        min((padded.find(word), len(word)) for word in vocabulary.load("status")["was"]["but"] if word in padded)
        if any(word in padded for word in vocabulary.load("status")["was"]["but"])
        else None
    )
    if found is None:
        return "approved" if re.match(r".*\bble\b.*\bgodkj", text) and " pilot" not in text else ""
    now = _plainly(text[found[0] :])
    return "withdrawn" if now in ("", "not_approved") else now


def _about(sentence, name):
    """The name that a sentence begins with; "" if it calls the service "tjenesten" or the like."""
    found = _FIRST_WORDS.match(sentence)
    if found is None:
        return ""
    words = [folded(word).strip(".") for word in found[1].split()]
    if words[0] in vocabulary.load("status")["subject"]["itself"]:
        words = words[1:]
    return " ".join(words)


def _name_words(name):
    return [word for word in re.split(r"\W+", folded(name)) if word]


def _names_itself(text, name):
    """“Tjenesten er …” or "<name> er …", and no condition or description that mentions approval in passing."""
    start = rf"(?:{'|'.join(map(re.escape, _name_words(name)))})\b" if _name_words(name) else r"(?!)"
    itself = r"(?:denne |disse )?(?:tjenesten|tjenestene|appen|appene|tenesta|applikasjonen|programmet)\b"
    return bool(re.match(rf"(?:{itself}|{start})[^,;]* (?:er|var|kan|ble|har vært|under|godkjent)\b", text)) and bool(
        re.search(r"godkj|pilot|kan (?:ikke )?(?:benyttes|brukes)", text)
    )


def _weighed(said: list[Said], name: str, hints) -> Reading:
    """One status out of what the sentences say."""
    ours, variants, others = _sorted(said, name)
    telling = ours + variants
    statuses = [one.status for one in telling if one.status]
    if not statuses:
        borrowed = [one.status for one in others if one.status]
        if len(set(borrowed)) == 1:
            return Reading(
                borrowed[0],
                (),
                _("The sentence speaks of “%(other)s”, not of the service by its name.") % {"other": others[0].about},
            )
        return Reading("unknown", (), _("The section on approval holds no decision that could be read."))
    status, doubt = _combined(statuses, ours, variants)
    if status == "approved" and any(_ties(one.sentence) for one in said):
        status = "conditional"
    return Reading(status, (), _together(doubt, _contradicted(status, hints), _differs(status, others)))


def _is_own(about, name):
    """Nobody else is named: the service, a part of its name, or an edition of it ("Nettversjonen")."""
    variant = vocabulary.matcher("status", "subject", "variants").search(about)
    return not about or bool(variant) or set(about.split()) <= set(_name_words(name))


def _sorted(said, name):
    """What is said of the service itself, of its variants ("Lesa Pluss" of "Lesa"), and of other services."""
    ours = [one for one in said if _is_own(one.about, name)]
    named = [one for one in said if one not in ours]
    own = {word for one in named for word in one.about.split()[:1]}
    shared = {word for word in own if sum(one.about.split()[0] == word for one in named) > 1}
    whole = " ".join(_name_words(name))
    variants = [
        one
        for one in named
        if one.about.split()[0] in shared or (whole and one.status and one.about.startswith(f"{whole} "))
    ]
    return ours, variants, [one for one in named if one not in variants]


def _ties(sentence):
    return bool(vocabulary.matcher("status", "tied", "elsewhere").search(sentence))


def _combined(statuses, ours, variants):
    kinds = set(statuses)
    if "mixed" in kinds:
        return "mixed", _("It differs between groups or variants; see the sentences.")
    by_variant = {one.about: one.status for one in [*ours, *variants] if one.about}
    undivided = any(one.status for one in ours if not one.about)
    if len(by_variant) > 1 and len(set(by_variant.values())) > 1 and not undivided:
        return "mixed", _("Variants of the service are ruled on one by one.")
    if kinds & GRANTED and kinds & REFUSED:
        return "mixed", _("One sentence approves and another refuses.")
    if kinds & REFUSED:
        return ("withdrawn" if statuses[0] == "withdrawn" else next(s for s in statuses if s in REFUSED)), ""
    if "conditional" in kinds:
        return "conditional", ""
    if kinds == {"approved", "under_assessment"} or kinds == {"pilot", "under_assessment"}:
        return statuses[0], _("Another sentence says that something is still being looked into.")
    if kinds == {"approved", "pilot"}:
        return statuses[0], _("One sentence approves, another speaks of a pilot.")
    return statuses[0], ""


def _differs(status, others):
    """A sentence about something else by name does not count, and is pointed out."""
    differing = next((one for one in others if one.status not in ("", status)), None)
    if differing is None:
        return ""
    return _("“%(other)s” is called “%(status)s”.") % {"other": differing.about, "status": WORDS[differing.status]}


def _contradicted(status, hints):
    alike = {"conditional": "approved"}
    for told, where in hints:
        if alike.get(told, told) != alike.get(status, status):
            return _told(told, where)
    return ""


def _together(*doubts):
    return " ".join(doubt for doubt in doubts if doubt)

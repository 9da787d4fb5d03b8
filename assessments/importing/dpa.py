"""What a page says of the data processing agreement with the vendor: one claim of five, or None."""

import re
from functools import cache

from django.utils.translation import gettext as _

from assessments.importing import vocabulary
from assessments.importing.page import Block
from assessments.importing.result import Reading
from assessments.importing.words import folded, is_cut, sentences

_CUT = {"etabl": "etablert", "inngå": "inngått", "pers": "personopplysninger"}


def read(blocks: list[Block], is_last: bool = False) -> Reading:
    """The claim in the section on agreements."""
    texts = [folded(sentence) for block in blocks for sentence in sentences(block.text)]
    doubt = ""
    if texts and is_last and is_cut(texts[-1]):
        texts[-1] = _completed(texts[-1])
        doubt = _("The section is cut off.")
    if not texts:
        return Reading(None, (), _("The section is empty."))
    own = [text for text in texts if not _says("others", text)]
    claims = [claim for text in own if (claim := _claim(text))]
    claim, why = _weighed(claims, own)
    if claim is None and not why:
        why = (
            _("What is said of agreements is between others.")
            if len(own) < len(texts)
            else _("The section makes no claim that could be read.")
        )
    return Reading(claim, (), " ".join(part for part in (why, doubt) if part))


def elsewhere(blocks: list[Block]) -> Reading:
    """Where no section asks: a sentence that says by name that the agreement is there, or is not."""
    for block in blocks:
        for sentence in sentences(block.text):
            text = folded(sentence)
            if not re.search(r"databehandl[ae]ravtale\w*|\bdba\b", text) or _says("others", text):
                continue
            claim = _claim(text)
            if claim in ("established", "not_established", "not_needed"):
                return Reading(claim, block.numbers, _("No heading asks for it; a sentence elsewhere says so."))
    return Reading(None, (), "")


def _completed(text):
    head, _space, last = text.rpartition(" ")
    return f"{head} {_CUT.get(last, last)}"


@cache
def _rules():
    return [(rule["claim"], vocabulary.compiled(rule["phrases"])) for rule in vocabulary.load("dpa")["says"]]


def _claim(text):
    """What one sentence claims; "offered" for an agreement that the vendor offers to anybody."""
    answer = re.split(r"[.,:;!–-]", text)[0].strip()
    for claim, words in vocabulary.load("dpa")["answers"].items():
        if answer in words:
            rest = text[len(answer) :]
            if claim == "established":
                return "scc" if _is_only_scc(rest) else claim
            # "Nei, det er ikke behov for det": no agreement, since none is needed.
            why = next((said for said, pattern in _rules() if pattern.search(rest)), "")
            return why if why == "not_needed" else _unless_clauses(claim, text, _says("scc", rest))
    scc = _says("scc", text)
    for claim, pattern in _rules():
        if pattern.search(text):
            if claim == "established" and _says("offers", text):
                return "offered"
            return "scc" if claim == "established" and _is_only_scc(text) else _unless_clauses(claim, text, scc)
    if scc:
        return "scc"
    return "without_data" if _says("without_data", text) else ""


def _is_only_scc(text):
    return _says("scc", text) and not _says("agreement", text)


def _unless_clauses(claim, text, scc):
    """“Databehandleravtale er ikke inngått, men SCC brukes”: the clauses are what there is."""
    if not scc or claim not in ("not_established", "follow_up"):
        return claim
    refused, _but, rest = text.partition(" men ")
    return "scc" if _says("scc", rest) and not _says("scc", refused) else claim


def _weighed(claims, texts):
    """One claim out of several: what is said of the agreement goes before the clauses, and both before reasons."""
    kinds = [claim for claim in claims if claim not in ("without_data", "offered")]
    if "established" in kinds:
        return "established", _("Other sentences differ.") if {"not_established", "follow_up"} & set(kinds) else ""
    if "scc" in kinds:
        if "not_established" in kinds:
            return "scc", _("Other sentences differ.")
        return "scc", _("Something is still being followed up.") if "follow_up" in kinds else ""
    if "not_established" in kinds and "follow_up" in kinds:
        return "follow_up", _("Not established yet.")
    for claim in ("not_established", "follow_up", "not_needed"):
        if claim in kinds:
            return claim, ""
    if "without_data" in claims:
        return "not_needed", _("Read from the reason that no personal data is processed.")
    if "offered" in claims:
        return None, _("The vendor offers an agreement; whether it is made is not said.")
    return None, ""


def _says(key, text):
    content = vocabulary.load("dpa")[key]
    keys = (key, "phrases") if isinstance(content, dict) else (key,)
    return bool(vocabulary.matcher("dpa", *keys).search(text))

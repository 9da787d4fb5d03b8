"""Pages in few words, for the tests of one field."""

from django.utils import translation

from assessments.importing import lines, reader


def blocks(text):
    from assessments.importing.page import blocks

    return blocks(lines.of_text(text).lines)


def page(**sections):
    """A page with these sections, under headings of the first template."""
    headings = {
        "description": "Beskrivelse av tjenesten",
        "status": "Er tjenesten godkjent?",
        "audiences": "Hvem kan bruke tjenesten?",
        "conditions": "Er det noen retningslinjer for å bruke tjenesten?",
        "data": "Hvilke personopplysninger bruker tjenesten, og hva brukes opplysningene til?",
        "price": "Betalingsmodell for tjenesten",
        "policy": "Lenke til personvernerklæring",
        "storage": "Hvor lagres informasjon?",
        "vendor": "Leverandør",
        "subprocessors": "Underleverandører",
        "dpa": "Er det etablert DBA/SCC?",
    }
    parts = ["Hovedseksjon", sections.pop("name", "Regnbuen")]
    parts += [sections.pop("before")] if "before" in sections else []
    for name, text in sections.items():
        parts += [headings[name], text]
    return "\n\n".join(parts)


def read(text="", **sections):
    """The page as read, with its doubts in English."""
    with translation.override("en"):
        return reader.read(lines.of_text(text or page(**sections), "side.txt"))

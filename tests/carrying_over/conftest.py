import io
from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command

from registry.models import Service
from tests.factories import DataCategoryFactory, StorageRegionFactory
from tests.importing.texts import page

ADDRESS = "https://www.eksempel.kommune.no/apper/regnbuen/"
WHOLE = {
    "description": "Elevene tegner sammen. Lærer ser alt.",
    "status": "Tjenesten er godkjent til bruk i skolen.",
    "audiences": " • Elever\n • Lærere",
    "conditions": " • Bruk bare fornavn.\n • Slett tegningene etter bruk.",
    "data": " • Navn\n • E-post",
    "price": "Gratis.",
    "policy": "https://regnbuen.example/personvern",
    "storage": "Irland",
    "vendor": "Fargerik AS, Norge",
    "subprocessors": " • Skyen Inc, USA (lagring)",
    "dpa": "Databehandleravtale er etablert.",
}


def the_service():
    """The service that the pages of these tests are about."""
    return Service.objects.get(name="Regnbuen")


def the_round():
    """Its only round."""
    return the_service().assessments.get()


@pytest.fixture
def reference(db):
    """The codes that these pages need; without reference data the import refuses to begin."""
    for code, kind in [("NO", "country"), ("IE", "country"), ("US", "country"), ("UNSTATED", "unknown")]:
        StorageRegionFactory(code=code, kind=kind)
    for code in ("name", "email", "ip_address"):
        DataCategoryFactory(code=code)


@dataclass
class Said:
    """What the command printed, said on the side, and how it failed, if it did."""

    out: str
    err: str
    failure: str


class Folder:
    """A folder of saved pages, and the command on it."""

    def __init__(self, place):
        self.place = place

    def save(self, file="regnbuen.txt", address=ADDRESS, **changed):
        """Save a page that says everything, with some sections otherwise; None leaves a section out."""
        sections = {name: text for name, text in {**WHOLE, **changed}.items() if text is not None}
        head = f"{address}\n\n" if address else ""
        (self.place / file).write_text(head + page(**sections), encoding="utf-8")
        return self

    def imported(self, *options, reason="Carried over."):
        """Run the command on the folder; with `--apply` unless it is only to show or print."""
        if not options or options == ("--published",):
            options = ("--apply", f"--reason={reason}", *options)
        out, err, failure = io.StringIO(), io.StringIO(), ""
        try:
            call_command("import_assessments", str(self.place), *options, stdout=out, stderr=err, no_color=True)
        except CommandError as error:
            failure = str(error)
        return Said(out.getvalue(), err.getvalue(), failure)

    def shown(self, *options):
        """What would be done."""
        return self.imported("--verbosity=1", *options)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "pages"
    place.mkdir()
    return Folder(place)

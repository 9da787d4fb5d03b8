import json
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation

from assessments.carrying_over.page import in_order, opened
from assessments.carrying_over.planning import Action, Planner
from assessments.carrying_over.writing import carry_out
from assessments.importing.reader import read_assessment
from assessments.importing.source import SourceError, files, load
from assessments.management.progress import Progress
from assessments.management.telling import told_of
from registry.models import StorageRegion

BATCH = 25  # pages to a transaction: one a page costs twice the time, all in one would keep editors waiting


class Command(BaseCommand):
    help = (
        "Take over assessments that were published before, from saved pages of text or HTML. "
        "Without --apply it only shows what it would do."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with files")
        parser.add_argument("--apply", action="store_true", help="write drafts: services and rounds for staff to see")
        parser.add_argument("--reason", default="", help="why, with --apply; public, and kept for ever")
        parser.add_argument(
            "--published",
            action="store_true",
            help="put what is certain on the list, in rounds that say from where they were carried over",
        )
        parser.add_argument("--json", action="store_true", help="print what is read, one object a line; write nothing")

    def handle(self, *, paths, verbosity, **options):
        self.refuse_contradictions(options)
        self.counts, self.unread, self.verbosity = Counter(), [], verbosity
        found = self.found(paths)
        self.progress = Progress(self.stderr, len(found) if verbosity else 0)
        with translation.override(settings.LANGUAGE_CODE):  # what is kept and what is public is in the site's language
            if options["json"]:
                self.print_json(found)
            else:
                self.take_over(in_order(self.opened(found)), options)
        self.progress.clear()
        self.sum_up(options)
        if self.unread:
            raise CommandError(f"{_count(len(self.unread), 'file')} could not be taken over; see above.")

    def refuse_contradictions(self, options):
        """Refuse what makes no sense together, before anything is read."""
        if options["json"] and (options["apply"] or options["published"]):
            raise CommandError("--json writes nothing: leave out --apply and --published.")
        if options["apply"] and not options["reason"].strip():
            raise CommandError('--apply needs a reason, which is public: --reason "Carried over from our old pages."')
        if options["json"]:
            return
        try:
            is_prepared = StorageRegion.objects.exists()
        except DatabaseError as error:
            raise CommandError(f"The database is not ready ({error}). Run: python manage.py migrate") from error
        if not is_prepared:
            raise CommandError("The registry has no reference data yet. Run: python manage.py load_reference")

    def found(self, paths):
        found = list(files(paths))
        if not found:
            raise CommandError(f"There are no files in {', '.join(map(str, paths))}.")
        self.progress = Progress(self.stderr, 0)
        for problem in found:
            if isinstance(problem, SourceError):
                self.fail(str(problem))
        return [path for path in found if not isinstance(path, SourceError)]

    def print_json(self, found):
        for path in found:
            try:
                result = read_assessment(load(path))
            except SourceError as error:
                self.fail(str(error))
            else:
                self.count(result)
                self.progress.clear()
                self.stdout.write(json.dumps(result.as_dict(), ensure_ascii=False))
            self.progress.step()

    def take_over(self, pages, options):
        planner = Planner(pages, options["published"])
        self.progress = Progress(
            self.stderr, len(pages) if self.verbosity else 0, "written" if options["apply"] else ""
        )
        for start in range(0, len(pages), BATCH):
            batch = pages[start : start + BATCH]
            if options["apply"]:
                steps = self.carried_out(planner, batch, options["reason"])
            else:
                steps = [planner.foresee(page) for page in batch]
            for page, step in zip(batch, steps, strict=True):
                self.tell(page, step, options["apply"])
                self.progress.step()

    def opened(self, paths):
        for path in paths:
            try:
                yield opened(path)
            except SourceError as error:
                self.fail(str(error))
            self.progress.step()

    def carried_out(self, planner, pages, reason):
        try:
            return carry_out(planner, pages, reason)
        except DatabaseError as error:
            return [error] * len(pages)

    def tell(self, page, step, applied):
        if isinstance(step, ValidationError):
            self.fail(f"{page.result.file}: {' '.join(step.messages)} Nothing of it was written.")
        elif isinstance(step, Exception):
            told = str(step).splitlines()[0]
            self.fail(f"{page.result.file}: the database refused it ({told}). Nothing of it was written.")
        else:
            self.count(page.result, step)
            if self.verbosity > 1 or step.action != Action.SAME or step.publish or step.waits:
                self.say("\n".join(told_of(step, applied, self.verbosity)))

    def count(self, result, step=None):
        self.counts["pages"] += 1
        self.counts["lines"] += result.line_count
        self.counts["unplaced"] += len(result.unplaced)
        self.counts["uncertain"] += len(result.uncertain)
        if step:
            self.counts[step.action] += 1
            self.counts["published"] += step.publish
            self.counts["kept"] += bool(step.merged.kept) and step.action != Action.BESIDE
            self.counts["waiting"] += bool(step.merged.waiting)

    def say(self, text):
        if self.verbosity:
            self.progress.clear()
            self.stdout.write(text)

    def fail(self, message):
        """A file that is left out. The others go on."""
        self.unread.append(message)
        self.progress.clear()
        self.stderr.write(self.style.ERROR(message))

    def sum_up(self, options):
        if not self.verbosity:
            return
        counts = self.counts
        self.note(
            f"{_count(counts['pages'], 'page')} read, {_count(len(self.unread), 'file')} left out. "
            f"{counts['lines']} lines: {counts['lines'] - counts['unplaced']} read, {counts['unplaced']} unplaced. "
            f"{counts['uncertain']} fields uncertain."
        )
        if options["json"]:
            return
        self.note(
            f"{_count(counts[Action.NEW], 'new service')}, {_count(counts[Action.UPDATE], 'page')} in a new version, "
            f"{counts[Action.BESIDE]} laid beside a service that was there, {counts[Action.SAME]} as they were. "
            f"{counts['published']} published."
            + (f" {_count(counts['kept'], 'page')} left as edited here." if counts["kept"] else "")
            + (f" {_count(counts['waiting'], 'page')} not all written yet." if counts["waiting"] else "")
        )
        if not options["apply"]:
            self.note('Nothing was written. To write it, add: --apply --reason "…"')
        elif counts[Action.NEW] + counts[Action.UPDATE] + counts[Action.BESIDE]:
            self.note("Next: look them through in the administration (Services, filter “imported page”).")

    def note(self, text):
        """Said on the side, and no error."""
        self.stderr.write(text, style_func=str)


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

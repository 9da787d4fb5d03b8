import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments.importing.reader import read_all
from assessments.importing.source import SourceError


class Command(BaseCommand):
    help = "Read the assessments that a school owner has published before, from saved pages of text or HTML."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="A file, or a folder with files.")
        parser.add_argument("--json", action="store_true", help="Print what is read, one object a line; write nothing.")

    def handle(self, *, paths, **options):
        results, errors = self.read(paths)
        if not options["json"]:
            raise CommandError("Say --json: only reading is built so far.")
        self.print_json(results)
        self.sum_up(results, errors)
        if errors:
            raise CommandError(f"{len(errors)} of {len(results) + len(errors)} files could not be read.")

    def read(self, paths):
        """The pages, and what is wrong with the files that are none; each of the latter is named at once."""
        results, errors = [], []
        for read in read_all(paths):
            if isinstance(read, SourceError):
                self.stderr.write(str(read))
                errors.append(read)
            else:
                results.append(read)
        return results, errors

    def print_json(self, results):
        for result in results:
            self.stdout.write(json.dumps(result.as_dict(), ensure_ascii=False))

    def sum_up(self, results, errors):
        lines = sum(result.line_count for result in results)
        unplaced = sum(len(result.unplaced) for result in results)
        self.stderr.write(
            self.style.NOTICE(
                f"{len(results)} pages, {lines} lines, {unplaced} of them unplaced; {len(errors)} files not read."
            )
        )

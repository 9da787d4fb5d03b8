from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from public.register.catching_up import catch_up
from public.register.reading import head


class Command(BaseCommand):
    help = (
        "Append what the tables say and the register does not: on a database that is older than the register, or after "
        "verify_register has named a change that went round the code, and it has been looked into. Safe to repeat."
    )

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--reason", help="public: why this was not told at the time")
        how.add_argument(
            "--begin", action="store_true", help="only where nothing has been told yet: begin the register"
        )

    def handle(self, *, reason, begin, verbosity, **options):
        if begin and head().serial:
            return
        added = catch_up(reason or _("The register begins."))
        if verbosity:
            self.stdout.write(f"Register: {added} entries added.")

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from public.register.lapses import append_format, append_lapsed


class Command(BaseCommand):
    help = "All that time brings: tell of dates that have passed, and verify the register. Safe to run twice at once."

    def handle(self, *, verbosity, **options):
        formed = append_format(_("The register's form has changed with a new release. The content is the same."))
        lapsed = append_lapsed(timezone.localdate())
        if verbosity:
            self.stdout.write(f"Dates that have passed: {len(lapsed)} told. New form: {len(formed)} entries.")
        call_command("verify_register", verbosity=verbosity, stdout=self.stdout)

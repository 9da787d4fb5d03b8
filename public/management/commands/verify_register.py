from django.core.management.base import BaseCommand, CommandError

from public.register.reading import head
from public.register.verification import verify


class Command(BaseCommand):
    help = "Check the register and every history against the tables. Names what is off, and exits 1 then."

    def handle(self, *, verbosity, **options):
        wrong = 0
        for message in verify():
            wrong += 1
            self.stdout.write(self.style.ERROR(message))
        if wrong:
            raise CommandError(
                f"{wrong} things are off. Look into them first; docs/operations.md says how to go on from there."
            )
        if verbosity:
            end = head()
            self.stdout.write(f"The register is whole: {end.serial} entries, head {end.hash or '-'}")

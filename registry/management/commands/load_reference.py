from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from registry.changes import ChangeKind, change
from registry.loading import LoadError, load_reference


class Command(BaseCommand):
    help = "Load regions, data categories, transfer bases and adequacy decisions that are not there yet."

    def handle(self, *, verbosity, **options):
        try:
            with change(_("Reference data entered from the files of this release."), ChangeKind.LISTED):
                made = load_reference(settings.BASE_DIR / "fixtures" / "reference")
        except LoadError as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        if verbosity:
            self.stdout.write(f"Reference data: {made} rows made." if made else "Reference data: all there.")

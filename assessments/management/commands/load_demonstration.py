from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from assessments.loading import load_demonstration
from registry.loading import LoadError


class Command(BaseCommand):
    help = "Load what is missing of the demonstration registry; what is there is left as it is."

    def handle(self, *, verbosity, **options):
        try:
            with translation.override(settings.LANGUAGE_CODE):  # reasons are public, in the site's own language
                made = load_demonstration(settings.BASE_DIR / "fixtures")
        except LoadError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            parts = [f"{count} {kind}" for kind, count in made.items() if count]
            self.stdout.write(f"Demonstration: {', '.join(parts)} made." if parts else "Demonstration: all there.")

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from public.register.redaction import PARTS, redact

CONFIRMS = "assessments.publish_assessment"


class Command(BaseCommand):
    help = (
        "Replace what entries of the register say by a public tombstone, for personal data that must go. Takes two "
        "people and cannot be undone. Correct the page itself first."
    )

    def add_arguments(self, parser):
        parser.add_argument("serial", type=int, nargs="+", help="the entries whose texts must go")
        parser.add_argument("--part", choices=PARTS, action="append", help="what was said (content) or why (details)")
        parser.add_argument("--reason", required=True, help="public: why it had to go, without repeating it")
        parser.add_argument("--asked-by", required=True, help="user name of the one who asks")
        parser.add_argument("--confirmed-by", required=True, help="user name of an approver who confirms")

    def handle(self, *, serial, part, reason, asked_by, confirmed_by, **options):
        if not reason.strip():
            raise CommandError("Say in --reason why it had to go; it is public.")
        asks, confirms = self.person(asked_by), self.person(confirmed_by)
        if not confirms.has_perm(CONFIRMS):
            raise CommandError(f"{confirmed_by} is no approver, so somebody else must confirm it.")
        told = []
        try:
            with transaction.atomic():
                for number in dict.fromkeys(serial):
                    parts = part or PARTS[:1]
                    told.append(redact(number, reason=reason, asked_by=asks, confirmed_by=confirms, parts=parts))
        except ValidationError as error:
            raise CommandError(f"{' '.join(error.messages)} Nothing was removed.") from error
        for number, entry in zip(dict.fromkeys(serial), told, strict=True):
            self.stdout.write(f"Entry {number} is a tombstone now; entry {entry.serial} says so.")

    def person(self, name):
        user = get_user_model().objects.filter(username=name, is_active=True, is_staff=True).first()
        if user is None:
            raise CommandError(f"There is no active member of staff called {name!r}.")
        return user

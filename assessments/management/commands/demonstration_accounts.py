import secrets

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from assessments.loading import demonstration_user

ROLES = ("editor", "approver", "auditor")


class Command(BaseCommand):
    help = "Make one demonstration account per role and print the log-ins, once; --reset makes new passwords."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="give every demonstration account a new password")

    def handle(self, *, reset, **options):
        made = [(role, self.give_password(role)) for role in ROLES if self.needs_password(role, reset)]
        if not made:
            self.stdout.write("Demonstration accounts: all there. Lost a password? Run: make accounts")
            return
        self.stdout.write("Demonstration accounts, shown this once:")
        for role, password in made:
            self.stdout.write(f"    user {role:<9} password {password}")

    def needs_password(self, role, reset):
        user = demonstration_user(role)
        user.groups.add(Group.objects.get(name=role))
        return reset or not user.has_usable_password()

    def give_password(self, role):
        user, password = demonstration_user(role), secrets.token_urlsafe(12)
        user.set_password(password)
        user.save()
        return password

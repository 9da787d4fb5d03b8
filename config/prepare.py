"""Get a database ready for the demonstration: `python -m config.prepare [COMMAND ...]`, called by `make run`.

One process instead of one per command, and one place that asks before it writes accounts with known passwords
into a database that somebody else may be using.
"""

import os
import sys

import django
from django.core.management import call_command

COMMANDS = [
    "migrate",
    "catch_up_register --begin",  # a database that is older than the register
    "load_reference",
    "load_demonstration",
    "demonstration_accounts",
]


def main(commands):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if os.environ.get("DATABASE_URL", "").strip() and os.environ.get("YES") != "1":
        sys.exit(question(commands))
    for command, *options in map(str.split, commands):
        call_command(command, *options)


def question(commands):
    from django.conf import settings

    database = settings.DATABASES["default"]
    place = f"{database['USER']}@{database['HOST'] or 'localhost'}, port {database['PORT'] or 5432}"
    where = "an SQLite file" if database["ENGINE"].endswith("sqlite3") else place
    return (
        f"DATABASE_URL is set: the database is {database['NAME']} ({where}).\n"
        f"This would run there: {', '.join(commands)}.\n"
        "That makes demonstration data, and accounts for it whose passwords are printed here.\n"
        "Nothing was changed. Add YES=1 if that is what you want, or unset DATABASE_URL."
    )


if __name__ == "__main__":
    main(sys.argv[1:] or COMMANDS)

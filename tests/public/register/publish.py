"""One of several processes that publish at once: `python -m tests.public.register.publish SEED COUNT`.

It changes random services in transactions of their own, some of which it rolls back, and prints a line for each that
was committed: the serial of its entry, the service, and what it wrote.
"""

import os
import random
import sys

import django


class RegrettedError(Exception):
    """Rolls a change back."""


def publish(seed, count):
    from django.db import OperationalError

    from public.models import RegisterEntry
    from registry.models import Service

    chance = random.Random(seed)  # noqa: S311 - nothing secret
    slugs = list(Service.objects.values_list("slug", flat=True))
    number = 0
    while number < count:
        words = f"{seed}/{number}"
        try:
            slug, change_id = say(chance.choice(slugs), words, is_regretted=chance.random() < 0.1)
        except RegrettedError:
            number += 1
            continue
        except OperationalError:
            continue  # SQLite's lock is not fair: whoever has waited for 20 seconds in vain tries again
        number += 1
        newest = RegisterEntry.objects.select_related("details").order_by("-serial")[:50]
        entry = next(entry for entry in newest if change_id in entry.details.text)
        sys.stdout.write(f"{entry.serial} {slug} {words}\n")


def say(slug, words, is_regretted):
    from registry.changes import change
    from registry.models import Service

    with change(f"Said by {words}") as this:
        service = Service.objects.select_for_update().get(slug=slug)
        service.purpose = words
        service.save()
        if is_regretted:
            raise RegrettedError
    return slug, str(this.id)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    publish(int(sys.argv[1]), int(sys.argv[2]))

"""One of several processes that publish at once: `python -m tests.public.register.publish SEED COUNT`.

It changes random services in transactions of their own: texts mostly, now and then which others they name as an
alternative and whether they are listed; some changes it rolls back. It prints a line for each entry that it brought
about: the serial, and of a text the service and what it wrote.
"""

import os
import random
import sys

import django


class RegrettedError(Exception):
    """Rolls a change back."""


def publish(seed, count):
    from django.db import OperationalError

    from registry.models import Service

    chance = random.Random(seed)  # noqa: S311 - nothing secret
    slugs = list(Service.objects.order_by("slug").values_list("slug", flat=True))
    number = 0
    while number < count:
        words = f"{seed}/{number}"
        act = chance.choice([*[write] * 6, name_another, name_another, come_or_go])
        try:
            change_id, slug = say(act, chance.sample(slugs, 2), words, is_regretted=chance.random() < 0.1)
        except RegrettedError:
            number += 1
            continue
        except OperationalError as error:
            if "deadlock" in str(error):
                raise
            continue  # whoever has waited in vain (2 s on PostgreSQL, 20 s on SQLite) tries again, as an editor would
        number += 1
        for entry in brought_about_by(change_id):
            told = f"{slug} {words}" if act is write and entry.subject_key == slug else "- -"
            sys.stdout.write(f"{entry.serial} {told}\n")


def brought_about_by(change_id):
    from public.models import RegisterEntry

    newest = RegisterEntry.objects.select_related("details").order_by("-serial")[:200]
    return [entry for entry in newest if change_id in entry.details.text]


def say(act, slugs, words, is_regretted):
    from registry.changes import change
    from registry.models import Service

    with change(f"Said by {words}") as this:
        one, other = (Service.objects.get(slug=slug) for slug in slugs)
        one = Service.objects.select_for_update(no_key=True).get(pk=one.pk)  # as the administration does
        act(one, other, words)
        if is_regretted:
            raise RegrettedError
    return str(this.id), one.slug


def write(one, other, words):
    one.purpose = words
    one.save()


def name_another(one, other, words):
    if one.alternatives.filter(pk=other.pk).exists():
        one.alternatives.remove(other)
    else:
        one.alternatives.add(other)


def come_or_go(one, other, words):
    one.visibility = "unlisted" if one.visibility == "listed" else "listed"
    one.save()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    publish(int(sys.argv[1]), int(sys.argv[2]))

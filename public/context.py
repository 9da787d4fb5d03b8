"""What every page knows besides its own subject: who publishes, where it is in the other languages, its address."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from registry.facts import owner_facts
from registry.models import SchoolOwner


def site(request):
    """Lazily, because the admin's pages ask for none of it."""
    return {
        "owner": SimpleLazyObject(owner),
        "languages": SimpleLazyObject(lambda: languages(request.path)),
        "demonstration": settings.DEMONSTRATION,
        "site_url": settings.SITE_URL,
    }


def owner() -> dict[str, str]:
    """The facts about the school owner, or a neutral name where nobody has filled them in."""
    row = SchoolOwner.objects.first()
    return owner_facts(row) if row else {"name": _("The school owner")}


def languages(path: str) -> list[dict[str, str]]:
    """Each language with the address of a page in it."""
    return [{"code": code, "name": name, "path": translate_url(path, code)} for code, name in settings.LANGUAGES]

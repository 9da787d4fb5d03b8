"""How fresh a page is: everything public follows from the register's last entry, the day, and the release.

Those three are therefore the version of the whole public site, and the ETag of each page. A change that the public
cannot see moves none of them, so an ETag gives no draft away.
"""

import functools
import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from public.register.reading import head

FOREVER_ASK = "public, no-cache"  # may be kept, and must be asked for anew: a publication shows at once
UNRELEASED = "development"
FOLDERS = ("templates", "locale", "static", "registry", "policies", "assessments", "public")


def version() -> str:
    """The version of the public site: the last serial, the day, and the release."""
    return f"{head().serial}.{timezone.localdate().isoformat()}.{release()}-{_settings()}"


def _settings():
    """What stands on pages and is neither in the register nor in the release."""
    shown = (settings.SITE_URL, settings.DEMONSTRATION, settings.DATA_LICENCE)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:6]


def release() -> str:
    """The release; where it has no name, such as while developing, when its files were last written."""
    if settings.RELEASE != UNRELEASED:
        return settings.RELEASE
    return f"{UNRELEASED}-{last_written() if settings.DEBUG else last_written_at_start():x}"


def last_written() -> int:
    """When a file of the program was last written, in nanoseconds."""
    files = [path for folder in FOLDERS for path in (settings.BASE_DIR / folder).rglob("*.*")]
    return max(map(_written, files))


last_written_at_start = functools.cache(last_written)


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns


def etag(request) -> str:
    """The ETag of what an address answers now. The address is in it, so that no other one's can match."""
    address = hashlib.sha256(request.get_full_path().encode()).hexdigest()[:12]
    return f'"{version()}.{address}"'


def fresh(view):
    """Answer 304 without asking the view where the visitor has the present version; else send the version along."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        tag = etag(request)
        if tag in map(_strong, parse_etags(request.headers.get("If-None-Match", ""))):
            return _marked(HttpResponseNotModified(), tag)
        response = view(request, *args, **kwargs)
        return _marked(response, tag) if response.status_code == 200 else response

    return wrapped


def _strong(tag):
    """A proxy that has compressed a page calls its ETag weak."""
    return tag.removeprefix("W/")


def _marked(response, tag):
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = FOREVER_ASK
    return response

import os

from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connections

from config.guard import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("STATEMENT_TIMEOUT", "5")  # for pages only: commands do not come this way


def refuse_unguarded():
    """Serve nothing from a database whose register anyone could rewrite. Raises ImproperlyConfigured."""
    found = run_checks(tags=[Tags.database], databases=["default"])
    errors = [str(message) for message in found if message.is_serious()]
    connections.close_all()  # each worker has connections of its own
    if errors:
        raise ImproperlyConfigured("\n".join(errors))


application = guard(get_wsgi_application())
refuse_unguarded()

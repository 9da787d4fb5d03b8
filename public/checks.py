"""What must hold before the site serves anything."""

from django.core.checks import Error, Tags, register
from django.db import OperationalError, connections

from public.register import triggers


@register(Tags.database)
def register_is_guarded(app_configs, databases, **kwargs):
    """The triggers that keep the register append-only stand. Before the first migration there is nothing to guard."""
    return [error for alias in databases or () for error in _errors(connections[alias])]


def _errors(connection):
    try:
        if triggers.ENTRY not in connection.introspection.table_names():
            return []
        missing = triggers.missing(connection)
    except OperationalError:
        return []  # no database: pages say so themselves, and /helse/ answers 503
    if not missing:
        return []
    message = f"The register is not guarded: the triggers {', '.join(missing)} are missing."
    return [
        Error(
            message,
            hint="Run manage.py migrate, which puts them back, then manage.py verify_register.",
            id="public.E001",
        )
    ]

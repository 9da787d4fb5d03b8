"""The database itself refuses to change the register. Triggers stand on both engines.

They are put back after every migration, because SQLite rebuilds tables, and loses their triggers, to alter them.
A text may be replaced once, by a tombstone (`manage.py redact`); `verify_register` tells that from tampering.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection as default_connection

ENTRY, CONTENT, REDACTION = "public_registerentry", "public_registercontent", "public_redaction"
MESSAGE = "The register is only ever added to."

SQLITE = {
    "register_entry_update": f"BEFORE UPDATE ON {ENTRY}",
    "register_entry_delete": f"BEFORE DELETE ON {ENTRY}",
    "register_content_update": f"BEFORE UPDATE ON {CONTENT} "
    "WHEN NOT (OLD.is_redacted = 0 AND NEW.is_redacted = 1 AND NEW.sha256 = OLD.sha256)",
    "register_content_delete": f"BEFORE DELETE ON {CONTENT}",
    "register_redaction_update": f"BEFORE UPDATE ON {REDACTION}",
    "register_redaction_delete": f"BEFORE DELETE ON {REDACTION}",
}
POSTGRESQL = {
    "register_entry_update": f"BEFORE UPDATE OR DELETE ON {ENTRY} FOR EACH ROW",
    "register_entry_truncate": f"BEFORE TRUNCATE ON {ENTRY} FOR EACH STATEMENT",
    "register_content_update": f"BEFORE UPDATE ON {CONTENT} FOR EACH ROW "
    "WHEN (NOT (NOT OLD.is_redacted AND NEW.is_redacted AND NEW.sha256 = OLD.sha256))",
    "register_content_delete": f"BEFORE DELETE ON {CONTENT} FOR EACH ROW",
    "register_content_truncate": f"BEFORE TRUNCATE ON {CONTENT} FOR EACH STATEMENT",
    "register_redaction_update": f"BEFORE UPDATE OR DELETE ON {REDACTION} FOR EACH ROW",
    "register_redaction_truncate": f"BEFORE TRUNCATE ON {REDACTION} FOR EACH STATEMENT",
}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION register_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
"""


def install(connection=default_connection) -> None:
    """Put every trigger in place; safe to repeat."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name in _wanted(connection):
            cursor.execute(_statement(connection, name))


def _statement(connection, name):
    does = "EXECUTE FUNCTION register_refuse()"
    if connection.vendor == "sqlite":
        does = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return f"CREATE TRIGGER {name} {_wanted(connection)[name]} {does}"


def remove(connection=default_connection) -> None:
    """Take every trigger away."""
    with connection.cursor() as cursor:
        for name, when in _wanted(connection).items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{_on(when) if connection.vendor == 'postgresql' else ''}")


def _on(when):
    return next(f" ON {table}" for table in (ENTRY, CONTENT, REDACTION) if f" ON {table}" in when)


@contextmanager
def lifted(connection=default_connection) -> Iterator[None]:
    """Without the triggers for a while: for tests that empty the tables or tamper with them."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def missing(connection=default_connection) -> list[str]:
    """The names of the triggers that are not there, are switched off, or do something else."""
    there = _there_on_postgresql(connection) if connection.vendor == "postgresql" else _there_on_sqlite(connection)
    return sorted(set(_wanted(connection)) - there)


def _there_on_sqlite(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name for name, sql in cursor.fetchall() if name in SQLITE and sql == _statement(connection, name)}


def _there_on_postgresql(connection):
    """By name and table; a condition stands only where one was put, and the function does what it should."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, ' ON ' || relname, tgqual IS NOT NULL, prosrc FROM pg_trigger"
            " JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
        return {
            name
            for name, table, has_condition, source in cursor.fetchall()
            if name in POSTGRESQL
            and table == _on(POSTGRESQL[name])
            and has_condition == ("WHEN" in POSTGRESQL[name])
            and source in FUNCTION
        }


def _wanted(connection):
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE

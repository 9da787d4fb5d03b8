"""Other processes on the database of a test: its address for them, and a way to see what they did."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections


def shared_database(folder: Path) -> str:
    """The address of the test's database, as it is now. On SQLite that is a copy; look at it with `looking_at`."""
    if connection.vendor == "postgresql":
        settings_dict = connection.settings_dict
        login = f"{settings_dict['USER']}:{settings_dict['PASSWORD']}@{settings_dict['HOST'] or ''}"
        return f"postgres://{login}:{settings_dict['PORT']}/{settings_dict['NAME']}"
    copy = folder / "shared.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    return f"sqlite:///{copy}"


@contextmanager
def looking_at(address: str) -> Iterator[None]:
    """Makes this process read the shared database as well; on SQLite that is another file than the test's own."""
    if connection.vendor == "postgresql":
        yield
        return
    other = connections.create_connection("default")
    other.settings_dict = other.settings_dict | {"NAME": address.removeprefix("sqlite:///")}
    own, connections["default"] = connections["default"], other
    with closing(other):
        yield
    connections["default"] = own

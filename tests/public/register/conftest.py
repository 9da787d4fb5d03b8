import pytest

from registry.changes import change


@pytest.fixture
def edit():
    """Changes fields of a row for a public reason, as an editor would."""

    def edited(row, reason="Because.", kind="facts", **fields):
        with change(reason, kind):
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()

    return edited

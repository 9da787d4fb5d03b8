import pytest

from tests.factories import SchoolOwnerFactory


@pytest.fixture
def owner(db):
    return SchoolOwnerFactory()

"""Every page of the admin: it opens, and its lists ask no more of the database for 50 rows than for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin_pages import MODELS, address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type) and issubclass(factory, factories.TrackedFactory) and not factory._meta.abstract
}

# Nine are those of any list: session and user (2 to read, 3 to keep the session alive), whether there is a school
# owner to add, the rows, and their number (2). The rest are choices of filters and their counts, one each.
QUERIES = {
    "platform": 9,
    "educationlevel": 9,
    "subject": 9,
    "datacategory": 12,
    "transferbasis": 9,
    "storageregion": 11,
    "adequacydecision": 10,
    "vendor": 11,
    "service": 20,
    "policy": 13,
    "policyversion": 13,
    "collectionpoint": 10,
    "assessment": 14,
    "agreement": 11,
    "impactassessment": 10,
}


def name_of(model):
    return model._meta.model_name


def make(model, number):
    """Rows that differ where the model wants them to, each with what its line in the list tells of."""
    factory = FACTORIES[model]
    own = {field: lambda n: f"row{n}" for field in ("code", "act") if field in factory._meta.django_get_or_create} | (
        {"code": lambda n: f"{chr(65 + n // 26)}{chr(65 + n % 26)}"} if name_of(model) == "storageregion" else {}
    )
    return [factory(**{field: value(n) for field, value in own.items()}) for n in range(number)]


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_page_opens(superuser_client, model):
    row = FACTORIES[model]()

    answers = {
        page: superuser_client.get(address(model if page in ("changelist", "add") else row, page)).status_code
        for page in ("changelist", "add", "change", "history")
    }

    # Rounds start from their service, and there is one school owner.
    adds = 403 if name_of(model) in ("assessment", "schoolowner") else 200
    assert answers == {"changelist": 200, "add": adds, "change": 200, "history": 200}


@pytest.mark.parametrize("model", [m for m in MODELS if name_of(m) != "schoolowner"], ids=name_of)
def test_a_list_takes_as_many_queries_for_50_rows_as_for_one(superuser_client, model):
    counts = []
    for number in (1, 50):
        make(model, number)
        superuser_client.get(address(model, "changelist"))  # fills the cache of content types
        with CaptureQueriesContext(connection) as queries:
            page = superuser_client.get(address(model, "changelist"))
        counts.append(len(queries))

    assert page.context["cl"].result_count >= 50
    assert counts == [QUERIES[name_of(model)]] * 2


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_pages_hold_no_style_or_script_of_their_own(superuser_client, model):
    row = FACTORIES[model]()

    for page in ("changelist", "change", "history"):
        text = superuser_client.get(address(model if page == "changelist" else row, page)).text
        assert " style=" not in text
        assert "<style" not in text
        assert "<script>" not in text

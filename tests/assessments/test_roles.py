"""Every address of the admin × every role. An address without a line here fails."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, reverse

from assessments import rounds
from assessments.roles import ROLES, grant
from public.models import Redaction
from public.register.appending import append
from registry.changes import change
from tests.admin_pages import MODELS
from tests.assessments.test_admin_pages import FACTORIES
from tests.factories import ImportedPageFactory, RulingFactory, SchoolOwnerFactory, ServiceFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ROLE_NAMES = ("anonymous", "editor", "approver", "auditor", "superuser")
LOGIN = 302

# GET and POST for anonymous, editor, approver, auditor and superuser. A POST is empty: 200 is a form that asks on.
PAGES = {
    "changelist": ((LOGIN, 200, 200, 200, 200), (LOGIN, 200, 200, 200, 200)),
    "add": ((LOGIN, 200, 403, 403, 200), (LOGIN, 200, 403, 403, 200)),
    "change": ((LOGIN, 200, 200, 200, 200), (LOGIN, 200, 403, 403, 200)),
    "delete": ((LOGIN, 403, 403, 403, 403), (LOGIN, 403, 403, 403, 403)),
    "history": ((LOGIN, 200, 200, 200, 200), (LOGIN, 200, 200, 200, 200)),
    # Old versions are told of in the history; nothing can be sent there.
    "simple_history": ((LOGIN, 302, 302, 302, 302), (LOGIN, 405, 405, 405, 405)),
}
# Nobody writes in the register, whatever the role.
REGISTER = {
    "changelist": ((LOGIN, 200, 200, 200, 200),) * 2,
    "add": ((LOGIN, 403, 403, 403, 403),) * 2,
    "change": ((LOGIN, 200, 200, 200, 200), (LOGIN, 403, 403, 403, 403)),
    "delete": ((LOGIN, 403, 403, 403, 403),) * 2,
    "history": ((LOGIN, 200, 200, 200, 200),) * 2,
}
READ_ONLY = ((LOGIN, 200, 200, 200, 200), (LOGIN, 405, 405, 405, 405))
NOBODY = ((LOGIN, 403, 403, 403, 403),) * 2
ONE_PAGE = {
    # There is one school owner, and rounds start from their service.
    "registry_schoolowner_add": NOBODY,
    "assessments_assessment_add": NOBODY,
    "registry_service_start_round": ((LOGIN, 200, 403, 403, 200),) * 2,
    "registry_service_looked_through": ((LOGIN, 405, 405, 405, 405), (LOGIN, 302, 403, 403, 302)),
    # The round is submitted, so that submitting is refused in words and publishing is refused to who wrote in it.
    "assessments_assessment_submit": ((LOGIN, 405, 405, 405, 405), (LOGIN, 302, 403, 403, 302)),
    "assessments_assessment_discard": ((LOGIN, 405, 405, 405, 405), (LOGIN, 302, 403, 403, 302)),
    "assessments_assessment_return": ((LOGIN, 405, 405, 405, 405), (LOGIN, 403, 302, 403, 302)),
    "assessments_assessment_publish": ((LOGIN, 403, 200, 403, 200), (LOGIN, 403, 302, 403, 302)),
    "index": ((LOGIN, 200, 200, 200, 200),) * 2,
    "app_list": ((LOGIN, 200, 200, 200, 200),) * 2,
    "jsi18n": READ_ONLY,
    "password_change": ((LOGIN, 200, 200, 200, 200),) * 2,
    "password_change_done": READ_ONLY,
    "autocomplete": READ_ONLY,
    "view_on_site": ((LOGIN, 302, 302, 302, 302),) * 2,
    "login": ((200, 302, 302, 302, 302), (200, 200, 200, 200, 200)),
    "logout": ((LOGIN, 405, 405, 405, 405), None),
}
# Accounts are the superuser's: what others get there is a refusal, whatever the page.
ACCOUNTS = ("auth_", "axes_")


def names():
    for pattern in _patterns(admin.site.urls[0]):
        if pattern.name and not pattern.name.startswith(ACCOUNTS):
            yield pattern.name


def _patterns(patterns):
    for pattern in patterns:
        yield from [pattern] if isinstance(pattern, URLPattern) else _patterns(pattern.url_patterns)


def line(name):
    longest_first = sorted(PAGES, key=len, reverse=True)
    if name.startswith("public_"):
        return REGISTER[name.rsplit("_", 1)[1]]
    return ONE_PAGE.get(name) or PAGES[next(page for page in longest_first if name.endswith(f"_{page}"))]


@pytest.fixture
def rows(editor):
    """One row of each model; the round is submitted, and the service is its."""
    SchoolOwnerFactory()
    rows = {model._meta.model_name: FACTORIES[model]() for model in MODELS if model._meta.model_name != "assessment"}
    with change("Written.", actor=editor):
        draft = RulingFactory().assessment
    with change("Told.") as this:
        [entry] = append({("owner", "owner")}, this)
    told = {"entry": entry, "of": entry, "content": entry.details, "asked_by": editor}
    redaction = Redaction(**told, confirmed_by=UserFactory(username="signatory"))
    redaction.save()
    own = {"assessment": rounds.submit(draft, actor=editor), "registerentry": entry, "redaction": redaction}
    return rows | own


def url_of(name, rows):
    if name == "app_list":
        return reverse("admin:app_list", args=["registry"])
    if name == "view_on_site":
        vendor = rows["vendor"]
        return reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(vendor).pk, vendor.pk])
    if name == "autocomplete":
        query = "?app_label=registry&model_name=service&field_name=vendor"
        return reverse("admin:autocomplete") + query
    if "_" not in name or (name in ONE_PAGE and name.split("_")[0] not in ("registry", "assessments")):
        return reverse(f"admin:{name}")
    row = rows[name.split("_")[1]]
    arguments = [] if name.endswith(("_changelist", "_add")) else [row.pk]
    if name.endswith("looked_through"):
        arguments.append(ImportedPageFactory(service=row).pk)
    if name.endswith("simple_history"):
        arguments.append(row.history.first().pk)
    return reverse(f"admin:{name}", args=arguments)


@pytest.mark.parametrize("role", ROLE_NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_what_is_its(request, client, rows, role, method):
    if role != "anonymous":
        client = request.getfixturevalue(f"{role}_client")

    wrong = {}
    for name in names():
        url, expected = url_of(name, rows), line(name)[method == "post"]
        if expected:
            status = getattr(client, method)(url).status_code
            if status != expected[ROLE_NAMES.index(role)]:
                wrong[name] = status

    assert not wrong


@pytest.mark.parametrize("role", ["editor", "approver", "auditor"])
def test_accounts_are_not_theirs(request, role):
    client = request.getfixturevalue(f"{role}_client")

    for name in ("auth_user_changelist", "auth_user_add", "auth_group_changelist"):
        assert client.get(reverse(f"admin:{name}")).status_code == 403


def test_every_address_has_a_line():
    assert all(line(name) for name in names())


# Permissions


def codenames(role):
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def test_editors_write_everything_and_delete_only_parts(editor):
    granted = codenames("editor")

    assert {"add_service", "change_assessment", "start_assessment", "delete_ruling", "delete_storagelocation"} < granted
    assert not granted & {"delete_service", "delete_assessment", "delete_vendor", "publish_assessment"}


def test_approvers_sign_and_write_nothing(approver):
    granted = codenames("approver")

    assert {name for name in granted if not name.startswith("view_")} == {"publish_assessment"}


def test_auditors_see_everything_and_do_nothing(auditor):
    views = Permission.objects.filter(
        content_type__app_label__in=["registry", "policies", "assessments", "public"], codename__startswith="view_"
    )

    assert codenames("auditor") == set(views.values_list("codename", flat=True))
    assert "view_historicalservice" in codenames("auditor")


@pytest.mark.parametrize("role", ROLES)
def test_nobody_writes_history(db, role):
    grant(apps)

    assert not [name for name in codenames(role) if "historical" in name and not name.startswith("view_")]


def test_granting_again_changes_nothing(editor):
    before = codenames("editor")
    Group.objects.get(name="editor").permissions.add(Permission.objects.get(codename="add_user"))

    grant(apps)

    assert codenames("editor") == before


def test_who_is_in_no_group_sees_nothing(client, django_user_model):
    user = django_user_model.objects.create(username="new", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("admin:registry_service_change", args=[ServiceFactory().pk])).status_code == 403

"""Who may do what. Groups are filled by migrations; a migration that adds a model to the admin calls `grant` again."""

from django.contrib.auth.management import create_permissions
from django.db.models import Q

CONTENT = ("registry", "policies", "assessments")
# Written by the program alone.
READ_ONLY = ("public",)

# Rows that are edited on the page of the row they belong to; only these may be deleted, and their history stays.
PARTS = (
    "edition", "loginmethod", "practice", "disclosure", "datause", "storagelocation", "subprocessor",
    "collectionpoint", "collection", "legalbasis", "retention", "cookie", "recipient", "right", "securitymeasure",
    "contact", "remark",
    "ruling", "condition", "consideration", "ownerbasis",
)  # fmt: skip

ROLES = {
    # Writes facts, statements and decisions, and starts and submits rounds.
    "editor": Q(codename__regex=r"^(add|change)_(?!historical)")
    | Q(codename__startswith="view_")
    | Q(codename__in=[f"delete_{part}" for part in PARTS])
    | Q(codename="start_assessment"),
    # Signs what somebody else has written, and writes nothing.
    "approver": Q(codename__startswith="view_") | Q(codename="publish_assessment"),
    # Sees everything, history and people's names in it included.
    "auditor": Q(codename__startswith="view_"),
}


def grant(apps, using="default"):
    """Give each group exactly the permissions of its role. Users and groups themselves are in none of them."""
    permissions = _permissions(apps, using)
    for name, granted in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.set(permissions.filter(granted))


def _permissions(apps, using):
    # Django makes them after the last migration, which is too late for a migration that gives them to somebody.
    # An older migration knows nothing of an app that came later.
    for label in (label for label in (*CONTENT, *READ_ONLY) if label in apps.app_configs):
        config = apps.get_app_config(label)
        config.models_module = getattr(config, "models_module", None) or True  # it skips apps that have none
        create_permissions(config, apps=apps, verbosity=0, using=using)
    may_be_written = Q(content_type__app_label__in=CONTENT)
    may_be_read = Q(content_type__app_label__in=READ_ONLY, codename__startswith="view_")
    return apps.get_model("auth", "Permission").objects.using(using).filter(may_be_written | may_be_read)

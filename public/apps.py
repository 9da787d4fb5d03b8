from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    """Publication: what everyone may read."""

    name = "public"
    verbose_name = _("Public pages")

    def ready(self):
        from public import checks  # noqa: F401 - registers itself
        from public.register.appending import on_change
        from registry.changes import changed

        changed.connect(on_change, dispatch_uid="public.register")
        post_migrate.connect(guard_register, sender=self, dispatch_uid="public.triggers")


def guard_register(sender, using, **kwargs):
    """Put the triggers (back) in place; a migration may have stopped short of the tables."""
    from public.register import triggers

    if triggers.REDACTION in connections[using].introspection.table_names():
        triggers.install(connections[using])

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Facts: what a service is and does."""

    name = "registry"
    verbose_name = _("Services and facts")

    def ready(self):
        from registry import changes

        changes.listen()

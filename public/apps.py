from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    """Publication: what everyone may read."""

    name = "public"
    verbose_name = _("Public pages")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """Statements: what the vendor says in its published documents."""

    name = "policies"
    verbose_name = _("Vendors' statements")

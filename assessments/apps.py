from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Decisions: what the school owner decides, round by round."""

    name = "assessments"
    verbose_name = _("Assessments")

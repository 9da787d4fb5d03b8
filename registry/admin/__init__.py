from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin import parties, reference
from registry.admin.base import PartInline, StackedPartInline, TrackedAdmin
from registry.admin.filters import RelatedFilter
from registry.admin.forms import TrackedForm
from registry.admin.service import ServiceAdmin

admin.site.site_header = _("Editing the app registry")
admin.site.site_title = _("App registry")
admin.site.index_title = _("What do you want to do?")
admin.site.empty_value_display = "–"

__all__ = [
    "PartInline", "RelatedFilter", "ServiceAdmin", "StackedPartInline", "TrackedAdmin", "TrackedForm", "parties",
    "reference",
]  # fmt: skip

from django.contrib import admin

from registry.admin.base import TrackedAdmin
from registry.models import (
    AdequacyDecision,
    DataCategory,
    EducationLevel,
    Platform,
    StorageRegion,
    Subject,
    TransferBasis,
    region_name,
)

LANGUAGES = ("nb", "nn", "en")


class TermAdmin(TrackedAdmin):
    list_display = ["code", "name_nb", "name_nn", "name_en", "position"]
    search_fields = ["code", "name_nb", "name_nn", "name_en"]


for term in (Platform, EducationLevel, Subject):
    admin.site.register(term, TermAdmin)


@admin.register(DataCategory)
class DataCategoryAdmin(TermAdmin):
    list_display = ["code", "name_nb", "group", "special"]
    list_filter = ["group", "special", "match"]


@admin.register(TransferBasis)
class TransferBasisAdmin(TermAdmin):
    list_display = ["code", "name_nb", "article", "is_gap"]


@admin.register(StorageRegion)
class StorageRegionAdmin(TrackedAdmin):
    list_display = ["code", "shown_name", "kind", "situation"]
    list_filter = ["kind", "situation"]
    search_fields = ["code"]

    @admin.display(description=StorageRegion._meta.verbose_name)
    def shown_name(self, region):
        return region.name()

    def search_texts(self, queryset):
        for pk, code in queryset.values_list("pk", "code"):
            yield pk, " ".join([code, *(region_name(code, language) for language in LANGUAGES)])


@admin.register(AdequacyDecision)
class AdequacyDecisionAdmin(TrackedAdmin):
    list_display = ["act", "name", "region", "scope", "valid_from", "valid_until", "checked_on"]
    list_filter = ["scope"]
    list_select_related = ["region"]
    search_fields = ["act", "name"]
    autocomplete_fields = ["region"]

from django.contrib import admin


class RelatedFilter(admin.RelatedFieldListFilter):
    """Asks for its choices once a page; Django asks again for the counts of every other filter."""

    def field_choices(self, field, request, model_admin):
        asked = request.__dict__.setdefault("filter_choices", {})
        if field not in asked:
            asked[field] = super().field_choices(field, request, model_admin)
        return asked[field]


class RelatedInUseFilter(RelatedFilter, admin.RelatedOnlyFieldListFilter):
    """Offers only what occurs."""

"""Where a service's data lies, told in one word: the worst of what its storage rows say."""

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When

from registry.models import Disclosure, StorageLocation, StorageRegion

Situation = StorageRegion.Situation


def with_situation(services: QuerySet) -> QuerySet:
    """Annotate services with `situation`: outside the EEA if anything is, then not known, inside, or nowhere.

    A service without rows is not known, unless the list of places is said to be empty.
    """
    rows = StorageLocation.objects.filter(service=OuterRef("pk"))
    nothing = Disclosure.objects.filter(service=OuterRef("pk"), list="storage", answer="none")
    worst_first = [Situation.OUTSIDE, Situation.UNKNOWN, Situation.INSIDE, Situation.NOWHERE]
    cases = [When(Exists(rows.filter(region__situation=one)), then=Value(one.value)) for one in worst_first]
    return services.annotate(
        situation=Case(
            *cases,
            When(Exists(nothing), then=Value(Situation.NOWHERE.value)),
            default=Value(Situation.UNKNOWN.value),
            output_field=CharField(),
        )
    )

"""Where people have had a hand in what an import wrote. The import itself writes as nobody."""

from django.db.models import Model

from assessments.models import Agreement
from policies.models import Policy
from registry.history import SERVICE_PARTS
from registry.models import Service


def is_by_people(row: Model) -> bool:
    """Somebody, by name, has saved the row."""
    return row.history.filter(history_user__isnull=False).exists()


def service_is_edited(service: Service) -> bool:
    """Somebody has written in the service, in one of its parts (deleted ones too), its agreements or its documents."""
    if is_by_people(service):
        return True
    parts = [model.history.filter(service_id=service.pk) for model in SERVICE_PARTS]
    around = [
        Agreement.history.filter(id__in=service.agreements.values("pk")),
        Policy.history.filter(id__in=service.policies.values("pk")),
    ]
    return any(records.filter(history_user__isnull=False).exists() for records in (*parts, *around))

"""Files: the whole register as JSON Lines and CSV, and a list of services as CSV. Sent part by part."""

import datetime
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from assessments.status import Status, standing
from public.api import sheets
from public.api.answers import address
from public.api.services import understood
from public.api.told import CHUNK, Entry, all_told, name_of
from public.dossier import public_services
from public.labels import label
from public.register.reading import head
from public.rows import rows, with_status_and_situation


def _sent(request, parts: Iterable[str], media_type: str, name: str):
    response = StreamingHttpResponse(parts if request.method == "GET" else (), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _dated(name):
    stem, ending = name.split(".")
    return f"{stem}-{timezone.localdate().isoformat()}.{ending}"


# The register


def register_jsonl(request):
    """The whole register, one entry a line."""
    parts = map(_json_lines, all_told(head().serial))
    return _sent(request, parts, "application/jsonl; charset=utf-8", _dated("register.jsonl"))


def _json_lines(entries):
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def register_csv(request):
    """The whole register in short, one entry a line."""
    return _sent(request, _register_lines(head().serial), sheets.TYPE, _dated("register.csv"))


def _register_lines(until):
    yield sheets.BYTE_ORDER_MARK + sheets.lines([REGISTER])
    for entries in all_told(until):
        yield sheets.lines(_register_row(entry) for entry in entries)


REGISTER = [
    "serial", "recorded_at", "effective_on", "kind", "subject_kind", "subject_key", "name", "status", "reason",
    "content_hash", "hash",
]  # fmt: skip


def _register_row(entry: Entry):
    header, details = entry["header"], entry["details"] or {}
    return [
        header["serial"],
        header["recorded_at"],
        header["effective_on"],
        header["kind"],
        header["subject"]["kind"],
        details.get("subject", {}).get("key"),
        name_of(entry),
        _status_after(entry),
        details.get("reason"),
        header["content"],
        entry["hash"],
    ]


def _status_after(entry):
    """The status of a service when the entry was written; "" where the content does not say."""
    content = entry["content"] or {}
    if entry["header"]["subject"]["kind"] != "service" or "facts" not in content:
        return ""
    recorded = datetime.datetime.fromisoformat(entry["header"]["recorded_at"])
    return standing(content, timezone.localdate(recorded)).status.value


def verify_script(request):
    """The program with which anybody can check the register; docs/register.md explains it."""
    text = (Path(__file__).parent / "verify.py.txt").read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


# The list


def services_csv(request):
    """The services that the same query gives on the page, all pages of them, in the words of the page."""
    params = request.GET.copy()
    params.pop("side", None)
    search = understood(params)
    keys = list(search.services.values_list("pk", flat=True))
    return _sent(request, _service_lines(keys, get_language()), sheets.TYPE, _dated("tjenester.csv"))


def _service_lines(keys: list[int], language: str) -> Iterator[str]:
    with override(language):
        first = sheets.lines([COLUMNS])
    yield sheets.BYTE_ORDER_MARK + first
    for start in range(0, len(keys), CHUNK):
        with override(language):  # the response is read after the language of the request has ended
            part = sheets.lines(map(_service_row, _in_order(keys[start : start + CHUNK])))
        yield part


def _in_order(keys):
    services = public_services().filter(pk__in=keys).prefetch_related("platforms")
    found = {row.service.pk: row for row in rows(with_status_and_situation(services))}
    return [found[key] for key in keys if key in found]


COLUMNS = [
    _("Name"), _("Key"), _("Vendors"), _("Status"), _("Code of the status"), _("Overdue for reassessment"),
    _("Decided on"), _("Reassessment by"), _("Valid until"), _("May be used by"), _("Where the data lies"),
    _("Platforms"), _("Price"), pgettext_lazy("service", "Summary"), _("Address"),
]  # fmt: skip


def _service_row(row):
    service = row.service
    vendors = [service.vendor, *service.co_vendors.all()]
    return [
        service.name,
        service.slug,
        ", ".join(vendor.name for vendor in vendors if vendor),
        Status(service.status).label,
        service.status,
        gettext("Yes") if service.is_overdue else gettext("No"),
        service.decided_on,
        service.review_by,
        service.valid_until,
        row.users,
        row.stored.words,
        ", ".join(platform.name() for platform in service.platforms.all()),
        label("price", service.price_model),
        service.summary,
        address("service-detail", service.slug),
    ]

"""Filling in and sending the forms of the admin as a browser would."""

from django.contrib import admin
from django.urls import reverse

OURS = ("registry", "policies", "assessments")
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]


def address(row_or_model, page, *args):
    meta = row_or_model._meta
    own = [row_or_model.pk] if page not in ("changelist", "add") else []
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[*own, *args])


def filled(response):
    """What a browser would send if nothing were changed on a page."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {field.html_name: _sent(field) for form in forms for field in form if _sent(field) is not None}


def _sent(field):
    value = field.value()
    if value is None or value is False or value == "":
        return None
    if isinstance(value, str):
        return value.replace("\n", "\r\n")  # as the standard for forms has it
    return "on" if value is True else value


def save(client, row_or_model, reason="Seen on the vendor's page.", page=None, **changes):
    """Open the page of a row (or the one that adds a row), change some fields, and send it."""
    url = address(row_or_model, "add" if isinstance(row_or_model, type) else "change")
    data = {**filled(page or client.get(url)), "reason": reason, **changes}
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def one_more(prefix, **fields):
    """The fields of a first row in an inline that has none."""
    return {f"{prefix}-TOTAL_FORMS": 1, **{f"{prefix}-0-{name}": value for name, value in fields.items()}}


def messages(response):
    """What the admin said after a form was sent."""
    return [str(message) for message in response.context["messages"]]

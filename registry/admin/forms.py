"""The forms of tracked rows: they ask for the public reason, and notice what was saved meanwhile."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from registry.changes import ChangeKind
from registry.history import changes_to, version_of

# What an editor may say that a change is; the other kinds follow from what was done.
EDITORS_KINDS = [(kind.value, kind.label) for kind in (ChangeKind.FACTS, ChangeKind.LANGUAGE, ChangeKind.BACKFILLED)]


class PlainText(forms.CharField):
    """Text with line feeds, as it is stored; browsers send carriage returns too, which would look like a change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class PartForm(forms.ModelForm):
    """Tells of every constraint that a row breaks, also of those that involve what cannot be edited here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.instance.FROZEN if self.instance.pk else ():
            if name in self.fields:
                self.fields[name].disabled = True  # shown, and whatever is posted instead is passed over

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            try:
                self.instance.validate_constraints(exclude=self._not_saved_yet())
            except ValidationError as error:
                self._update_errors(error)

    def _not_saved_yet(self):
        links = [field for field in self.instance._meta.fields if field.many_to_one and field.is_cached(self.instance)]
        return {field.name for field in links if getattr(self.instance, field.attname) is None}


class TrackedForm(PartForm):
    """Asks for the public reason, and refuses to save over what somebody else has saved since the page was opened."""

    ABOUT_THE_CHANGE = ("reason", "change_kind", "page_version")

    parts = ()  # set by the admin
    reason = forms.CharField(
        label=_("Reason for this change"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Public, and kept for ever. What has changed, and how do you know? Name no persons."),
    )
    change_kind = forms.ChoiceField(label=_("What kind of change"), choices=EDITORS_KINDS, required=False)
    page_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["page_version"] = version_of(self.instance, self.parts)

    def clean(self):
        cleaned = super().clean()
        seen, newest = cleaned.get("page_version", ""), self.initial.get("page_version", "")
        if seen != newest:
            # The next save is an informed one: the page that shows this error carries the new version.
            self.data = self.data.copy()
            self.data[self.add_prefix("page_version")] = newest
            self.add_error(None, self._what_was_done_meanwhile(seen))
        return cleaned

    def _what_was_done_meanwhile(self, seen):
        changes = changes_to(self.instance, self.parts, since=seen)
        told = [ValidationError(_told(each)) for each in changes[:5]]
        return [
            *(told or [ValidationError(_("This page is older than what is stored."))]),
            ValidationError(
                _("Nothing was saved. What you wrote is kept below: compare, then save again to keep it."
                  " If a row that you see here was removed meanwhile, tick its box “Delete”.")
            ),
        ]  # fmt: skip


def _told(each):
    edits = [f"{edit.subject}: {_edited(edit)}" for edit in each.edits[:8]]
    return _("%(user)s saved this on %(day)s, while you were writing. Reason: %(reason)s What: %(edits)s") % {
        "user": each.user or _("The system"),
        "day": localize(localtime(each.at)),
        "reason": each.reason or "–",
        "edits": "; ".join(edits) or "–",
    }


def _edited(edit):
    if not edit.field:
        return str(edit.action.label)
    named = {"field": edit.field, "before": edit.before, "after": edit.after}
    return _("%(field)s: “%(before)s” → “%(after)s”") % named

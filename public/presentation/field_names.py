"""What a reader calls the lists and fields of published structures, and how the value of each is shown.

Every field that `registry.facts`, `policies.statements` and `assessments.decision` can say has its line here, in the
order in which it is read; a test holds the two together.
"""

from django.utils.translation import gettext_lazy as _

from public.presentation.fact_names import FACTS
from public.presentation.statement_names import DECISIONS, STATEMENTS

# The headings, by the list or by the kind of the subject whose own fields they are.
PARTS = {
    "service": _("About the service"),
    "vendor": _("The company"),
    "policy": _("About the document"),
    "region": _("Place"),
    "category": _("The term"),
    "basis": _("The term"),
    "platform": _("The term"),
    "level": _("The term"),
    "subject": _("The term"),
    "owner": _("school owner"),
    "rounds": _("Assessments"),
    "rulings": _("Who may do what"),
    "conditions": _("Conditions of use"),
    "considerations": _("considerations"),
    "owner_bases": _("The school owner's legal basis"),
    "impact_assessments": _("impact assessments"),
    "policy_versions": _("rests on versions of documents"),
    "data": _("Data that is used"),
    "logins": _("login methods"),
    "practices": _("practices"),
    "storage": _("Storage"),
    "subprocessors": _("Subprocessors"),
    "disclosures": _("completeness of the lists"),
    "agreements": _("agreements"),
    "editions": _("Editions"),
    "adequacy_decisions": _("adequacy decisions"),
    "versions": _("Versions of the document"),
    "collection_points": _("occasions of collection"),
    "collections": _("Data"),
    "legal_bases": _("The vendor's legal bases"),
    "retentions": _("How long data is kept"),
    "cookies": _("Cookies and local storage"),
    "recipients": _("Who gets data"),
    "rights": _("rights"),
    "measures": _("security measures"),
    "contacts": _("contacts"),
    "remarks": _("remarks"),
}

# By list, or by kind of subject.
FIELDS = {**FACTS, **DECISIONS, **STATEMENTS}

# What the name of a row already says, so that it is not repeated where the whole row is told.
IN_THE_NAME = {
    "data": {"category", "detail", "login", "edition"},
    "practices": {"kind"},
    "storage": {"region"},
    "subprocessors": {"vendor"},
    "disclosures": {"list"},
    "editions": {"name", "slug"},
    "agreements": {"kind", "vendor"},
    "rounds": {"number", "outcome"},
    "rulings": {"audience"},
    "conditions": {"text"},
    "considerations": {"kind"},
    "owner_bases": {"purpose"},
    "adequacy_decisions": {"name"},
    "impact_assessments": {"title", "slug"},
    "policy_versions": {"policy"},
    "versions": {"captured_on"},
    "collection_points": {"name"},
    "collections": {"category", "detail"},
    "legal_bases": {"purpose"},
    "retentions": {"what"},
    "cookies": {"name"},
    "recipients": {"name"},
    "rights": {"kind"},
    "measures": {"name"},
    "contacts": {"kind"},
    "remarks": {"topic"},
}

# What need not be said, so that it is no finding where it is not.
NEED_NOT_BE_SAID = {
    "note", "detail", "subject_words", "price.note", "age_terms", "scope_note", "statement_url", "quote", "login",
    "edition", "host", "works_for", "replaced_by", "under_assessment_since", "fallback_basis", "supplementary_measures",
    "feide_attribute", "stated_on", "since", "valid_until", "owned_by", "iri", "match", "grades", "article", "law",
    "module", "pattern", "pilot_schools", "stop_using_by", "carried_over_from", "change_summary", "represented_by",
    "app_store", "framework_checked_on", "login_kind", "use", "offered_instead", "reason", "url",
}  # fmt: skip

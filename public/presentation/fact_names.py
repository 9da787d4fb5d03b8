"""What a reader calls the fields of `registry.facts`, in reading order, and how the value of each is shown."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Named:
    """A field in words. `form` is one of `field_values.FORMS`; `of` is which labels or which kind of subject."""

    words: str | Promise
    form: str = "text"
    of: str = ""


def plain(words):
    """Names, numbers and addresses, which are in no language."""
    return Named(words, "plain")


def day(words):
    return Named(words, "day")


def code(words, of):
    """One of the choices that `labels.label` knows."""
    return Named(words, "label", of)


def key(words, of):
    """The key of another subject."""
    return Named(words, "key", of)


NOTE = {"note": Named(_("note"))}
RETENTION = {"retention": Named(_("kept for"), "retention")}
SOURCE = {
    "said_by": code(_("who says so"), "said_by"),
    "source": Named(_("source")),
    "stated_on": day(_("stated on")),
}
WHOSE = {
    "detail": Named(_("more exactly")),
    "subjects": code(_("whose"), "audience"),
    "subject_words": Named(_("whose, in words")),
}
GRADES = {"grades": Named(_("grades"), "grades")}
TERM = {
    "name.nb": Named(_("name in bokmål"), "text", "nb"),
    "name.nn": Named(_("name in nynorsk"), "text", "nn"),
    "name.en": Named(_("name in English"), "text", "en"),
    "code": plain(_("code")),
    "iri": plain(_("IRI")),
    "position": plain(_("position")),
}

FACTS = {
    "service": {
        "name": plain(_("name")),
        "slug": plain(_("address")),
        "aliases": plain(_("other names")),
        "domains": plain(_("web domains")),
        "vendor": key(_("vendor"), "vendor"),
        "co_vendors": key(_("in cooperation with"), "vendor"),
        "summary": Named(_("summary")),
        "purpose": Named(_("purpose and use")),
        "first_listed_on": day(_("first listed on")),
        "under_assessment_since": day(_("under assessment since")),
        "replaced_by": key(_("replaced by"), "service"),
        "alternatives": key(_("alternatives"), "service"),
        "policies": key(_("vendors' documents"), "policy"),
        "platforms": key(_("platforms"), "platform"),
        "education_levels": key(_("levels of education"), "level"),
        "subjects": key(_("subjects"), "subject"),
        **GRADES,
        "price.model": code(_("price"), "price"),
        "price.note": Named(_("price in words")),
        "vendor_role": code(_("vendor's role"), "vendor_role"),
        "minimum_age": Named(_("vendor's minimum age"), "years"),
        "age_terms": Named(_("vendor's age terms")),
        "website": plain(_("website")),
        "app_store": plain(_("address in an app store")),
        "accessibility.statement": plain(_("accessibility statement")),
        "accessibility.note": Named(_("accessibility in words")),
        "language": Named(_("language of the texts"), "language"),
        "fictitious": Named(_("fictitious"), "yes"),
    },
    "data": {
        "category": key(_("data category"), "category"),
        **WHOSE,
        "login": Named(_("by login"), "way"),
        "edition": Named(_("in edition"), "edition"),
        "purpose": Named(_("what for")),
        "optional": code(_("voluntary"), "optional"),
        "feide_attribute": plain(_("Feide attribute")),
        **RETENTION,
        **SOURCE,
    },
    "logins": {
        "kind": Named(_("kind"), "login"),
        "name": Named(_("name")),
        "use": code(_("in our schools"), "login_use"),
        "identifiability": code(_("identifiability"), "identifiability"),
        **NOTE,
    },
    "practices": {
        "kind": code(_("practice"), "practice"),
        "claim": code(_("answer"), "claim"),
        "reason": Named(_("why")),
        **SOURCE,
    },
    "storage": {
        "region": key(_("region"), "region"),
        "role": code(_("role"), "storage_role"),
        "extent": code(_("how much"), "extent"),
        "place": Named(_("place")),
        "host": key(_("host"), "vendor"),
        "transfer_basis": key(_("transfer basis"), "basis"),
        "fallback_basis": key(_("fallback basis"), "basis"),
        "supplementary_measures": Named(_("supplementary measures")),
        **NOTE,
        **SOURCE,
    },
    "subprocessors": {
        "vendor": key(_("company"), "vendor"),
        "capacity": code(_("capacity"), "capacity"),
        "works_for": key(_("works for"), "vendor"),
        "purpose": Named(_("what for")),
        "data": key(_("data categories"), "category"),
        "region": key(_("region"), "region"),
        "place": Named(_("place")),
        "transfer_basis": key(_("transfer basis"), "basis"),
        **NOTE,
        **SOURCE,
    },
    "disclosures": {
        "list": code(_("list"), "list"),
        "answer": code(_("answer"), "answer"),
        "address": plain(_("where it is listed")),
        "since": day(_("asked on")),
        **NOTE,
    },
    "editions": {
        "slug": plain(_("code")),
        "name": Named(_("name")),
        "price": code(_("price"), "price"),
        "note": Named(_("what sets it apart")),
    },
    "vendor": {
        "name": plain(_("name")),
        "legal_name": plain(_("legal name")),
        "slug": plain(_("address")),
        "country": key(_("country"), "region"),
        "org_number": plain(_("organisation number")),
        "website": plain(_("website")),
        "privacy_contact": plain(_("privacy contact")),
        "owned_by": key(_("owned by"), "vendor"),
        "framework_listing": code(_("EU-US Data Privacy Framework"), "framework"),
        "framework_checked_on": day(_("list checked on")),
        **NOTE,
        "fictitious": Named(_("fictitious"), "yes"),
    },
    "region": {
        "code": plain(_("code")),
        "kind": Named(_("kind"), "region_kind"),
        "situation": code(_("situation"), "situation"),
    },
    "adequacy_decisions": {
        "name": plain(_("name")),
        "act": plain(_("act")),
        "scope": code(_("scope"), "adequacy_scope"),
        "scope_note": Named(_("scope in words")),
        "valid_from": day(_("valid from")),
        "valid_until": day(_("valid until")),
        **NOTE,
        "source": Named(_("source")),
        "checked_on": day(_("last checked")),
    },
    "category": {
        **TERM,
        "group": code(_("group"), "group"),
        "special": code(_("special category"), "special"),
        "match": code(_("match with DPV"), "match"),
        **NOTE,
    },
    "basis": {**TERM, "article": Named(_("article"), "article"), "gap": Named(_("is a gap"), "yes")},
    "platform": TERM,
    "level": TERM,
    "subject": TERM,
    "owner": {
        "name": plain(_("name")),
        "unit": plain(_("unit")),
        "org_number": plain(_("organisation number")),
        "email": plain(_("e-mail")),
        "phone": plain(_("telephone")),
        "website": plain(_("website")),
        "dpo_name": plain(_("data protection officer")),
        "dpo_email": plain(_("the data protection officer's e-mail")),
        "privacy_statement": plain(_("privacy statement")),
        "accessibility_statement": plain(_("accessibility statement")),
    },
}

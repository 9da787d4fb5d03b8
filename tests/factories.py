"""The plainest valid row of each model; traits name the variants. Dates are fixed, nothing is random.

Rows are made through the door for changes, as everywhere else, so history and register are as in real life.
Many-to-many fields are given as lists: ServiceFactory(platforms=[PlatformFactory()]).
"""

import datetime
from contextlib import nullcontext

import factory
from django.conf import settings

from assessments import models as assessments
from assessments import rounds
from policies import models as policies
from registry import models as registry
from registry.changes import ChangeKind, change, current

DAY = datetime.date(2026, 3, 1)
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


class TrackedFactory(factory.django.DjangoModelFactory):
    """Saves inside `change()`, and takes many-to-many fields as keywords."""

    _kind = ChangeKind.FACTS

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        many = {field.name: kwargs.pop(field.name) for field in model_class._meta.many_to_many if field.name in kwargs}
        with nullcontext() if current() else change("Made for a test.", cls._kind):
            row = super()._create(model_class, *args, **kwargs)
            for name, others in many.items():
                getattr(row, name).set(others)
        return row


# People


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = settings.AUTH_USER_MODEL
        django_get_or_create = ["username"]

    username = factory.Sequence("user{}".format)
    is_staff = True


# Facts: reference rows, found again by their code


class TermFactory(TrackedFactory):
    class Meta:
        abstract = True
        django_get_or_create = ["code"]

    name_nb = factory.LazyAttribute(lambda term: f"{term.code} (nb)")
    name_nn = factory.LazyAttribute(lambda term: f"{term.code} (nn)")
    name_en = factory.LazyAttribute(lambda term: f"{term.code} (en)")


class PlatformFactory(TermFactory):
    class Meta:
        model = registry.Platform

    code = "feide"


class EducationLevelFactory(TermFactory):
    class Meta:
        model = registry.EducationLevel

    code = "primary"


class SubjectFactory(TermFactory):
    class Meta:
        model = registry.Subject

    code = "maths"


class DataCategoryFactory(TermFactory):
    class Meta:
        model = registry.DataCategory

    class Params:
        special_category = factory.Trait(code="health", group="special", special="yes")

    code = "name"
    group = registry.DataCategory.Group.ACCOUNT


class TransferBasisFactory(TermFactory):
    class Meta:
        model = registry.TransferBasis

    class Params:
        gap = factory.Trait(code="not_stated", article="", is_gap=True)

    code = "scc"
    article = "46(2)(c)"


class StorageRegionFactory(TrackedFactory):
    class Meta:
        model = registry.StorageRegion
        django_get_or_create = ["code"]

    class Params:
        outside = factory.Trait(code="US", situation=registry.StorageRegion.Situation.OUTSIDE)
        not_stated = factory.Trait(code="UNSTATED", kind="unknown", situation="unknown")

    code = "DE"
    kind = registry.StorageRegion.Kind.COUNTRY
    situation = registry.StorageRegion.Situation.INSIDE


class AdequacyDecisionFactory(TrackedFactory):
    class Meta:
        model = registry.AdequacyDecision
        django_get_or_create = ["act"]

    region = factory.SubFactory(StorageRegionFactory, outside=True)
    act = "(EU) 2023/1795"
    name = "Data Privacy Framework"
    scope = registry.AdequacyDecision.Scope.CERTIFIED
    valid_from = datetime.date(2023, 7, 10)


class SchoolOwnerFactory(TrackedFactory):
    class Meta:
        model = registry.SchoolOwner
        django_get_or_create = ["only_one"]

    only_one = True
    name = "Demo municipality"
    email = "school@example.no"


# Facts: services and what belongs to them


class VendorFactory(TrackedFactory):
    class Meta:
        model = registry.Vendor

    name = factory.Sequence("Vendor {}".format)
    slug = factory.LazyAttribute(lambda vendor: vendor.name.lower().replace(" ", "-"))
    country = factory.SubFactory(StorageRegionFactory)


class ServiceFactory(TrackedFactory):
    class Meta:
        model = registry.Service

    class Params:
        draft = factory.Trait(visibility="draft", first_listed_on=None)
        unlisted = factory.Trait(visibility="unlisted")

    name = factory.Sequence("Service {}".format)
    slug = factory.LazyAttribute(lambda service: service.name.lower().replace(" ", "-"))
    vendor = factory.SubFactory(VendorFactory)
    summary = "Makes quizzes that pupils answer with a code"
    visibility = registry.Service.Visibility.LISTED
    first_listed_on = DAY
    _kind = ChangeKind.LISTED


class EditionFactory(TrackedFactory):
    class Meta:
        model = registry.Edition

    service = factory.SubFactory(ServiceFactory)
    name = "School licence"
    slug = "school-licence"


class LoginMethodFactory(TrackedFactory):
    class Meta:
        model = registry.LoginMethod

    service = factory.SubFactory(ServiceFactory)
    kind = registry.LoginKind.FEIDE


class PracticeFactory(TrackedFactory):
    class Meta:
        model = registry.Practice

    service = factory.SubFactory(ServiceFactory)
    kind = registry.Practice.Kind.ADVERTISING
    claim = registry.Claim.NO


class DisclosureFactory(TrackedFactory):
    class Meta:
        model = registry.Disclosure

    class Params:
        asked = factory.Trait(answer=registry.Disclosure.Answer.ASKED, since=DAY)

    service = factory.SubFactory(ServiceFactory)
    list = registry.Disclosure.List.STORAGE
    answer = registry.Disclosure.Answer.STATED


class DataUseFactory(TrackedFactory):
    class Meta:
        model = registry.DataUse

    class Params:
        kept_for_a_year = factory.Trait(
            retention="period", retention_amount=1, retention_unit="year", retention_event="last_use"
        )

    service = factory.SubFactory(ServiceFactory)
    category = factory.SubFactory(DataCategoryFactory)
    subjects = ["pupil"]


class StorageLocationFactory(TrackedFactory):
    class Meta:
        model = registry.StorageLocation

    service = factory.SubFactory(ServiceFactory)
    region = factory.SubFactory(StorageRegionFactory)


class SubprocessorFactory(TrackedFactory):
    class Meta:
        model = registry.Subprocessor

    service = factory.SubFactory(ServiceFactory)
    vendor = factory.SubFactory(VendorFactory)
    purpose = "Hosting"


# Statements


class PolicyFactory(TrackedFactory):
    class Meta:
        model = policies.Policy

    title = factory.Sequence("Privacy statement {}".format)
    slug = factory.LazyAttribute(lambda policy: policy.title.lower().replace(" ", "-"))
    kind = policies.Policy.Kind.PRIVACY
    vendor = factory.SubFactory(VendorFactory)


class PolicyVersionFactory(TrackedFactory):
    class Meta:
        model = policies.PolicyVersion

    policy = factory.SubFactory(PolicyFactory)
    captured_on = DAY
    controller = "Vendor AS"
    text = "We keep your name for a year."


class StatementFactory(TrackedFactory):
    class Meta:
        abstract = True

    version = factory.SubFactory(PolicyVersionFactory)


class CollectionPointFactory(StatementFactory):
    class Meta:
        model = policies.CollectionPoint

    kind = policies.CollectionPoint.Kind.LOGIN
    name = "Log in with Feide"
    login_kind = registry.LoginKind.FEIDE


class CollectionFactory(TrackedFactory):
    class Meta:
        model = policies.Collection

    point = factory.SubFactory(CollectionPointFactory)
    category = factory.SubFactory(DataCategoryFactory)


class LegalBasisFactory(StatementFactory):
    class Meta:
        model = policies.LegalBasis

    purpose = "To let the user log in"
    ground = registry.LegalGround.CONTRACT


class RetentionFactory(StatementFactory):
    class Meta:
        model = policies.Retention

    what = "Server logs"
    retention = "words"
    retention_words = "a short period"


class CookieFactory(StatementFactory):
    class Meta:
        model = policies.Cookie

    name = "_ga"
    party = policies.Cookie.Party.THIRD
    provider = "Google Analytics"


class RecipientFactory(StatementFactory):
    class Meta:
        model = policies.Recipient

    name = "Google Analytics"


class RightFactory(StatementFactory):
    class Meta:
        model = policies.Right

    kind = policies.Right.Kind.ACCESS


class SecurityMeasureFactory(StatementFactory):
    class Meta:
        model = policies.SecurityMeasure

    name = "Access control"


class ContactFactory(StatementFactory):
    class Meta:
        model = policies.Contact

    kind = policies.Contact.Kind.EMAIL
    value = "privacy@example.com"


class RemarkFactory(StatementFactory):
    class Meta:
        model = policies.Remark

    topic = policies.Remark.Topic.ADVERTISING
    text = "There is no advertising."


# Decisions


class ImpactAssessmentFactory(TrackedFactory):
    class Meta:
        model = assessments.ImpactAssessment

    title = factory.Sequence("Impact assessment {}".format)
    slug = factory.LazyAttribute(lambda row: row.title.lower().replace(" ", "-"))
    dated = DAY


class AgreementFactory(TrackedFactory):
    """Give `services`; without them it is about none."""

    class Meta:
        model = assessments.Agreement

    vendor = factory.SubFactory(VendorFactory)
    state = assessments.Agreement.State.ESTABLISHED
    signed_on = DAY


class AssessmentFactory(TrackedFactory):
    """A published round carried over from elsewhere, without parts. For one with parts see `published_round`."""

    class Meta:
        model = assessments.Assessment

    class Params:
        refused = factory.Trait(outcome=assessments.Outcome.NOT_APPROVED, review_by=None)
        conditional = factory.Trait(outcome=assessments.Outcome.CONDITIONAL)
        pilot = factory.Trait(outcome=assessments.Outcome.PILOT, valid_until=datetime.date(2027, 6, 30))
        draft = factory.Trait(
            kind="ordinary", state="draft", decided_on=None, in_force_from=None, published_at=None, carried_over_from=""
        )
        submitted = factory.Trait(
            kind="ordinary", state="submitted", decided_on=None, in_force_from=None, published_at=None,
            carried_over_from="", submitted_by=factory.SubFactory(UserFactory, username="submitter"),
            submitted_at=NOON,
        )  # fmt: skip
        ordinary = factory.Trait(
            kind="ordinary", carried_over_from="",
            submitted_by=factory.SubFactory(UserFactory, username="submitter"), submitted_at=NOON,
            approver=factory.SubFactory(UserFactory, username="signatory"),
        )  # fmt: skip

    service = factory.SubFactory(ServiceFactory)
    number = factory.LazyAttribute(lambda row: row.service.assessments.count() + 1)
    kind = assessments.Assessment.Kind.IMPORTED
    state = assessments.Assessment.State.PUBLISHED
    outcome = assessments.Outcome.APPROVED
    summary = "Teachers may use it."
    reasons = "It asks for no names."
    decided_on = DAY
    in_force_from = factory.SelfAttribute("decided_on")
    review_by = datetime.date(2028, 3, 1)
    carried_over_from = "https://example.no/earlier"
    published_at = NOON
    facts = {}
    _kind = ChangeKind.DECISION


class RoundPartFactory(TrackedFactory):
    """Parts can be written only while the round is open, so their round is a draft."""

    class Meta:
        abstract = True

    assessment = factory.SubFactory(AssessmentFactory, draft=True)
    _kind = ChangeKind.DECISION


class RulingFactory(RoundPartFactory):
    class Meta:
        model = assessments.Ruling

    audience = registry.Audience.TEACHER
    verdict = assessments.Ruling.Verdict.ALLOWED


class ConditionFactory(RoundPartFactory):
    class Meta:
        model = assessments.Condition

    position = 1
    text = "Use no surnames."


class ConsiderationFactory(RoundPartFactory):
    class Meta:
        model = assessments.Consideration

    kind = assessments.Consideration.Kind.RISK
    direction = assessments.Consideration.Direction.AGAINST
    text = "The vendor may show advertising."


class OwnerBasisFactory(RoundPartFactory):
    class Meta:
        model = assessments.OwnerBasis

    purpose = "Teaching"
    ground = registry.LegalGround.PUBLIC_TASK
    law = "The Education Act"


class ImportedPageFactory(factory.django.DjangoModelFactory):
    """A page that one line was read from. It is kept outside the history, so it needs no change."""

    class Meta:
        model = assessments.ImportedPage

    service = factory.SubFactory(ServiceFactory)
    file = factory.Sequence("{}.txt".format)
    address = "https://www.eksempel.kommune.no/regnbuen/"
    digest = factory.Sequence("{:064}".format)
    lines = [[1, "Regnbuen"]]
    fields = {"name": [1]}
    status = "approved"


def published_round(service=None, *, rulings=({},), conditions=(), considerations=(), owner_bases=(), **fields):
    """A published imported round with parts, each given as the fields that its factory shall not choose.

    The way is that of real life: a draft, its parts, then `publish_imported`, which keeps the facts with it.
    """
    kept = {"kind": "imported", "carried_over_from": "https://example.no/earlier"}
    kept |= {"decided_on": DAY, "in_force_from": DAY}
    row = AssessmentFactory(service=service or ServiceFactory(), draft=True, **{**kept, **fields})
    for version in fields.get("policy_versions", ()):
        with change("Made for a test."):
            version.policy.services.add(row.service)
    made = {RulingFactory: rulings, ConditionFactory: conditions, ConsiderationFactory: considerations}
    for part, rows in {**made, OwnerBasisFactory: owner_bases}.items():
        for position, own in enumerate(rows, start=1):
            part(**{"assessment": row, "position": position, **own})
    return rounds.publish_imported(row)

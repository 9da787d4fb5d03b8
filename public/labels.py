"""Words for the codes in a dossier, in the active language: `label("audience", "pupil")`."""

from assessments.models import Agreement, Consideration, Ruling
from assessments.models import Assessment as Round
from assessments.status import Status
from policies.models import (
    Collection,
    CollectionPoint,
    Contact,
    Cookie,
    Policy,
    PolicyVersion,
    Remark,
    Right,
)
from public.models import RegisterEntry
from registry.changes import ChangeKind
from registry.models import (
    AdequacyDecision,
    Audience,
    Claim,
    DataCategory,
    DataUse,
    Disclosure,
    LegalGround,
    LoginKind,
    LoginMethod,
    Practice,
    PriceModel,
    Retained,
    Service,
    Sourced,
    StorageLocation,
    StorageRegion,
    Subprocessor,
    Vendor,
)

CHOICES = {
    "about": RegisterEntry.About,
    "adequacy_scope": AdequacyDecision.Scope,
    "agreement": Agreement.Kind,
    "agreement_state": Agreement.State,
    "answer": Disclosure.Answer,
    "audience": Audience,
    "capacity": Subprocessor.Capacity,
    "change": ChangeKind,
    "claim": Claim,
    "consideration": Consideration.Kind,
    "contact": Contact.Kind,
    "cookie_storage": Cookie.Storage,
    "direction": Consideration.Direction,
    "entry": RegisterEntry.Kind,
    "event": Retained.Event,
    "extent": StorageLocation.Extent,
    "framework": Vendor.FrameworkListing,
    "ground": LegalGround,
    "group": DataCategory.Group,
    "handling": Collection.Handling,
    "identifiability": LoginMethod.Identifiability,
    "list": Disclosure.List,
    "login": LoginKind,
    "login_use": LoginMethod.Use,
    "match": DataCategory.Match,
    "necessity": Cookie.Necessity,
    "obtained": PolicyVersion.Obtained,
    "optional": DataUse.Optional,
    "party": Cookie.Party,
    "point": CollectionPoint.Kind,
    "policy": Policy.Kind,
    "practice": Practice.Kind,
    "price": PriceModel,
    "right": Right.Kind,
    "round": Round.Kind,
    "said_by": Sourced.SaidBy,
    "situation": StorageRegion.Situation,
    "special": DataCategory.Special,
    "status": Status,
    "storage_role": StorageLocation.Role,
    "topic": Remark.Topic,
    "unit": Retained.Unit,
    "vendor_role": Service.VendorRole,
    "verdict": Ruling.Verdict,
    "voluntary": Ruling.Voluntary,
}


def label(kind: str, code: str | None) -> str:
    """What a reader is shown for a code; "" for none, the code itself for one that is no longer in use."""
    if not code:
        return ""
    choices = CHOICES[kind]
    return str(choices(code).label) if code in choices.values else code

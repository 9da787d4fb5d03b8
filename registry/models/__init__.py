from registry.models.base import HistoryRow, Sourced, Tracked, TrackedQuerySet
from registry.models.dataflow import DataUse, StorageLocation, Subprocessor
from registry.models.parties import SchoolOwner, Vendor
from registry.models.reference import (
    AdequacyDecision,
    DataCategory,
    EducationLevel,
    Platform,
    StorageRegion,
    Subject,
    TransferBasis,
    region_name,
)
from registry.models.service import (
    Disclosure,
    Edition,
    LoginMethod,
    Part,
    Practice,
    PriceModel,
    Service,
)
from registry.models.vocabulary import Audience, Claim, CodeListField, LegalGround, LoginKind, Retained

__all__ = [
    "AdequacyDecision",
    "Audience",
    "Claim",
    "CodeListField",
    "DataCategory",
    "DataUse",
    "Disclosure",
    "Edition",
    "EducationLevel",
    "HistoryRow",
    "LegalGround",
    "LoginKind",
    "LoginMethod",
    "Part",
    "Platform",
    "Practice",
    "PriceModel",
    "Retained",
    "SchoolOwner",
    "Service",
    "Sourced",
    "StorageLocation",
    "StorageRegion",
    "Subject",
    "Subprocessor",
    "Tracked",
    "TrackedQuerySet",
    "TransferBasis",
    "Vendor",
    "region_name",
]

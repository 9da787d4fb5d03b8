from policies.models.document import Policy, PolicyVersion
from policies.models.statements import (
    Collection,
    CollectionPoint,
    Contact,
    Cookie,
    LegalBasis,
    Recipient,
    Remark,
    Retention,
    Right,
    SecurityMeasure,
    Statement,
)

__all__ = [
    "Collection",
    "CollectionPoint",
    "Contact",
    "Cookie",
    "LegalBasis",
    "Policy",
    "PolicyVersion",
    "Recipient",
    "Remark",
    "Retention",
    "Right",
    "SecurityMeasure",
    "Statement",
]

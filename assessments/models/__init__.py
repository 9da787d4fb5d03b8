from assessments.models.agreement import Agreement, ImpactAssessment
from assessments.models.imported import ImportedPage
from assessments.models.parts import Condition, Consideration, OwnerBasis, RoundPart, Ruling
from assessments.models.round import Assessment, Outcome

__all__ = [
    "Agreement",
    "Assessment",
    "Condition",
    "Consideration",
    "ImpactAssessment",
    "ImportedPage",
    "Outcome",
    "OwnerBasis",
    "RoundPart",
    "Ruling",
]

from assessments.admin import agreement, round, service

__all__ = ["agreement", "round", "service"]

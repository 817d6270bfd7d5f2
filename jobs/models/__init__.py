from jobs.models.need import Employer, EmployerNeed, NeedSkill
from jobs.models.posting import NeedAttachment, NeedDraft
from jobs.models.seeker import ProjectAnswers, SeekerProject
from jobs.models.snapshot import CourseChange, SnapshotState

__all__ = [
    "CourseChange",
    "Employer",
    "EmployerNeed",
    "NeedAttachment",
    "NeedDraft",
    "NeedSkill",
    "ProjectAnswers",
    "SeekerProject",
    "SnapshotState",
]

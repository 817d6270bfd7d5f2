from jobs.models.need import Employer, EmployerNeed, NeedSkill
from jobs.models.need_count import NeedDailyCount
from jobs.models.offer import ImportedOffer, SkillDemand
from jobs.models.pool import Pool, PoolMember, PoolNotice, PoolStep
from jobs.models.posting import NeedAttachment, NeedDraft
from jobs.models.seeker import ProjectAnswers, SeekerProject
from jobs.models.snapshot import CourseChange, SnapshotState

__all__ = [
    "CourseChange",
    "Employer",
    "EmployerNeed",
    "ImportedOffer",
    "NeedAttachment",
    "NeedDailyCount",
    "NeedDraft",
    "NeedSkill",
    "Pool",
    "PoolMember",
    "PoolNotice",
    "PoolStep",
    "ProjectAnswers",
    "SeekerProject",
    "SkillDemand",
    "SnapshotState",
]

from jobs.models.need import Employer, EmployerNeed, NeedSkill
from jobs.models.seeker import SeekerProject

__all__ = ["Employer", "EmployerNeed", "NeedSkill", "SeekerProject"]

from portal.reference.models.certification import Certification, Formacode, Nsf
from portal.reference.models.listed import ListedBody, ListedCentre
from portal.reference.models.occupation import JobTitle, Occupation, OccupationMove, OccupationSkill
from portal.reference.models.place import Commune, Department, EmploymentBasin, FormerCommune
from portal.reference.models.profile import JobProfile, JobProfileAlias, ProfileOccupation, ProfileSkill
from portal.reference.models.skill import Skill, SkillAlias, SkillEvidence

__all__ = [
    "Certification",
    "Commune",
    "Department",
    "EmploymentBasin",
    "Formacode",
    "FormerCommune",
    "JobProfile",
    "JobProfileAlias",
    "JobTitle",
    "ListedBody",
    "ListedCentre",
    "Nsf",
    "Occupation",
    "OccupationMove",
    "OccupationSkill",
    "ProfileOccupation",
    "ProfileSkill",
    "Skill",
    "SkillAlias",
    "SkillEvidence",
]

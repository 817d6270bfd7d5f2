"""Which jobs lie next to a job: those that ask for the same skills."""

from dataclasses import dataclass

from portal.reference.enums import Importance
from portal.reference.models import JobProfile, ProfileSkill

# an essential skill in common says more than a desirable one
WEIGHT = {Importance.ESSENTIAL: 3, Importance.DESIRABLE: 1}


@dataclass(frozen=True)
class Neighbour:
    title: str
    url: str
    shared: list[str]


def neighbours_of(profile: JobProfile, limit: int = 4) -> list[Neighbour]:
    """The profiles that share most skills with this one, and which skills; none without at least two in common."""
    own: dict[int, str] = {}
    others: dict[JobProfile, dict[int, tuple[str, str]]] = {}
    links = ProfileSkill.objects.filter(profile__is_shown=True).select_related("profile", "skill")
    for link in links:
        if link.profile_id == profile.pk:
            own[link.skill_id] = link.importance
        else:
            others.setdefault(link.profile, {})[link.skill_id] = (link.importance, link.skill.label)
    ranked = []
    for other, skills in others.items():
        common = own.keys() & skills.keys()
        weight = sum(WEIGHT[Importance(own[pk])] * WEIGHT[Importance(skills[pk][0])] for pk in common)
        if len(common) >= 2:
            ranked.append((-weight, other.name, other, sorted(skills[pk][1] for pk in common)))
    ranked.sort(key=lambda row: row[:2])
    return [Neighbour(other.name, other.get_absolute_url(), shared) for _w, _n, other, shared in ranked[:limit]]

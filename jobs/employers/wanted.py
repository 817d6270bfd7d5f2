"""From the title of a post to the job it names and the skills it asks for: proposals, which the employer edits."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from jobs.employers.answers import Target, Wanted
from jobs.matching.candidates import goal_of
from jobs.matching.goals import goals_called
from portal.reference.enums import Importance
from portal.reference.models import JobProfile, Occupation, Skill
from portal.reference.wording import title_key

MOST_SKILLS, PREFILLED, MOST_NEAR = 25, 14, 3
ESSENTIAL_WEIGHT = 3
NEAR_FROM = 0.3


def targets_of(title: str) -> tuple[Target, ...]:
    """Jobs that a title may name, best first, each with its reason; none is an answer."""
    found = []
    for goal in goals_called(title):
        if goal.profile:
            found.append(Target(f"p:{goal.profile.slug}", goal.label, goal.why))
        elif goal.occupation:
            found.append(Target(f"r:{goal.occupation.code}", f"{goal.label} ({goal.occupation.code})", goal.why))
    return tuple(found)


def target_of_profile(slug: str) -> Target | None:
    profile = JobProfile.objects.shown().filter(slug=slug).first()
    return Target(f"p:{profile.slug}", profile.name) if profile else None


def skills_of(target: Target) -> tuple[Wanted, ...]:
    """What the job usually asks for, the heaviest first; none for a title that names no job we know."""
    goal = goal_of([target.slug] if target.slug else [], [target.rome] if target.rome else [])
    return tuple(
        Wanted(
            need.code,
            (Importance.ESSENTIAL if need.weight >= ESSENTIAL_WEIGHT else Importance.DESIRABLE).value,
            need.level,
        )
        for need in goal.needs[:PREFILLED]
    )


def rows_of_target(target: Target) -> tuple[JobProfile | None, Occupation | None]:
    """(profile, occupation) that a need is saved with; a profile brings the first of its occupations."""
    profile = JobProfile.objects.shown().filter(slug=target.slug).first() if target.slug else None
    if profile is not None:
        return profile, Occupation.objects.filter(profile_links__profile=profile).order_by("profile_links__pk").first()
    return None, Occupation.objects.filter(code=target.rome).first() if target.rome else None


def skill_called(text: str) -> tuple[Skill | None, list[Skill]]:
    """(the skill of that name, or None; those of a near name): the portal's own words."""
    key = title_key(text)
    if not key:
        return None, []
    own = Skill.objects.own_words().filter(is_obsolete=False)
    exact = own.filter(Q(key=key) | Q(aliases__key=key)).order_by("pk").first()
    if exact is not None:
        return exact, []
    near = own.alias(near=TrigramSimilarity("key", key)).filter(near__gte=NEAR_FROM).order_by("-near", "label")
    return None, list(near[:MOST_NEAR])

"""What was looked for in some départements, or around their towns, and found nothing: sums of 90 days.

Small sums are left out, and counted: who looked for something rare is nobody's business.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, Sum

from courses.counts import AROUND, near
from courses.enums import SkillOrigin
from courses.models import Course, Offering, SearchDailyCount
from courses.search.facets import DEPARTMENT, PROFILE, SKILL
from portal.accounts.models import Organisation
from portal.reference.models import Commune, Department, JobProfile, Skill

DAYS = 90
FEWEST = 5
MOST = 30


@dataclass(frozen=True)
class Searched:
    """A job or a skill (`facet`, `value`) looked for in a département (empty: in all Occitanie)."""

    facet: str
    value: str
    name: str
    department: str
    searches: int
    without_answer: int


@dataclass(frozen=True)
class SearchesNear:
    """`local`, `regional`: most often without an answer first. `hidden`: lines too small to be told.

    `places`: (département, searches there or around its towns, of which without an answer).
    """

    since: datetime.date
    local: tuple[Searched, ...]
    regional: tuple[Searched, ...]
    places: tuple[tuple[str, int, int], ...]
    hidden: int


def departments_of(organisation: Organisation) -> list[Department]:
    """Where an organisation teaches what is published, has its seat, or a CFA."""
    offerings = Offering.objects.filter(course__in=Course.objects.published().of_organisation(organisation))
    communes = Commune.objects.filter(
        Q(pk__in=offerings.values("commune"))
        | Q(pk__in=organisation.centres.values("commune"))
        | Q(pk__in=type(organisation).objects.filter(pk=organisation.pk).values("provider__commune"))
    )
    return list(Department.objects.filter(pk__in=communes.values("department")).order_by("pk"))


def searches_near(departments: Collection[Department], day: datetime.date) -> SearchesNear:
    """Five queries."""
    since = day - datetime.timedelta(days=DAYS)
    names = {department.code: department.name for department in departments}
    facets = {near(facet.name, code): (facet.name, code) for facet in (PROFILE, SKILL) for code in names}
    facets |= {facet.name: (facet.name, "") for facet in (PROFILE, SKILL)}
    wanted = Q(facet__in=facets) | Q(facet__in=[AROUND, DEPARTMENT.name], value__in=names)
    rows = SearchDailyCount.objects.filter(wanted, day__gte=since, day__lte=day).order_by()
    sums = list(rows.values_list("facet", "value").annotate(Sum("searches"), Sum("without_answer")))
    words = _words({(facets[facet][0], value) for facet, value, *_counts in sums if facet in facets})
    told = [
        Searched(kind, value, words[kind, value], names.get(code, ""), asked, nothing)
        for facet, value, asked, nothing in sums
        for kind, code in [facets.get(facet, ("", ""))]
        if nothing and (kind, value) in words
    ]
    told.sort(key=lambda each: (-each.without_answer, -each.searches, each.name))
    large = [each for each in told if each.without_answer >= FEWEST]
    return SearchesNear(
        since,
        tuple(each for each in large if each.department)[:MOST],
        tuple(each for each in large if not each.department)[:MOST],
        _places(names, sums),
        len(told) - len(large),
    )


def _places(names: dict[str, str], sums: list[tuple[str, str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    found = []
    for code, name in names.items():
        own = [row for row in sums if row[0] in (AROUND, DEPARTMENT.name) and row[1] == code]
        found.append((name, sum(row[2] for row in own), sum(row[3] for row in own)))
    return tuple(found)


def _words(asked: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(facet, value) → its name; what is no longer known has none."""
    slugs = [value for facet, value in asked if facet == PROFILE.name]
    codes = [value for facet, value in asked if facet == SKILL.name]
    jobs = JobProfile.objects.shown().filter(slug__in=slugs).values_list("slug", "name")
    skills = Skill.objects.filter(code__in=codes).values_list("code", "label")
    return {(PROFILE.name, slug): name for slug, name in jobs} | {(SKILL.name, code): label for code, label in skills}


def courses_by_choice(organisation: Organisation) -> dict[tuple[str, str], list[Course]]:
    """(facet, value) → the published courses of the organisation that lead to the job or teach the skill."""
    found: dict[tuple[str, str], list[Course]] = {}
    rows = Course.objects.published().of_organisation(organisation)
    for course in rows.prefetch_related("profile_links__profile", "skill_links__skill"):
        jobs = [(PROFILE.name, link.profile.slug) for link in course.profile_links.all()]
        certain = [link for link in course.skill_links.all() if link.origin != SkillOrigin.SUGGESTED]
        for choice in [*jobs, *((SKILL.name, link.skill.code) for link in certain)]:
            found.setdefault(choice, []).append(course)
    return found

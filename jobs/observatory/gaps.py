"""What open posts of some départements ask for, beside what the published courses there teach.

Public facts of both sides only: no employer and no other body is named.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Sum

from courses.enums import Modality, SkillOrigin
from courses.models import Course, CourseSkill, Offering, Session
from jobs.models import EmployerNeed, NeedSkill
from portal.accounts.models import Organisation
from portal.reference.models import ProfileSkill

# a course that teaches so many of the skills asked beside one is near it
FEWEST_SHARED = 2
MOST_GAPS = 30
MOST_OWN = 3


@dataclass(frozen=True)
class OwnCourse:
    """A published course of the organisation: where it is followed, and what it teaches (number → name)."""

    pk: int
    title: str
    places: tuple[str, ...]
    skills: Mapping[int, str]


@dataclass(frozen=True)
class Gap:
    """`posts` open there ask for the skill; `courses` there teach it, and `remote` ones at a distance.

    `seats` left in the sessions to come of those there. `own`: courses of the organisation that teach it;
    `near`: one that does not, but teaches `shared`, asked beside it by the same jobs.
    """

    code: str
    label: str
    posts: int
    courses: int
    remote: int
    seats: int | None
    own: tuple[OwnCourse, ...] = ()
    near: OwnCourse | None = None
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Supply:
    there: Mapping[int, set[int]]
    remote: Mapping[int, set[int]]
    # course → seats left in its sessions to come there, None where one does not say
    seats: Mapping[int, int | None]


def gaps_of(organisation: Organisation, departments: Collection[str], day: datetime.date) -> list[Gap]:
    """Skills that no published course there teaches, or with fewer seats than posts; most posts first.

    Eight queries, whatever the rows.
    """
    asked = _asked(departments, day)
    supply = _supply(asked, departments, day)
    own = own_courses(organisation)
    beside = _beside(asked)
    gaps = []
    for (number, code, label), posts in asked.items():
        there = supply.there.get(number, set())
        seats = _seats_of(there, supply.seats)
        if there and (seats is None or seats >= posts):
            continue
        teaching = tuple(course for course in own if number in course.skills)[:MOST_OWN]
        near, shared = (None, ()) if teaching else _nearest(own, beside.get(number, set()))
        remote = len(supply.remote.get(number, set()) - there)
        gaps.append(Gap(code, label, posts, len(there), remote, seats, teaching, near, shared))
    gaps.sort(key=lambda gap: (-gap.posts, gap.label))
    return gaps


Asked = dict[tuple[int, str, str], int]


def _asked(departments: Collection[str], day: datetime.date) -> Asked:
    needs = EmployerNeed.objects.open_on(day).filter(commune__department__in=departments)
    rows = NeedSkill.objects.filter(need__in=needs).order_by().values_list("skill", "skill__code", "skill__label")
    return {tuple(key): posts for *key, posts in rows.annotate(posts=Sum("need__headcount"))}


def _supply(asked: Asked, departments: Collection[str], day: datetime.date) -> _Supply:
    published = Course.objects.published()
    local = Offering.objects.filter(commune__department__in=departments)
    skills = [number for number, _code, _label in asked]
    links = CourseSkill.objects.certain().filter(skill__in=skills, course__in=published)
    mine = {"course": OuterRef("course")}
    there: dict[int, set[int]] = defaultdict(set)
    remote: dict[int, set[int]] = defaultdict(set)
    for offerings, found in ((local, there), (Offering.objects.filter(modality=Modality.REMOTE), remote)):
        for skill, course in links.filter(Exists(offerings.filter(**mine))).order_by().values_list("skill", "course"):
            found[skill].add(course)
    sessions = Session.objects.coming_on(day).filter(offering__in=local, offering__course__in=published)
    seats: dict[int, int | None] = {}
    for course, left in sessions.with_left().values_list("offering__course", "left"):
        known = seats.get(course, 0)
        seats[course] = None if known is None or left is None else known + left
    return _Supply(there, remote, seats)


def _seats_of(courses: Iterable[int], seats: Mapping[int, int | None]) -> int | None:
    """All of them together; None as soon as one is not known."""
    told = [seats.get(course, 0) for course in courses]
    return None if None in told else sum(each for each in told if each is not None)


def own_courses(organisation: Organisation) -> list[OwnCourse]:
    """Two queries more than one."""
    rows = (
        Course.objects.published()
        .of_organisation(organisation)
        .prefetch_related("skill_links__skill", "offerings__commune")
    )
    return [
        OwnCourse(
            course.pk,
            course.title,
            tuple(dict.fromkeys(each.commune.name for each in course.offerings.all() if each.commune)),
            {
                link.skill_id: link.skill.label
                for link in course.skill_links.all()
                if link.origin != SkillOrigin.SUGGESTED
            },
        )
        for course in rows
    ]


def _beside(asked: Asked) -> dict[int, set[int]]:
    """Skill → those that the jobs which ask for it ask for besides."""
    by_job: dict[int, set[int]] = defaultdict(set)
    for job, skill in ProfileSkill.objects.filter(profile__is_shown=True).values_list("profile", "skill"):
        by_job[job].add(skill)
    wanted = {number for number, _code, _label in asked}
    beside: dict[int, set[int]] = defaultdict(set)
    for skills in by_job.values():
        for skill in skills & wanted:
            beside[skill] |= skills - {skill}
    return beside


def _nearest(own: Iterable[OwnCourse], beside: set[int]) -> tuple[OwnCourse | None, tuple[str, ...]]:
    """The course that teaches most of these skills, where it is enough of them."""
    best = max(own, key=lambda course: (len(beside & course.skills.keys()), -course.pk), default=None)
    shared = tuple(sorted(best.skills[pk] for pk in beside & best.skills.keys())) if best else ()
    return (best, shared) if len(shared) >= FEWEST_SHARED else (None, ())

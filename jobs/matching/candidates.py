"""From the base to facts: what a goal asks for, and the courses that may answer, in a number of queries that rows
do not change (at most five for a goal with its titles, five for the courses).

This module and ``goals`` are the only ones of matching that ask the database.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from courses.enums import CallToAction, CodeKind, EntryMode, Modality
from courses.models import CodeSuggestion, Course, CourseProfile, CourseSkill, Offering, OfferingCost, Session
from courses.search.distance import km_between
from jobs.matching.criteria import starts_outside
from jobs.matching.facts import DECLARED, PERMANENT, SUGGESTED, CourseFacts, Link, SeekerFacts, SkillNeed, Taught
from jobs.matching.titles import NO_TITLES, GoalWords, Titles, TitleWords
from portal.reference.enums import CoreOfJob, Importance, SkillKind
from portal.reference.models import (
    JobProfile,
    JobProfileAlias,
    Occupation,
    OccupationSkill,
    ProfileOccupation,
    ProfileSkill,
    Skill,
    SkillAlias,
)
from portal.reference.wording import title_key

IMPORTANCE_WEIGHTS: dict[str, int] = {Importance.ESSENTIAL: 3, Importance.DESIRABLE: 1}
CORE_WEIGHTS: dict[str, int] = {CoreOfJob.MAIN: 3, CoreOfJob.EMERGING: 2, CoreOfJob.OTHER: 1}
# ROME gives no level: practice is what a job asks for when nobody said more
USUAL_LEVEL = 2
ENTERABLE = {CallToAction.OPEN, CallToAction.CLOSING, CallToAction.STARTING}


@dataclass(frozen=True, slots=True)
class Goal:
    """What the chosen profiles and occupations ask for.

    `slugs` are the profiles among them, `other_names` (keys) the names of the occupations: titles are read by both.
    `levels` gives, by skill code, the three sentences that say what levels 1 to 3 look like; for pages only.
    """

    needs: tuple[SkillNeed, ...] = ()
    targets: frozenset[tuple[str, str]] = frozenset()
    slugs: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    levels: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Here:
    """The centre of the person's commune, in WGS84 degrees: it stops here, the engine only sees distances."""

    latitude: float
    longitude: float


def goal_of(profiles: Sequence[str] = (), occupations: Sequence[str] = ()) -> Goal:
    """Return what `profiles` (slugs) and `occupations` (ROME codes) ask for; unknown ones ask for nothing.

    An occupation speaks through the portal's own skills where it has some, otherwise through those of ROME.
    """
    chosen = list(_profiles(profiles))
    jobs = list(Occupation.objects.filter(code__in=occupations).select_related("parent"))
    needs: dict[str, SkillNeed] = {}
    levels: dict[str, list[str]] = {}
    for wanted in ProfileSkill.objects.filter(profile__in=chosen).select_related("skill"):
        _add(needs, wanted.skill, wanted.level, IMPORTANCE_WEIGHTS[wanted.importance])
        levels[wanted.skill.code] = wanted.skill.levels
    for usual in _skills_of(jobs):
        _add(needs, usual.skill, usual.level or USUAL_LEVEL, CORE_WEIGHTS[usual.core])
        levels[usual.skill.code] = usual.skill.levels
    ordered = tuple(sorted(needs.values(), key=lambda need: (-need.weight, need.label, need.code)))
    return Goal(
        needs=ordered,
        targets=_targets(chosen, jobs),
        slugs=tuple(sorted(profile.slug for profile in chosen)),
        other_names=tuple(sorted({title_key(job.label) for job in jobs} - {""})),
        levels=levels,
    )


def titles_for(goal: Goal) -> Titles:
    """What reads the titles of courses for `goal`. One query, none without a goal."""
    jobs = _jobs_in_words() if goal.slugs or goal.other_names else ()
    return _titles(jobs, goal.slugs, goal.other_names)


def course_facts(
    seeker: SeekerFacts, titles: Titles = NO_TITLES, here: Here | None = None, *, only: Collection[int] | None = None
) -> list[CourseFacts]:
    """Return the published courses that may answer, one fact per offering, in five queries.

    `titles` reads those of the goal (`titles_for`). Distances are None without `here`; costs are those of the
    seeker's audience. `only` reads courses by their numbers, whether they may answer or not, in four.
    """
    courses = list(_courses().filter(pk__in=only) if only is not None else _may_answer(_courses(), seeker, titles))
    lessons = _lessons([course.pk for course in courses])
    offerings = _offerings(seeker, [course.pk for course in courses])
    sessions = _sessions(seeker, [offering.pk for group in offerings.values() for offering in group])
    found = []
    for course in courses:
        ways = [_way(seeker, offering, sessions[offering.pk], here) for offering in offerings[course.pk]]
        for way in ways or [{}]:
            found.append(
                CourseFacts(
                    pk=course.pk,
                    title=course.title,
                    teaches=tuple(lessons[course.pk]),
                    links=_links(course),
                    title_match=titles.points(_key_of(course.title)),
                    entry_level=course.entry_level,
                    entry_is_mandatory=course.entry_level_is_mandatory,
                    demand=course.demand if course.demand_counted_on else None,
                    **way,
                )
            )
    return found


def distance_km(here: Here, latitude: float, longitude: float) -> int:
    """Return the great-circle distance to a point, in whole kilometres."""
    return round(km_between(here.latitude, here.longitude, latitude, longitude))


@lru_cache(maxsize=100)
def _titles(jobs: tuple[GoalWords, ...], slugs: tuple[str, ...], names: tuple[str, ...]) -> Titles:
    """One reader per goal, which remembers the titles it has read; other words of the jobs make another."""
    return _title_words(jobs).titles(slugs, names)


@lru_cache(maxsize=2)
def _title_words(jobs: tuple[GoalWords, ...]) -> TitleWords:
    return TitleWords(jobs)


def _jobs_in_words() -> tuple[GoalWords, ...]:
    """The profiles shown, with the keys of their names and of their skills of AI and data. One query."""
    mine = OuterRef("pk")
    wanted = ProfileSkill.objects.filter(profile=mine, skill__kind=SkillKind.AI)
    aliases = SkillAlias.objects.filter(skill__profile_links__profile=mine, skill__kind=SkillKind.AI)
    importance = "skill__profile_links__importance"
    profiles = JobProfile.objects.shown().annotate(
        alias_list=ArraySubquery(JobProfileAlias.objects.filter(profile=mine).values("key")),
        skill_list=ArraySubquery(wanted.values(json=JSONObject(importance="importance", key="skill__key"))),
        other_list=ArraySubquery(aliases.values(json=JSONObject(importance=importance, key="key"))),
    )
    columns = ("slug", "key", "alias_list", "skill_list", "other_list")
    return tuple(
        GoalWords(
            slug,
            (key, *sorted(names)),
            needed=_keys(Importance.ESSENTIAL, skills + others),
            welcome=_keys(Importance.DESIRABLE, skills + others),
        )
        for slug, key, names, skills, others in profiles.order_by("slug").values_list(*columns)
    )


def _keys(importance: str, said: Sequence[Any]) -> tuple[str, ...]:
    return tuple(sorted({each["key"] for each in said if each["importance"] == importance}))


def _profiles(slugs: Sequence[str]) -> QuerySet[Any]:
    """Profiles shown, each with the lists `alias_list`, `formacode_list` and `rome_list`."""
    mine = OuterRef("pk")
    formacodes = JobProfile.formacodes.through.objects.filter(jobprofile=mine)
    shown: QuerySet[Any] = (
        JobProfile.objects.shown()
        .filter(slug__in=slugs)
        .annotate(
            alias_list=ArraySubquery(JobProfileAlias.objects.filter(profile=mine).values("label")),
            formacode_list=ArraySubquery(formacodes.values("formacode_id")),
            rome_list=ArraySubquery(ProfileOccupation.objects.filter(profile=mine).values("occupation__code")),
        )
    )
    return shown


def _add(needs: dict[str, SkillNeed], skill: Skill, level: int, weight: int) -> None:
    """Two jobs that ask for one skill ask for the higher level and the heavier weight."""
    known = needs.get(skill.code)
    if known is not None:
        level, weight = max(level, known.level), max(weight, known.weight)
    needs[skill.code] = SkillNeed(skill.code, skill.label, level, weight)


def _skills_of(jobs: Sequence[Occupation]) -> list[OccupationSkill]:
    """Per occupation: the portal's own words (they have a level), else the core of ROME, else all of ROME."""
    by_job: dict[int, list[OccupationSkill]] = defaultdict(list)
    for link in OccupationSkill.objects.filter(occupation__in=jobs, skill__is_obsolete=False).select_related("skill"):
        by_job[link.occupation_id].append(link)
    chosen: list[OccupationSkill] = []
    for links in by_job.values():
        own = [link for link in links if link.level is not None]
        core = [link for link in links if link.core != CoreOfJob.OTHER]
        chosen += own or core or links
    return chosen


def _targets(profiles: Sequence[Any], jobs: Sequence[Occupation]) -> frozenset[tuple[str, str]]:
    """Codes whose presence on a course is evidence. Courses often speak the parents of ROME's codes: they count, for
    an occupation the person chose; a parent of a code cited by a profile is too wide to be a sign.
    """
    targets = {("profile", profile.slug) for profile in profiles}
    targets |= {("formacode", code) for profile in profiles for code in profile.formacode_list}
    targets |= {("rome", code) for profile in profiles for code in profile.rome_list}
    targets |= {("rome", job.code) for job in jobs}
    return frozenset(targets | {("rome_parent", _parent_code(job)) for job in jobs})


def _parent_code(job: Occupation) -> str:
    return job.parent.code if job.parent else job.code


def _courses() -> QuerySet[Any]:
    """Published courses, each with the lists `profile_list`, `rome_list`, `formacode_list` and `sign_list`."""
    mine = OuterRef("pk")
    profiles = CourseProfile.objects.filter(course=mine)
    rome = Course.occupations.through.objects.filter(course=mine)
    formacodes = Course.formacodes.through.objects.filter(course=mine)
    courses: QuerySet[Any] = Course.objects.published().annotate(
        profile_list=ArraySubquery(profiles.values(json=JSONObject(code="profile__slug", source="origin"))),
        rome_list=ArraySubquery(
            rome.values(json=JSONObject(code="occupation__code", parent="occupation__parent__code"))
        ),
        formacode_list=ArraySubquery(formacodes.values("formacode_id")),
        sign_list=ArraySubquery(
            CodeSuggestion.objects.signs()
            .filter(course=mine)
            .order_by("kind", "rank")
            .values(
                json=JSONObject(
                    formacode="formacode_id",
                    code="occupation__code",
                    parent="occupation__parent__code",
                    is_wide="is_wide",
                    witness="witness",
                )
            )
        ),
    )
    said = ("title", "entry_level", "entry_level_is_mandatory", "demand", "demand_counted_on")
    return courses.only(*said).order_by("pk")


def _may_answer(courses: QuerySet[Any], seeker: SeekerFacts, titles: Titles) -> QuerySet[Any]:
    """Those that teach a missing skill, carry a target's code, declared or surely proposed, or whose title speaks of
    the goal; all, without a goal.
    """
    if not seeker.has_goal:
        return courses
    mine = OuterRef("pk")
    profiles = CourseProfile.objects.filter(course=mine)
    rome = Course.occupations.through.objects.filter(course=mine)
    formacodes = Course.formacodes.through.objects.filter(course=mine)
    lacking = [need.code for need in seeker.missing]
    codes: dict[str, list[str]] = defaultdict(list)
    for kind, code in sorted(seeker.targets):
        codes[kind].append(code)
    parents = codes["rome_parent"]
    signs = CodeSuggestion.objects.signs().filter(course=mine)
    exact = signs.filter(kind=CodeKind.ROME, is_wide=False)
    known_by = (
        Q(Exists(CourseSkill.objects.filter(course=mine, skill__code__in=lacking)))
        | Q(Exists(profiles.filter(profile__slug__in=codes["profile"])))
        | Q(Exists(rome.filter(occupation__code__in=codes["rome"] + parents)))
        | Q(Exists(rome.filter(occupation__parent__code__in=parents)))
        | Q(Exists(formacodes.filter(formacode_id__in=codes["formacode"])))
        | Q(Exists(exact.filter(occupation__code__in=codes["rome"])))
        | Q(Exists(signs.filter(occupation__code__in=parents)))
        | Q(Exists(signs.filter(occupation__parent__code__in=parents)))
        | Q(Exists(signs.filter(formacode_id__in=codes["formacode"])))
        | Q(pk__in=_titled(titles))
    )
    return courses.filter(known_by)


def _titled(titles: Titles) -> list[int]:
    """The courses whose title speaks of the goal: all titles are read, for want of a snapshot that knows them."""
    if not titles.words:
        return []
    found = Course.objects.published().order_by().values_list("pk", "title")
    return [pk for pk, title in found if titles.points(_key_of(title))]


@lru_cache(maxsize=50_000)
def _key_of(title: str) -> str:
    return title_key(title)


def _links(course: Any) -> tuple[Link, ...]:
    links = [Link("profile", said["code"], said["source"]) for said in course.profile_list]
    links += [Link("formacode", code, DECLARED) for code in course.formacode_list]
    for said in course.rome_list:
        links.append(Link("rome", said["code"], DECLARED))
        links.append(Link("rome_parent", said["parent"] or said["code"], DECLARED))
    return (*links, *(link for said in course.sign_list for link in _suggested(said)))


def _suggested(said: Any) -> list[Link]:
    """What a proposal that waits says: a wide one speaks of a family of occupations, never of one of them."""
    witness = said["witness"]
    if said["formacode"]:
        return [Link("formacode", said["formacode"], SUGGESTED, witness)]
    family = Link("rome_parent", said["parent"] or said["code"], SUGGESTED, witness)
    return [family] if said["is_wide"] else [Link("rome", said["code"], SUGGESTED, witness), family]


def _lessons(courses: Sequence[int]) -> dict[int, list[Taught]]:
    lessons: dict[int, list[Taught]] = defaultdict(list)
    rows = CourseSkill.objects.filter(course_id__in=courses).order_by("skill__code")
    columns = ("skill__code", "skill__label", "level_required", "level_given", "origin", "evidence")
    for course, *said in rows.values_list("course_id", *columns):
        lessons[course].append(Taught(*said))
    return lessons


def _offerings(seeker: SeekerFacts, courses: Collection[int]) -> dict[int, list[Any]]:
    offerings: dict[int, list[Any]] = defaultdict(list)
    for offering in offerings_of(seeker, courses):
        offerings[offering.course_id].append(offering)
    return offerings


def offerings_of(seeker: SeekerFacts, courses: Collection[int]) -> QuerySet[Any]:
    """The offerings of `courses` with their commune and `left_to_pay_cents`, what the seeker's audience has to pay."""
    costs = OfferingCost.objects.filter(offering=OuterRef("pk"), audience=seeker.audience)
    rows: QuerySet[Any] = (
        Offering.objects.filter(course_id__in=courses)
        .select_related("commune")
        .annotate(left_to_pay_cents=Subquery(costs.values("left_to_pay_cents")[:1]))
        .order_by("pk")
    )
    return rows


def is_remote(modality: str | None) -> bool | None:
    """Whether it is entirely at a distance; None when nobody says how it is taught."""
    return None if modality is None else modality == Modality.REMOTE


def _sessions(seeker: SeekerFacts, offerings: Sequence[int]) -> dict[int, list[Session]]:
    """Sessions not yet started and undated ones, soonest first."""
    rows = Session.objects.coming_on(seeker.day) | Session.objects.undated()
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in rows.filter(offering_id__in=offerings).in_page_order():
        sessions[session.offering_id].append(session)
    return sessions


def _way(seeker: SeekerFacts, offering: Any, sessions: Sequence[Session], here: Here | None) -> dict[str, Any]:
    """The fields of CourseFacts that an offering and the session one could enter decide."""
    remote = is_remote(offering.modality)
    return {
        "offering_pk": offering.pk,
        "is_remote": remote,
        "distance_km": None if remote else distance_of(offering, here),
        "cost_cents": offering.left_to_pay_cents,
        **_entry(seeker, offering, sessions),
    }


def distance_of(offering: Offering, here: Here | None) -> int | None:
    """Whole kilometres from the person to where it is given; None when one of the two is unknown."""
    for point in (offering, offering.commune):
        if here and point and point.latitude is not None and point.longitude is not None:
            return distance_km(here, point.latitude, point.longitude)
    return None


def _entry(seeker: SeekerFacts, offering: Offering, sessions: Sequence[Session]) -> dict[str, Any]:
    """The first session one can enter that suits the person's dates, else the first, else why there is none."""
    if offering.entry_mode == EntryMode.PERMANENT:
        return {"start_note": PERMANENT}
    states = [session.call_to_action(seeker.day) for session in sessions]
    enterable = [session for session, state in zip(sessions, states, strict=True) if state in ENTERABLE]
    dated = [
        {"session_pk": session.pk, "starts_on": session.starts_on, "start_precision": session.starts_precision}
        for session in enterable
    ]
    if dated:
        return next((entry for entry in dated if _suits(seeker, entry)), dated[0])
    if CallToAction.TO_BE_SCHEDULED in states or not states:
        return {}
    return {"start_note": "full" if CallToAction.FULL in states else "closed"}


def _suits(seeker: SeekerFacts, entry: dict[str, Any]) -> bool:
    return starts_outside(seeker, CourseFacts(0, "", **entry)) is None

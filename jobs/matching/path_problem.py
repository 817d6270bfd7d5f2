"""From a request to a problem of paths: which sessions may be followed one after the other. Ten queries at most.

A skill that the person said nothing of is missing when the goal or the field of AI and data asks for it; another one
("logic", "rigour") lets them pass, and is named as something to check.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from courses.enums import DatePrecision, EntryMode, SkillOrigin
from courses.models import Course, CourseSkill, Offering, Session
from courses.models.session import last_day
from jobs.matching.candidates import ENTERABLE, Here, distance_of, goal_of, is_remote, offerings_of
from jobs.matching.criteria import level_too_high
from jobs.matching.facts import CourseFacts, SeekerFacts
from jobs.matching.paths import ANY, ON_SITE, REMOTE, Limits, PathProblem, PathSession
from jobs.matching.paths.moves import is_within
from jobs.matching.recommendation import Request, seeker_of
from portal.reference.enums import SkillKind

# sessions that the search is given at most, those of the courses that bring the most first
MOST_SESSIONS = 1_500
WEEK_DAYS, WEEK_HOURS = 7, 35
USUAL_STEPS = 3
# no session of a person is longer or dearer: such a number is a slip, and unknown
MOST_HOURS, MOST_CENTS = 20_000, 100_000_000


@dataclass(frozen=True, slots=True)
class PathRequest:
    """A request, and what only paths are limited by: the last day, the hours in all, the number of steps."""

    request: Request
    ends_by: date | None = None
    hours: int | None = None
    steps: int = USUAL_STEPS


@dataclass(frozen=True, slots=True)
class Lesson:
    code: str
    label: str
    required: int
    given: int
    is_ai: bool
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class SessionShown:
    """What a page says of a step beside what the search knows of it.

    `to_check` are skills asked for at the entry that the person said nothing of; `suggested` those it brings that
    nobody confirmed. The end is estimated, from the hours of the course, where nobody gave it.
    """

    course: Course
    offering: Offering
    session: Session | None
    to_check: tuple[str, ...]
    suggested: frozenset[str]
    has_estimated_end: bool


@dataclass(frozen=True)
class PathsAsked:
    """The problem, what is shown of its sessions, and what had to be left out: counts of courses."""

    problem: PathProblem
    shown: Mapping[str, SessionShown]
    undated: int = 0
    too_high: int = 0
    is_cut: bool = False


def problem_of(asked: PathRequest, *, day: date, closed: Collection[int] = ()) -> PathsAsked:
    """Return the problem that `asked` sets on `day`. No session of the offerings `closed` (numbers) takes part."""
    request = asked.request
    goal = goal_of(request.profiles, request.occupations)
    seeker = seeker_of(request, goal, day=day)
    limits = _limits(asked, day)
    if not seeker.missing:
        return PathsAsked(PathProblem(goal.needs, request.held, limits), {})
    lessons = _lessons_towards(seeker, asked.steps)
    rows = Course.objects.published().filter(pk__in=lessons).select_related("provider")
    courses = {course.pk: course for course in rows}
    high = {pk for pk, course in courses.items() if _is_too_high(course, seeker)}
    open_to_all = {pk: row for pk, row in courses.items() if pk not in high}
    offerings = {each.pk: each for each in offerings_of(seeker, open_to_all) if each.pk not in closed}
    found, undated = _sessions(seeker, limits, request.here, lessons, open_to_all, offerings)
    kept = _heaviest(found, seeker, limits, lessons)
    return PathsAsked(
        problem=PathProblem(goal.needs, request.held, limits, tuple(each for each, _shown in kept)),
        shown={each.code: shown for each, shown in kept},
        undated=len(undated),
        too_high=len(high),
        is_cut=len(kept) < len(found),
    )


def _limits(asked: PathRequest, day: date) -> Limits:
    request = asked.request
    first = max(day, request.starts_after or day)
    modality = REMOTE if request.only_remote else ANY if request.accepts_remote else ON_SITE
    return Limits(
        first_day=first.toordinal(),
        deadline=asked.ends_by.toordinal() if asked.ends_by else None,
        budget_cents=request.budget_cents,
        max_km=request.reach_km if request.here else None,
        hours=asked.hours,
        steps=asked.steps,
        modality=modality,
    )


def _lessons_towards(seeker: SeekerFacts, steps: int) -> dict[int, list[Lesson]]:
    """Course → what it teaches: courses that teach a missing skill, then those that open them, as far as steps go."""
    wanted = {need.code for need in seeker.missing}
    held = seeker.held_levels
    lessons: dict[int, list[Lesson]] = {}
    for _round in range(steps):
        found = _lessons(wanted, lessons)
        if not found:
            break
        lessons |= found
        asked = {
            lesson.code
            for taught in found.values()
            for lesson in taught
            if _is_blocking(lesson, seeker) and lesson.required > held.get(lesson.code, 0)
        }
        wanted = asked - wanted
    return lessons


def _lessons(codes: set[str], known: Iterable[int]) -> dict[int, list[Lesson]]:
    """All lessons of the published courses that teach one of `codes` and are not known yet."""
    if not codes:
        return {}
    teaching = CourseSkill.objects.filter(skill__code__in=codes).values("course_id")
    rows = CourseSkill.objects.filter(
        course__in=Course.objects.published().filter(pk__in=teaching).exclude(pk__in=list(known)).values("pk")
    ).order_by("course_id", "skill__code")
    found: dict[int, list[Lesson]] = defaultdict(list)
    columns = ("course_id", "skill__code", "skill__label", "level_required", "level_given", "skill__kind", "origin")
    for course, code, label, required, given, kind, origin in rows.values_list(*columns):
        is_suggested = origin == SkillOrigin.SUGGESTED
        found[course].append(Lesson(code, label, required, given, kind == SkillKind.AI, is_suggested))
    return dict(found)


def _is_blocking(lesson: Lesson, seeker: SeekerFacts) -> bool:
    """Whether what the course asks for must be held or learnt before, and not only checked."""
    is_wanted = any(need.code == lesson.code for need in seeker.needs)
    return lesson.required > 0 and (lesson.is_ai or is_wanted or lesson.code in seeker.held_levels)


def _is_too_high(course: Course, seeker: SeekerFacts) -> bool:
    asks = CourseFacts(0, "", entry_level=course.entry_level, entry_is_mandatory=course.entry_level_is_mandatory)
    return level_too_high(seeker, asks) is not None


def _sessions(
    seeker: SeekerFacts,
    limits: Limits,
    here: Here | None,
    lessons: Mapping[int, Sequence[Lesson]],
    courses: Mapping[int, Course],
    offerings: Mapping[int, Offering],
) -> tuple[list[tuple[PathSession, SessionShown]], set[int]]:
    """Every session that can be placed in time, with what is shown of it; an entry all year round counts as one.

    Also the courses that one may enter and none of whose sessions tells when it ends.
    """
    coming = Session.objects.coming_on(seeker.day).filter(offering__in=offerings).in_page_order()
    entries: list[tuple[Any, Session | None]] = [
        (offering, None) for offering in offerings.values() if offering.entry_mode == EntryMode.PERMANENT
    ]
    for session in coming:
        offering = offerings[session.offering_id]
        if offering.entry_mode != EntryMode.PERMANENT and session.call_to_action(seeker.day) in ENTERABLE:
            entries.append((offering, session))
    found, placed, undated = [], set(), set()
    for offering, session in entries:
        course = offering.course_id
        if (_last_day(session, offering) if session else _hours(offering)) is None:
            undated.add(course)
            continue
        placed.add(course)
        found.append(_path_session(seeker, limits, here, lessons[course], courses[course], offering, session))
    return found, undated - placed


def _path_session(
    seeker: SeekerFacts,
    limits: Limits,
    here: Here | None,
    taught: Sequence[Lesson],
    course: Course,
    offering: Any,
    session: Session | None,
) -> tuple[PathSession, SessionShown]:
    held = seeker.held_levels
    remote = is_remote(offering.modality)
    hours, cents = _hours(offering), offering.left_to_pay_cents
    # an entry all year round without hours never comes here
    dates = _placed(session, offering, limits.first_day) if session else {"days": _days_of(hours or 0)}
    asked = [lesson for lesson in taught if lesson.required > held.get(lesson.code, 0)]
    fact = PathSession(
        code=f"s{session.pk}" if session else f"o{offering.pk}",
        course=str(course.pk),
        **dates,
        cost_cents=cents if cents is None or cents <= MOST_CENTS else None,
        km=None if remote else distance_of(offering, here),
        hours=hours,
        is_remote=remote,
        gives=tuple((lesson.code, lesson.given) for lesson in taught),
        requires=tuple((lesson.code, lesson.required) for lesson in asked if _is_blocking(lesson, seeker)),
    )
    shown = SessionShown(
        course=course,
        offering=offering,
        session=session,
        to_check=tuple(lesson.label for lesson in asked if not _is_blocking(lesson, seeker)),
        suggested=frozenset(lesson.code for lesson in taught if lesson.is_suggested),
        has_estimated_end=session is None or session.ends_on is None,
    )
    return fact, shown


def _placed(session: Session, offering: Offering, first_day: int) -> dict[str, int | None]:
    """Its days, as ordinals. A month without a day is left free as a whole, from the first day that suits."""
    starts, ends = session.starts_on, _last_day(session, offering)
    assert starts is not None
    assert ends is not None
    first, last = starts.toordinal(), ends.toordinal()
    if session.starts_precision != DatePrecision.DAY:
        first = min(max(first, first_day), last)
    return {"starts": first, "ends": last}


def _hours(offering: Offering) -> int | None:
    hours: int | None = offering.duration_hours
    return hours if hours and hours <= MOST_HOURS else None


def _last_day(session: Session, offering: Offering) -> date | None:
    """The last day on which it may end; from its hours where nobody gave one; None when nothing tells, or when what
    is told cannot be.
    """
    if session.starts_on is None:
        return None
    hours = _hours(offering)
    with suppress(OverflowError, ValueError):
        if session.ends_on is not None:
            ends = last_day(session.ends_on, session.ends_precision)
            return ends if ends and ends >= session.starts_on else None
        latest = last_day(session.starts_on, session.starts_precision)
        if hours and latest:
            return latest + timedelta(_days_of(hours))
    return None


def _days_of(hours: int) -> int:
    """Days from the first to the last, at a full week's pace."""
    return WEEK_DAYS * math.ceil(hours / WEEK_HOURS)


def _heaviest(
    found: Sequence[tuple[PathSession, SessionShown]],
    seeker: SeekerFacts,
    limits: Limits,
    lessons: Mapping[int, Sequence[Lesson]],
) -> list[tuple[PathSession, SessionShown]]:
    """At most MOST_SESSIONS: those within the limits first, those that open others, then those that bring the most."""
    if len(found) <= MOST_SESSIONS:
        return list(found)
    needs = {need.code: need for need in seeker.missing}
    asked = {code for each, _shown in found for code, _level in each.requires}
    worth = {
        pk: sum(needs[lesson.code].weight * lesson.given for lesson in taught if lesson.code in needs)
        for pk, taught in lessons.items()
    }

    def place(pair: tuple[PathSession, SessionShown]) -> tuple[object, ...]:
        each, shown = pair
        opens = not asked.isdisjoint(code for code, _level in each.gives)
        return not is_within(limits, each), not opens, -worth[shown.course.pk], each.starts or 0, each.code

    return sorted(found, key=place)[:MOST_SESSIONS]

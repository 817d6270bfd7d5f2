"""Assess and rank: pure, in whole numbers, the same on every machine and for every order of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from jobs.matching.criteria import CRITERIA, FILTERS, gains
from jobs.matching.facts import (
    PERMANENT,
    Answer,
    CourseFacts,
    Excluded,
    Gain,
    Ranking,
    Remainder,
    SeekerFacts,
)

# what a named course may also lack, told by `why_left_out` only: it is no limit that a person set
OFF_GOAL = "off_goal"


# what a person may sort by instead of points; unknown comes last
COLUMNS = DATE_COLUMN, DISTANCE_COLUMN, COST_COLUMN, COVERAGE_COLUMN = "date", "distance", "cout", "competences"


@dataclass(frozen=True, slots=True)
class Change:
    """What separates an answer from the one before it: points, and (criterion, points behind) where it loses some."""

    points_behind: int
    loses: tuple[tuple[str, int], ...]


def assess(seeker: SeekerFacts, course: CourseFacts) -> Answer:
    """Return `course` with its terms, whatever the limits: `exclusion` tells those."""
    terms = tuple(term for criterion in CRITERIA for term in criterion.function(seeker, course))
    brought = tuple(gain for gain, _lesson in gains(seeker, course))
    return Answer(course, terms, brought, _remainders(seeker, brought))


def exclusion(seeker: SeekerFacts, course: CourseFacts) -> Excluded | None:
    """Return why a limit of the person leaves `course` out, or None."""
    found = [(rule.reason, facts) for rule in FILTERS if (facts := rule.function(seeker, course)) is not None]
    if not found:
        return None
    (reason, facts), *others = found
    return Excluded(course.pk, course.title, reason, facts, tuple(other for other, _facts in others))


def is_on_goal(seeker: SeekerFacts, course: CourseFacts) -> bool:
    """Whether something ties the course to the goal: a missing skill, a link, its title. Without a goal, all are."""
    if not seeker.has_goal:
        return True
    linked = any((sign.kind, sign.code) in seeker.targets for sign in course.links)
    return linked or course.title_match > 0 or bool(gains(seeker, course))


def why_left_out(seeker: SeekerFacts, options: Iterable[CourseFacts]) -> Excluded | None:
    """Return why a course, given by all its options, is not among the answers; None when it is, or has no option."""
    all_options = list(options)
    if not all_options:
        return None
    if not any(is_on_goal(seeker, option) for option in all_options):
        return Excluded(all_options[0].pk, all_options[0].title, OFF_GOAL)
    ranking = rank(seeker, all_options, week="")
    return None if ranking.answers else ranking.excluded[0]


def rank(seeker: SeekerFacts, courses: Iterable[CourseFacts], *, week: str) -> Ranking:
    """Return the answers, best first, one per course, and the courses that limits left out.

    Order: score, then coverage, nearer, earlier, then a hash of `week` (see ``iso_week``), of the query and of the
    course: equals take turns, and a page can be replayed.
    """
    best: dict[int, tuple[tuple[object, ...], Answer]] = {}
    refused: dict[int, tuple[tuple[object, ...], Excluded]] = {}
    for course in courses:
        if not is_on_goal(seeker, course):
            continue
        left_out = exclusion(seeker, course)
        if left_out is None:
            answer = assess(seeker, course)
            place = (*order_of(seeker, answer, week), course.offering_pk)
            if course.pk not in best or place < best[course.pk][0]:
                best[course.pk] = (place, answer)
        else:
            place = (1 + len(left_out.also), _FILTER_RANK[left_out.reason], course.offering_pk)
            if course.pk not in refused or place < refused[course.pk][0]:
                refused[course.pk] = (place, left_out)
    answers = tuple(answer for _place, answer in sorted(best.values(), key=lambda kept: kept[0]))
    gone = [left_out for pk, (_place, left_out) in refused.items() if pk not in best]
    gone.sort(key=lambda left_out: (_FILTER_RANK[left_out.reason], left_out.course_pk))
    return Ranking(answers, tuple(gone))


def change_between(ahead: Answer, answer: Answer) -> Change:
    """Return what keeps an answer behind another one."""
    behind = ((rule.code, ahead.points_of(rule.code) - answer.points_of(rule.code)) for rule in CRITERIA)
    return Change(ahead.score - answer.score, tuple((code, points) for code, points in behind if points > 0))


def iso_week(day: date) -> str:
    """Return the ISO week of `day`, as in "2027-W02"."""
    year, number, _weekday = day.isocalendar()
    return f"{year}-W{number:02}"


_FILTER_RANK = {rule.reason: position for position, rule in enumerate(FILTERS)}
_UNKNOWN_LAST = 10**9


def order_of(seeker: SeekerFacts, answer: Answer, week: str, column: str = "") -> tuple[object, ...]:
    """Return what answers are sorted by, smallest first: points, or a column of COLUMNS and then points."""
    course = answer.course
    away = 0 if course.is_remote else _UNKNOWN_LAST if course.distance_km is None else course.distance_km
    if course.start_note == PERMANENT:
        starts = seeker.day.toordinal()
    else:
        starts = _UNKNOWN_LAST if course.starts_by is None else course.starts_by.toordinal()
    turn = sha256(f"{week}|{seeker.query_key}|{course.pk}".encode()).hexdigest()
    first = {
        DATE_COLUMN: starts,
        DISTANCE_COLUMN: away,
        COST_COLUMN: _UNKNOWN_LAST if course.cost_cents is None else course.cost_cents,
        COVERAGE_COLUMN: -answer.coverage,
    }
    by_points = (-answer.score, -answer.coverage, away, starts, turn)
    return (first[column], *by_points) if column else by_points


def sorted_by(column: str, seeker: SeekerFacts, ranking: Ranking, week: str) -> Ranking:
    """Return the same answers, by a column of COLUMNS; "" is by points."""
    if not column:
        return ranking
    answers = sorted(ranking.answers, key=lambda answer: order_of(seeker, answer, week, column))
    return Ranking(tuple(answers), ranking.excluded)


def _remainders(seeker: SeekerFacts, brought: tuple[Gain, ...]) -> tuple[Remainder, ...]:
    reached = {gain.code: gain for gain in brought}
    held = seeker.held_levels
    left = []
    for need in seeker.missing:
        gain = reached.get(need.code)
        # a gain that starts above what is held leaves the levels below to another course
        if gain and gain.to_level >= need.level and gain.from_level <= held.get(need.code, 0):
            continue
        level = gain.to_level if gain and gain.from_level <= held.get(need.code, 0) else held.get(need.code, 0)
        left.append(Remainder(need.code, need.label, level, need.level))
    return tuple(left)

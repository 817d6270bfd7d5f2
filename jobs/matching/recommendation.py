"""From a cleaned request to a ranked answer: the one call of the pages, the API and the replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from courses.enums import Audience
from jobs.matching.candidates import Goal, Here, course_facts, goal_of, titles_for
from jobs.matching.engine import iso_week, rank, why_left_out
from jobs.matching.facts import CourseFacts, Excluded, Ranking, SeekerFacts
from jobs.snapshot import reading
from jobs.snapshot.ranking import ReadRanking


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked, as codes and numbers: no free text, no identity.

    `profiles` are slugs, `occupations` ROME codes, `held` (skill code, level 0 to 3), `here` the centre of a commune,
    `entry_level` a level of study 0 to 8; None is "not said".
    """

    profiles: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    held: tuple[tuple[str, int], ...] = ()
    here: Here | None = None
    reach_km: int | None = None
    accepts_remote: bool = True
    only_remote: bool = False
    starts_after: date | None = None
    starts_before: date | None = None
    entry_level: int | None = None
    budget_cents: int | None = None
    audience: str = Audience.JOBSEEKER


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The ranking with all it came from: `seeker.missing` is the gap, `goal.needs` what the goal asks for."""

    goal: Goal
    seeker: SeekerFacts
    ranking: Ranking | ReadRanking
    week: str
    # the snapshot it was read from, empty for the base itself, and the courses that changed since
    snapshot: str = ""
    changed: tuple[int, ...] = ()


def recommend(request: Request, *, day: date) -> Recommendation:
    """Return the courses of the base for `request`, as on `day`: from the snapshot where there is one, else from the
    base, with the same answers. Ten queries at most, whatever the rows, and four for each page read of a snapshot.
    """
    goal = goal_of(request.profiles, request.occupations)
    seeker = seeker_of(request, goal, day=day)
    week = iso_week(day)
    titles = titles_for(goal)
    read = reading.find(seeker, titles, request.here, week=week)
    if read is None:
        found = course_facts(seeker, titles, request.here)
        return Recommendation(goal, seeker, rank(seeker, found, week=week), week)

    def facts_of(courses: Sequence[int]) -> list[CourseFacts]:
        return course_facts(seeker, titles, request.here, only=courses)

    ranking = ReadRanking(seeker, week, read.ranked, read.fresh, facts_of)
    return Recommendation(goal, seeker, ranking, week, read.version, read.changed)


def why_not(request: Request, course_pk: int, *, day: date) -> Excluded | None:
    """Return why that course is not recommended; None when it is, or when it is not published."""
    goal = goal_of(request.profiles, request.occupations)
    seeker = seeker_of(request, goal, day=day)
    return why_left_out(seeker, course_facts(seeker, titles_for(goal), request.here, only=[course_pk]))


def seeker_of(request: Request, goal: Goal, *, day: date) -> SeekerFacts:
    """Return the facts the engine may know of `request`."""
    return SeekerFacts(
        needs=goal.needs,
        day=day,
        held=request.held,
        targets=goal.targets,
        has_place=request.here is not None,
        reach_km=request.reach_km,
        accepts_remote=request.accepts_remote,
        only_remote=request.only_remote,
        starts_after=request.starts_after,
        starts_before=request.starts_before,
        entry_level=request.entry_level,
        budget_cents=request.budget_cents,
        audience=request.audience,
        query_key=query_key(request.profiles, request.occupations, request.held),
    )


def query_key(profiles: Sequence[str], occupations: Sequence[str], held: Sequence[tuple[str, int]]) -> str:
    """Return a name of the question that holds no place and no person, the same for every order of its parts."""
    parts = (sorted(profiles), sorted(occupations), sorted(held))
    return sha256(repr(parts).encode()).hexdigest()[:16]

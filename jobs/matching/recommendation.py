"""From a cleaned request to a ranked answer: the one call of the pages, the API and the replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from courses.enums import Audience
from jobs.matching.access import closed_offerings, open_ways, shut_out
from jobs.matching.candidates import Goal, Here, course_facts, goal_of, titles_for
from jobs.matching.engine import iso_week, rank, sorted_by, why_left_out
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
    # a column to sort by, "" for points
    sort: str = ""


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
    # titles of what would answer if its places were not said to be closed to a disability
    not_accessible: tuple[str, ...] = ()


def recommend(request: Request, *, day: date, only_accessible: bool = False) -> Recommendation:
    """Return the courses of the base for `request`, as on `day`: from the snapshot where there is one, else from the
    base, with the same answers. Ten queries at most, whatever the rows, and four for each page read of a snapshot.

    `only_accessible` leaves out the offerings that say they are not; those that say nothing stay. It is no part of the
    request, which is logged, and the engine never knows of it.
    """
    goal = goal_of(request.profiles, request.occupations)
    seeker = seeker_of(request, goal, day=day)
    week = iso_week(day)
    titles = titles_for(goal)
    closed = closed_offerings() if only_accessible else {}
    beside = sorted(set(closed.values()))

    def facts_of(courses: Sequence[int] | None) -> list[CourseFacts]:
        return open_ways(course_facts(seeker, titles, request.here, only=courses), closed)

    shut = shut_out(seeker, course_facts(seeker, titles, request.here, only=beside), closed) if closed else ()
    read = reading.find(seeker, titles, request.here, week=week, facts_of=facts_of, beside=beside)
    if read is None:
        ranking = sorted_by(request.sort, seeker, rank(seeker, facts_of(None), week=week), week)
        return Recommendation(goal, seeker, ranking, week, not_accessible=shut)
    ranked = read.ranked.sorted_by(request.sort)
    from_snapshot = ReadRanking(seeker, week, ranked, read.fresh, facts_of, request.sort)
    return Recommendation(goal, seeker, from_snapshot, week, read.version, read.changed, shut)


def why_not(request: Request, found: Recommendation, courses: Sequence[int]) -> dict[int, Excluded | None]:
    """Return, for some published courses, why each is not recommended; None when it is. Those that are not published
    are not there. Six queries.
    """
    options: dict[int, list[CourseFacts]] = {}
    for facts in course_facts(found.seeker, titles_for(found.goal), request.here, only=courses):
        options.setdefault(facts.pk, []).append(facts)
    return {pk: why_left_out(found.seeker, ways) for pk, ways in options.items()}


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

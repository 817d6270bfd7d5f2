"""The rules of a path, one by one, without the search: what a path is held to, and what it is worth."""

from collections.abc import Iterable, Mapping, Sequence

from jobs.matching.facts import Gain, Remainder
from jobs.matching.paths.facts import (
    ON_SITE,
    REMOTE,
    Limits,
    Path,
    PathProblem,
    PathSession,
    Placed,
    Step,
    Totals,
    raised,
)


def placed(problem: PathProblem, codes: Iterable[str]) -> tuple[Placed, ...]:
    """The sessions in this order, a permanent one as early as the one before allows. KeyError: an unknown code."""
    day, found = problem.limits.first_day, []
    for code in codes:
        session = problem.by_code[code]
        starts = day if session.starts is None else session.starts
        found.append(Placed(session, starts, session.ends_when(starts)))
        day = found[-1].ends
    return tuple(found)


def violations(problem: PathProblem, path: Sequence[Placed]) -> list[str]:
    """The rules that a path breaks, each with what breaks it; none for a path that may be followed.

    A path is in the order in which it is followed: what a session asks for is held, or given by one before it.
    """
    limits = problem.limits
    broken: list[str] = []
    if len(path) > limits.steps:
        broken.append(f"steps: {len(path)}")
    courses = [each.session.course for each in path]
    broken += [f"course twice: {course}" for course in sorted({c for c in courses if courses.count(c) > 1})]
    day, levels = limits.first_day, problem.held_levels
    for each in path:
        broken += _alone(problem, limits, each)
        if each.starts < day:
            broken.append(f"overlap: {each.session.code} starts {each.starts}, before {day}")
        for skill, level in each.session.requires:
            if levels.get(skill, 0) < level:
                broken.append(f"prerequisite: {each.session.code} asks for {skill} {level}")
        day, levels = max(day, each.ends), raised(levels, each.session.gives)
    cost = sum(each.session.cost_cents or 0 for each in path)
    hours = sum(each.session.hours or 0 for each in path)
    if limits.budget_cents is not None and cost > limits.budget_cents:
        broken.append(f"budget: {cost}")
    if limits.hours is not None and hours > limits.hours:
        broken.append(f"hours: {hours}")
    return broken


def _alone(problem: PathProblem, limits: Limits, each: Placed) -> list[str]:
    """What one session of a path breaks by itself."""
    session, broken = each.session, []
    if problem.by_code.get(session.code) != session:
        broken.append(f"unknown session: {session.code}")
    if session.starts not in (None, each.starts) or each.ends != session.ends_when(each.starts):
        broken.append(f"days: {session.code} from {each.starts} to {each.ends}")
    if limits.deadline is not None and each.ends > limits.deadline:
        broken.append(f"deadline: {session.code} ends {each.ends}")
    if limits.max_km is not None and (session.away_km or 0) > limits.max_km:
        broken.append(f"distance: {session.code} at {session.away_km}")
    if not suits(limits.modality, session):
        broken.append(f"modality: {session.code}")
    return broken


def suits(modality: str, session: PathSession) -> bool:
    """Whether the way it is taught is the one asked for, or is not known."""
    refused = {REMOTE: False, ON_SITE: True}.get(modality)
    return session.is_remote is None or session.is_remote is not refused


def coverage(problem: PathProblem, sessions: Iterable[PathSession]) -> int:
    """The sum over the goal of weight × levels gained, up to the level wanted."""
    held, after = problem.held_levels, problem.held_levels
    for session in sessions:
        after = raised(after, session.gives)
    return sum(
        need.weight * max(0, min(need.level, after.get(need.code, 0)) - held.get(need.code, 0))
        for need in problem.needs
    )


def described(problem: PathProblem, path: Sequence[Placed]) -> Path:
    """The path with what each step gains and opens, its totals, and what it leaves."""
    levels, steps = problem.held_levels, []
    for place, each in enumerate(path):
        after = raised(levels, each.session.gives)
        steps.append(Step(each, _gains(problem, levels, after), _opened(problem, path, place)))
        levels = after
    return Path(tuple(steps), _totals(problem, path), _leaves(problem, levels))


def _gains(problem: PathProblem, before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Gain, ...]:
    found = []
    for need in sorted(problem.needs, key=lambda need: (-need.weight, need.code)):
        start, reached = before.get(need.code, 0), min(need.level, after.get(need.code, 0))
        if reached > start:
            found.append(Gain(need.code, need.label, start, reached, need.level, need.weight * (reached - start)))
    return tuple(found)


def _opened(problem: PathProblem, path: Sequence[Placed], place: int) -> tuple[str, ...]:
    """The later sessions whose prerequisites are not met without this one."""
    levels, opened = problem.held_levels, []
    for position, each in enumerate(path):
        if position > place and any(levels.get(skill, 0) < level for skill, level in each.session.requires):
            opened.append(each.session.code)
        if position != place:
            levels = raised(levels, each.session.gives)
    return tuple(opened)


def _totals(problem: PathProblem, path: Sequence[Placed]) -> Totals:
    sessions = [each.session for each in path]
    first = problem.limits.first_day
    return Totals(
        coverage=coverage(problem, sessions),
        starts=path[0].starts if path else first,
        ends=path[-1].ends if path else first,
        cost_cents=sum(each.cost_cents or 0 for each in sessions),
        unknown_costs=sum(each.cost_cents is None for each in sessions),
        km=sum(each.away_km or 0 for each in sessions),
        unknown_kms=sum(each.away_km is None for each in sessions),
        hours=sum(each.hours or 0 for each in sessions),
        unknown_hours=sum(each.hours is None for each in sessions),
        steps=len(sessions),
    )


def _leaves(problem: PathProblem, levels: Mapping[str, int]) -> tuple[Remainder, ...]:
    lacking = (need for need in problem.needs if levels.get(need.code, 0) < need.level)
    ordered = sorted(lacking, key=lambda need: (-need.weight, need.code))
    return tuple(Remainder(need.code, need.label, levels.get(need.code, 0), need.level) for need in ordered)

"""A problem made small for the search: skills become bits, and sessions that cannot serve leave.

A bit is a level of a skill that the goal lacks or that some session asks for; to give a level is to give those below,
so that "the highest wins" is a union of bits and a prerequisite a test of inclusion.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from jobs.matching.paths.facts import MOST, Limits, PathProblem, PathSession
from jobs.matching.paths.rules import suits

# an unknown amount sorts after any sum of known ones
UNKNOWN = 10 * MOST
NO_LIMIT = 10**12
# under this many sessions each is compared with each; above, with those that give and ask for the same
COMPARED_WITH_ALL = 500
Bits = Mapping[tuple[str, int], int]


class Move(NamedTuple):
    """A session as the search sees it. `ends` is None and `starts` NO_LIMIT for a permanent entry of `days`.

    Keys order unknown amounts last; `cost` and `hours` are what is known of them, for the limits.
    """

    starts: int
    ends: int | None
    days: int
    gives: int
    requires: int
    cost_key: int
    cost: int
    km_key: int
    hours: int
    course: int
    session: PathSession


class Weights(dict[int, int]):
    """Set of bits of the goal → what they count for, worked out once each."""

    def __init__(self, of_bit: Mapping[int, int]) -> None:
        super().__init__({0: 0})
        self.of_bit = of_bit

    def __missing__(self, bits: int) -> int:
        found, rest = 0, bits
        while rest:
            low = rest & -rest
            found += self.of_bit[low]
            rest ^= low
        self[bits] = found
        return found


@dataclass(frozen=True)
class Board:
    """The moves that can serve, in one order whatever that of the sessions.

    `goal` are the bits that count for coverage, `varied` the courses (bits) whose sessions do not all give the same.
    """

    moves: tuple[Move, ...]
    weights: Weights
    goal: int
    varied: int
    limits: Limits

    @property
    def usable_courses(self) -> frozenset[str]:
        return frozenset(move.session.course for move in self.moves)


def board_of(problem: PathProblem) -> Board:
    """The board of a problem, before its dominated moves leave (see `undominated`)."""
    limits, held = problem.limits, problem.held_levels
    sessions = sorted((each for each in problem.sessions if is_within(limits, each)), key=_canonical)
    wanted = {
        (need.code, level): need.weight
        for need in sorted(problem.needs, key=lambda need: need.code)
        for level in range(held.get(need.code, 0) + 1, need.level + 1)
    }
    sessions, relevant = _serving(sessions, set(wanted), held, limits)
    bits = {pair: 1 << place for place, pair in enumerate(sorted(relevant))}
    weights = Weights({bits[pair]: weight for pair, weight in wanted.items()})
    courses = {course: 1 << place for place, course in enumerate(sorted({each.course for each in sessions}))}
    moves = tuple(_move(each, bits, held, courses) for each in sessions)
    by_course = defaultdict(set)
    for move in moves:
        by_course[move.course].add(move.gives)
    varied = sum(course for course, given in by_course.items() if len(given) > 1)
    return Board(moves, weights, sum(bits[pair] for pair in wanted), varied, limits)


def undominated(board: Board) -> Board:
    """The board without the moves that another of them replaces in any path, at no loss of any kind."""
    groups: dict[tuple[int, int], list[Move]] = defaultdict(list)
    for move in board.moves:
        groups[move.gives, move.requires].append(move)
    left = [move for move in board.moves if not _is_replaced(board, move, groups[move.gives, move.requires])]
    if len(left) <= COMPARED_WITH_ALL:
        left = [move for move in left if not _is_replaced(board, move, left)]
    return replace(board, moves=tuple(left))


def _is_replaced(board: Board, move: Move, others: Iterable[Move]) -> bool:
    """Whether one of the others replaces it; of two that replace each other, the first code stays."""
    return any(
        other is not move
        and _replaces(board, other, move)
        and (other.session.code < move.session.code or not _replaces(board, move, other))
        for other in others
    )


def _replaces(board: Board, other: Move, move: Move) -> bool:
    """Whether `other` can stand wherever `move` does.

    A path may already hold another session of the other's course: either both are of one course, or the sessions of
    the other's course all give the same, so that the second of them can be left out.
    """
    if move.gives & ~other.gives or other.requires & ~move.requires:
        return False
    if other.cost_key > move.cost_key or other.cost > move.cost:
        return False
    if other.km_key > move.km_key or other.hours > move.hours:
        return False
    if other.course != move.course and other.course & board.varied:
        return False
    if move.ends is None:
        return other.ends is None and other.days <= move.days
    if other.ends is None:
        return other.days <= move.ends - move.starts
    return move.starts <= other.starts and other.ends <= move.ends


def _move(session: PathSession, bits: Bits, held: Mapping[str, int], courses: Mapping[str, int]) -> Move:
    gives = sum(bits[skill, level] for skill, level in _given(session) if (skill, level) in bits)
    requires = sum(bits[pair] for pair in _asked(session, held))
    cost, km = session.cost_cents, session.away_km
    return Move(
        NO_LIMIT if session.starts is None else session.starts,
        session.ends,
        session.days or 0,
        gives,
        requires,
        UNKNOWN if cost is None else cost,
        cost or 0,
        UNKNOWN if km is None else km,
        session.hours or 0,
        courses[session.course],
        session,
    )


def _given(session: PathSession) -> set[tuple[str, int]]:
    return {(skill, level) for skill, top in session.gives for level in range(1, top + 1)}


def _asked(session: PathSession, held: Mapping[str, int]) -> set[tuple[str, int]]:
    return {(skill, level) for skill, level in session.requires if held.get(skill, 0) < level}


def _canonical(session: PathSession) -> tuple[int, int, str]:
    starts = NO_LIMIT if session.starts is None else session.starts
    return starts, session.days or session.ends or 0, session.code


def is_within(limits: Limits, session: PathSession) -> bool:
    """Whether a session, alone, is within the limits."""
    starts = limits.first_day if session.starts is None else session.starts
    return (
        starts >= limits.first_day
        and (limits.deadline is None or session.ends_when(starts) <= limits.deadline)
        and (limits.max_km is None or (session.away_km or 0) <= limits.max_km)
        and (limits.budget_cents is None or (session.cost_cents or 0) <= limits.budget_cents)
        and (limits.hours is None or (session.hours or 0) <= limits.hours)
        and suits(limits.modality, session)
    )


def _serving(
    sessions: Sequence[PathSession], wanted: set[tuple[str, int]], held: Mapping[str, int], limits: Limits
) -> tuple[list[PathSession], set[tuple[str, int]]]:
    """The sessions that can be entered and lead somewhere, and the levels that count for it; settled by turns."""
    left = list(sessions)
    while True:
        before = len(left)
        left = _entered(left, held, limits)
        left, relevant = _leading(left, wanted, held)
        if len(left) == before:
            return left, relevant


def _entered(sessions: Sequence[PathSession], held: Mapping[str, int], limits: Limits) -> list[PathSession]:
    """Those whose prerequisites are given by others early enough, within the number of steps."""
    earliest: dict[tuple[str, int], int] = {}
    entered: set[str] = set()
    for _turn in range(limits.steps):
        given: dict[tuple[str, int], int] = {}
        for session in sessions:
            days = [earliest.get(pair, NO_LIMIT) for pair in _asked(session, held)]
            ready = max([limits.first_day, *days])
            starts = ready if session.starts is None else session.starts
            if ready == NO_LIMIT or ready > starts:
                continue
            ends = session.ends_when(starts)
            if limits.deadline is not None and ends > limits.deadline:
                continue
            entered.add(session.code)
            for pair in _given(session):
                given[pair] = min(ends, given.get(pair, NO_LIMIT))
        for pair, day in given.items():
            earliest[pair] = min(day, earliest.get(pair, NO_LIMIT))
    return [session for session in sessions if session.code in entered]


def _leading(
    sessions: Sequence[PathSession], wanted: set[tuple[str, int]], held: Mapping[str, int]
) -> tuple[list[PathSession], set[tuple[str, int]]]:
    """Those that give a level the goal lacks, or one that such a session asks for, and so on back."""
    relevant, kept = set(wanted), set[str]()
    while True:
        found = [each for each in sessions if each.code not in kept and not relevant.isdisjoint(_given(each))]
        if not found:
            return [each for each in sessions if each.code in kept], relevant
        for session in found:
            kept.add(session.code)
            relevant |= _asked(session, held)

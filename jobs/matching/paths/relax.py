"""What one limit less would give: each limit that binds is loosened alone, by a few steps, until more is covered."""

from dataclasses import replace
from typing import Any

from jobs.matching.paths.answers import NODE_CAP
from jobs.matching.paths.facts import ANY, BEST, PathProblem, Relaxation
from jobs.matching.paths.moves import Board, board_of, undominated
from jobs.matching.paths.search import Search

# what is added to a limit, the smallest first; then no limit at all
ADDED: dict[str, tuple[int, ...]] = {
    "max_km": (15, 30, 60, 120),
    "budget_cents": (25_000, 50_000, 100_000, 200_000),
    "deadline": (30, 90, 180, 365),
    "hours": (70, 150, 300, 600),
}
# a path of more steps is nobody's
OFFERED_STEPS = 4
# limits on each session: one that lets no other in changes nothing
OF_EACH = ("max_km", "modality")
Value = int | str | None


def relaxed(
    problem: PathProblem, *, covered: int | None = None, node_cap: int = NODE_CAP // 10
) -> tuple[Relaxation, ...]:
    """For each limit that binds alone, the smallest loosening among a few that covers more than `covered`.

    `covered` is what the best path covers, searched for when not given. A limit whose loosening gives nothing is left
    out. Each search looks at `node_cap` candidates at most; one stopped before it found more counts as nothing.
    """
    board = board_of(problem)
    if covered is None:
        now = _most(board, 1, node_cap)
        covered = now.found.coverage if now.found else 0
    if covered == problem.wanted:
        return ()
    found = (_smallest(problem, limit, covered, board, node_cap) for limit in (*ADDED, "modality", "steps"))
    return tuple(each for each in found if each is not None)


def _smallest(problem: PathProblem, limit: str, covered: int, before: Board, node_cap: int) -> Relaxation | None:
    was: int | str | None = getattr(problem.limits, limit)
    if was is None:
        return None
    for value in _values(limit, was):
        loosened: dict[str, Any] = {limit: value}
        board = board_of(replace(problem, limits=replace(problem.limits, **loosened)))
        if limit in OF_EACH and len(board.moves) == len(before.moves):
            continue
        search = _most(board, covered + 1, node_cap)
        if search.found:
            courses = board.usable_courses
            opened = len(courses - before.usable_courses)
            return Relaxation(limit, was, value, search.found.coverage, len(courses), opened, not search.is_cut)
    return None


def _values(limit: str, was: int | str) -> tuple[Value, ...]:
    """The values tried, from the nearest to the one in place."""
    if isinstance(was, str):
        return (ANY,) if was != ANY else ()
    if limit == "steps":
        return (was + 1,) if was < OFFERED_STEPS else ()
    return (*(was + more for more in ADDED[limit]), None)


def _most(board: Board, floor: int, node_cap: int) -> Search:
    return Search(undominated(board), BEST, floor=floor, cap=node_cap).run()

"""Branch and bound over chains of sessions in the order of time.

A node is a path begun; its children add one session that starts when the path has ended. A node is left when what
remains cannot reach the coverage asked for, when its measures are already behind the best found, or when another node
covered the same at no greater expense of any kind. All comparisons are of whole numbers, in one fixed order.
"""

from collections.abc import Callable
from typing import NamedTuple

from jobs.matching.paths.facts import BEST, CHEAPEST, CLOSEST, FASTEST
from jobs.matching.paths.moves import NO_LIMIT, Board, Move

Key = tuple[int, int, int, int, int]
WORST: Key = (NO_LIMIT, 0, 0, 0, 0)
# what an answer is measured by, the smallest first: (coverage, end, cost, distance, steps) → key
ORDERS: dict[str, Callable[[int, int, int, int, int], Key]] = {
    BEST: lambda coverage, end, cost, km, steps: (-coverage, end, cost, km, steps),
    FASTEST: lambda coverage, end, cost, km, steps: (end, -coverage, cost, km, steps),
    CHEAPEST: lambda coverage, end, cost, km, steps: (cost, -coverage, end, km, steps),
    CLOSEST: lambda coverage, end, cost, km, steps: (km, -coverage, end, cost, steps),
}
# in which order the children of a node are tried: by what the order looks at first
FIRST: dict[str, Callable[[int, Move], int]] = {
    FASTEST: lambda day, move: day + move.days if move.ends is None else move.ends,
    CHEAPEST: lambda day, move: move.cost_key,
    CLOSEST: lambda day, move: move.km_key,
}


class Node(NamedTuple):
    """A path begun: bits gained, what they cover, and sums so far (keys have unknown amounts last)."""

    gained: int
    coverage: int
    end: int
    cost_key: int
    cost: int
    km_key: int
    hours: int
    courses: int
    path: tuple[Move, ...]


Sums = tuple[int, int, int, int, int, int]
# (minus what it would gain, its place on the board, the move): sorted, the most promising first
Candidate = tuple[int, int, Move]


class Search:
    """One search: the first path of an order among those that cover at least `floor`.

    `found` is the best node met, `is_cut` whether the cap of nodes stopped the search, and then `open_bound` the most
    that what was left unopened could cover.
    """

    def __init__(self, board: Board, order: str, *, floor: int, cap: int, found: Node | None = None) -> None:
        limits = board.limits
        self.board, self.weights, self.steps = board, board.weights, limits.steps
        self.order, self.key = order, ORDERS[order]
        self.deadline = NO_LIMIT if limits.deadline is None else limits.deadline
        self.budget = NO_LIMIT if limits.budget_cents is None else limits.budget_cents
        self.hours = NO_LIMIT if limits.hours is None else limits.hours
        self.floor, self.cap, self.nodes = max(1, floor), cap, 0
        self.found, self.found_key = found, self._key_of(found) if found else WORST
        self.is_cut, self.open_bound = False, 0
        self.seen: dict[tuple[int, int], list[Sums]] = {}

    def run(self) -> "Search":
        """Search, and return self."""
        root = Node(0, 0, self.board.limits.first_day, 0, 0, 0, 0, 0, ())
        every = [
            (-self.weights[move.gives & self.board.goal], place, move) for place, move in enumerate(self.board.moves)
        ]
        if self.steps == 1:
            self._last(root, sorted(every))
        else:
            self._open(root, every, self.steps)
        return self

    def _key_of(self, node: Node) -> Key:
        return self.key(node.coverage, node.end, node.cost_key, node.km_key, len(node.path))

    def _keep(self, node: Node) -> None:
        """Keep a node that is the first of the order so far."""
        if node.coverage >= self.floor and (key := self._key_of(node)) < self.found_key:
            self.found, self.found_key = node, key
            if self.order == BEST:
                self.floor = node.coverage

    def _open(self, node: Node, candidates: list[Candidate], left: int) -> None:
        """Try every session that may come next; `left` of them may still be added, at least two."""
        self.nodes += len(candidates)
        later, most = self._later(node, candidates, left)
        if most < self.floor:
            return
        tops = self._tops(node, later, left)
        all_tops, first_tops = sum(tops), sum(tops[: left - 1])
        least_top = tops[left - 2] if len(tops) >= left - 1 else 0
        for minus_gain, _place, move in self._in_turn(node, later):
            # what the others can add: the first of them, without this one where it is among them
            bound = min(most, node.coverage + (first_tops - minus_gain if -minus_gain < least_top else all_tops))
            if bound < self.floor or move.requires & ~node.gained:
                continue
            if self.nodes >= self.cap:
                self.is_cut, self.open_bound = True, max(self.open_bound, bound)
                return
            child = self._after(node, move, -minus_gain)
            best_key = self.key(bound, child.end, child.cost_key, child.km_key, len(child.path))
            if best_key < self.found_key and not self._is_dominated(child):
                self._keep(child)
                if left == 2:
                    self._last(child, later)
                else:
                    self._open(child, later, left - 1)

    def _later(self, node: Node, candidates: list[Candidate], left: int) -> tuple[list[Candidate], int]:
        """The candidates that may still be added within the limits, and bring something; the greatest gains first.

        With them, what the path would cover if all of them were added.
        """
        gained, end, courses, weights, goal = node.gained, node.end, node.courses, self.weights, self.board.goal
        cost_left, hours_left, days_left = self.budget - node.cost, self.hours - node.hours, self.deadline - end
        later: list[Candidate] = []
        reachable = every = gained
        for _gain, place, move in candidates:
            new = move.gives & ~gained
            if not new or move.starts < end or move.course & courses:
                continue
            if move.cost > cost_left or move.hours > hours_left or (move.ends is None and move.days > days_left):
                continue
            every |= new
            if not move.requires & ~gained:
                reachable |= new
            later.append((-weights[new & goal], place, move))
        if left > 2:
            reachable = every
        later = [each for each in later if not each[2].requires & ~reachable]
        later.sort()
        return later, node.coverage + weights[every & ~gained & goal]

    def _tops(self, node: Node, later: list[Candidate], left: int) -> list[int]:
        """The `left` greatest gains of candidates that differ in what they bring: together a bound of any path."""
        tops: list[int] = []
        brought: set[int] = set()
        for minus_gain, _place, move in later:
            new = move.gives & ~node.gained & self.board.goal
            if new not in brought:
                brought.add(new)
                tops.append(-minus_gain)
                if len(tops) == left:
                    break
        return tops

    def _in_turn(self, node: Node, later: list[Candidate]) -> list[Candidate]:
        """The children in the order in which they are tried."""
        if self.order == BEST:
            return later
        first = FIRST[self.order]
        return sorted(later, key=lambda each: (first(node.end, each[2]), each[0], each[1]))

    def _after(self, node: Node, move: Move, gain: int) -> Node:
        return Node(
            node.gained | move.gives,
            node.coverage + gain,
            node.end + move.days if move.ends is None else move.ends,
            node.cost_key + move.cost_key,
            node.cost + move.cost,
            node.km_key + move.km_key,
            node.hours + move.hours,
            node.courses | move.course,
            (*node.path, move),
        )

    def _last(self, node: Node, candidates: list[Candidate]) -> None:
        """Add one last session to a path; the candidates' gains, worked out before it was added, only got smaller."""
        gained, coverage, end, courses = node.gained, node.coverage, node.end, node.courses
        weights, floor, steps = self.weights, self.floor, len(node.path) + 1
        missing = self.board.goal & ~gained
        cost_left, hours_left = self.budget - node.cost, self.hours - node.hours
        for minus_gain, _place, move in candidates:
            if coverage - minus_gain < floor:
                break
            self.nodes += 1
            if move.starts < end or move.requires & ~gained or move.course & courses:
                continue
            gain = weights[move.gives & missing]
            if coverage + gain < floor or move.cost > cost_left or move.hours > hours_left:
                continue
            last_day = end + move.days if move.ends is None else move.ends
            if last_day > self.deadline:
                continue
            key = self.key(coverage + gain, last_day, node.cost_key + move.cost_key, node.km_key + move.km_key, steps)
            if key < self.found_key:
                self._keep(self._after(node, move, gain))
                floor = self.floor

    def _is_dominated(self, node: Node) -> bool:
        """Whether a node met before gained the same at no greater expense; else this one is noted."""
        sums = (node.end, node.cost_key, node.cost, node.km_key, node.hours, len(node.path))
        end, cost_key, cost, km_key, hours, steps = sums
        met = self.seen.setdefault((node.gained, node.courses & self.board.varied), [])
        for one in met:
            if (
                one[0] <= end
                and one[1] <= cost_key
                and one[2] <= cost
                and one[3] <= km_key
                and one[4] <= hours
                and one[5] <= steps
            ):
                return True
        met.append(sums)
        return False

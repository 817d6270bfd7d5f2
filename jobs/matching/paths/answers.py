"""The answers: the path that covers the most, and the first to end, the cheapest and the nearest of the good ones."""

from jobs.matching.paths.facts import (
    BEST,
    CHEAPEST,
    CLOSEST,
    FASTEST,
    LabelledPath,
    Path,
    PathAnswers,
    PathProblem,
)
from jobs.matching.paths.moves import Board, board_of, undominated
from jobs.matching.paths.rules import described, placed
from jobs.matching.paths.search import ORDERS, Node, Search

# candidates looked at by one search; about half a second of processor
NODE_CAP = 300_000
# what each of the others is left with when the first was stopped by its cap
CAP_AFTER_A_CUT = 10
# the share of the best coverage that the other answers reach: nine tenths
SHARE = (9, 10)


def solve(problem: PathProblem, *, node_cap: int = NODE_CAP) -> PathAnswers:
    """The four answers to a problem. Each of the four searches looks at `node_cap` candidates at most.

    Equal paths are told apart by coverage, end, cost, distance and number of steps, then by a fixed order of their
    sessions: the same answers for every order of the sessions given.
    """
    whole = board_of(problem)
    board = undominated(whole)
    first = Search(board, BEST, floor=1, cap=node_cap).run()
    if first.found is None:
        return PathAnswers(
            None, None, None, None, first.open_bound, not first.is_cut, problem.wanted, len(whole.moves), first.nodes
        )
    at_most = max(first.found.coverage, first.open_bound)
    others = variants(board, first.found, node_cap // CAP_AFTER_A_CUT if first.is_cut else node_cap)
    best, fastest, cheapest, closest = (path_of(problem, search.found) for search in (first, *others))
    is_proven = not any(search.is_cut for search in (first, *others))
    nodes = sum(search.nodes for search in (first, *others))
    usable = len(whole.moves)
    return PathAnswers(best, fastest, cheapest, closest, at_most, is_proven, problem.wanted, usable, nodes)


def best_path(problem: PathProblem, *, node_cap: int = NODE_CAP) -> tuple[Path | None, bool]:
    """The path that covers the most, and whether that is proven: one search in place of four."""
    search = Search(undominated(board_of(problem)), BEST, floor=1, cap=node_cap).run()
    return path_of(problem, search.found), not search.is_cut


def variants(board: Board, best: Node, node_cap: int) -> list[Search]:
    """The searches of the fastest, the cheapest and the closest, each beginning with the best found before it."""
    share, whole = SHARE
    floor = -(-share * best.coverage // whole)
    searches: list[Search] = []
    for label in (FASTEST, CHEAPEST, CLOSEST):
        known = [best, *(search.found for search in searches if search.found)]
        key = ORDERS[label]
        start = min(known, key=lambda n: key(n.coverage, n.end, n.cost_key, n.km_key, len(n.path)))
        searches.append(Search(board, label, floor=floor, cap=node_cap, found=start).run())
    return searches


def path_of(problem: PathProblem, node: Node | None) -> Path | None:
    """The path of a node, described."""
    if node is None:
        return None
    return described(problem, placed(problem, (move.session.code for move in node.path)))


def merged(answers: PathAnswers) -> tuple[LabelledPath, ...]:
    """The different paths among the answers, each with all its labels, in the order of the labels."""
    labels: dict[tuple[str, ...], list[str]] = {}
    paths: dict[tuple[str, ...], Path] = {}
    for label, path in answers.by_label:
        labels.setdefault(path.codes, []).append(label)
        paths.setdefault(path.codes, path)
    return tuple(LabelledPath(tuple(labels[codes]), path) for codes, path in paths.items())

"""A choice step by step: what the search is measured against, and nothing else."""

from jobs.matching.paths.facts import PathProblem, Placed
from jobs.matching.paths.rules import coverage, placed, violations


def greedy(problem: PathProblem) -> tuple[Placed, ...]:
    """Each time the session that gains most, then the first to end, then by code; it never buys a stepping stone."""
    path: tuple[Placed, ...] = ()
    while True:
        codes = [each.session.code for each in path]
        now = coverage(problem, (each.session for each in path))
        gaining: list[tuple[int, int, str]] = []
        for session in problem.sessions:
            gain = coverage(problem, [*(each.session for each in path), session]) - now
            if gain > 0:
                longer = placed(problem, [*codes, session.code])
                if not violations(problem, longer):
                    gaining.append((-gain, longer[-1].ends, session.code))
        if not gaining:
            return path
        path = placed(problem, [*codes, min(gaining)[2]])

"""Paths: a few sessions, one after the other, towards a goal. Exact, pure, in whole numbers."""

from jobs.matching.paths.answers import NODE_CAP, best_path, merged, solve
from jobs.matching.paths.facts import (
    ANY,
    BEST,
    CHEAPEST,
    CLOSEST,
    FASTEST,
    ON_SITE,
    REMOTE,
    LabelledPath,
    Limits,
    Path,
    PathAnswers,
    PathProblem,
    PathSession,
    Placed,
    Relaxation,
    Step,
    Totals,
)
from jobs.matching.paths.greedy import greedy
from jobs.matching.paths.relax import relaxed
from jobs.matching.paths.rules import coverage, placed, violations

__all__ = [
    "ANY",
    "BEST",
    "CHEAPEST",
    "CLOSEST",
    "FASTEST",
    "NODE_CAP",
    "ON_SITE",
    "REMOTE",
    "LabelledPath",
    "Limits",
    "Path",
    "PathAnswers",
    "PathProblem",
    "PathSession",
    "Placed",
    "Relaxation",
    "Step",
    "Totals",
    "best_path",
    "coverage",
    "greedy",
    "merged",
    "placed",
    "relaxed",
    "solve",
    "violations",
]

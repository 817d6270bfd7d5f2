"""From a person's answers to their paths, and what one limit less would give: the one call of the page and the API."""

from dataclasses import dataclass
from datetime import date

from jobs.answers import Answers, request_of
from jobs.matching.access import closed_offerings
from jobs.matching.path_problem import USUAL_STEPS, PathRequest, PathsAsked, problem_of
from jobs.matching.paths import PathAnswers, Relaxation, relaxed, solve

# candidates looked at by one of the searches: a fraction of a second
NODES = 100_000


@dataclass(frozen=True)
class PathsFound:
    """What was asked, its four answers, and the limits that loosened alone would give more."""

    asked: PathsAsked
    answers: PathAnswers
    relaxations: tuple[Relaxation, ...]

    @property
    def asks_nothing(self) -> bool:
        """Whether the goal asks for no skill that is known."""
        return not self.asked.problem.needs

    @property
    def has_all(self) -> bool:
        """Whether all that the goal asks for is held."""
        return not self.asks_nothing and not self.answers.wanted


def find_paths(answers: Answers, *, day: date, only_accessible: bool = False) -> PathsFound:
    """The paths of somebody who said a goal; `only_accessible` as in `recommend`."""
    request = PathRequest(request_of(answers), answers.ends_by, answers.hours, answers.steps or USUAL_STEPS)
    asked = problem_of(request, day=day, closed=closed_offerings() if only_accessible else ())
    found = solve(asked.problem, node_cap=NODES)
    loosened = relaxed(asked.problem, covered=found.coverage, node_cap=NODES // 10) if found.wanted else ()
    return PathsFound(asked, found, loosened)

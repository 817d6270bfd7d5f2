"""HiGHS, an integer programming solver, as the referee of the search, on problems too large for the brute force."""

import pytest

from jobs.bench.paths import Shape, instances
from jobs.matching.paths import BEST, CHEAPEST, CLOSEST, FASTEST, solve
from tests.jobs.matching.path_cases import problem, session
from tests.jobs.matching.path_referee import Referee

# (problems at full share, what they are made of)
SHAPES = {
    "thirty sessions": (30, Shape((25, 35), 8, 3)),
    "sixty sessions": (15, Shape((55, 65), 12, 3)),
    "four steps": (15, Shape((30, 40), 10, 4)),
}


def figures_of(question):
    """What the search found, as the referee tells it."""
    answers = solve(question)
    assert answers.is_proven
    if answers.best is None:
        return {BEST: 0}
    cheapest, closest = answers.cheapest.totals, answers.closest.totals
    return {
        BEST: answers.coverage,
        FASTEST: answers.fastest.totals.ends,
        CHEAPEST: (cheapest.unknown_costs, cheapest.cost_cents),
        CLOSEST: (closest.unknown_kms, closest.km),
    }


@pytest.mark.parametrize("shape", SHAPES)
def test_the_referee_finds_the_same_figures(shape, share_of, record_count):
    count, made_of = SHAPES[shape]
    questions = instances(share_of(count), made_of, seed=11)
    for question in questions:
        assert figures_of(question) == Referee(question).figures()
    record_count("paths refereed by HiGHS", len(questions))


def test_the_referee_would_see_a_broken_rule():
    """A referee that always agrees is none: without the limit of steps it finds more."""
    question = problem("python sql", session("a", "python", (0, 5)), session("b", "sql", (5, 9)), steps=1)
    assert Referee(question).figures()[BEST] == solve(question).coverage == 1
    blind = Referee(question)
    blind.rows, blind.most = blind.rows[1:], blind.most[1:]
    assert blind.figures()[BEST] == 2

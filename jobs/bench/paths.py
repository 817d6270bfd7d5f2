"""Paths: invented problems, and what it costs to answer them; every answer is held to the rules before it counts."""

import itertools
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.bench.measure import Contender, interleave
from courses.bench.parts import PartReport, WrongAnswer
from jobs.matching.facts import SkillNeed
from jobs.matching.paths import (
    Limits,
    PathAnswers,
    PathProblem,
    PathSession,
    best_path,
    coverage,
    greedy,
    solve,
    violations,
)
from jobs.matching.paths.moves import board_of, is_within

SEED = 20_270_115
INSTANCES, REPETITIONS = 40, 3
SESSIONS, SKILLS, STEPS = (90, 110), 12, 3
YEAR = 365
# (how often, skills taught, hours, days): a few days, some weeks, a diploma
KINDS = (
    (0.55, (1, 2), (14, 35), (3, 21)),
    (0.30, (2, 4), (70, 140), (14, 84)),
    (0.15, (5, 9), (280, 800), (120, 240)),
)
LEVELS, LEVEL_ODDS = (1, 2, 3), (36, 44, 20)
REMOTE_ODDS, FREE_ODDS, PERMANENT_ODDS, UNKNOWN_ODDS = 0.3, 0.4, 0.03, 0.03


@dataclass(frozen=True)
class Shape:
    """What a problem is made of: how many sessions can serve (least, most), skills of the goal, steps."""

    sessions: tuple[int, int] = SESSIONS
    skills: int = SKILLS
    steps: int = STEPS


def instances(count: int = INSTANCES, shape: Shape = Shape(), *, seed: int = SEED) -> list[PathProblem]:
    """As many problems of this shape, the same for a seed."""
    found: list[PathProblem] = []
    draws = (random.Random(f"{seed}:{number}") for number in itertools.count())
    while len(found) < count:
        problem = _problem(next(draws), shape)
        if shape.sessions[0] <= serving(problem) <= shape.sessions[1]:
            found.append(problem)
    return found


def serving(problem: PathProblem) -> int:
    """The sessions within the limits that can be entered and lead to the goal: those a search may choose from."""
    return len(board_of(problem).moves)


def _problem(draw: random.Random, shape: Shape) -> PathProblem:
    """Half again as many skills are taught as the goal names; the others open courses."""
    codes = [f"s{number:02}" for number in range(shape.skills + shape.skills // 2)]
    needs = tuple(SkillNeed(code, code, draw.randint(1, 3), draw.randint(1, 3)) for code in codes[: shape.skills])
    held = tuple((code, draw.randint(1, 2)) for code in codes if draw.random() < 0.35)
    limits = Limits(
        deadline=draw.choice((270, YEAR)),
        budget_cents=draw.choice((150_000, 300_000, 600_000)),
        max_km=draw.choice((60, 120, 200)),
        hours=draw.choice((400, 800, 1_200)),
        steps=shape.steps,
    )
    wanted = draw.randint(*shape.sessions)
    offered: list[PathSession] = []
    # a session more lets no other out: half of what is missing again and again, then one course at a time
    while (have := serving(problem := PathProblem(needs, held, limits, tuple(offered)))) < wanted:
        for _course in range(max(1, (wanted - have) // 2)):
            offered += _sessions_of_a_course(draw, len(offered), codes)
    return problem


def _sessions_of_a_course(draw: random.Random, number: int, codes: Sequence[str]) -> list[PathSession]:
    """One to three sessions that teach the same, on other days and in other places."""
    _odds, taught, hours, days = draw.choices(KINDS, [kind[0] for kind in KINDS])[0]
    gives = {code: draw.choices(LEVELS, LEVEL_ODDS)[0] for code in draw.sample(codes, draw.randint(*taught))}
    requires = {code: level - 1 for code, level in gives.items() if level > 1 and draw.random() < 0.6}
    others = [code for code in codes if code not in gives]
    requires |= {code: draw.randint(1, 2) for code in draw.sample(others, min(len(others), draw.choice((0, 0, 1, 2))))}
    lasting = draw.randint(*hours)
    cost = 0 if draw.random() < FREE_ODDS else lasting * draw.choice((800, 1_500, 2_500))
    found = []
    for place in range(draw.randint(1, 3)):
        length, starts = draw.randint(*days), draw.randint(5, 330)
        is_permanent, is_remote = draw.random() < PERMANENT_ODDS, draw.random() < REMOTE_ODDS
        found.append(
            PathSession(
                code=f"c{number:04}s{place}",
                course=f"c{number:04}",
                starts=None if is_permanent else starts,
                ends=None if is_permanent else starts + length,
                days=length if is_permanent else None,
                cost_cents=_known(draw, cost),
                km=0 if is_remote else _known(draw, draw.randint(1, 180)),
                hours=_known(draw, lasting),
                is_remote=is_remote,
                gives=tuple(gives.items()),
                requires=tuple(requires.items()),
            )
        )
    return found


def _known(draw: random.Random, value: int) -> int | None:
    return None if draw.random() < UNKNOWN_ODDS else value


def measure_paths(
    count: int = INSTANCES, shape: Shape = Shape(), *, seed: int = SEED, repetitions: int = REPETITIONS
) -> PartReport:
    """Milliseconds for the path that covers most ("path"), and for the answers with their three variants ("answers").

    `told` has what the answers are worth: rules broken (always 0), instances proven, mean share of the best coverage
    that a choice step by step loses, and how often it loses nothing. Raises WrongAnswer where a path breaks a rule.
    """
    problems = instances(count, shape, seed=seed)
    answers = [solve(problem) for problem in problems]
    for problem, found in zip(problems, answers, strict=True):
        check(problem, found)
    contenders = [
        Contender("path", lambda number: best_path(problems[number])),
        Contender("answers", lambda number: solve(problems[number])),
    ]
    interleave(contenders, count, repetitions)
    return PartReport("paths", [each.row() for each in contenders], told=_told(problems, answers))


def _told(problems: Sequence[PathProblem], answers: Sequence[PathAnswers]) -> dict[str, Any]:
    stepwise = [coverage(problem, (each.session for each in greedy(problem))) for problem in problems]
    lost = [1 - least / found.coverage for least, found in zip(stepwise, answers, strict=True) if found.coverage]
    within = [sum(is_within(problem.limits, each) for each in problem.sessions) for problem in problems]
    return {
        "violations": 0,
        "proven": [sum(found.is_proven for found in answers), len(answers)],
        "greedy_loss": round(statistics.mean(lost), 4) if lost else 0.0,
        "greedy_best": [sum(loss == 0 for loss in lost), len(lost)],
        "different_answers": [sum(_differ(found) for found in answers), len(answers)],
        "sessions_serving": round(statistics.mean(found.usable for found in answers), 1),
        "sessions_within_limits": round(statistics.mean(within), 1),
    }


def check(problem: PathProblem, found: PathAnswers) -> None:
    """Raise WrongAnswer unless each path of an answer keeps the rules and covers its share of the best."""
    for label, path in found.by_label:
        broken = violations(problem, [step.placed for step in path.steps])
        if 10 * path.totals.coverage < 9 * found.coverage:
            broken.append(f"coverage: {path.totals.coverage} of {found.coverage}")
        if broken:
            raise WrongAnswer(f"paths, {label}: {'; '.join(broken)}")


def _differ(found: PathAnswers) -> bool:
    """Whether the fastest, the cheapest and the closest are not all one path."""
    return len({path.codes for _label, path in found.by_label[1:]}) > 1

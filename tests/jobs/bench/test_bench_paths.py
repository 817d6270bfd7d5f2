"""The benchmark of the paths: the same problems for a seed, answers held to the rules before any figure."""

from dataclasses import replace

import pytest

from courses.bench.parts import WrongAnswer
from jobs.bench.paths import SESSIONS, Shape, check, instances, measure_paths, serving
from jobs.matching.paths import solve

SMALL = Shape((15, 25), 6, 3)


def test_the_problems_of_a_seed_are_the_same_and_of_the_size_asked_for():
    assert instances(2) == instances(2)
    assert instances(1, seed=1) != instances(1, seed=2)
    assert all(SESSIONS[0] <= serving(problem) <= SESSIONS[1] for problem in instances(3))


def test_the_part_tells_what_the_answers_cost_and_are_worth():
    report = measure_paths(3, SMALL, repetitions=1)
    assert report.part == "paths"
    assert [(row["engine"], row["questions"]) for row in report.rows] == [("path", 3), ("answers", 3)]
    assert all({"p50", "p95"} <= set(row["cpu_ms"]) for row in report.rows)
    assert (report.told["violations"], report.told["proven"]) == (0, [3, 3])
    assert 0 <= report.told["greedy_loss"] < 1


def test_a_path_that_breaks_a_rule_stops_the_benchmark():
    problem = next(each for each in instances(5, SMALL) if solve(each).best and solve(each).best.totals.hours)
    answers = solve(problem)
    check(problem, answers)
    with pytest.raises(WrongAnswer, match="hours"):
        check(replace(problem, limits=replace(problem.limits, hours=0)), answers)
    emptied = replace(answers, fastest=replace(answers.best, totals=replace(answers.best.totals, coverage=0)))
    with pytest.raises(WrongAnswer, match="fastest"):
        check(problem, emptied)

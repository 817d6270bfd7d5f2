"""The search against every path there is, the order of rows, and sizes at which it must stop and say so."""

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.bench.paths import Shape, instances
from jobs.matching.paths import NODE_CAP, coverage, greedy, relaxed, solve, violations
from tests.jobs.matching.path_cases import brute_force, crowded, keys_found, problem, problems, session


def prove(count, strategy, check):
    """Run `check` on `count` draws."""
    settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck))(given(strategy)(check))()


def test_the_answers_are_those_of_the_brute_force(share_of, record_count):
    def check(question):
        nonlocal covering
        answers = solve(question)
        right = brute_force(question)
        assert keys_found(question, answers) == right
        assert answers.is_proven
        assert answers.at_most == answers.coverage
        for _label, path in answers.by_label:
            assert violations(question, [step.placed for step in path.steps]) == []
        covering += bool(right)

    covering = 0
    prove(share_of(3_000), problems(), check)
    record_count("paths equal to the brute force", covering)
    assert covering >= share_of(1_000)


def test_crowded_problems_are_answered_as_by_the_brute_force(share_of, record_count):
    """What is dropped on the way (replaced sessions, dominated paths) never was the only one of an answer."""
    count = share_of(10_000)
    for number in range(count):
        question = crowded(random.Random(number))
        assert keys_found(question, solve(question)) == brute_force(question), number
    record_count("paths equal to the brute force", count)


def test_the_order_of_sessions_skills_and_levels_changes_nothing(share_of):
    def check(draw):
        question, seed = draw
        shuffled = random.Random(seed)

        def mixed(rows):
            return tuple(shuffled.sample(rows, len(rows)))

        again = replace(
            question,
            needs=mixed(question.needs),
            held=mixed(question.held),
            sessions=mixed(
                [replace(each, gives=mixed(each.gives), requires=mixed(each.requires)) for each in question.sessions]
            ),
        )
        codes = [(label, path.codes) for label, path in solve(question).by_label]
        assert [(label, path.codes) for label, path in solve(again).by_label] == codes
        assert relaxed(again) == relaxed(question)

    prove(share_of(1_000), st.tuples(problems(most=8), st.integers()), check)


def test_a_session_more_or_a_limit_less_never_covers_less(share_of):
    def check(question):
        most = solve(question).coverage
        fewer = replace(question, sessions=question.sessions[1:])
        assert solve(fewer).coverage <= most
        for found in relaxed(question):
            assert most < found.coverage <= question.wanted

    prove(share_of(1_000), problems(), check)


def test_a_relaxation_gives_what_the_relaxed_problem_gives(share_of):
    def check(question):
        for found in relaxed(question):
            loosened = replace(question, limits=replace(question.limits, **{found.limit: found.value}))
            answers = solve(loosened)
            assert answers.coverage == found.coverage
            assert {step.session.course for step in answers.best.steps} <= {each.course for each in loosened.sessions}

    prove(share_of(500), problems(), check)


# --- sizes


def test_a_hundred_sessions_are_answered_and_proven(share_of):
    for question in instances(share_of(40)):
        answers = solve(question)
        assert answers.is_proven
        assert coverage(question, [each.session for each in greedy(question)]) <= answers.coverage


def test_five_thousand_sessions_stop_at_the_cap_with_an_honest_bound():
    (question,) = instances(1, Shape((4_500, 5_500), 12, 4))
    answers = solve(question)
    assert not answers.is_proven
    # a search stops before it opens one path more; what it was in the middle of looks at each session once or twice
    assert answers.nodes <= 1.3 * NODE_CAP + 4 * 4 * len(question.sessions)
    assert 0 < answers.coverage <= answers.at_most <= question.wanted
    assert answers.percent_more_at_most == -(-100 * (answers.at_most - answers.coverage) // answers.coverage)
    for _label, path in answers.by_label:
        assert violations(question, [step.placed for step in path.steps]) == []


def test_a_search_cut_short_never_promises_less_than_there_is(share_of):
    for question in instances(share_of(40), seed=7):
        whole = solve(question)
        for cap in (1, 100, 1_000, 3_000):
            cut = solve(question, node_cap=cap)
            assert cut.coverage <= whole.coverage <= cut.at_most


def test_many_sessions_alike_cost_little():
    """A thousand doubles of one session leave one: equals do not multiply the paths."""
    doubles = [session(f"a{number:04}", "python:2", course=f"c{number}") for number in range(1_000)]
    later = [session(f"b{number:04}", "sql:2", (10, 20), course=f"d{number}") for number in range(1_000)]
    answers = solve(problem("python:2 sql:2", *doubles, *later))
    assert answers.best.codes == ("a0000", "b0000")
    assert answers.is_proven
    assert answers.nodes < 100

"""The rules of a path, one by one, and what the answers say of it."""

import pytest

from jobs.matching.facts import SkillNeed
from jobs.matching.paths import (
    BEST,
    CHEAPEST,
    CLOSEST,
    FASTEST,
    ON_SITE,
    REMOTE,
    Limits,
    PathProblem,
    PathSession,
    Placed,
    best_path,
    coverage,
    greedy,
    merged,
    placed,
    relaxed,
    solve,
    violations,
)
from tests.jobs.matching.path_cases import problem, session


def best(question):
    """The codes of the best path, with the rules checked on the way."""
    answers = solve(question)
    for _label, path in answers.by_label:
        assert violations(question, [step.placed for step in path.steps]) == []
    return answers.best.codes if answers.best else ()


# --- the rules


def test_the_highest_level_wins_and_nothing_falls():
    high, low = session("high", "python:3", (0, 5)), session("low", "python:1", (5, 9))
    question = problem("python:3", high, low)
    assert coverage(question, [high, low]) == coverage(question, [high]) == 3
    assert best(question) == ("high",)


def test_coverage_counts_weights_times_levels_up_to_the_level_wanted():
    given = session("s", "python:3 sql:3 law:3")
    question = problem("python:2*3 sql:3*2", given, held="sql:1")
    assert coverage(question, [given]) == 2 * 3 + 2 * 2 == question.wanted


def test_a_prerequisite_is_held_or_given_before():
    asks = session("asks", "python:2", (10, 20), requires="python:1")
    assert best(problem("python:2", asks)) == ()
    assert best(problem("python:2", asks, held="python:1")) == ("asks",)
    assert best(problem("python:2", asks, session("opens", "python:1", (0, 5)))) == ("opens", "asks")
    assert best(problem("python:2*3 sql", asks, session("late", "python:1 sql", (21, 25)))) == ("late",)


def test_a_level_too_low_opens_nothing():
    asks = session("asks", "sql:3", (10, 20), requires="python:2")
    assert best(problem("sql:3", asks, session("notions", "python:1", (0, 5)), held="python:1")) == ()


def test_a_session_may_start_on_the_day_the_one_before_ends():
    first, next_one = session("first", "python", (0, 10)), session("next", "sql", (10, 20), requires="python")
    assert best(problem("python sql", first, next_one)) == ("first", "next")


def test_two_sessions_never_overlap():
    early, late = session("early", "python", (0, 10)), session("late", "sql", (9, 20))
    question = problem("python sql", early, late)
    assert best(question) == ("early",)
    assert violations(question, placed(question, ["early", "late"])) == ["overlap: late starts 9, before 10"]


def test_a_course_is_followed_once():
    notions = session("a", "python:1", (0, 5), course="c")
    practice = session("b", "python:2", (6, 9), course="c", requires="python:1")
    question = problem("python:2", notions, practice)
    assert best(question) == ("a",)
    assert violations(question, placed(question, ["a", "b"])) == ["course twice: c"]


@pytest.mark.parametrize(
    ("limit", "kept", "known"),
    [
        ({"deadline": 10}, {"days": (0, 10)}, {"days": (0, 11)}),
        ({"first_day": 3}, {"days": (3, 9)}, {"days": (2, 9)}),
        ({"max_km": 30}, {"km": 30}, {"km": 31}),
        ({"budget_cents": 100}, {"cost_cents": 100}, {"cost_cents": 101}),
        ({"hours": 50}, {"hours": 50}, {"hours": 51}),
        ({"modality": REMOTE}, {"is_remote": True}, {"is_remote": False}),
        ({"modality": ON_SITE}, {"is_remote": False}, {"is_remote": True}),
        ({"max_km": 30}, {"km": 31, "is_remote": True}, {"km": 31, "is_remote": False}),
    ],
)
def test_a_limit_holds_and_its_value_is_allowed(limit, kept, known):
    assert best(problem("python", session("s", "python", **kept), **limit)) == ("s",)
    out = problem("python", session("s", "python", **known), **limit)
    assert best(out) == ()
    assert len(violations(out, placed(out, ["s"]))) == 1


@pytest.mark.parametrize("limit", [{"budget_cents": 100}, {"hours": 100}, {"steps": 1}])
def test_budget_hours_and_steps_hold_for_the_whole_path(limit):
    one = session("one", "python", (0, 5), cost_cents=60, hours=60)
    two = session("two", "sql", (5, 9), cost_cents=60, hours=60)
    question = problem("python*2 sql", one, two, **limit)
    assert best(question) == ("one",)
    assert len(violations(question, placed(question, ["one", "two"]))) == 1


def test_the_distance_holds_for_each_session_not_for_the_path():
    far = [session("a", "python", (0, 5), km=30), session("b", "sql", (5, 9), km=30)]
    assert best(problem("python sql", *far, max_km=30)) == ("a", "b")


def test_what_is_unknown_passes_every_limit_and_is_counted():
    silent = session("s", "python", cost_cents=None, km=None, hours=None, is_remote=None)
    question = problem("python", silent, budget_cents=0, max_km=0, hours=0, modality=REMOTE)
    totals = solve(question).best.totals
    assert (totals.unknown_costs, totals.unknown_kms, totals.unknown_hours) == (1, 1, 1)
    assert (totals.cost_cents, totals.km, totals.hours) == (0, 0, 0)


def test_an_unknown_cost_or_distance_comes_after_any_known_one():
    dear = session("dear", "python", cost_cents=900_000, km=900)
    silent = session("silent", "python", cost_cents=None, km=None)
    answers = solve(problem("python", silent, dear))
    assert answers.cheapest.codes == answers.closest.codes == ("dear",)


# --- permanent entries


def test_a_permanent_entry_begins_when_the_person_can():
    entry = session("entry", "python", 10)
    (step,) = solve(problem("python", entry, first_day=100)).best.steps
    assert (step.placed.starts, step.placed.ends) == (100, 110)
    assert best(problem("python", entry, first_day=100, deadline=109)) == ()


def test_a_permanent_entry_fits_between_two_dates_or_waits_for_what_it_asks():
    first, last = session("first", "python", (0, 10)), session("last", "sql", (20, 30))
    fits, long = session("fits", "law", 10, requires="python"), session("long", "law", 11, requires="python")
    assert best(problem("python sql law", first, last, fits)) == ("first", "fits", "last")
    assert best(problem("python sql law", first, last, long)) == ("first", "last", "long")
    assert best(problem("python sql*2 law", first, last, long, deadline=35)) == ("first", "last")


# --- answers


def test_a_stepping_stone_is_found_where_a_greedy_choice_loses():
    stone, prize = session("stone", "law", (0, 5)), session("prize", "python:3", (5, 20), requires="law")
    bait = session("bait", "python:1", (3, 9))
    question = problem("python:3", stone, prize, bait)
    answers = solve(question)
    assert answers.best.codes == ("stone", "prize")
    assert [(step.coverage, step.opens) for step in answers.best.steps] == [(0, ("prize",)), (3, ())]
    assert coverage(question, [each.session for each in greedy(question)]) == 1


def test_three_steps_may_each_open_the_next():
    chain = [
        session("a", "law", (0, 5)),
        session("b", "vision", (5, 9), requires="law"),
        session("c", "python", (9, 12), requires="vision"),
    ]
    assert best(problem("python", *chain)) == ("a", "b", "c")
    assert best(problem("python", *chain, steps=2)) == ()


def test_each_variant_is_first_in_its_own_order():
    known = {"fast": (5, 900, 90), "cheap": (50, 0, 90), "near": (50, 900, 0)}
    offered = [session(code, "python", (0, end), cost_cents=cost, km=km) for code, (end, cost, km) in known.items()]
    answers = solve(problem("python", *offered))
    assert [answers.fastest.codes, answers.cheapest.codes, answers.closest.codes] == [("fast",), ("cheap",), ("near",)]
    assert answers.best.codes == ("fast",)  # equal coverage: the first to end


def test_a_variant_covers_nine_tenths_exactly_and_no_less():
    full = session("full", "python:1 sql:1", (0, 99))
    enough = problem("python*9 sql*1", full, session("most", "python:1", (0, 5)))
    assert solve(enough).fastest.codes == ("most",)
    short = problem("python*89 sql*11", full, session("most", "python:1", (0, 5)))
    assert solve(short).fastest.codes == ("full",)


def test_equals_are_told_apart_by_end_cost_distance_steps():
    slow = session("a-slow", "python", (0, 9))
    dear = session("b-dear", "python", (0, 8), cost_cents=2)
    far = session("c-far", "python", (0, 8), cost_cents=1, km=2)
    near = session("d-near", "python", (0, 8), cost_cents=1, km=1)
    assert best(problem("python", slow, dear, far, near)) == ("d-near",)
    assert best(problem("python", slow, dear, far)) == ("c-far",)
    assert best(problem("python", slow, dear)) == ("b-dear",)


def test_answers_that_coincide_are_one_path_with_several_labels():
    alone = merged(solve(problem("python", session("s", "python"))))
    assert [(each.labels, each.path.codes) for each in alone] == [((BEST, FASTEST, CHEAPEST, CLOSEST), ("s",))]
    fast, cheap = session("fast", "python", (0, 5), cost_cents=9), session("cheap", "python", (0, 9), km=5)
    both = merged(solve(problem("python", fast, cheap)))
    assert [(each.labels, each.path.codes) for each in both] == [
        ((BEST, FASTEST, CLOSEST), ("fast",)),
        ((CHEAPEST,), ("cheap",)),
    ]
    assert merged(solve(problem("python"))) == ()


def test_an_answer_says_what_each_step_gains_and_what_it_leaves():
    steps = [session("a", "python:1", (0, 5), cost_cents=5, km=3), session("b", "python:3 law", (6, 9), hours=7)]
    path = solve(problem("python:3*2 sql:2*5", *steps, held="sql:1")).best
    (gain,) = path.steps[-1].gains
    assert (gain.from_level, gain.to_level, gain.wanted_level, gain.points) == (0, 3, 3, 6)
    assert [(each.code, each.reached_level, each.wanted_level) for each in path.leaves] == [("sql", 1, 2)]
    assert (path.totals.coverage, path.totals.ends, path.totals.steps, path.totals.hours) == (6, 9, 1, 7)


def test_nothing_to_learn_or_nobody_to_learn_from_gives_no_path():
    for question in (problem(""), problem("python"), problem("python", session("s", "python"), held="python:3")):
        answers = solve(question)
        assert (answers.by_label, answers.at_most, answers.is_proven) == ((), 0, True)
        assert best_path(question) == (None, True)


# --- what one limit less would give


@pytest.mark.parametrize(
    ("limit", "known", "was", "value"),
    [
        ({"max_km": 30}, {"km": 44}, 30, 45),
        ({"max_km": 30}, {"km": 700}, 30, None),
        ({"budget_cents": 0}, {"cost_cents": 45_000}, 0, 50_000),
        ({"deadline": 9}, {"days": (0, 39)}, 9, 39),
        ({"deadline": 9}, {"days": 30}, 9, 39),
        ({"hours": 9}, {"hours": 70}, 9, 79),
        ({"modality": REMOTE}, {"is_remote": False}, "remote", "any"),
    ],
)
def test_a_limit_that_binds_alone_is_named_with_the_smallest_loosening(limit, known, was, value):
    question = problem("python:2*2", session("s", "python:1", **known), **limit)
    (name,) = limit
    (found,) = relaxed(question)
    assert (found.limit, found.was, found.value, found.coverage) == (name, was, value, 2)
    assert (found.courses, found.opened, found.is_proven) == (1, 1, True)


def test_one_step_more_is_proposed_up_to_four():
    chain = [session("a", "law", (0, 5)), session("b", "python", (5, 9), requires="law")]
    (found,) = relaxed(problem("python", *chain, steps=1))
    assert (found.limit, found.was, found.value, found.coverage) == ("steps", 1, 2, 1)
    offered = [session(f"s{day}", code, (day, day + 1)) for day, code in enumerate(["a", "b", "c", "d", "e"])]
    assert relaxed(problem("a b c d e", *offered, steps=4)) == ()


def test_two_limits_that_bind_together_give_nothing_alone():
    assert relaxed(problem("python", session("s", "python", km=99, cost_cents=99), max_km=1, budget_cents=1)) == ()


def test_a_path_that_covers_something_is_told_what_would_cover_more():
    near, far = session("near", "python:1", (0, 5)), session("far", "python:3", (5, 9), km=40)
    (found,) = relaxed(problem("python:3", near, far, max_km=30))
    assert (found.coverage, found.courses, found.opened) == (3, 2, 1)
    assert relaxed(problem("python:1", near, far, max_km=30)) == ()


# --- what cannot be


@pytest.mark.parametrize(
    "known",
    [
        {"cost_cents": -1},
        {"km": -1},
        {"hours": -5},
        {"hours": 10**10},
        {"km": 1.5},
        {"cost_cents": float("nan")},
        {"cost_cents": True},
        {"gives": (("python", 4),)},
        {"requires": (("python", 0),)},
        {"starts": 6},
        {"starts": None},
        {"days": 5},
        {"starts": None, "ends": None, "days": -1},
        {"starts": None, "ends": None},
    ],
)
def test_numbers_that_cannot_be_are_refused(known):
    with pytest.raises(ValueError, match="session s"):
        PathSession("s", "c", **{"starts": 0, "ends": 5, **known})


@pytest.mark.parametrize(
    "limits",
    [{"steps": 0}, {"steps": 9}, {"budget_cents": -1}, {"max_km": 2.5}, {"deadline": -3}, {"modality": "boat"}],
)
def test_limits_that_cannot_be_are_refused(limits):
    with pytest.raises(ValueError, match=next(iter(limits)).replace("modality", "boat")):
        Limits(**limits)


def test_a_problem_names_each_thing_once():
    with pytest.raises(ValueError, match="two sessions"):
        problem("python", session("s", "python"), session("s", "sql"))
    with pytest.raises(ValueError, match="twice"):
        problem("python python:2")
    with pytest.raises(ValueError, match="weight"):
        PathProblem((SkillNeed("python", "", 2, 10**10),))


def test_a_path_made_up_by_somebody_else_is_told_apart():
    real, other = session("s", "python", (3, 9)), session("s", "python", (2, 9))
    question = problem("python", real)
    assert violations(question, [Placed(real, 3, 9)]) == []
    assert violations(question, [Placed(other, 2, 9)]) == ["unknown session: s"]
    assert violations(question, [Placed(real, 4, 10)]) == ["days: s from 4 to 10"]

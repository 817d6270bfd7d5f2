"""Proofs over thousands of drawn requests: the explanation is the score, and nothing else enters it."""

import ast
import inspect
from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.matching import criteria, engine, facts
from jobs.matching.criteria import CRITERIA
from jobs.matching.engine import assess, exclusion, is_on_goal, rank, why_left_out
from jobs.matching.facts import MET, CourseFacts, SeekerFacts
from tests.jobs.matching.cases import COURSES, SEEKERS, TODAY

NEVER = date(2039, 12, 31)
PAGES = st.tuples(SEEKERS, st.lists(COURSES, max_size=12))
REASONS = 2_000


def prove(count, strategy, check):
    """Run `check` on `count` draws."""
    settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck))(given(strategy)(check))()


def without(course, term):
    """The course, had the fact cited by `term` been worth nothing."""
    name = term.criterion
    if name == "coverage":
        return replace(
            course, teaches=tuple(_no_gain(t, term.fact("skill")) for t in course.teaches if _stays(t, term))
        )
    if name == "link":
        dropped = {(term.fact("kind"), code) for code in term.fact("codes")}
        return replace(course, links=tuple(s for s in course.links if (s.kind, s.code) not in dropped))
    if name == "place":
        return replace(course, is_remote=False, distance_km=1_000)
    if name == "date":
        return replace(course, starts_on=NEVER, start_precision="day", start_note="")
    worthless = {"title": {"title_match": 0}, "cost": {"cost_cents": 10**9}, "demand": {"demand": 0}}
    return replace(course, **worthless[name])


def _stays(lesson, term):
    return lesson.code != term.fact("skill") or lesson.required_level > 0


def _no_gain(lesson, code):
    """A lesson that asks for a level still asks for it, and now gives no more."""
    return replace(lesson, given_level=lesson.required_level) if lesson.code == code else lesson


def test_the_score_is_the_sum_of_its_terms_and_each_is_a_whole_number(share_of):
    def check(draw):
        seeker, course = draw
        answer = assess(seeker, course)
        assert answer.score == sum(term.points for term in answer.terms)
        assert all(type(term.points) is int for term in answer.terms)
        assert sum(gain.points for gain in answer.gains) == answer.points_of("coverage")
        assert {term.criterion for term in answer.terms} <= {rule.code for rule in CRITERIA}

    prove(share_of(3_000), st.tuples(SEEKERS, COURSES), check)


def test_withdrawing_a_cited_reason_lowers_the_score_by_exactly_its_points(share_of, record_count):
    withdrawn, limitless = 0, {"starts_after": None, "starts_before": None}

    def check(draw):
        nonlocal withdrawn
        seeker, course = replace(draw[0], **limitless), draw[1]
        before = assess(seeker, course)
        for term in before.terms:
            if term.state == MET and term.points > 0:
                assert before.score - assess(seeker, without(course, term)).score == term.points, term
                withdrawn += 1

    prove(share_of(2_500), st.tuples(SEEKERS, COURSES), check)
    record_count("reasons withdrawn", withdrawn)
    assert withdrawn >= share_of(REASONS)


def test_withdrawing_a_reason_never_improves_the_rank(share_of):
    def check(draw):
        seeker, courses = draw
        one_each = list({course.pk: course for course in courses}.values())
        answers = rank(seeker, one_each, week="2027-W02").answers
        for place, answer in enumerate(answers):
            for term in answer.terms:
                if term.state == MET and term.points > 0 and term.criterion != "date":
                    poorer = [without(c, term) if c is answer.course else c for c in one_each]
                    after = [a.course.pk for a in rank(seeker, poorer, week="2027-W02").answers]
                    assert answer.course.pk not in after[:place]

    prove(share_of(500), PAGES, check)


def test_the_order_of_rows_skills_and_links_changes_nothing(share_of):
    def check(draw):
        seeker, courses, seed = draw
        chance = Random(seed)

        def shuffled(values):
            return tuple(chance.sample(values, len(values)))

        distinct = list({(course.pk, course.offering_pk): course for course in courses}.values())
        mixed = [replace(c, teaches=shuffled(c.teaches), links=shuffled(c.links)) for c in shuffled(distinct)]
        same = replace(seeker, needs=shuffled(seeker.needs), held=shuffled(seeker.held))
        before, after = rank(seeker, distinct, week="w"), rank(same, mixed, week="w")
        assert [(a.course.pk, a.course.offering_pk, a.terms, a.leaves) for a in before.answers] == [
            (a.course.pk, a.course.offering_pk, a.terms, a.leaves) for a in after.answers
        ]
        assert before.excluded == after.excluded

    prove(share_of(1_000), st.tuples(SEEKERS, st.lists(COURSES, max_size=12), st.integers()), check)


def test_one_irrelevant_course_more_changes_nothing(share_of):
    stranger = CourseFacts(9_999, "Poterie", distance_km=1, cost_cents=0, starts_on=TODAY, start_precision="day")

    def check(draw):
        seeker, courses = draw
        if seeker.has_goal:
            assert rank(seeker, [*courses, stranger], week="w") == rank(seeker, courses, week="w")

    prove(share_of(500), PAGES, check)


@pytest.mark.parametrize("field", ["distance_km", "start", "cost_cents", "entry_level", "entry_is_mandatory"])
def test_what_is_unknown_never_leaves_a_course_out(field, share_of):
    blank = {"starts_on": None, "start_precision": "unknown"} if field == "start" else {field: None}

    def check(draw):
        seeker, course = draw
        before, after = exclusion(seeker, course), exclusion(seeker, replace(course, **blank))
        assert after is None or before is not None
        assert after is None or {after.reason, *after.also} <= {before.reason, *before.also}

    prove(share_of(500), st.tuples(SEEKERS, COURSES), check)


def test_a_course_of_which_nothing_is_known_is_never_left_out(share_of):
    prove(share_of(500), SEEKERS, lambda seeker: _passes(seeker, CourseFacts(1, "Formation")))


def _passes(seeker, course):
    assert exclusion(seeker, course) is None


def test_every_course_on_goal_is_either_answered_or_counted(share_of):
    def check(draw):
        seeker, courses = draw
        ranking = rank(seeker, courses, week="w")
        shown = {answer.course.pk for answer in ranking.answers}
        left = {gone.course_pk for gone in ranking.excluded}
        assert shown | left == {course.pk for course in courses if is_on_goal(seeker, course)}
        assert not shown & left
        assert sum(count for _reason, count in ranking.exclusion_counts) == len(left)
        for pk in {course.pk for course in courses}:
            asked = why_left_out(seeker, [course for course in courses if course.pk == pk])
            assert (asked is None) == (pk in shown)

    prove(share_of(500), PAGES, check)


def test_a_later_day_never_helps_a_start(share_of):
    def check(draw):
        seeker, course, days = draw
        if course.starts_on is not None and course.start_precision == "day":
            later = replace(course, starts_on=course.starts_on + timedelta(days=days))
            seeker = replace(seeker, starts_after=None, starts_before=None)
            assert assess(seeker, later).score <= assess(seeker, course).score

    prove(share_of(500), st.tuples(SEEKERS, COURSES, st.integers(1, 400)), check)


ALLOWED = {
    SeekerFacts: "needs day held targets has_place reach_km accepts_remote only_remote starts_after starts_before "
    "entry_level budget_cents audience query_key",
    CourseFacts: "pk title offering_pk session_pk teaches links title_match distance_km is_remote starts_on "
    "start_precision start_note cost_cents entry_level entry_is_mandatory demand",
}


@pytest.mark.parametrize("kind", ALLOWED, ids=lambda kind: kind.__name__)
def test_no_name_age_sex_origin_health_address_or_provider_can_enter_the_engine(kind):
    assert [field.name for field in fields(kind)] == ALLOWED[kind].split()


@pytest.mark.parametrize("module", [facts, criteria, engine], ids=lambda module: module.__name__)
def test_the_engine_knows_no_float_no_clock_no_chance_and_no_database(module):
    tree = ast.parse(inspect.getsource(module))
    imported = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"calendar", "collections", "dataclasses", "datetime", "functools", "hashlib", "jobs"}
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div)]
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in {"today", "now", "random"}]


def test_the_identity_of_the_course_only_breaks_ties(share_of):
    def check(draw):
        seeker, course, pk = draw
        assert assess(seeker, replace(course, pk=pk, title="Autre")).terms == assess(seeker, course).terms

    prove(share_of(500), st.tuples(SEEKERS, COURSES, st.integers(50, 90)), check)

"""From arrays, the answers are those of the engine: all of them, in order, with what limits left out."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.matching import engine
from jobs.matching.facts import SeekerFacts
from tests.jobs.matching.cases import TODAY, need
from tests.jobs.snapshot.cases import NAMES, SEEKERS, SOME_NAMES, facts_of, ranked, some_catalogue

DRAWS = st.tuples(SEEKERS, SOME_NAMES, st.integers(0, 10**9))
WEEK = "2027-W02"


def prove(count, strategy, check):
    settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck))(given(strategy)(check))()


def told(found, first=0, end=10_000):
    return [(hit.course, hit.offering, hit.session, hit.score) for hit in found.page(first, end)]


def right(ranking):
    return [(a.course.pk, a.course.offering_pk, a.course.session_pk, a.score) for a in ranking.answers]


def test_every_answer_of_the_engine_in_its_order(share_of, record_count):
    answers = 0

    def check(draw):
        nonlocal answers
        who, names, seed = draw
        catalogue = some_catalogue(seed, 1 + seed % 30)
        expected = engine.rank(who, facts_of(catalogue, who, names, sees=who.has_place), week=WEEK)
        found = ranked(catalogue, who, names)
        assert told(found) == right(expected)
        assert len(found) == len(expected.answers)
        assert found.exclusion_counts == expected.exclusion_counts
        left_out = [(engine._FILTER_RANK[left.reason], left.course_pk) for left in expected.excluded]
        assert found.excluded_in_order() == left_out
        assert [hit.order for hit in found.page(0, len(found))] == [
            engine.order_of(who, answer, WEEK) for answer in expected.answers
        ]
        gained = [gain.code for answer in expected.answers for gain in answer.gains]
        assert found.bringing == {code: gained.count(code) for code in set(gained)}
        answers += len(found)

    prove(share_of(6_000), DRAWS, check)
    record_count("answers compared with the engine", answers)
    assert answers > share_of(6_000)


def test_by_each_column_the_order_is_the_engine_s(share_of):
    def check(draw, column):
        who, names, seed = draw
        catalogue = some_catalogue(seed, 1 + seed % 30)
        answers = engine.rank(who, facts_of(catalogue, who, names, sees=who.has_place), week=WEEK)
        expected = engine.sorted_by(column, who, answers, WEEK)
        found = ranked(catalogue, who, names).sorted_by(column)
        assert told(found) == right(expected)
        assert [hit.order for hit in found.page(0, len(found))] == [
            engine.order_of(who, answer, WEEK, column) for answer in expected.answers
        ]
        assert told(found, 3, 9) == right(expected)[3:9]

    settings(max_examples=share_of(2_000), database=None, suppress_health_check=list(HealthCheck))(
        given(DRAWS, st.sampled_from(engine.COLUMNS))(check)
    )()


def test_a_page_is_a_part_of_the_whole_even_among_equals(share_of):
    def check(draw):
        who, names, seed = draw
        found = ranked(some_catalogue(seed, 25), who, names)
        whole = told(found)
        for first in range(0, 25, 4):
            assert told(found, first, first + 4) == whole[first : first + 4]

    prove(share_of(500), DRAWS, check)


def test_what_is_set_aside_does_not_answer_and_the_others_stay(share_of):
    def check(draw):
        who, names, seed = draw
        catalogue = some_catalogue(seed, 12)
        gone = {listing.pk for listing in catalogue[::3]}
        kept = [listing for listing in catalogue if listing.pk not in gone]
        found, expected = ranked(catalogue, who, names, without=gone), ranked(kept, who, names)
        assert told(found) == told(expected)
        assert found.exclusion_counts == expected.exclusion_counts

    prove(share_of(300), DRAWS, check)


def test_equals_take_turns_with_the_weeks():
    catalogue = [replace(some_catalogue(7, 1)[0], pk=pk, offers=()) for pk in range(1, 30)]
    who = SeekerFacts((), TODAY)
    first = {ranked(catalogue, who, week=f"2027-W{week:02}").page(0, 1)[0].course for week in range(1, 30)}
    assert len(first) > 10


@pytest.mark.parametrize("size", [0, 1])
def test_a_catalogue_may_be_empty(size):
    found = ranked(
        some_catalogue(1, size), SeekerFacts((need("nothing-teaches-it"),), TODAY), NAMES[:1] if size else ()
    )
    assert (told(found), found.exclusion_counts, found.bringing) == ([], (), {}) or size

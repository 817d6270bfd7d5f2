"""The rank told of a course is its place in the list, and its terms add up to what orders the list."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from courses.models import Course, SearchDocument
from courses.search.documents import turn_day
from courses.search.engine import every_id
from courses.search.facets import MODALITY, RADIUS
from courses.search.lexicon import current
from courses.search.question import CourseQuestion, Home, Sort
from courses.search.standing import NEIGHBOURS, LeftOut, left_out, standing_of
from courses.search.worth import START_MOST, worths_of
from tests.courses.search.catalogue import make_catalogue
from tests.courses.search.questions import Known, questions
from tests.makers import DAY, in_days, make_commune, make_course, make_offering, make_session, make_skill

pytestmark = pytest.mark.django_db
DRAWS, CATALOGUES = 3_000, 4


def asked(text: str = "", **fields) -> CourseQuestion:
    return CourseQuestion(day=DAY, text=text, **fields)


def parts(worth) -> int:
    return worth.demand + worth.start + worth.fresh + worth.complete


def judge(question: CourseQuestion, course: int, state) -> bool:
    """The rank, the sums and the neighbours of one course, against the whole list; whether it is in it."""
    order = every_id(replace(question, sort=Sort.RELEVANCE), state=state)
    standing = standing_of(course, question, state=state)
    assert standing.total == len(order)
    if course not in order:
        assert standing.place is None
        return False
    assert standing.place == order.index(course), question
    assert standing.own is not None
    columns = (*standing.above, standing.own)
    assert [each.course_id for each in columns] == order[max(0, standing.place - NEIGHBOURS) : standing.place + 1]
    totals = [each.total for each in columns]
    assert totals == sorted(totals, reverse=True)
    assert all(parts(each.worth) == each.worth.points for each in columns)
    # equals stay in front, and no term was given
    assert standing.place_with(0) == standing.place
    assert standing.place_with(100_000) == 0
    return True


@pytest.mark.parametrize("number", range(CATALOGUES))
def test_the_rank_told_is_the_place_in_the_list(number, share_of, record_count):
    turn_day(DAY)
    make_catalogue(random.Random(f"standing {number}"), courses=60)
    state = current()
    known, ids = Known.of(state), list(Course.objects.published().values_list("pk", flat=True))
    draws, told = share_of(DRAWS) // CATALOGUES, Counter()

    @seed(number)
    @settings(max_examples=draws, database=None, suppress_health_check=list(HealthCheck), derandomize=False)
    @given(question=questions(known), course=st.sampled_from(ids))
    def each(question, course):
        told[judge(question, course, state)] += 1

    each()
    assert told[True] > draws // 10
    assert told[False] > draws // 10
    record_count("ranks told, each looked up in the whole list", draws)


def test_the_parts_add_up_to_every_document_whatever_the_day():
    make_catalogue(random.Random("parts"), courses=80)
    for days in (0, 20, 100, 400):
        turn_day(in_days(days))
        kept = dict(SearchDocument.objects.values_list("pk", "points"))
        found = worths_of(kept)
        assert {pk: parts(worth) for pk, worth in found.items()} == kept
        assert len(set(kept.values())) > 10


def test_the_whole_catalogue_is_ranked_as_its_first_page():
    make_catalogue(random.Random("browsed"), courses=60)
    for course in Course.objects.published().values_list("pk", flat=True):
        assert judge(asked(), course, current())


def test_points_to_be_had_lead_where_they_were_said_to_lead():
    """A date within three months brings its points, and the place that was told."""
    python = make_skill("Python")
    for days in (20, 30, 40, 50):
        make_course("Python", skills={python: 2}, session={"starts_on": in_days(days)})
    late = make_course("Python", skills={python: 2})
    before = standing_of(late.pk, asked("python"))
    told = before.place_with(START_MOST - before.own.worth.start)
    assert (before.place, told) == (4, 4)
    Course.objects.filter(pk=late.pk).update(summary="Dit tout.", objective="Dit tout.", what_you_learn="Tout.")
    make_session(late.offerings.get(), starts_on=in_days(25))
    after = standing_of(late.pk, asked("python"))
    assert after.own.worth.start == START_MOST
    assert after.place == standing_of(late.pk, asked("python")).place == 0


def test_what_leaves_a_course_out_is_each_condition_it_does_not_meet():
    rodez = Home.of(make_commune("Rodez"))
    course = make_course("Poterie", offering={"where": "Toulouse", "modality": "onsite"})
    make_course("Python", offering={"where": "Rodez"})
    cases = {
        asked("python"): (("python",), ()),
        asked("poterie", home=rodez, radius_km=30): ((), (RADIUS,)),
        asked("python", home=rodez, radius_km=30): (("python",), (RADIUS,)),
        asked("poterie", modalities=("remote",)): ((), (MODALITY,)),
        asked("poterie", home=rodez, radius_km=30, modalities=("onsite",)): ((), (RADIUS,)),
    }
    for question, expected in cases.items():
        standing = standing_of(course.pk, question)
        assert standing.place is None
        out = left_out(course.pk, standing.found)
        assert (out.unsaid, out.unmet) == expected, question


def test_conditions_met_apart_and_by_no_single_offering_leave_it_out_too():
    rodez = Home.of(make_commune("Rodez"))
    course = make_course("Poterie", offering={"where": "Rodez", "modality": "onsite", "costs": {"jobseeker": 10_000}})
    make_offering(course, where="Toulouse", costs={"jobseeker": 0})
    standing = standing_of(course.pk, asked("poterie", home=rodez, radius_km=10, costs=("0",)))
    assert standing.place is None
    assert left_out(course.pk, standing.found) == LeftOut()


def test_a_mended_text_is_ranked_as_it_is_answered():
    course = make_course("Apprendre Python")
    make_course("Autre chose")
    standing = standing_of(course.pk, asked("pyton"))
    assert (standing.place, standing.total) == (0, 1)
    assert standing.found.mended.text == "python"

"""Clicking a facet gives exactly its count, and the documents answer as the listings themselves do."""

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import Q
from django.http import QueryDict
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from courses.filters import CourseFilterSet
from courses.models import Course
from courses.search.asking import cells_within, text_query
from courses.search.documents import check, rebuild, turn_day
from courses.search.engine import MOST, Found, find
from courses.search.facets import FACETS, RADII
from courses.search.lexicon import State, current
from courses.search.question import CourseQuestion, Home, Sort
from courses.search.rows import Matching
from portal.reference.models import JobProfile
from tests.courses.search import rules
from tests.courses.search.catalogue import make_catalogue
from tests.courses.search.edits import OF_COURSES
from tests.courses.search.edits_of_words import OF_WORDS
from tests.courses.search.questions import Known, clicked, prefetched, questions
from tests.makers import DAY, make_course, make_offering, make_skill

pytestmark = pytest.mark.django_db
DRAWS, CATALOGUES = 10_000, 10


class Proof:
    """A catalogue as it stands, and what is asked of it."""

    def __init__(self) -> None:
        self.state: State = current()
        self.known = Known.of(self.state)
        self.courses = {course.pk: course for course in prefetched()}
        self.seen = {pk: rules.offerings_seen(course, DAY) for pk, course in self.courses.items()}

    def holds(self, question: CourseQuestion, data: st.DataObject) -> None:
        choices = self.known.choices(question)
        found = find(question, choices, state=self.state, most=MOST)
        self.clicking_gives_the_count(found, data)
        self.listings_answer_the_same(found, choices, data)
        if question.sort != Sort.RELEVANCE:
            assert found.ids == self.in_order(found), question

    def clicking_gives_the_count(self, found: Found, data: st.DataObject) -> None:
        counted = [(field, value) for field, values in found.counts.items() for value in values]
        field, value = data.draw(st.sampled_from(counted))
        after = find(clicked(found.question, field, value), {}, state=self.state)
        assert after.total == found.counts[field][value], (found.question, field, value)

    def listings_answer_the_same(self, found: Found, choices: dict[str, tuple[str, ...]], data: st.DataObject) -> None:
        question = found.question
        matching = Matching(question, said_by(found))
        assert set(found.ids) == set(matching.courses().values_list("pk", flat=True)), question
        assert found.total == len(found.ids)
        answering = set(matching.offerings().values_list("pk", flat=True))
        for hit in found.hits:
            places = tuple(n for n, each in enumerate(self.seen[hit.course_id]) if each.pk in answering)
            assert hit.offerings == places, question
        field = data.draw(st.sampled_from(sorted(found.counts)))
        counts = matching.counts({field: choices[field]})
        assert found.counts[field] == counts.get(field, {}), (question, field)

    def in_order(self, found: Found) -> list[int]:
        """The answers sorted by the models, in plain Python."""
        question, hits = found.question, {hit.course_id: hit.offerings for hit in found.hits}

        def key(pk: int) -> tuple:
            course = self.courses[pk]
            start = rules.next_start(course, DAY)
            last = (days(start), -rules.points(course, DAY), pk)
            values = [self.value(question, self.seen[pk][place]) for place in hits[pk]]
            return (min(values, default=rules.NEVER), *last)

        return sorted(hits, key=key)

    def value(self, question: CourseQuestion, offering) -> float:
        if question.sort == Sort.DATE:
            return days(rules.start_of(offering, DAY))
        if question.sort == Sort.COST:
            cents = rules.cost_of(offering, question.audience)
            return rules.NEVER if cents is None else cents
        if question.sort == Sort.DURATION:
            return rules.NEVER if offering.duration_hours is None else offering.duration_hours
        if question.home is None or not question.home.is_located or offering.is_remote:
            return rules.NEVER
        km = rules.km_of(offering, question.home)
        return round(km * 1000) if math.isfinite(km) else rules.NEVER


def days(start) -> int:
    return rules.NEVER if start is None else start.toordinal()


def said_by(found: Found) -> Q:
    """The courses whose document says the text as it was understood."""
    if not found.question.text:
        return Q()
    query = text_query(found.understood)
    if query is None:
        return Q(pk__in=[])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT course_id FROM courses_searchdocument WHERE vector @@ ({query.text})", query.parameters)
        return Q(pk__in=[pk for (pk,) in cursor.fetchall()])


def prove(proof: Proof, draws: int, seeded: int) -> None:
    @seed(seeded)
    @settings(
        max_examples=draws, derandomize=False, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(questions(proof.known), st.data())
    def each(question: CourseQuestion, data: st.DataObject) -> None:
        proof.holds(question, data)

    each()


@pytest.mark.parametrize("number", range(CATALOGUES))
def test_clicking_a_facet_gives_its_count_and_documents_answer_as_listings_do(
    number: int, share_of: Callable[[int], int], record_count: Callable[[str, int], None]
):
    draw = random.Random(f"catalogue {number}")
    turn_day(DAY)
    make_catalogue(draw, courses=40)
    draws = share_of(DRAWS) // CATALOGUES
    prove(Proof(), draws // 2, number)
    for _each in range(40):
        draw.choice((*OF_COURSES, *OF_WORDS))(draw)
    prove(Proof(), draws - draws // 2, CATALOGUES + number)
    assert not check()
    assert rebuild(DAY) == 0
    record_count("facets clicked, each question asked of documents and of listings", draws)


def test_every_choice_has_an_address_that_asks_it():
    make_catalogue(random.Random("addresses"), courses=3)
    state = current()
    known = Known.of(state)
    for facet in FACETS:
        for value in known.values.get(facet.field, ()):
            asked = CourseFilterSet(QueryDict(f"{facet.name}={value}"), state=state)
            assert not asked.form.errors
            assert facet.asked(asked.question) == (value,)
    for radius, _label in RADII:
        near = CourseFilterSet(QueryDict(f"lieu=Rodez&rayon={radius}"), state=state).question
        assert near == replace(near, radius_km=int(radius) if radius.isdigit() else None)
        assert near.home is not None


def test_each_course_counts_once_however_many_offerings_it_has():
    make_catalogue(random.Random("once"))
    course = make_course("Partout", entry_level=6)
    for _each in range(4):
        make_offering(course, modality="onsite")
    counts = find(CourseQuestion(day=DAY)).counts
    assert counts["entry_levels"]["6"] == 1
    onsite = Course.objects.published().filter(offerings__modality="onsite").distinct()
    assert 0 < counts["modalities"]["onsite"] <= onsite.count()


def test_a_text_of_little_words_is_said_nowhere_whatever_else_is_asked():
    python = make_skill("Python")
    make_course("Données", entry_level=3, is_certifying=True, skills={python: 1}, offering={"modality": "remote"})
    asked = {"entry_levels": ("3",), "certifying": ("oui",), "modalities": ("remote",), "skills": ("python",)}
    for count in range(len(asked) + 1):
        for fields in itertools.combinations(asked, count):
            question = CourseQuestion(day=DAY, **{field: asked[field] for field in fields})
            assert find(question, {}).total == 1
            for text in ("sera", "les", "soit eut"):
                assert find(replace(question, text=text), {}).total == 0


def test_the_job_of_an_old_address_that_is_hidden_finds_nothing_either_way():
    make_catalogue(random.Random("hidden"))

    JobProfile.objects.filter(slug="data-analyst").update(is_shown=False)
    question = CourseQuestion(day=DAY, profiles=("data-analyst",))
    assert find(question, {}).total == Matching(question).courses().count() == 0


@pytest.mark.parametrize("latitude", [-21.1, 0.0, 41.4, 43.6, 48.1, 51.08])
@pytest.mark.parametrize("radius", [10, 30, 50, 100])
def test_the_cells_of_a_circle_hold_all_of_it(latitude: float, radius: int):
    """Wherever France lies: from La Réunion to Bray-Dunes."""
    home = Home("12202", "Ici", "12", latitude, 2.57)
    cells = set(cells_within(home, radius))
    for step in range(720):
        angle = math.radians(step / 2)
        for part in (0.5, 0.999):
            there = beyond(latitude, 2.57, radius * part, angle)
            assert (math.floor(there[0] * 5), math.floor(there[1] * 4)) in cells


def beyond(latitude: float, longitude: float, km: float, angle: float) -> tuple[float, float]:
    """The point so far in a direction, on the sphere."""
    far, here = km / 6371, math.radians(latitude)
    there = math.asin(math.sin(here) * math.cos(far) + math.cos(here) * math.sin(far) * math.cos(angle))
    aside = math.atan2(
        math.sin(angle) * math.sin(far) * math.cos(here), math.cos(far) - math.sin(here) * math.sin(there)
    )
    return math.degrees(there), longitude + math.degrees(aside)

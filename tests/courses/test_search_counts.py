"""Clicking a facet gives exactly its count, whatever else is asked."""

import random
from collections.abc import Callable

import pytest
from django.http import QueryDict

from courses.filters import CourseFilterSet
from courses.models import Course
from courses.search.engine import find
from courses.search.facets import FACETS, RADIUS
from courses.search.question import CourseQuestion
from tests.makers import in_days, make_course, make_offering, make_profile, make_session, make_skill

pytestmark = pytest.mark.django_db
DRAWS = 400


@pytest.fixture
def catalogue():
    """Sixty courses whose facts are drawn with a fixed seed, unknown ones among them."""
    draw = random.Random(15)
    profiles = [make_profile(name) for name in ("Data analyst", "Data engineer", "Technicien IA")]
    skills = [make_skill(name) for name in ("Python", "SQL", "Statistique")]
    for number in range(60):
        course = make_course(
            f"{draw.choice(['Analyser', 'Programmer', 'Découvrir'])} les données {number}",
            entry_level=draw.choice([None, 0, 3, 4, 5, 7]),
            is_certifying=draw.choice([None, True, False]),
            profiles=draw.sample(profiles, draw.randint(0, 2)),
            skills={skill: draw.randint(1, 3) for skill in draw.sample(skills, draw.randint(0, 3))},
            offered=False,
        )
        for _each in range(draw.randint(0, 3)):
            offering(draw, course)


def offering(draw: random.Random, course: Course) -> None:
    made = make_offering(
        course,
        where=draw.choice(["Rodez", "Toulouse", "Albi", "Mende", None]),
        modality=draw.choice(["onsite", "mixed", "remote", None]),
        entry_mode=draw.choice(["fixed", "fixed", "permanent"]),
        duration_hours=draw.choice([None, 7, 8, 35, 210, 400, 900]),
        fundings=draw.sample(["cpf", "region", "opco"], draw.randint(0, 2)),
        is_accessible=draw.choice([None, True, False]),
        costs={"jobseeker": draw.choice([None, 0, 30_000, 90_000, 400_000]), "employee": draw.choice([0, 50_000])},
    )
    for _each in range(draw.randint(0, 2)):
        make_session(made, starts_on=draw.choice([None, in_days(3), in_days(45), in_days(120), in_days(300)]))


def random_query(draw: random.Random, asked: CourseFilterSet) -> QueryDict:
    query = QueryDict(mutable=True)
    for facet in draw.sample(FACETS, draw.randint(0, 3)):
        values = [str(value) for value, _label in asked.form.fields[facet.name].choices]
        if facet is not RADIUS and values:
            query.setlist(facet.name, draw.sample(values, min(len(values), draw.randint(1, 2))))
    if draw.random() < 0.5:
        query["lieu"] = draw.choice(["Rodez", "Toulouse"])
        query["rayon"] = draw.choice(["10", "30", "100", "region"])
    query["q"] = draw.choice(["", "", "données", "analyser", "python"])
    query["public"] = draw.choice(["jobseeker", "employee"])
    return query


def total(question: CourseQuestion) -> int:
    return find(question, {}).total


def test_clicking_a_facet_gives_its_count(catalogue, share_of: Callable[[int], int], record_count):
    draw = random.Random(2027)
    empty = CourseFilterSet(QueryDict(""))
    for _each in range(share_of(DRAWS)):
        query = random_query(draw, empty)
        asked = CourseFilterSet(query)
        assert not asked.form.errors
        counts = find(asked.question, asked.choices).counts
        field, value, count = draw.choice(
            [(field, value, count) for field, values in counts.items() for value, count in values.items()]
        )
        facet = next(each for each in FACETS if each.field == field)
        query.setlist(facet.name, [value])
        assert total(CourseFilterSet(query).question) == count, (query.urlencode(), value)
    record_count("facets clicked", share_of(DRAWS))


def test_each_course_counts_once_however_many_offerings_it_has(catalogue):
    course = make_course("Partout", entry_level=6)
    for _each in range(4):
        make_offering(course, modality="onsite")
    asked = CourseFilterSet(QueryDict(""))
    counts = find(asked.question, asked.choices).counts
    assert counts["entry_levels"]["6"] == 1
    assert counts["modalities"]["onsite"] == len(set(Course.objects.filter(offerings__modality="onsite")))

"""The generated catalogue: always the same, and shaped so that every engine can give the same answers."""

from itertools import islice

from courses.bench.catalogue import DAY, Catalogue
from courses.bench.places import AREAS
from courses.bench.words import name_words, new_words, tail_words


def test_the_same_size_gives_the_same_courses():
    assert list(Catalogue(60).courses()) == list(Catalogue(60).courses())


def test_as_many_courses_are_published_as_were_asked():
    courses = list(Catalogue(300).courses())
    assert sum(course.is_published for course in courses) == 300
    assert len(courses) == 303


def test_the_places_of_a_course_lie_in_one_department():
    catalogue = Catalogue(300)
    for course in catalogue.courses():
        assert len({catalogue.towns[each.town].area for each in course.offerings if each.town is not None}) <= 1


def test_every_place_has_a_session_to_come():
    for course in islice(Catalogue(300).courses(), 300):
        for offering in course.offerings:
            assert any(session.starts_on > DAY for session in offering.sessions)


def test_every_department_has_its_communes():
    towns = Catalogue(1).towns
    assert len({town.insee for town in towns}) == len(towns) == sum(area.communes for area in AREAS) == 4_450


def test_names_say_no_word_of_a_text():
    assert not {word[0] for word in tail_words()} & {word[0] for word in [*name_words(500), *new_words(50)]}

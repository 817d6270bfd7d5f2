"""The words, places and day that a process remembers: believed only when the search itself finds them unchanged."""

import datetime

import pytest
from django.urls import reverse

from courses.search.documents import set_day
from courses.search.engine import find
from courses.search.lexicon import State, StateChanged, as_they_stand, current
from courses.search.question import CourseQuestion
from portal.web.clock import today
from tests.makers import in_days, make_commune, make_course, make_profile

pytestmark = pytest.mark.django_db
SEARCH = reverse("courses:search")


def asked(question: CourseQuestion, states: list[State]) -> int:
    """How many answer, with the states that were tried."""

    def search(state: State) -> int:
        states.append(state)
        return find(question, {}, state=state).total

    return as_they_stand(search)


@pytest.mark.parametrize("question", [{}, {"text": "robot"}, {"text": "&&&"}, {"sort": "cout"}, {"text": "robto"}])
def test_what_is_remembered_serves_until_a_word_a_place_or_the_day_changes(question):
    make_course("Programmer un robot")
    current()
    changes = (
        (lambda: None, 1),
        (lambda: make_profile("Roboticien"), 2),
        (lambda: make_commune("Villeneuve-d’Ailleurs"), 2),
        (lambda: set_day(in_days(1)), 2),
        (lambda: None, 1),
    )
    for change, tries in changes:
        change()
        states: list[State] = []
        asked(CourseQuestion(day=today(), **question), states)
        assert len(states) == tries
        assert states[-1].mark == current().mark


def test_a_search_raises_when_what_it_was_given_no_longer_holds():
    make_course("Programmer un robot")
    state = current()
    old = State(state.day - datetime.timedelta(1), state.lexicon, is_checked=False)
    with pytest.raises(StateChanged):
        find(CourseQuestion(day=today(), text="robot"), {}, state=old)
    assert find(CourseQuestion(day=today(), text="robot"), {}, state=state).total == 1


def test_a_page_knows_a_job_that_was_just_named(client):
    course = make_course("Programmer un robot")
    assert client.get(SEARCH, {"q": "robot"}).status_code == 200
    job = make_profile("Dresseur de robots")
    course.profile_links.create(profile=job)
    page = client.get(SEARCH, {"metier": job.slug}).content.decode()
    assert "Dresseur de robots" in page
    assert "1 formation" in page


def test_a_page_asks_nothing_of_what_it_remembers(client, count_queries):
    make_course("Programmer un robot")
    client.get(SEARCH, {"q": "robot"})
    assert count_queries(f"{SEARCH}?q=robot") == 2

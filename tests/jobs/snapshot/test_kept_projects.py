"""The best courses of kept projects: found at night, told to whoever comes back."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs import actions
from jobs.best import write_best
from jobs.matching.recommendation import Request, recommend
from jobs.models import ProjectAnswers, SeekerProject
from jobs.tasks import find_best_for_projects
from tests.jobs.matching.cases import TODAY
from tests.jobs.matching.rows import make_course, make_profile, make_town

pytestmark = pytest.mark.django_db
LATER = TODAY + datetime.timedelta(days=3)


@pytest.fixture
def secret():
    make_profile("data-analyst", essential=["sql", "python"])
    make_town("12202", "Rodez", 44.35, 2.57, postcode="12000")
    make_course("Bases de SQL", teaches=["sql"])
    return actions.keep_project(answers={"metier": ["data-analyst"], "lieu": ["Rodez (12202)"]}, day=TODAY)


def told():
    return [course for course, _points, _since in ProjectAnswers.objects.get().courses]


def test_a_project_s_best_courses_are_those_of_its_page(secret, client):
    for number in range(30):
        make_course(f"Formation {number}", teaches=["sql", "python"][: number % 3])
    assert find_best_for_projects() == 1
    page = client.get(f"/orientation/projet/{secret}/", follow=True)
    answers = page.context["page"].paginator.object_list
    assert told() == [answer.course.pk for answer in answers[:20]]
    best = ProjectAnswers.objects.get()
    assert [points for _course, points, _since in best.courses] == [answer.score for answer in answers[:20]]
    assert best.day == TODAY


def test_what_is_there_the_first_time_is_not_new(secret, client):
    write_best(TODAY)
    assert "nouvelle" not in client.get(f"/orientation/projet/{secret}/")["Location"]


def test_a_course_that_came_since_is_told_with_its_link(secret, client):
    write_best(TODAY)
    course = make_course("Python pour analyser", teaches=["python"])
    write_best(LATER)
    page = client.get(f"/orientation/projet/{secret}/", follow=True).content.decode()
    assert "1 formation nouvelle depuis le 15 janvier 2027" in page.replace("\xa0", " ")
    assert f'<a href="{course.get_absolute_url()}">Python pour analyser</a>' in page
    # it stays new, as it is since the project was kept
    write_best(LATER + datetime.timedelta(days=1))
    assert ProjectAnswers.objects.get().new_courses() == [course.pk]


def test_a_course_withdrawn_since_is_told_no_more(secret, client):
    write_best(TODAY)
    course = make_course("Python pour analyser", teaches=["python"])
    write_best(LATER)
    type(course).objects.filter(pk=course.pk).update(hidden_since=LATER)
    assert "nouvelle depuis" not in client.get(f"/orientation/projet/{secret}/", follow=True).content.decode()


@pytest.mark.parametrize(
    "said", ["nouvelles=1", "nouvelles=1&garde=hier", "nouvelles=a&garde=2027-01-15", "nouvelles=999&garde=2027-01-15"]
)
def test_an_address_that_tells_nothing_true_shows_nothing(secret, client, said):
    assert client.get(f"/orientation/resultats/?{said}").context["news"] is None


def test_projects_that_expired_are_left_alone(secret):
    SeekerProject.objects.update(expires_on=TODAY)
    assert write_best(LATER) == 0
    assert not ProjectAnswers.objects.exists()


def test_more_projects_cost_no_more_statements_than_their_own_answers(secret):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            write_best(TODAY)
        return len(queries)

    one = cost()
    for _each in range(9):
        actions.keep_project(answers={"metier": ["data-analyst"]}, day=TODAY)
    assert cost() <= one + 9 * 2


def test_erasing_a_project_erases_them(secret):
    write_best(TODAY)
    actions.forget_expired_projects(TODAY + datetime.timedelta(days=100))
    assert not ProjectAnswers.objects.exists()


def test_a_project_without_a_goal_has_its_best_courses_too(secret):
    SeekerProject.objects.update(answers={"public": ["employee"]})
    write_best(TODAY)
    assert told() == [a.course.pk for a in recommend(Request(audience="employee"), day=TODAY).ranking.answers]

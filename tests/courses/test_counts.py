"""Views are counted in the cache and stored by a task; storing twice, or a cache that forgets, loses nothing stored."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisConnectionError

from courses.counts import ANSWERS, RECOMMENDED, count_view, views_of
from courses.models import CourseDailyCount, CourseProfileCount, SearchDailyCount
from courses.tasks import store_daily_counts
from portal.web.cache import ForgivingRedisCache, KeptClient
from tests.makers import DAY, make_commune, make_course, make_profile

pytestmark = pytest.mark.django_db


def stored() -> list[tuple[int, datetime.date, int]]:
    return sorted(CourseDailyCount.objects.values_list("course", "day", "views"))


def test_opening_a_page_adds_one_view_and_writes_nothing(client):
    course = make_course()
    for _each in range(3):
        client.get(course.get_absolute_url())
    assert views_of(DAY) == {course.pk: 3}
    assert stored() == []


def test_asking_for_the_headers_only_is_no_view(client):
    course = make_course()
    client.head(course.get_absolute_url())
    assert views_of(DAY) == {}


def test_storing_again_changes_nothing():
    course = make_course()
    for _each in range(2):
        count_view(course.pk, DAY)
    store_daily_counts()
    store_daily_counts()
    assert stored() == [(course.pk, DAY, 2)]


def test_a_cache_that_forgot_goes_on_from_what_was_stored():
    course = make_course()
    count_view(course.pk, DAY)
    store_daily_counts()
    cache.clear()
    count_view(course.pk, DAY)
    store_daily_counts()
    assert stored() == [(course.pk, DAY, 2)]


def test_the_last_minute_of_yesterday_is_stored_today():
    course, yesterday = make_course(), DAY - datetime.timedelta(days=1)
    count_view(course.pk, yesterday)
    store_daily_counts()
    assert stored() == [(course.pk, yesterday, 1)]


def test_contacts_already_there_are_kept():
    course = make_course()
    CourseDailyCount.objects.create(course=course, day=DAY, contacts=4)
    count_view(course.pk, DAY)
    store_daily_counts()
    row = CourseDailyCount.objects.get()
    assert (row.views, row.contacts) == (1, 4)


def test_a_course_that_no_longer_exists_is_left_out():
    count_view(999_999, DAY)
    assert store_daily_counts() == 0


def searched() -> dict[tuple[str, str], tuple[int, int]]:
    rows = SearchDailyCount.objects.filter(day=DAY)
    return {(row.facet, row.value): (row.searches, row.without_answer) for row in rows}


def test_a_search_is_counted_by_its_filters_and_by_nothing_else(client):
    make_course("Python", offering={"modality": "remote"})
    client.get("/formations/?q=python&modalite=remote")
    client.get("/formations/?q=introuvable&modalite=remote")
    client.get("/formations/?niveau=9999&lieu=Atlantis")
    store_daily_counts()
    assert searched() == {("", ""): (3, 1), ("texte", "oui"): (2, 1), ("modalite", "remote"): (2, 1)}


def test_searches_of_two_minutes_add_up(client):
    client.get("/formations/")
    store_daily_counts()
    store_daily_counts()
    client.get("/formations/")
    store_daily_counts()
    assert searched() == {("", ""): (2, 2)}


def test_further_pages_headers_and_letters_being_typed_are_no_searches(client):
    make_course("Python")
    client.head("/formations/")
    client.get("/formations/?page=2")
    client.get("/formations/?q=pyt", headers={"HX-Request": "true", "HX-Trigger": "id_q"})
    store_daily_counts()
    assert searched() == {}


def test_what_was_typed_is_kept_nowhere(client):
    client.get("/formations/?q=motsecret&lieu=villesecrete")
    store_daily_counts()
    kept = [*SearchDailyCount.objects.values_list("facet", "value"), *cache._cache.get_client().keys("*")]
    assert not [each for each in kept if "secret" in str(each)]


# --- appearances and recommendations

ROBOT = {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1; +https://example.test/bot)"}


def appeared() -> dict[int, int]:
    return dict(CourseDailyCount.objects.filter(day=DAY).values_list("course", "appearances"))


def recommended() -> dict[tuple[int, str], int]:
    rows = CourseProfileCount.objects.filter(day=DAY)
    return {(row.course_id, row.profile.slug): row.recommended for row in rows.select_related("profile")}


def test_each_course_of_a_page_of_answers_appeared_once(client):
    python, other = make_course("Python"), make_course("Poterie")
    client.get("/formations/?q=python")
    client.get("/formations/")
    store_daily_counts()
    store_daily_counts()
    assert appeared() == {python.pk: 2, other.pk: 1}
    client.get("/formations/?q=python")
    store_daily_counts()
    assert appeared() == {python.pk: 3, other.pk: 1}


def test_a_second_page_shows_courses_and_is_no_new_search(client):
    made = [make_course(f"Python {number}").pk for number in range(25)]
    client.get("/formations/?q=python&page=2")
    store_daily_counts()
    assert searched() == {}
    assert sum(appeared().values()) == 5
    assert set(appeared()) < set(made)


def test_robots_letters_headers_and_the_api_make_nothing_appear(client):
    course = make_course("Python", profiles=[make_profile("Data analyst")])
    pages = ("/formations/", "/orientation/resultats/?metier=data-analyst", course.get_absolute_url())
    for path in pages:
        client.get(path, headers=ROBOT)
        client.head(path)
    client.get("/formations/?q=pyt", headers={"HX-Request": "true", "HX-Trigger": "id_q"})
    client.get("/api/v1/formations/?q=python")
    client.get("/api/v1/recommandations/?metier=data-analyst")
    client.post("/orientation/resultats/?metier=data-analyst")
    store_daily_counts()
    assert (appeared(), searched(), recommended()) == ({}, {}, {})


def test_a_view_and_an_appearance_share_the_row_of_their_day(client):
    course = make_course("Python")
    client.get("/formations/")
    client.get(course.get_absolute_url())
    store_daily_counts()
    row = CourseDailyCount.objects.get()
    assert (row.appearances, row.views) == (1, 1)


def test_a_recommendation_is_counted_for_the_job_that_was_confirmed(client):
    analyst = make_profile("Data analyst")
    course = make_course("Python", profiles=[analyst])
    for path in ("?metier=data-analyst", "?metier=data-analyst", "?but=data+analyst", "?metier=inconnu"):
        client.get(f"/orientation/resultats/{path}")
    store_daily_counts()
    store_daily_counts()
    assert recommended() == {(course.pk, "data-analyst"): 2}


def test_what_is_no_more_is_left_out():
    course, profile = make_course(), make_profile()
    RECOMMENDED.add([f"{profile.pk}:999999", f"999999:{course.pk}", f"{profile.pk}:{course.pk}"], DAY)
    ANSWERS.add(["c999999", f"c{course.pk}"], DAY)
    store_daily_counts()
    assert list(recommended().values()) == [1]
    assert appeared() == {course.pk: 1}


def test_jobs_asked_around_a_town_count_for_its_departement(client):
    make_commune("Rodez")
    make_profile("Data analyst")
    client.get("/formations/?metier=data-analyst&lieu=Rodez&rayon=region")
    client.get("/formations/?metier=data-analyst&departement=12")
    store_daily_counts()
    found = searched()
    assert found["metier@12", "data-analyst"] == (2, 2)
    assert found["autour", "12"] == (1, 1)
    assert not [key for key in found if "Rodez" in str(key) or "12202" in str(key)]


def test_two_workers_that_store_at_once_count_once():
    ANSWERS.add(["c1", "c2"], DAY)
    ANSWERS.add(["c1"], DAY)
    with ThreadPoolExecutor(8) as workers:
        taken = list(workers.map(lambda _worker: ANSWERS.take(DAY), range(8)))
    assert sorted(taken, key=len)[-1] == {"c1": 2, "c2": 1}
    assert sum(map(len, taken)) == 2


def test_a_page_of_answers_adds_one_call_to_the_cache(client, monkeypatch):
    make_course("Python")
    client.get("/formations/?q=python")
    calls = []
    for name in ("add_up", "incr", "add", "set", "get"):
        real = getattr(ForgivingRedisCache, name)
        monkeypatch.setattr(
            ForgivingRedisCache,
            name,
            lambda *args, name=name, real=real, **kwargs: calls.append(name) or real(*args, **kwargs),
        )
    client.get("/formations/?q=python")
    assert calls == ["add_up"]


def test_pages_survive_a_cache_that_is_away(client, monkeypatch):
    make_course("Python", profiles=[make_profile("Data analyst")])

    def away(*args, **kwargs):
        raise RedisConnectionError

    monkeypatch.setattr(KeptClient, "get_client", away)
    monkeypatch.setattr("portal.web.cache._away_until", {})
    for path in ("/formations/?q=python", "/orientation/resultats/?metier=data-analyst"):
        assert client.get(path).status_code == 200
    assert store_daily_counts() == 0

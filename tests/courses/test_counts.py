"""Views are counted in the cache and stored by a task; storing twice, or a cache that forgets, loses nothing stored."""

import datetime

import pytest
from django.core.cache import cache

from courses.counts import count_view, views_of
from courses.models import CourseDailyCount, SearchDailyCount
from courses.tasks import store_daily_counts
from tests.makers import DAY, make_course

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

"""The addresses of listings: opened once a week, a dead one told to the body."""

import datetime

import pytest
from django.utils import timezone

from courses.links import EVERY, check_links, fault_of
from courses.models import Course
from portal.web.outside import Fetched, OutsideRefused
from tests import makers

pytestmark = pytest.mark.django_db


def answers(status: int):
    return lambda url: Fetched(status, b"", url)


@pytest.mark.parametrize(("status", "is_dead"), [(200, False), (403, False), (404, True), (410, True), (502, True)])
def test_what_a_site_answers_says_whether_it_is_dead(status, is_dead):
    assert bool(fault_of("https://exemple.example/", answers(status))) == is_dead


def test_an_address_that_leads_inside_is_a_fault_in_words():
    assert "internet public" in fault_of("http://127.0.0.1/")


def test_each_address_is_opened_once_a_week_and_mended_ones_are_forgiven():
    listing = makers.make_course(website="https://exemple.example/")
    makers.make_course(website="")
    opened, now = [], timezone.now()

    def site(url: str) -> Fetched:
        opened.append(url)
        if len(opened) == 1:
            raise OutsideRefused("Ce site est introuvable : vérifiez son nom.")
        return Fetched(200, b"", url)

    assert check_links(site, now) == 1
    assert Course.objects.with_dead_link().get() == listing
    assert check_links(site, now + datetime.timedelta(days=1)) == 0
    assert len(opened) == 1
    assert check_links(site, now + EVERY + datetime.timedelta(hours=1)) == 0
    assert not Course.objects.with_dead_link().exists()

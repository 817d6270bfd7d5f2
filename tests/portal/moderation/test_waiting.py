"""What waits for a moderator, on the index of /gestion/."""

import datetime

import pytest

from courses.models import Course
from portal.accounts.enums import Role
from tests import makers
from tests.identities import make_agent

pytestmark = pytest.mark.django_db


def test_the_oldest_listing_waits_since_a_day_of_paris(client):
    course = makers.make_course(published=False)
    course.submit(by=makers.make_user())
    evening = datetime.datetime(2027, 1, 14, 23, 30, tzinfo=datetime.UTC)
    Course.objects.filter(pk=course.pk).update(submitted_at=evening)
    client.force_login(make_agent(Role.MODERATOR))
    assert "15/01/2027" in client.get("/gestion/").content.decode()

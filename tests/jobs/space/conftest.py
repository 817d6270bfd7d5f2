"""A body with two published courses, its manager at work, and what employers near it ask for."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from courses.models import Course
from portal.accounts.enums import Role
from tests import makers
from tests.identities import make_member


@pytest.fixture(autouse=True)
def forgetful_cache() -> Iterator[None]:
    """What one test counted is unknown to the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def body(db):
    return makers.make_provider("Atelier des Causses", commune=makers.make_commune("Rodez"))


@pytest.fixture
def course(body) -> Course:
    python, sql = makers.make_skill("Python"), makers.make_skill("SQL")
    analyst = makers.make_profile("Data analyst", skills={python: 2, sql: 2})
    return makers.make_course(
        "Initiation à Python",
        provider=body,
        profiles=[analyst],
        skills={python: 2},
        offering={"where": "Rodez", "costs": {"jobseeker": 0}},
        session={"seats": 12, "seats_left": 4},
    )


@pytest.fixture
def at_work(body) -> Callable[..., Client]:
    """`at_work(role)`: a member of the body, signed in with a second factor."""

    def sign_in(role: str = Role.MANAGER) -> Client:
        client = Client()
        client.force_login(make_member(body.organisation, role))
        return client

    return sign_in


def why_address(course: Course, query: str = "") -> str:
    return reverse("organisme:why", args=[course.pk]) + query


NEAR = "/espace-organisme/autour/"

"""A body with a published course, its manager at work, and how a form of the admin is filled in."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from portal.accounts.enums import Role
from tests import makers
from tests.house.fields import forms_of
from tests.identities import make_member

# before the clock of the machine that runs the tests: a newer statement wins
LONG_AGO = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)


@pytest.fixture
def body(db):
    return makers.make_provider("Atelier des Causses")


@pytest.fixture
def course(body) -> Course:
    return makers.make_course(
        "Initiation à Python",
        provider=body,
        objective="Écrire un premier programme.",
        skills={makers.make_skill("Python"): 2},
        offering={"where": "Rodez", "price_cents": 100_000, "costs": {"jobseeker": 0}, "duration_hours": 35},
        session={"seats": 12, "seats_left": 4, "seats_said_at": LONG_AGO},
    )


@pytest.fixture
def at_work(body) -> Callable[..., Client]:
    """`at_work(role)`: a member of the body, signed in with a second factor."""

    def sign_in(role: str = Role.MANAGER, organisation=None) -> Client:
        client = Client()
        client.force_login(make_member(organisation or body.organisation, role))
        return client

    return sign_in


def address(model: str, view: str = "change", *args) -> str:
    return reverse(f"organisme:courses_{model}_{view}", args=args)


def send(client: Client, path: str, **changes):
    """Post the form of a page as it stands but for these fields; a field that it lacks is added."""
    page = client.get(path)
    form = max(forms_of(page), key=len)
    form = {name: values for name, values in form.items() if not name.startswith("_")} | {"_continue": ["1"]}
    for name, value in changes.items():
        form[name] = value if isinstance(value, list) else [str(value)]
    return client.post(path, {name: values for name, values in form.items() if values})

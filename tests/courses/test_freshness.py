"""Whether listings are still exact: reminders, one button, a word to the public, hidden, and back."""

import datetime
import re
import time

import pytest
from django.urls import reverse

from courses import freshness
from courses.freshness import Link, due_on, months_after
from courses.models import Course, Session
from portal.accounts.enums import Role
from portal.mail.models import OutgoingMail
from tests import makers
from tests.makers import DAY, in_days

pytestmark = pytest.mark.django_db
LONG_AGO = DAY - datetime.timedelta(days=200)  # due 184 days later at the latest: some days ago


@pytest.fixture
def listing() -> Course:
    provider = makers.make_provider("Atelier des Causses")
    makers.make_user("redaction@atelier.example", organisation=provider.organisation, role=Role.EDITOR)
    makers.make_user("lecture@atelier.example", organisation=provider.organisation, role=Role.READER)
    return makers.make_course(
        "Python", provider=provider, verified_on=LONG_AGO, offering={"where": "Rodez"}, session={"seats": 10}
    )


def address(course: Course) -> str:
    return reverse("courses:confirm", args=[Link(course.pk, course.provider.organisation_id).token])


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [("2026-08-31", 6, "2027-02-28"), ("2026-12-15", 1, "2027-01-15"), ("2023-08-31", 6, "2024-02-29")],
)
def test_months_end_on_the_last_day_of_a_shorter_month(day, months, after):
    assert str(months_after(datetime.date.fromisoformat(day), months)) == after


def test_the_base_counts_months_as_we_do(listing):
    for since in (datetime.date(2026, 8, 31), datetime.date(2026, 2, 28), datetime.date(2025, 11, 30)):
        for months in (1, 3, 6, 12):
            Course.objects.filter(pk=listing.pk).update(verified_on=since, update_months=months)
            due = due_on(Course.objects.get(pk=listing.pk))
            assert Course.objects.due_on(due).exists()
            assert not Course.objects.due_on(due - datetime.timedelta(days=1)).exists()


def test_a_listing_that_is_due_is_asked_about_once_then_again_then_warned_then_hidden(listing):
    due, deeds = due_on(listing), {}
    for late in range(-1, 130):
        told = freshness.follow(due + datetime.timedelta(days=late))
        assert freshness.follow(due + datetime.timedelta(days=late)) == dict.fromkeys(told, 0), "twice the same day"
        for deed in (name for name, count in told.items() if count):
            deeds[late] = deed
    assert deeds == {0: "reminded", 15: "reminded", 90: "noticed", 120: "hidden"}
    assert not Course.objects.published().exists()


def test_nobody_is_hidden_without_a_month_s_notice(listing):
    """The portal was away, or the listing came in old: the reader is told first, and has thirty days."""
    first = due_on(listing) + datetime.timedelta(days=300)
    deeds = {n: freshness.follow(first + datetime.timedelta(days=n)) for n in range(40)}
    assert {n: deed for n, told in deeds.items() for deed, count in told.items() if count} == {
        0: "noticed",
        30: "hidden",
    }


def test_one_letter_per_body_and_day_goes_to_those_who_write(listing):
    makers.make_course("SQL", provider=listing.provider, verified_on=LONG_AGO)
    freshness.follow(due_on(listing))
    mail = OutgoingMail.objects.get(kind="freshness")
    assert mail.to == "redaction@atelier.example"
    assert len(re.findall(r"/formations/confirmer/", mail.body)) == 2
    assert "2 fiches" in mail.subject


def test_opening_the_address_confirms_nothing(listing, client):
    assert client.get(address(listing)).status_code == 200
    assert Course.objects.get(pk=listing.pk).verified_on == LONG_AGO


def test_one_button_says_that_all_is_exact_and_brings_a_hidden_listing_back(listing, client):
    Course.objects.filter(pk=listing.pk).update(hidden_since=DAY, reminded_on=DAY)
    assert client.get(listing.get_absolute_url()).status_code == 410
    assert client.post(address(listing)).status_code == 302
    row = Course.objects.get(pk=listing.pk)
    assert (row.verified_on, row.hidden_since, row.reminded_on) == (DAY, None, None)
    assert client.get(listing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("said", "left", "is_full"), [({"left": "4"}, 4, False), ({"full": "on"}, 0, True), ({}, None, False)]
)
def test_seats_are_said_with_a_name_and_a_date(listing, client, said, left, is_full):
    session = Session.objects.get()
    client.post(address(listing), {f"{name}-{session.pk}": value for name, value in said.items()})
    session.refresh_from_db()
    assert (session.seats_left, session.is_full) == (left, is_full)
    assert bool(session.seats_said_by) == bool(said)


@pytest.mark.parametrize("said", [{"left": "11"}, {"left": "-1"}, {"left": "²"}, {"left": "3", "full": "on"}])
def test_seats_that_cannot_be_are_refused_and_nothing_is_confirmed(listing, client, said):
    session = Session.objects.get()
    answer = client.post(address(listing), {f"{name}-{session.pk}": value for name, value in said.items()})
    assert answer.status_code == 422
    assert Course.objects.get(pk=listing.pk).verified_on == LONG_AGO


@pytest.mark.parametrize("spoil", ["x", "", "%00", "a:b:c"])
def test_an_address_that_is_not_ours_says_so(listing, client, spoil):
    token = Link(listing.pk, listing.provider.organisation_id).token
    assert client.get(f"/formations/confirmer/{token[:-2]}{spoil or 'zz'}/").status_code in (404, 410, 400)


def test_an_old_address_and_one_of_another_body_are_gone(listing, client, monkeypatch):
    other = makers.make_organisation()
    assert client.post(reverse("courses:confirm", args=[Link(listing.pk, other.pk).token])).status_code == 410
    path = address(listing)
    months_later = time.time() + 130 * 86_400
    monkeypatch.setattr("django.core.signing.time.time", lambda: months_later)
    assert client.post(path).status_code == 410


def test_the_public_is_told_after_a_month(listing, client):
    due = due_on(listing)
    assert freshness.days_unconfirmed(listing, due + datetime.timedelta(days=29)) is None
    assert freshness.days_unconfirmed(listing, due + datetime.timedelta(days=30)) == (due - LONG_AGO).days + 30
    Course.objects.filter(pk=listing.pk).update(verified_on=DAY - datetime.timedelta(days=300))
    assert "Non confirmée depuis 300 jours" in client.get(listing.get_absolute_url()).content.decode()
    Course.objects.filter(pk=listing.pk).update(verified_on=in_days(-3))
    assert "Non confirmée" not in client.get(listing.get_absolute_url()).content.decode()

"""Seats: who said how many are left, and when; the newest statement stands, and no number out of 0..seats."""

import datetime

import pytest

from courses.actions import MOST_SEATS, SeatsRefused, state_seats
from courses.models import Session
from tests import makers

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2027, 1, 15, 12, tzinfo=datetime.UTC)
LATER = NOON + datetime.timedelta(minutes=1)


@pytest.fixture
def session() -> Session:
    return makers.make_session(makers.make_course().offerings.get(), seats=12)


def said(session: Session) -> tuple:
    session.refresh_from_db()
    return session.seats_left, session.is_full, session.seats_said_by


def test_a_statement_is_written_with_who_and_when(session):
    assert state_seats(session, seats_left=3, by_name="L’organisme", at=NOON)
    assert said(session) == (3, False, "L’organisme")
    assert session.seats_said_at == NOON


def test_an_older_one_changes_nothing_and_a_newer_one_wins(session):
    state_seats(session, seats_left=3, by_name="L’organisme", at=LATER)
    assert not state_seats(session, seats_left=9, by_name="La source", at=NOON)
    assert not state_seats(session, seats_left=9, by_name="La source", at=LATER)
    assert said(session) == (3, False, "L’organisme")
    assert state_seats(session, seats_left=9, by_name="La source", at=LATER + datetime.timedelta(seconds=1))
    assert said(session) == (9, False, "La source")


@pytest.mark.parametrize("words", [{"seats_left": None, "is_full": True}, {"seats_left": 0}])
def test_full_is_no_seat_left(session, words):
    state_seats(session, by_name="L’organisme", at=NOON, **words)
    assert said(session) == (0, True, "L’organisme")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"seats_left": 13}, "de 0 à 12"),
        ({"seats_left": -1}, "de 0 à"),
        ({"seats_left": 10**30}, "de 0 à"),
        ({"seats_left": None}, "Dites combien"),
        ({"seats_left": 3, "is_full": True}, "complète quand"),
        ({"seats_left": 0, "is_full": False}, "complète quand"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(session, words, sentence):
    state_seats(session, seats_left=3, by_name="L’organisme", at=NOON)
    with pytest.raises(SeatsRefused, match=sentence):
        state_seats(session, by_name="La source", at=LATER, **words)
    assert said(session) == (3, False, "L’organisme")


def test_a_session_of_unknown_size_has_a_bound(session):
    Session.objects.filter(pk=session.pk).update(seats=None)
    assert state_seats(session, seats_left=MOST_SEATS, by_name="La source", at=NOON)
    with pytest.raises(SeatsRefused):
        state_seats(session, seats_left=MOST_SEATS + 1, by_name="La source", at=LATER)

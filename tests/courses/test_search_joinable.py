"""The session rule written in SQL says what the state machine says."""

import datetime
import itertools

import pytest

from courses.models import Session
from courses.search.cards import JOINABLE
from courses.search.starts import joinable_on, latest_start
from tests.makers import DAY, in_days, make_course, make_session

STARTS = [
    (None, "unknown"),
    (in_days(-1), "day"),
    (DAY, "day"),
    (in_days(20), "day"),
    (datetime.date(2027, 1, 1), "month"),
    (datetime.date(2026, 12, 1), "month"),
    (datetime.date(2027, 1, 1), "year"),
    (datetime.date(2026, 1, 1), "year"),
]
SEATS = [{}, {"seats_left": 0}, {"seats_left": 1}, {"is_full": True}]
RECRUITMENTS = ["open", "closed", "suspended", "unknown"]
CLOSINGS = [None, in_days(-1), DAY, in_days(3)]


@pytest.mark.django_db
def test_joinable_in_sql_is_joinable_by_the_state_machine():
    offering = make_course().offerings.get()
    for (start, precision), seats, recruitment, closing in itertools.product(STARTS, SEATS, RECRUITMENTS, CLOSINGS):
        make_session(
            offering,
            starts_on=start,
            starts_precision=precision,
            recruitment=recruitment,
            registration_closes_on=closing,
            **seats,
        )
    by_machine = {each.pk for each in Session.objects.all() if each.call_to_action(DAY) in JOINABLE}
    assert 20 < len(by_machine) < Session.objects.count() / 2
    in_sql = dict(joinable_on(DAY).values_list("pk", "latest_start"))
    assert in_sql == {each.pk: latest_start(each) for each in Session.objects.filter(pk__in=by_machine)}
    assert set(joinable_on(DAY).values_list("pk", flat=True)) == by_machine

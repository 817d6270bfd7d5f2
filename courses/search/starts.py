"""Which sessions one can still join on a day, in SQL: the same rule as Session.call_to_action, held to it by a test."""

import datetime

from django.db.models import Q

from courses.enums import DatePrecision, Recruitment
from courses.models import Session

ONE_MONTH_DAYS, THREE_MONTHS_DAYS, SIX_MONTHS_DAYS = 30, 91, 182


def joinable_on(day: datetime.date):
    """Dated sessions that are neither full nor closed on `day`, soonest first."""
    return (
        Session.objects.coming_on(day)
        .exclude(is_full=True)
        .exclude(seats_left=0)
        .exclude(recruitment__in=[Recruitment.CLOSED, Recruitment.SUSPENDED])
        .filter(Q(registration_closes_on__isnull=True) | Q(registration_closes_on__gte=day))
    )


def starting_within(day: datetime.date, first: int, last: int | None):
    """Joinable sessions that start `first` to `last` days after `day` (None: no end), known to the month at least.

    A month that has begun counts from today; a session known by its year only is in no window.
    """
    sessions = joinable_on(day).filter(starts_precision__in=[DatePrecision.DAY, DatePrecision.MONTH])
    if first > 0:
        sessions = sessions.filter(starts_on__gte=day + datetime.timedelta(days=first))
    if last is not None:
        sessions = sessions.filter(starts_on__lte=day + datetime.timedelta(days=last))
    return sessions

"""Which sessions one can still join on a day, and in which order they come: SQL that tests hold to the Python rules."""

import datetime

from django.db.models import Case, DateField, F, Func, Q, When

from courses.enums import DatePrecision, Recruitment
from courses.models import Session
from courses.models.session import last_day

ONE_MONTH_DAYS, THREE_MONTHS_DAYS, SIX_MONTHS_DAYS = 30, 91, 182


def latest_start(session: Session) -> datetime.date | None:
    """The last day of what is known of a start; None if unknown."""
    return last_day(session.starts_on, session.starts_precision)


def joinable_on(day: datetime.date):
    """Dated sessions that are neither full nor closed on `day`, soonest first, with `latest_start`."""
    return (
        Session.objects.coming_on(day)
        .exclude(is_full=True)
        .exclude(seats_left=0)
        .exclude(recruitment__in=[Recruitment.CLOSED, Recruitment.SUSPENDED])
        .filter(Q(registration_closes_on__isnull=True) | Q(registration_closes_on__gte=day))
        .annotate(latest_start=_latest_start())
        .order_by("latest_start", "pk")
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


def _latest_start() -> Case:
    """Of a period, its last day: one period after its first, less one day."""
    ends = {
        precision: Func(
            F("starts_on"),
            template=f"(date_trunc('{precision}', %(expressions)s) + interval '1 {precision} -1 day')::date",
            output_field=DateField(),
        )
        for precision in (DatePrecision.MONTH.value, DatePrecision.YEAR.value)
    }
    whens = [When(starts_precision=precision, then=end) for precision, end in ends.items()]
    return Case(*whens, default=F("starts_on"), output_field=DateField())

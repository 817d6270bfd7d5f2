"""What a document should say, told again in plain Python from the models: slow, and independent of its SQL."""

import datetime
import math
from collections.abc import Iterable

from courses.enums import DatePrecision, EntryMode, Modality
from courses.models import Course, Offering, Session
from courses.search.cards import JOINABLE
from courses.search.distance import km_between
from courses.search.question import Home
from courses.search.starts import latest_start

NEVER = 2**31 - 1
DEMAND = ((50, 30), (20, 22), (5, 15), (1, 8))
FRESHNESS = ((30, 20), (90, 15), (180, 8), (365, 3))


def is_joinable(session: Session, day: datetime.date) -> bool:
    return session.call_to_action(day) in JOINABLE


def is_coming(session: Session, day: datetime.date) -> bool:
    latest = latest_start(session)
    return latest is not None and latest >= day


def is_over(offering: Offering, day: datetime.date) -> bool:
    """All its dates are past and no other is announced."""
    sessions = list(offering.sessions.all())
    return (
        offering.entry_mode != EntryMode.PERMANENT
        and bool(sessions)
        and all(each.starts_on is not None and not is_coming(each, day) for each in sessions)
    )


def offerings_seen(course: Course, day: datetime.date) -> list[Offering]:
    """One that is over is not seen while another goes on."""
    offerings = sorted(course.offerings.all(), key=lambda each: each.pk)
    lively = [each for each in offerings if not is_over(each, day)]
    return lively or offerings


def start_of(offering: Offering, day: datetime.date) -> datetime.date | None:
    known = [latest_start(each) for each in offering.sessions.all() if is_joinable(each, day)]
    return min((each for each in known if each), default=None)


def next_start(course: Course, day: datetime.date) -> datetime.date | None:
    return min((start for each in offerings_seen(course, day) if (start := start_of(each, day))), default=None)


def windows_of(offering: Offering, day: datetime.date) -> set[str]:
    found = set()
    for session in offering.sessions.all():
        if is_joinable(session, day) and session.starts_precision in (DatePrecision.DAY, DatePrecision.MONTH):
            assert session.starts_on is not None
            days = (session.starts_on - day).days
            limits = ((30, "30-jours"), (91, "90-jours"), (182, "180-jours"))
            found.add(next((name for limit, name in limits if days <= limit), "plus-tard"))
    if offering.entry_mode == EntryMode.PERMANENT:
        return {*found, "permanent"}
    return found or {"inconnu"}


def cost_of(offering: Offering, audience: str) -> int | None:
    return next((each.left_to_pay_cents for each in offering.costs.all() if each.audience == audience), None)


def steps(value: float, table: Iterable[tuple[int, int]], *, down: bool) -> int:
    return next((points for limit, points in table if (value >= limit if down else value <= limit)), 0)


def points(course: Course, day: datetime.date) -> int:
    """Demand, freshness, next start, completeness."""
    seen = offerings_seen(course, day)
    windows = set().union(*(windows_of(each, day) for each in seen)) if seen else set()
    by_start = 0
    if {"30-jours", "90-jours"} & windows:
        by_start = 30
    elif "180-jours" in windows:
        by_start = 25
    elif "permanent" in windows:
        by_start = 20
    elif "plus-tard" in windows:
        by_start = 15
    elif next_start(course, day):
        by_start = 10
    told = [
        course.summary != "",
        course.objective != "",
        course.what_you_learn != "",
        course.entry_level is not None,
        course.is_certifying is not None,
        any(each.commune_id or each.modality == Modality.REMOTE for each in seen),
        any(each.duration_hours is not None for each in seen),
        any(each.is_accessible is not None for each in seen),
        any(cost_of(each, "jobseeker") is not None for each in seen),
    ]
    fresh = steps((day - course.verified_on).days, FRESHNESS, down=False) if course.verified_on else 0
    return steps(course.demand, DEMAND, down=True) + fresh + by_start + 2 * sum(told)


def km_of(offering: Offering, home: Home) -> float:
    """Kilometres from a located home; infinite where the place is unknown."""
    place = offering.commune
    if place is None or place.latitude is None or place.longitude is None:
        return math.inf
    assert home.latitude is not None
    assert home.longitude is not None
    return km_between(home.latitude, home.longitude, place.latitude, place.longitude)

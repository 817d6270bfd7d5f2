"""What a body is told of the use of its listings: sums of days, no visitor."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from courses.models import Course, CourseDailyCount, CourseProfileCount
from portal.accounts.models import Organisation
from portal.web.clock import today

DAYS = 30
YEAR_DAYS = 365
MOST_COURSES = 50


@dataclass(frozen=True)
class CourseFigures:
    course: Course
    views: int
    contacts: int
    appearances: int


@dataclass(frozen=True)
class Figures:
    """Of the last `days` days before today, most seen first; `most_views` is for the bars."""

    since: datetime.date
    until: datetime.date
    courses: tuple[CourseFigures, ...]
    views: int
    contacts: int

    @property
    def most_views(self) -> int:
        return max((each.views for each in self.courses), default=0) or 1


def figures_of(organisation: Organisation) -> Figures:
    until = today()
    since = until - datetime.timedelta(days=DAYS)
    rows = CourseDailyCount.objects.filter(
        course__in=Course.objects.of_organisation(organisation), day__gte=since, day__lte=until
    )
    sums = (
        rows.order_by()
        .values("course")
        .annotate(seen=Sum("views"), written=Sum("contacts"), shown=Sum("appearances"))
        .order_by("-seen", "course")
    )
    found = list(sums)
    courses = Course.objects.in_bulk([each["course"] for each in found[:MOST_COURSES]])
    return Figures(
        since,
        until,
        tuple(
            CourseFigures(courses[each["course"]], each["seen"], each["written"], each["shown"])
            for each in found[:MOST_COURSES]
        ),
        sum(each["seen"] for each in found),
        sum(each["written"] for each in found),
    )


@dataclass(frozen=True)
class Use:
    """What happened to one course from `since` to today."""

    days: int
    since: datetime.date
    appearances: int
    views: int
    contacts: int
    # (job, times recommended for it), most first
    jobs: tuple[tuple[str, int], ...]

    @property
    def recommended(self) -> int:
        return sum(count for _job, count in self.jobs)

    @property
    def most(self) -> int:
        """What the bars are measured against."""
        return max((count for _job, count in self.jobs), default=0) or 1


def uses_of(course: Course) -> list[Use]:
    """The last 30 days and the last twelve months: two queries."""
    until = today()
    sinces = {days: until - datetime.timedelta(days=days) for days in (DAYS, YEAR_DAYS)}
    sums = CourseDailyCount.objects.filter(course=course, day__lte=until).aggregate(
        **{
            f"{name}{days}": Coalesce(Sum(name, filter=Q(day__gte=since)), 0)
            for days, since in sinces.items()
            for name in ("appearances", "views", "contacts")
        }
    )
    rows = CourseProfileCount.objects.filter(course=course, day__lte=until, day__gte=sinces[YEAR_DAYS]).order_by()
    counts = {f"n{days}": Coalesce(Sum("recommended", filter=Q(day__gte=since)), 0) for days, since in sinces.items()}
    jobs: list[Any] = list(rows.values("profile__name").annotate(**counts))
    return [
        Use(
            days,
            since,
            sums[f"appearances{days}"],
            sums[f"views{days}"],
            sums[f"contacts{days}"],
            _most_first([(each["profile__name"], each[f"n{days}"]) for each in jobs]),
        )
        for days, since in sinces.items()
    ]


def _most_first(jobs: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((told for told in jobs if told[1]), key=lambda told: (-told[1], told[0])))

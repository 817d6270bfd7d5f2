"""What a body is told of the use of its listings: sums of days, no visitor."""

import datetime
from dataclasses import dataclass

from django.db.models import Sum

from courses.models import Course, CourseDailyCount
from portal.accounts.models import Organisation
from portal.web.clock import today

DAYS = 30
MOST_COURSES = 50


@dataclass(frozen=True)
class CourseFigures:
    course: Course
    views: int
    contacts: int


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
        .annotate(seen=Sum("views"), written=Sum("contacts"))
        .order_by("-seen", "course")
    )
    found = list(sums)
    courses = Course.objects.in_bulk([each["course"] for each in found[:MOST_COURSES]])
    return Figures(
        since,
        until,
        tuple(CourseFigures(courses[each["course"]], each["seen"], each["written"]) for each in found[:MOST_COURSES]),
        sum(each["seen"] for each in found),
        sum(each["written"] for each in found),
    )

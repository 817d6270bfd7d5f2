"""What pages of the lower floors show of the needs: those that a course, or a job, serves."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Count, Sum
from django.urls import reverse

from courses.models import Course
from jobs.board.read import needs_for, row_of
from jobs.offers.directions import seats_for
from portal.reference.models import JobProfile
from portal.web.clock import today

register = template.Library()

MOST_SHOWN = 4


@register.simple_tag
def needs_of_course(course: Course) -> dict[str, Any]:
    """As `needs_of_profiles`, for the jobs that a course leads to."""
    return needs_of_profiles([link.profile for link in course.profile_links.all() if link.profile.is_shown])


@register.simple_tag
def needs_of_profile(profile: JobProfile) -> dict[str, Any]:
    """As `needs_of_profiles`, with both directions: posts beyond the seats left, seats beyond the posts."""
    served = needs_of_profiles([profile])
    seats, silent = seats_for(profile, served["day"])
    beyond = served["posts"] - seats
    return {**served, "seats": seats, "silent": silent, "lacking": max(0, beyond), "spare": max(0, -beyond)}


def needs_of_profiles(profiles: list[JobProfile]) -> dict[str, Any]:
    """{"count", "posts", "rows" (the latest), "url" (all of them), "day"}: the open needs for any of these jobs."""
    day = today()
    if not profiles:
        return {"count": 0, "posts": 0, "rows": [], "url": "", "day": day}
    found = needs_for(profiles, day)
    counted = found.order_by().aggregate(count=Count("pk"), posts=Sum("headcount"))
    query = urlencode([("metier", profile.slug) for profile in profiles])
    return {
        "count": counted["count"],
        "posts": counted["posts"] or 0,
        "rows": [row_of(need) for need in found[:MOST_SHOWN]] if counted["count"] else [],
        "url": f"{reverse('jobs:needs')}?{query}",
        "day": day,
    }

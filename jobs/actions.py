"""Verbs of the needs and of the projects that people keep."""

import datetime

from django.db import transaction

from courses.models import Course
from jobs.models.seeker import KEPT_DAYS, SeekerProject, new_secret, secret_hash
from jobs.observatory.demand import posts_by_profile


@transaction.atomic
def write_demand(day: datetime.date) -> int:
    """Write on each course how many open posts ask for a profile it leads to; return how many numbers changed.

    The number is all that courses learn of demand: they never read a need.
    """
    posts = posts_by_profile(day)
    changed = []
    courses = Course.objects.prefetch_related("profile_links").only("pk", "demand", "demand_counted_on")
    for course in courses.iterator(chunk_size=2_000):
        wanted = sum(posts.get(link.profile_id, 0) for link in course.profile_links.all())
        if wanted != course.demand or course.demand_counted_on is None:
            course.demand = wanted
            changed.append(course)
    for course in changed:
        course.demand_counted_on = day
    Course.objects.bulk_update(changed, ["demand", "demand_counted_on"], batch_size=1_000)
    Course.objects.exclude(demand_counted_on=day).update(demand_counted_on=day)
    return len(changed)


def keep_project(*, answers: dict, day: datetime.date) -> str:
    """Keep the cleaned answers for 90 days; return the secret, which is told once and stored nowhere."""
    secret = new_secret()
    SeekerProject.objects.create(
        secret_sha256=secret_hash(secret),
        answers=answers,
        kept_on=day,
        expires_on=day + datetime.timedelta(days=KEPT_DAYS),
    )
    return secret


def forget_expired_projects(day: datetime.date) -> int:
    """Erase the projects whose 90 days are over; return how many."""
    erased: int
    erased, _by_model = SeekerProject.objects.expired_on(day).delete()
    return erased

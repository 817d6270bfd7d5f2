"""What can be learnt: published courses that lead to a profile."""

from django.db.models import Count, Q

from courses.models import Course
from portal.moderation.models import Status
from portal.reference.models import JobProfile


def courses_by_profile() -> dict[int, int]:
    """{profile id: published courses that lead there}; 0 where there is none."""
    published = Q(courses__status=Status.PUBLISHED, courses__hidden_since__isnull=True)
    profiles = JobProfile.objects.shown().annotate(n=Count("courses", filter=published, distinct=True))
    return dict(profiles.order_by().values_list("pk", "n"))


def courses_leading_to(profile: JobProfile, limit: int) -> list[tuple[int, int | None]]:
    """(course id, one of its offerings) of published courses that lead to `profile`, the most complete first."""
    courses = Course.objects.published().leading_to(profile).annotate(taught=Count("skill_links", distinct=True))
    return list(courses.order_by("-taught", "pk").values_list("pk", "offerings__pk").distinct("taught", "pk")[:limit])

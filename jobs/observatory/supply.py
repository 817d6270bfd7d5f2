"""What can be learnt: published courses that lead to a profile."""

from django.db.models import Count, OuterRef, Subquery

from courses.models import Course, Offering
from portal.moderation.models import is_shown
from portal.reference.models import JobProfile


def courses_by_profile() -> dict[int, int]:
    """{profile id: published courses that lead there}; 0 where there is none."""
    published = is_shown("courses")
    profiles = JobProfile.objects.shown().annotate(n=Count("courses", filter=published, distinct=True))
    return dict(profiles.order_by().values_list("pk", "n"))


def courses_leading_to(profile: JobProfile, limit: int) -> list[tuple[int, int | None]]:
    """(course id, one of its offerings) of published courses that lead to `profile`, the most complete first."""
    first = Offering.objects.filter(course=OuterRef("pk")).order_by("pk").values("pk")[:1]
    courses = Course.objects.published().leading_to(profile)
    counted = courses.annotate(taught=Count("skill_links", distinct=True), offering=Subquery(first))
    return list(counted.order_by("-taught", "pk").values_list("pk", "offering")[:limit])

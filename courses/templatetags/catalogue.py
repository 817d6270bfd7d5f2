"""What the ground's pages show of the courses: counts and the map, counted once a minute."""

from django import template
from django.core.cache import cache
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import Audience
from courses.models import Course, OfferingCost, Session
from portal.web.clock import today
from portal.web.outlines import DepartmentMap, department_map

register = template.Library()
SECONDS = 60


def _count() -> dict:
    day = today()
    courses = Course.objects.published()
    free = OfferingCost.objects.filter(audience=Audience.JOBSEEKER, left_to_pay_cents=0, offering__course__in=courses)
    by_department = (
        courses.filter(offerings__commune__isnull=False)
        .values_list("offerings__commune__department")
        .annotate(n=Count("pk", distinct=True))
    )
    return {
        "courses": courses.count(),
        "free": free.values("offering__course").distinct().count(),
        "sessions": Session.objects.filter(offering__course__in=courses).coming_on(day).count(),
        "departments": dict(by_department.values_list("offerings__commune__department", "n")),
    }


@register.simple_tag
def catalogue_counts() -> dict:
    """{"courses", "free" (0 € for a job seeker), "sessions" (to come), "departments" (code → courses)}."""
    return cache.get_or_set(f"catalogue-counts:{today()}", _count, SECONDS) or _count()


@register.simple_tag
def catalogue_map(counts: dict) -> DepartmentMap:
    """The map of the départements with the number of courses of each, linked to their list."""

    def address(code: str) -> str:
        return f"{reverse('courses:search')}?departement={code}"

    def say(count: int) -> str:
        return ngettext("%(n)d formation", "%(n)d formations", count) % {"n": count} if count else _("0 formation")

    return department_map(counts["departments"], url_for=address, say=say)

"""How many posts employers ask for: open needs only, counted in posts (headcount), by profile and by place."""

import datetime

from django.db.models import Sum

from jobs.models import EmployerNeed
from portal.reference.models import JobProfile


def posts_by_profile(day: datetime.date) -> dict[int, int]:
    """{profile id: open posts}; a profile nobody asks for is absent."""
    rows = EmployerNeed.objects.open_on(day).filter(profile__isnull=False).order_by().values("profile")
    return dict(rows.annotate(posts=Sum("headcount")).values_list("profile", "posts"))


def posts_by_department(profile: JobProfile, day: datetime.date) -> dict[str, int]:
    """{département code: open posts of this profile}; needs without a place are not in it."""
    rows = EmployerNeed.objects.open_on(day).filter(profile=profile, commune__isnull=False).order_by()
    return dict(
        rows.values("commune__department").annotate(posts=Sum("headcount")).values_list("commune__department", "posts")
    )

import datetime

from celery import shared_task

from courses.counts import store_views
from portal.web.clock import today


@shared_task
def store_daily_counts() -> int:
    """Store the views of today and of yesterday, whose last minute may not be stored yet; return how many rows."""
    day = today()
    return store_views(day) + store_views(day - datetime.timedelta(days=1))

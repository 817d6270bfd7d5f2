"""How often a course page is opened: one cheap counter per course and Paris day in the cache, stored later by a task.

A page only adds one to a number in Redis. The number holds the whole day, so storing it twice changes nothing; when
Redis forgets, the next view starts again from what was stored.
"""

import datetime

from django.core.cache import cache
from django.db.models import F

from courses.models import Course, CourseDailyCount

# a day can still be stored long after it ended
KEPT_SECONDS = 3 * 24 * 3_600
BATCH = 500


def _views_key(course_id: int, day: datetime.date) -> str:
    return f"course-views:{day:%Y%m%d}:{course_id}"


def _seen_key(day: datetime.date, number: int | str = "length") -> str:
    """The list of the courses seen on `day`: its length, and who stands at each place."""
    return f"courses-seen:{day:%Y%m%d}:{number}"


def count_view(course_id: int, day: datetime.date) -> None:
    """Add one view. One call to the cache, and one read of the base for the first view of a day."""
    key = _views_key(course_id, day)
    try:
        cache.incr(key)
        return
    except ValueError:  # first view of the day, or the cache was emptied
        stored = CourseDailyCount.objects.filter(course=course_id, day=day).values_list("views", flat=True).first()
    if cache.add(key, stored or 0, timeout=KEPT_SECONDS):
        cache.add(_seen_key(day), 0, timeout=KEPT_SECONDS)
        place = cache.incr(_seen_key(day))
        cache.set(_seen_key(day, place), course_id, timeout=KEPT_SECONDS)
    cache.incr(key)


def count_contact(course_id: int, day: datetime.date) -> None:
    """Add one message sent through the portal; in the transaction of the message, so that both stay or both go."""
    CourseDailyCount.objects.get_or_create(course_id=course_id, day=day)
    CourseDailyCount.objects.filter(course=course_id, day=day).update(contacts=F("contacts") + 1)


def views_of(day: datetime.date) -> dict[int, int]:
    """Course → views so far on `day`, of the courses seen since the cache last forgot."""
    length = int(cache.get(_seen_key(day)) or 0)
    ids = {int(each) for each in _many([_seen_key(day, place) for place in range(1, length + 1)]).values()}
    keys = {_views_key(course_id, day): course_id for course_id in ids}
    return {keys[key]: int(views) for key, views in _many(list(keys)).items()}


def store_views(day: datetime.date) -> int:
    """Write the views of `day`; return how many rows. Doing it again changes nothing."""
    views = views_of(day)
    kept = Course.objects.filter(pk__in=views).values_list("pk", flat=True)
    rows = [CourseDailyCount(course_id=pk, day=day, views=views[pk]) for pk in kept]
    CourseDailyCount.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["course", "day"], update_fields=["views"], batch_size=BATCH
    )
    return len(rows)


def _many(keys: list[str]) -> dict:
    found: dict = {}
    for start in range(0, len(keys), BATCH):
        found |= cache.get_many(keys[start : start + BATCH])
    return found

"""How often a course page is opened and written to, and what searches ask: numbers of a day, no visitor, no text."""

import datetime
from collections import Counter
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import F

from courses.counters import BATCH, DayCounters
from courses.models import Course, CourseDailyCount, SearchDailyCount
from courses.search.facets import FACETS
from courses.search.question import CourseQuestion

# a search of many filters at once is counted by its first ones only: the key stays short
MOST_FACETS = 12
FOUND, NOTHING = "1", "0"


def _stored_views(what: str, day: datetime.date) -> int:
    return CourseDailyCount.objects.filter(course=int(what), day=day).values_list("views", flat=True).first() or 0


VIEWS = DayCounters("course-views", _stored_views)
# a search is known by its filters and whether it found something
SEARCHES = DayCounters("searches", lambda what, day: 0)


def count_view(course_id: int, day: datetime.date) -> None:
    """Add one view. One call to the cache, and one read of the base for the first view of a day."""
    VIEWS.add(str(course_id), day)


def count_contact(course_id: int, day: datetime.date) -> None:
    """Add one message sent through the portal; in the transaction of the message, so that both stay or both go."""
    CourseDailyCount.objects.get_or_create(course_id=course_id, day=day)
    CourseDailyCount.objects.filter(course=course_id, day=day).update(contacts=F("contacts") + 1)


def views_of(day: datetime.date) -> dict[int, int]:
    """Course → views so far on `day`, of the courses seen since the cache last forgot."""
    return {int(what): views for what, views in VIEWS.of(day).items()}


def store_views(day: datetime.date) -> int:
    """Write the views of `day`; return how many rows. Doing it again changes nothing."""
    views = views_of(day)
    kept = Course.objects.filter(pk__in=views).values_list("pk", flat=True)
    rows = [CourseDailyCount(course_id=pk, day=day, views=views[pk]) for pk in kept]
    CourseDailyCount.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["course", "day"], update_fields=["views"], batch_size=BATCH
    )
    return len(rows)


def count_search(question: CourseQuestion, total: int, day: datetime.date) -> None:
    """Add one search to its filters, and say whether it found something. One call to the cache."""
    told = [("texte", "oui")] if question.text else []
    told += [(facet.name, value) for facet in FACETS for value in facet.asked(question)]
    SEARCHES.add(f"{FOUND if total else NOTHING}?{urlencode(told[:MOST_FACETS])}", day)


def store_searches(day: datetime.date) -> int:
    """Write the searches of `day` by filter and choice, and in all; return how many rows they touched."""
    searches: Counter[tuple[str, str]] = Counter()
    without_answer: Counter[tuple[str, str]] = Counter()
    for what, count in SEARCHES.take(day).items():
        answered, _mark, told = what.partition("?")
        for asked in {("", ""), *parse_qsl(told)}:
            searches[asked] += count
            without_answer[asked] += count if answered == NOTHING else 0
    with transaction.atomic():
        for (facet, value), count in sorted(searches.items()):
            SearchDailyCount.objects.get_or_create(day=day, facet=facet, value=value)
            SearchDailyCount.objects.filter(day=day, facet=facet, value=value).update(
                searches=F("searches") + count, without_answer=F("without_answer") + without_answer[facet, value]
            )
    return len(searches)

"""How often a course is shown, opened, written to and recommended, and what searches ask.

Numbers of a day: no visitor, no text, no place but a département.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

from django.db import connection, transaction
from django.db.models import F

from courses.counters import BATCH, DayCounters, DaySums
from courses.models import Course, CourseDailyCount, SearchDailyCount
from courses.search.engine import Found
from courses.search.facets import DEPARTMENT, FACETS, PROFILE, SKILL
from courses.search.question import Answer, CourseQuestion

# a search of many filters at once is counted by its first ones only: the key stays short
MOST_FACETS = 12
FOUND, NOTHING = "1", "0"
# of what a page adds: a course shown, in front of its number
SHOWN = "c"
TEXT, AROUND = "texte", "autour"


def _stored_views(what: str, day: datetime.date) -> int:
    return CourseDailyCount.objects.filter(course=int(what), day=day).values_list("views", flat=True).first() or 0


VIEWS = DayCounters("course-views", _stored_views)
# courses by their numbers, and searches, each known by its filters and whether it found something
ANSWERS = DaySums("answers")
RECOMMENDED = DaySums("recommended")
# a course or a job that is no more is left out; sums of several minutes and of several workers add up
ADD_APPEARANCES = """
INSERT INTO courses_coursedailycount AS kept (course_id, day, views, contacts, appearances)
SELECT c.id, %s, 0, 0, told.n FROM unnest(%s::bigint[], %s::integer[]) AS told(course, n)
JOIN courses_course c ON c.id = told.course ORDER BY c.id
ON CONFLICT (course_id, day) DO UPDATE SET appearances = kept.appearances + excluded.appearances
"""
ADD_RECOMMENDED = """
INSERT INTO courses_courseprofilecount AS kept (course_id, profile_id, day, recommended)
SELECT c.id, p.id, %s, told.n FROM unnest(%s::bigint[], %s::bigint[], %s::integer[]) AS told(course, profile, n)
JOIN courses_course c ON c.id = told.course JOIN reference_jobprofile p ON p.id = told.profile ORDER BY c.id, p.id
ON CONFLICT (course_id, profile_id, day) DO UPDATE SET recommended = kept.recommended + excluded.recommended
"""


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


def count_answers(found: Found, day: datetime.date) -> None:
    """Add one appearance to each course of a page of answers and, of a first page, one search to its filters.

    One call to the cache.
    """
    told = [f"{SHOWN}{pk}" for pk in found.ids]
    if found.question.page == 1:
        asked = urlencode(asked_of(found.question)[:MOST_FACETS])
        told.append(f"{FOUND if found.total else NOTHING}?{asked}")
    if told:
        ANSWERS.add(told, day)


def asked_of(question: CourseQuestion) -> list[tuple[str, str]]:
    """What is remembered of a question: that there was a text, the département around which, filters and choices."""
    told = [(TEXT, Answer.YES.value)] if question.text else []
    if question.home is not None:
        told.append((AROUND, question.home.department))
    return told + [(facet.name, value) for facet in FACETS for value in facet.asked(question)]


def count_recommended(profile_id: int, courses: Iterable[int], day: datetime.date) -> None:
    """Add one to each course of a page of recommendations for a job. One call to the cache."""
    told = [f"{profile_id}:{pk}" for pk in courses]
    if told:
        RECOMMENDED.add(told, day)


def store_answers(day: datetime.date) -> int:
    """Write what was shown and looked for on `day` since the last time; return how many rows it touched."""
    taken = ANSWERS.take(day)
    shown = {int(what.removeprefix(SHOWN)): count for what, count in taken.items() if what.startswith(SHOWN)}
    searched = {what: count for what, count in taken.items() if not what.startswith(SHOWN)}
    with transaction.atomic():
        return _store_appearances(shown, day) + _store_searches(searched, day)


def _store_appearances(shown: Mapping[int, int], day: datetime.date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(ADD_APPEARANCES, [day, list(shown), list(shown.values())])
        return cursor.rowcount


def _store_searches(searched: Mapping[str, int], day: datetime.date) -> int:
    """By filter and choice, and in all."""
    searches: Counter[tuple[str, str]] = Counter()
    without_answer: Counter[tuple[str, str]] = Counter()
    for what, count in searched.items():
        answered, _mark, told = what.partition("?")
        pairs = parse_qsl(told)
        for asked in {("", ""), *pairs, *_near(pairs)}:
            searches[asked] += count
            without_answer[asked] += count if answered == NOTHING else 0
    for (facet, value), count in sorted(searches.items()):
        SearchDailyCount.objects.get_or_create(day=day, facet=facet, value=value)
        SearchDailyCount.objects.filter(day=day, facet=facet, value=value).update(
            searches=F("searches") + count, without_answer=F("without_answer") + without_answer[facet, value]
        )
    return len(searches)


def _near(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The jobs and skills asked for, once more for each département where: ("metier@12", its slug)."""
    told = list(pairs)
    where = {value for facet, value in told if facet in (AROUND, DEPARTMENT.name)}
    what = [(facet, value) for facet, value in told if facet in (PROFILE.name, SKILL.name)]
    return [(near(facet, code), value) for facet, value in what for code in sorted(where)]


def near(facet: str, department: str) -> str:
    """How `SearchDailyCount.facet` names a filter used in a département, or around a town of it."""
    return f"{facet}@{department}"


def store_recommended(day: datetime.date) -> int:
    """Write what was recommended on `day` since the last time; return how many rows it touched."""
    taken = RECOMMENDED.take(day)
    pairs = [tuple(map(int, what.split(":"))) for what in taken]
    with connection.cursor() as cursor:
        cursor.execute(
            ADD_RECOMMENDED,
            [day, [course for _job, course in pairs], [job for job, _course in pairs], list(taken.values())],
        )
        return cursor.rowcount

"""Documents go with the day: what they say of it is what the Python rules say, and turning it is a rebuild."""

import datetime
import itertools
import random
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Course, SearchDocument, SearchState, Session
from courses.search.cards import JOINABLE, card_of, next_session
from courses.search.documents import check, rebuild, turn_day
from courses.search.engine import find
from courses.search.packed import UNKNOWN
from courses.search.question import CourseQuestion
from courses.search.starts import joinable_on, latest_start
from portal.web.clock import today
from tests.courses.search import rules
from tests.courses.search.catalogue import make_catalogue
from tests.courses.search.questions import prefetched
from tests.makers import DAY, in_days, make_course, make_offering, make_session

pytestmark = pytest.mark.django_db
DAYS = 400

STARTS = [
    (None, "unknown"),
    *((in_days(days), "day") for days in (-1, 0, 1, 7, 8, 30, 31, 91, 92, 182, 183)),
    *((datetime.date(2027, month, 1), "month") for month in (1, 2, 4, 7, 12)),
    (datetime.date(2026, 12, 1), "month"),
    # what a source writes in the middle of its period still says the whole of it
    (datetime.date(2027, 1, 31), "month"),
    (datetime.date(2027, 3, 17), "month"),
    (datetime.date(2028, 2, 1), "month"),
    *((datetime.date(year, 1, 1), "year") for year in (2026, 2027, 2028)),
    (datetime.date(2026, 6, 5), "year"),
]
SEATS = [{}, {"seats_left": 0}, {"seats_left": 1}, {"is_full": True}]
RECRUITMENTS = ["open", "closed", "suspended", "unknown"]
CLOSINGS = [None, in_days(-1), DAY, in_days(3), in_days(60)]
CASES = list(itertools.product(STARTS, SEATS, RECRUITMENTS, CLOSINGS))


def windows(document: SearchDocument) -> set[str]:
    return {label.removeprefix("debut=") for label in document.labels if label.startswith("debut=")}


def packed_start(day: datetime.date | None) -> int:
    return UNKNOWN if day is None else (day - datetime.date(2000, 1, 1)).days


def documents_say_what_the_rules_say(day: datetime.date) -> int:
    documents = SearchDocument.objects.in_bulk()
    courses = prefetched()
    assert documents.keys() == {course.pk for course in courses}
    for course in courses:
        document, seen = documents[course.pk], rules.offerings_seen(course, day)
        assert document.next_start == rules.next_start(course, day)
        assert document.points == rules.points(course, day)
        assert windows(document) == set().union(*(rules.windows_of(each, day) for each in seen))
        starts = [packed_start(rules.start_of(each, day)) for each in seen]
        raw = bytes(document.offering_starts)
        assert [int.from_bytes(raw[n : n + 4], "big") for n in range(0, len(raw), 4)] == starts
        assert [each["id"] for each in document.facts["offerings"]] == [each.pk for each in seen]
    return len(courses)


def session_of(start: datetime.date | None, precision: str, recruitment: str, closing, seats: dict) -> dict:
    return {
        "starts_on": start,
        "starts_precision": precision,
        "recruitment": recruitment,
        "registration_closes_on": closing,
        **seats,
    }


def cases(chosen: list) -> Iterator[dict]:
    for (start, precision), seats, recruitment, closing in chosen:
        yield session_of(start, precision, recruitment, closing, seats)


def test_joinable_in_sql_is_joinable_by_the_state_machine(sample_of, record_count: Callable[[str, int], None]):
    offering = make_course().offerings.get()
    chosen = sample_of(CASES)
    for case in cases(chosen):
        make_session(offering, **case)
    for days in (-20, 0, 2, 16, 17, 400):
        day = in_days(days)
        by_machine = {each.pk for each in Session.objects.all() if each.call_to_action(day) in JOINABLE}
        in_sql = dict(joinable_on(day).values_list("pk", "latest_start"))
        assert in_sql == {each.pk: latest_start(each) for each in Session.objects.filter(pk__in=by_machine)}
    record_count("sessions by the state machine and by SQL", len(chosen))


def test_a_document_of_one_session_says_what_the_rules_say(sample_of, record_count: Callable[[str, int], None]):
    """One course a case, so that no case hides another; then on the days at which something changes."""
    turn_day(DAY)
    chosen = sample_of(CASES)
    model = make_course(offered=False)
    rows = Course.objects.bulk_create(
        [
            Course(
                title=f"Cas {number}", slug="cas", provider=model.provider, status="published", revision=model.revision
            )
            for number in range(len(chosen))
        ]
    )
    for course, case in zip(rows, cases(chosen), strict=True):
        make_session(make_offering(course), **case)
    told = documents_say_what_the_rules_say(DAY)
    for days in (1, 4, 8, 16, 17, 48, 61, 100, 365, -3):
        turn_day(in_days(days))
        told += documents_say_what_the_rules_say(in_days(days))
    assert not check()
    record_count("documents by the rules of the day", told)


def test_the_card_shows_the_session_that_the_rules_choose(sample_of):
    draw = random.Random("cards")
    turn_day(DAY)
    make_catalogue(draw, courses=30)
    question = CourseQuestion(day=DAY)
    for course in prefetched():
        facts = SearchDocument.objects.get(pk=course.pk).facts
        for place, offering in enumerate(rules.offerings_seen(course, DAY)):
            shown = card_of(course.pk, facts, place, question, None)
            coming = [each for each in offering.sessions.all() if rules.is_coming(each, DAY)]
            chosen = next_session(coming, DAY)
            assert shown.starts_on == (chosen.starts_on if chosen else None)
            if chosen:
                assert shown.session_state == chosen.call_to_action(DAY)


def test_turning_the_day_forward_is_a_rebuild_every_day(sample_of, record_count: Callable[[str, int], None]):
    turn_day(DAY)
    make_catalogue(random.Random("forward"), courses=30)
    looked_at = set(sample_of(range(1, DAYS + 1)))
    for number in range(1, DAYS + 1):
        day = in_days(number)
        turn_day(day)
        if number in looked_at:
            assert not check(), day
            documents_say_what_the_rules_say(day)
    assert rebuild(in_days(DAYS)) == 0
    record_count("days turned", DAYS)
    record_count("days compared with their rebuild", len(looked_at))


def test_time_that_goes_back_or_far_is_a_rebuild_too(sample_of):
    draw = random.Random("back")
    turn_day(DAY)
    make_catalogue(draw, courses=30)
    for _each in sample_of(range(100)):
        day = in_days(draw.randint(-800, 800))
        turn_day(day)
        assert SearchState.objects.get().day == day
        assert not check(), day
        documents_say_what_the_rules_say(day)


def test_a_day_that_is_there_already_writes_nothing():
    turn_day(DAY)
    make_catalogue(random.Random("twice"), courses=10)
    turn_day(in_days(20))
    with CaptureQueriesContext(connection) as queries:
        assert turn_day(in_days(20)) == 0
    assert not [each for each in queries if "refresh" in each["sql"]]


def test_only_documents_that_change_by_themselves_are_written():
    turn_day(DAY)
    make_course("Sans date")
    make_course("Datée", session={"starts_on": in_days(31)})
    assert turn_day(in_days(1)) == 1
    assert turn_day(in_days(2)) == 0
    assert turn_day(in_days(31)) == 0
    assert turn_day(in_days(32)) == 1


def test_documents_without_a_state_are_of_today_and_take_the_day_that_comes():
    SearchState.objects.all().delete()
    course = make_course("Datée", session={"starts_on": in_days(31)})
    turn_day(in_days(10))
    assert SearchState.objects.get().day == in_days(10)
    assert find(CourseQuestion(day=in_days(10), starts=("30-jours",)), {}).ids == [course.pk]
    assert not check()


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_keeps_the_row_that_search_reads():
    call_command("flush", interactive=False, verbosity=0)
    assert SearchState.objects.get().day == today()

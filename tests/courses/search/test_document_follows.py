"""A document is what its rebuild would be: after every edit, whoever makes it and however it ends."""

import datetime
import random
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from courses.models import Course, SearchCard, SearchCount, SearchDocument, SearchWord
from courses.search.documents import check, rebuild, render_cards, tidy, turn_day
from courses.search.engine import find
from courses.search.lexicon import current
from courses.search.question import CourseQuestion, Home
from courses.search.shown import cards_shown
from tests.courses.search.catalogue import make_catalogue
from tests.courses.search.edits import OF_COURSES, Edit
from tests.courses.search.edits_of_words import OF_WORDS
from tests.makers import DAY, in_days, make_commune, make_course, make_offering, make_profile, make_session

pytestmark = pytest.mark.django_db
EDITS = 10_000
PARTS = 10
KINDS: tuple[Edit, ...] = (*OF_COURSES, *OF_WORDS)


def snapshot() -> list[tuple]:
    """All that is kept: documents, cards, counts and words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT d::text FROM courses_searchdocument d ORDER BY course_id")
        documents = cursor.fetchall()
        cursor.execute("SELECT c::text FROM courses_searchcard c ORDER BY course_id")
        cards = cursor.fetchall()
        cursor.execute("SELECT label, sum(courses) FROM courses_searchcount GROUP BY label HAVING sum(courses) <> 0")
        return [*documents, *cards, *sorted(cursor.fetchall())]


def undo(edit: Edit, draw: random.Random) -> None:
    """The edit in a savepoint that is given up: nothing stays of it."""
    before = snapshot()
    with transaction.atomic():
        edit(draw)
        transaction.set_rollback(True)
    assert snapshot() == before, edit.__name__


@pytest.mark.parametrize("part", range(PARTS))
def test_a_document_is_its_rebuild_after_random_edits(
    part: int, share_of: Callable[[int], int], record_count: Callable[[str, int], None]
):
    draw = random.Random(f"edits {part}")
    turn_day(DAY)
    make_catalogue(draw, courses=10)
    done: list[str] = []
    count = share_of(EDITS) // PARTS
    for number in range(count):
        edit = draw.choice(KINDS)
        if draw.random() < 0.05:
            undo(edit, draw)
            done.append(f"undone {edit.__name__}")
        else:
            edit(draw)
            done.append(edit.__name__)
        between(draw)
        if number % 4 == 3 or number == count - 1:
            assert not check(), done[-6:]
        if draw.random() < 0.04:
            day = in_days(draw.randint(-500, 500))
            assert not check(day), (day, done[-6:])
    assert not rebuild(DAY)
    assert SearchDocument.objects.count() == Course.objects.published().count()
    record_count("random edits", count)


def between(draw: random.Random) -> None:
    chance = draw.random()
    if chance < 0.05:
        render_cards()
    elif chance < 0.07:
        tidy()
    elif chance < 0.08:
        turn_day(DAY)


def test_every_kind_of_edit_is_followed_and_leaves_nothing_when_it_is_undone():
    draw = random.Random("kinds")
    turn_day(DAY)
    make_catalogue(draw, courses=12)
    for edit in dict.fromkeys(KINDS):
        render_cards()
        undo(edit, draw)
        assert not check(), edit.__name__
        edit(draw)
        assert not check(), edit.__name__


def test_an_edit_is_found_in_its_own_transaction():
    with transaction.atomic():
        course = make_course("Nettoyer des données")
        assert ids("nettoyer") == [course.pk]
        course.title = "Programmer un robot"
        course.save()
        assert ids("nettoyer") == []
        assert ids("robot") == [course.pk]
        make_session(course.offerings.get(), starts_on=in_days(3))
        assert ids(starts=("30-jours",)) == [course.pk]
        course.withdraw(by=None)
        assert ids() == []


def ids(text: str = "", **asked) -> list[int]:
    return find(CourseQuestion(day=DAY, text=text, is_literal=True, **asked), {}).ids


def test_documents_follow_time_both_ways():
    draw = random.Random("both ways")
    turn_day(DAY)
    make_catalogue(draw, courses=20)
    for _each in range(10):
        turn_day(DAY + datetime.timedelta(days=draw.randint(-400, 400)))
        assert not check()


def test_counts_are_sums_that_tidying_keeps():
    draw = random.Random("counts")
    turn_day(DAY)
    make_catalogue(draw, courses=20)
    before = SearchCount.objects.count()
    tidy()
    assert SearchCount.objects.count() < before
    assert not check()


def test_a_rebuild_of_what_is_right_writes_nothing():
    draw = random.Random("rebuild")
    turn_day(DAY)
    make_catalogue(draw, courses=20)
    assert rebuild(DAY) == 0
    written = SearchDocument.objects.extra(select={"xmin": "xmin"}).values_list("pk", "xmin")
    before = sorted(map(str, written))
    assert rebuild(DAY) == 0
    assert sorted(map(str, written.all())) == before


def test_a_document_that_was_spoiled_is_seen_and_mended():
    turn_day(DAY)
    make_course("Données")
    render_cards()
    SearchDocument.objects.update(points=97)
    SearchCount.objects.create(label="tout", courses=1)
    SearchCount.objects.create(label="gone", courses=2)
    SearchWord.objects.all().delete()
    SearchCard.objects.update(html="")
    found = check()
    assert (found.documents, found.counts, found.words, found.cards) == (2, 2, 1, 1)
    rebuild(DAY)
    SearchCard.objects.all().delete()
    assert not check()


@pytest.mark.parametrize("name", ["Data analysts", "Data analyste", "Ingénieure de la donnée"])
@pytest.mark.parametrize("is_shown", [True, False])
def test_the_words_of_a_job_are_known_whatever_its_document_says(name: str, is_shown: bool):
    """A plural is another word and the same lexeme; the name of a hidden job is none of the catalogue's words."""
    job = make_profile("Data analyst", is_shown=is_shown)
    make_course("Parcours", profiles=[job])
    job.name = name
    job.save()
    assert not check()
    job.is_shown = True
    job.save()
    assert not check()
    assert set(name.lower().replace("é", "e").split()) - {"de", "la"} <= set(
        SearchWord.objects.values_list("word", flat=True)
    )


def test_marks_that_somebody_pasted_do_not_break_a_card():
    pasted = "".join(map(chr, range(0xE000, 0xE010)))
    course = make_course(f"Don{pasted}nées", summary=pasted, offering={"town": pasted})
    make_offering(course, where="Rodez")
    question, state = CourseQuestion(day=DAY, home=Home.of(make_commune("Rodez"))), current()
    for _each in range(2):
        (card,) = cards_shown(find(question, {}, state=state).hits, question, state.lexicon, day=DAY)
        assert "Données" in card.html
        assert not set(pasted) & set(card.html)
        render_cards()


def test_a_changed_place_is_found_by_its_new_name_and_distance():
    rodez, albi = make_commune("Rodez"), make_commune("Albi")
    course = make_course("Ici", offering={"where": rodez})
    near = {"home": Home.of(albi), "radius_km": 10}
    assert ids(**near) == []
    rodez.name, rodez.latitude, rodez.longitude = "Autreville", albi.latitude, albi.longitude
    rodez.save()
    assert ids(**near) == [course.pk]
    assert ids("autreville") == [course.pk]
    assert ids("rodez") == []

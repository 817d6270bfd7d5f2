"""The documents as a whole: the day they are of, their cards, their rebuild, and the proof that they equal it.

Nothing here is needed for an edit to be found: triggers write the document in the edit's own transaction.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.template.loader import get_template

from courses.enums import Audience
from courses.models import Course, SearchCard, SearchCount, SearchDocument, SearchState
from courses.search.cards import card_of, in_line
from courses.search.packed import COST_AUDIENCES
from courses.search.question import CourseQuestion
from portal.web import icons
from portal.web.templatetags import camins

BATCH = 1_000
CARDS_AT_ONCE = 200
Report = Callable[[int, int], None]

# what stands in a card for what is put in when it is shown; no keyboard writes these
HOLES = {name: chr(0xE000 + place) for place, name in enumerate(("url", "badges", "cost", "distance", "compare"))}
TEMPLATE = "components/course_card.html"
BETWEEN = chr(0xE00F)
# the next session of each offering as JSON, the card's kind, then for each offering its card and its four costs
SESSIONS, KIND, FIRST, STRIDE = 0, 1, 2, 1 + len(COST_AUDIENCES)
NO_MARKS = dict.fromkeys(range(0xE000, 0xE010))

COLUMNS = (
    "course_id, vector, labels, head, profiles, marks, offering_bits, offering_communes, offering_starts, "
    "offering_costs, offering_hours, points, next_start, changes_on, facts"
)
DIFFERENCES = f"""
SELECT count(*) FROM (
  (SELECT {COLUMNS} FROM courses_search_source EXCEPT SELECT {COLUMNS} FROM courses_searchdocument)
  UNION ALL
  (SELECT {COLUMNS} FROM courses_searchdocument EXCEPT SELECT {COLUMNS} FROM courses_search_source)
) differing
"""  # noqa: S608 (our own columns)
# label → what is missing from its count; one statement sees documents and counts as of one moment, at which they agree
# unless somebody spoiled them
WRONG_COUNTS = """
SELECT label, coalesce(counted.n, 0) - coalesce(kept.n, 0) AS missing
FROM (SELECT label, sum(courses) AS n FROM courses_searchcount GROUP BY label) kept
FULL JOIN (
  SELECT label, count(*) AS n FROM courses_searchdocument, unnest(labels || 'tout'::text) AS label GROUP BY 1
) counted USING (label)
WHERE coalesce(counted.n, 0) <> coalesce(kept.n, 0)
"""
COUNT_DIFFERENCES = f"SELECT count(*) FROM ({WRONG_COUNTS}) wrong"  # noqa: S608 (our own text)
MEND_COUNTS = f"INSERT INTO courses_searchcount (label, courses) {WRONG_COUNTS}"
WORDS_MISSING = """
SELECT count(*) FROM (SELECT DISTINCT word FROM courses_search_vocabulary) said
WHERE NOT EXISTS (SELECT FROM courses_searchword known WHERE known.word = said.word)
"""
# a word that nobody says goes, unless edits are under way: one of them may say it and not be visible yet
RECOUNT_WORDS = """
WITH counted AS (SELECT word, count(*)::integer AS n FROM courses_search_vocabulary GROUP BY word),
gone AS (DELETE FROM courses_searchword known
         WHERE %s AND NOT EXISTS (SELECT FROM counted WHERE counted.word = known.word))
INSERT INTO courses_searchword (word, lexeme, courses)
SELECT word, coalesce((ts_lexize('french_stem', word))[1], ''), n FROM counted
ON CONFLICT (word) DO UPDATE SET courses = excluded.courses WHERE courses_searchword.courses <> excluded.courses
"""


@dataclass(frozen=True)
class Differences:
    """What a check found, in rows; all zero when the documents are what a rebuild would make."""

    documents: int
    counts: int
    words: int
    cards: int

    def __bool__(self) -> bool:
        return any((self.documents, self.counts, self.words, self.cards))


def refresh(ids: list[int]) -> int:
    """Write the documents of these courses anew; return how many changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT courses_search_refresh(%s::bigint[])", [ids])
        return cursor.fetchone()[0]


def rebuild(day: datetime.date, report: Report | None = None) -> int:
    """Bring every document to what the listings say on `day`, with counts, words and cards; return how many changed.

    Each batch is a transaction of its own: searches go on, and edits wait for a batch at most.
    """
    set_day(day)
    ids = list(Course.objects.order_by("pk").values_list("pk", flat=True))
    stray = SearchDocument.objects.exclude(pk__in=Course.objects.values("pk"))
    changed = stray.count() and refresh(list(stray.values_list("pk", flat=True)))
    for start in range(0, len(ids), BATCH):
        changed += refresh(ids[start : start + BATCH])
        if report:
            report(min(start + BATCH, len(ids)), len(ids))
    tidy()
    render_cards(report)
    return changed


def set_day(day: datetime.date) -> None:
    if not SearchState.objects.update(day=day):
        SearchState.objects.create(pk=1, day=day, words=uuid4())


def turn_day(day: datetime.date) -> int:
    """Bring the documents to `day`: those that change by themselves until then; all of them when time goes back.

    May run at any time and twice; return how many changed. An edit that began before and is committed after wrote
    the document of the day before: the next call mends it, so it is called often.
    """
    with transaction.atomic():
        before = SearchState.objects.select_for_update().values_list("day", flat=True).first()
        if before != day:
            set_day(day)
    affected = SearchDocument.objects.order_by("pk")
    if before is not None and day >= before:
        affected = affected.filter(changes_on__lte=day)
    ids = list(affected.values_list("pk", flat=True))
    return sum(refresh(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def tidy() -> None:
    """Make one row of the many that count a label, mend it where it is wrong, and count the words anew."""
    with connection.cursor() as cursor:
        cursor.execute(MEND_COUNTS)
        SearchCount.objects.fold()
        with transaction.atomic():
            cursor.execute("SELECT pg_try_advisory_xact_lock('courses_searchword'::regclass::oid::integer, 0)")
            is_quiet = cursor.fetchone()[0]
            cursor.execute(RECOUNT_WORDS, [is_quiet])


def check(day: datetime.date | None = None) -> Differences:
    """What differs between the documents and their rebuild; with `day`, once they have been brought to that day.

    Nothing stays of it: all happens in a transaction that is given up.
    """
    with transaction.atomic():
        if day is not None:
            turn_day(day)
        with connection.cursor() as cursor:
            found = []
            for question in (DIFFERENCES, COUNT_DIFFERENCES, WORDS_MISSING):
                cursor.execute(question)
                found.append(cursor.fetchone()[0])
        documents, counts, words = found
        cards = sum(html != BETWEEN.join(card_pieces(pk, facts)) for pk, facts, html in _kept_cards())
        transaction.set_rollback(True)
    return Differences(documents, counts, words, cards)


def _kept_cards() -> Iterator[tuple[int, dict, str]]:
    rows = SearchDocument.objects.filter(card__version=card_version())
    yield from rows.values_list("pk", "facts", "card__html").iterator(chunk_size=BATCH)


# --- cards


@cache
def card_version() -> str:
    """Of all that shapes a card: another version is rendered again."""
    told = hashlib.sha256()
    templates = [settings.BASE_DIR / "templates" / name for name in (TEMPLATE, "components/badge.html")]
    modules = [Path(str(module)) for module in (icons.__file__, camins.__file__, __file__)]
    for source in (*templates, *modules):
        told.update(source.read_bytes())
    return told.hexdigest()[:12]


def render_cards(report: Report | None = None) -> int:
    """Render the cards that are missing, or made by other templates; return how many."""
    ids = list(
        SearchDocument.objects.filter(~Q(card__version=card_version()) | Q(card__isnull=True))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(ids), CARDS_AT_ONCE):
        _render(ids[start : start + CARDS_AT_ONCE])
        if report:
            report(min(start + CARDS_AT_ONCE, len(ids)), len(ids))
    return len(ids)


@transaction.atomic
def _render(ids: list[int]) -> None:
    # an edit that is under way waits, or is waited for: a card is never older than its facts
    documents = SearchDocument.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    SearchCard.objects.bulk_create(
        [
            SearchCard(document_id=pk, version=card_version(), html=BETWEEN.join(card_pieces(pk, facts)))
            for pk, facts in documents.values_list("pk", "facts")
        ],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["version", "html"],
    )


def _without_holes(said: Any) -> Any:
    """Facts whose texts hold none of our marks, whatever somebody pasted."""
    if isinstance(said, str):
        return said.translate(NO_MARKS)
    if isinstance(said, Mapping):
        return {name: _without_holes(value) for name, value in said.items()}
    return [_without_holes(value) for value in said] if isinstance(said, list) else said


def card_pieces(course_id: int, facts: Mapping[str, Any]) -> list[str]:
    """The card as text with holes, in the order of SESSIONS, KIND and FIRST; once for a course without offerings."""
    facts = _without_holes(facts)
    # the day plays no part: a card says nothing that depends on it
    question = CourseQuestion(day=datetime.date.min)
    places: list[int | None] = [*range(len(facts["offerings"]))] or [None]
    cards = [card_of(course_id, facts, place, question, None) for place in places]
    pieces = [json.dumps([each["session"] for each in facts["offerings"]]), _kind(cards[0].kind)]
    for place, card in zip(places, cards, strict=True):
        told = get_template(TEMPLATE).render({"course": card, "holes": HOLES, "number": str(course_id)})
        pieces.append(told.replace(f'"{card.url}"', f'"{card.url}{HOLES["url"]}"').strip())
        costs = facts["offerings"][place].get("costs", {}) if place is not None else {}
        pieces += [_cost(audience, *costs.get(audience, (None, ""))) for audience in COST_AUDIENCES]
    return pieces


@lru_cache(maxsize=1_000)
def _kind(kind: str) -> str:
    return get_template(f"{TEMPLATE}#kind").render({"course": {"kind": kind}}).strip()


@lru_cache(maxsize=10_000)
def _cost(audience: str, cents: int | None, condition: str) -> str:
    """What is left to pay, as cards say it: the same few sentences for most of them."""
    said = {
        "cost_cents": cents,
        "cost_audience": str(Audience(audience).label),
        "cost_condition": in_line(condition),
    }
    return get_template(f"{TEMPLATE}#cost").render({"course": said}).strip()

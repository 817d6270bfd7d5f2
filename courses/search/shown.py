"""The answers of one page as cards: rendered once, completed with what depends on who asks and when."""

import datetime
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.enums import CallToAction
from courses.search.cards import NextSession
from courses.search.documents import BETWEEN, FIRST, HOLES, KIND, SESSIONS, STRIDE, TEMPLATE, card_pieces, card_version
from courses.search.engine import Hit
from courses.search.lexicon import Lexicon
from courses.search.packed import COST_AUDIENCES, UNKNOWN
from courses.search.question import CourseQuestion, Sort
from portal.prepared import prepared_cursor
from portal.web.templatetags.camins import km as km_in_words

# which offering of a course is shown: the first key that differs decides, unknown comes last
ORDERS = {
    Sort.RELEVANCE: ("km", "start", "cost"),
    Sort.DATE: ("start", "km", "cost"),
    Sort.DISTANCE: ("km", "start", "cost"),
    Sort.COST: ("cost", "km", "start"),
    Sort.DURATION: ("hours", "km", "start"),
}
ROWS = """
SELECT d.course_id, c.html, CASE WHEN c.version IS NULL THEN d.facts::text END,
  d.offering_communes, d.offering_starts, d.offering_costs, d.offering_hours, d.offering_bits
FROM courses_searchdocument d LEFT JOIN courses_searchcard c ON c.course_id = d.course_id AND c.version = %s
WHERE d.course_id = ANY (%s::bigint[])
"""


@dataclass(frozen=True)
class Row:
    """What one statement reads of a document to show it."""

    pieces: Sequence[str]
    sessions: Sequence[Mapping[str, Any] | None]
    communes: tuple[int, ...]
    starts: tuple[int, ...]
    costs: tuple[int, ...]
    hours: tuple[int, ...]
    is_remote: tuple[bool, ...]


@dataclass(frozen=True)
class Fixed:
    """What all the cards of a page say alike: what their links take along, and words in the reader's language."""

    link: str
    compare: str
    states: Mapping[str, str]


@dataclass(frozen=True)
class ShownCard:
    """A card ready to show. `distance_km`: to the offering it shows; None at a distance, or unknown."""

    course_id: int
    html: SafeString
    distance_km: float | None = None


def cards_shown(
    hits: Iterable[Hit], question: CourseQuestion, lexicon: Lexicon, *, day: datetime.date, query: str = ""
) -> list[ShownCard]:
    """The cards of `hits`, in their order. `query`: what each link takes along; `day`: of the calls to action.

    One statement. A card that is not rendered yet is rendered on the way.
    """
    hits = list(hits)
    rows = _rows([hit.course_id for hit in hits], lexicon) if hits else {}
    link = f"?{query}".replace("&", "&amp;") if query else ""
    fixed = Fixed(link=link, compare=_("Comparer"), states=_states(get_language()))
    return [_card(hit, rows[hit.course_id], question, lexicon, day, fixed) for hit in hits if hit.course_id in rows]


def _rows(ids: list[int], lexicon: Lexicon) -> dict[int, Row]:
    with prepared_cursor() as cursor:
        cursor.execute(ROWS, [card_version(), ids])
        found = cursor.fetchall()
    return {row[0]: _row(lexicon, *row) for row in found}


def _row(lexicon: Lexicon, pk: int, html: str | None, facts: str | None, communes, starts, costs, hours, bits) -> Row:
    pieces = html.split(BETWEEN) if html else card_pieces(pk, json.loads(facts or "{}"))
    return Row(
        pieces=pieces,
        sessions=json.loads(pieces[SESSIONS]),
        communes=_numbers(communes),
        starts=_numbers(starts),
        costs=_numbers(costs),
        hours=_numbers(hours),
        is_remote=tuple(bool(each & lexicon.remote_bit) for each in struct.unpack(f">{len(bits) // 8}Q", bits)),
    )


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(raw) // 4}i", raw)


def _card(
    hit: Hit, row: Row, question: CourseQuestion, lexicon: Lexicon, day: datetime.date, fixed: Fixed
) -> ShownCard:
    place = _best(hit, row, question, lexicon)
    start = FIRST + STRIDE * (place or 0)
    audience = COST_AUDIENCES.index(question.audience)
    distance = None
    if place is not None and not row.is_remote[place] and question.home is not None:
        distance = lexicon.km_to(question.home, row.communes[place])
    is_away = (
        distance is not None
        and question.home is not None
        and not lexicon.is_at(question.home, row.communes[place or 0])
    )
    html = row.pieces[start]
    said = row.sessions[place] if place is not None else None
    for name, text in (
        ("badges", _badges(row.pieces[KIND], said, day, fixed.states)),
        ("cost", row.pieces[start + 1 + audience]),
        ("distance", f", {_('à %(distance)s') % {'distance': km_in_words(distance)}}" if is_away else ""),
        ("compare", _compare(hit.course_id, fixed.compare)),
        ("url", fixed.link),
    ):
        html = html.replace(HOLES[name], text)
    return ShownCard(hit.course_id, mark_safe(html), distance)  # noqa: S308 (rendered by templates, that escape)


def _best(hit: Hit, row: Row, question: CourseQuestion, lexicon: Lexicon) -> int | None:
    """The offering to show, by its place; None for a course that has none."""
    if len(hit.offerings) < 2:
        return hit.offerings[0] if hit.offerings else (0 if row.communes else None)
    audience = COST_AUDIENCES.index(question.audience)

    def key(place: int) -> tuple:
        km = lexicon.km_to(question.home, row.communes[place]) if question.home else None
        values = {
            "km": UNKNOWN if km is None or row.is_remote[place] else km,
            "start": row.starts[place],
            "cost": row.costs[place * len(COST_AUDIENCES) + audience],
            "hours": row.hours[place],
        }
        return (*(values[name] for name in ORDERS[Sort(question.sort)]), place)

    return min(hit.offerings, key=key)


def _compare(pk: int, words: str) -> str:
    """The box that adds a course to a comparison: its form stands beside the results; the title describes it."""
    return (
        f'<div class="choice no-print"><input type="checkbox" name="f" value="{pk}" form="comparer" id="comparer-{pk}" '
        f'aria-describedby="formation-{pk}"><label for="comparer-{pk}">{words}</label></div>'
    )


@lru_cache
def _states(language: str | None) -> dict[str, str]:
    """The badge of each call to action, in one language; empty for one that has none."""
    template = get_template(f"{TEMPLATE}#state")
    return {str(state): template.render({"course": {"session_state": state}}).strip() for state in CallToAction}


def _badges(kind: str, said: Mapping[str, Any] | None, day: datetime.date, states: Mapping[str, str]) -> str:
    """The badges of a card: what one leaves with, and whether one can still enter on `day`."""
    state = NextSession.of(said).call_to_action(day) if said else CallToAction.TO_BE_SCHEDULED
    items = f"{kind}{states[state]}"
    return f'<ul class="badges">{items}</ul>' if items else ""

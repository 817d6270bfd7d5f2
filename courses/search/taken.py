"""The answers to a question as facts to take away: for feeds, calendars, tables and comparisons.

All of it is what the documents say; only what they leave out (every date, who told a cost) is asked of the listings.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any

from courses.enums import DatePrecision
from courses.models import OfferingCost, Session
from courses.search.cards import NextSession, facts_of
from courses.search.engine import Found, Hit, find
from courses.search.lexicon import State, code_number
from courses.search.packed import UNKNOWN
from courses.search.question import CourseQuestion
from courses.search.rows import Matching
from courses.search.shown import ORDERS
from courses.search.starts import latest_start

BATCH = 500


@dataclass(frozen=True)
class Taken:
    """One course that answers: its facts, and the offerings that answer, by place among those of its document."""

    course_id: int
    facts: Mapping[str, Any]
    places: tuple[int, ...]

    @property
    def offerings(self) -> list[Mapping[str, Any]]:
        return [self.facts["offerings"][place] for place in self.places]


def first_found(question: CourseQuestion, state: State, most: int) -> Found:
    """The first answers to a question, whatever its page; nothing is counted beside them."""
    return find(replace(question, page=1), {}, state=state, most=most)


def taken(hits: Iterable[Hit]) -> Iterator[Taken]:
    """The answers with their facts, in their order; one statement for each batch, when it comes to it."""
    for some in batched(hits, BATCH):
        facts = facts_of(hit.course_id for hit in some)
        for hit in some:
            said = facts.get(hit.course_id)
            if said is not None:
                # an edit may have come in between: a place that is no more is left out
                places = tuple(place for place in hit.offerings if place < len(said["offerings"]))
                yield Taken(hit.course_id, said, places)


def coming_sessions(offerings: Iterable[int], day: datetime.date) -> list[Session]:
    """The sessions to come of these offerings, soonest first, whatever is known of their dates."""
    return list(Session.objects.coming_on(day).filter(offering__in=list(offerings)))


def full_date(session: Session) -> datetime.date | None:
    """The day a session begins; None when its month or its year is all that is known."""
    return session.starts_on if session.starts_precision == DatePrecision.DAY else None


def costs_told(offerings: Iterable[int]) -> dict[tuple[int, str], OfferingCost]:
    """(offering, audience) → what is left to pay, with who told it and when."""
    rows = OfferingCost.objects.filter(offering__in=list(offerings))
    return {(row.offering_id, row.audience): row for row in rows}


def km_to(offering: Mapping[str, Any], question: CourseQuestion, state: State) -> float | None:
    """Kilometres from the home of the question to an offering; None without home, at a distance, or unknown."""
    if question.home is None or not offering.get("insee") or offering["modality"] == "remote":
        return None
    return state.lexicon.km_to(question.home, code_number(offering["insee"]))


def chosen(ids: Iterable[int], question: CourseQuestion, state: State) -> list[Taken]:
    """These courses in the order given, those not published left out; each with the one offering to show of it.

    An offering that answers the question comes first, then the order of the results decides.
    """
    wanted = list(ids)
    facts = facts_of(wanted)
    answering = set(Matching(question).offerings().filter(course__in=list(facts)).values_list("pk", flat=True))
    found = []
    for pk in wanted:
        if pk in facts:
            offerings = facts[pk]["offerings"]
            best = min(
                range(len(offerings)),
                key=lambda place: (offerings[place]["id"] not in answering, *_rank(offerings[place], question, state)),
                default=None,
            )
            found.append(Taken(pk, facts[pk], () if best is None else (best,)))
    return found


def _rank(offering: Mapping[str, Any], question: CourseQuestion, state: State) -> tuple:
    """What puts an offering before another, unknown last: the order of the results."""
    km = km_to(offering, question, state)
    start = latest_start(NextSession.of(offering["session"])) if offering["session"] else None  # type: ignore[arg-type]
    cents = offering["costs"].get(question.audience, (None,))[0]
    values = {
        "km": UNKNOWN if km is None else km,
        "start": UNKNOWN if start is None else start.toordinal(),
        "cost": UNKNOWN if cents is None else cents,
        "hours": UNKNOWN if offering["hours"] is None else offering["hours"],
    }
    return tuple(values[name] for name in ORDERS[question.sort])  # type: ignore[index]

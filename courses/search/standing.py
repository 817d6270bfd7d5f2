"""Where one course stands among the answers to a question, and why: the terms of its score beside those above it.

Read from the very arrays that order the list, so that the rank told is the place in the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db import connection

from courses.search.asking import idea_query
from courses.search.engine import BROWSED, Found, Scored, find
from courses.search.facets import FACETS, Facet
from courses.search.lexicon import State, current
from courses.search.question import CourseQuestion, Sort
from courses.search.worth import Worth, worths_of

NEIGHBOURS = 3


@dataclass(frozen=True)
class Terms:
    """One course's points. `near` is None where no place was asked from."""

    course_id: int
    text: int
    near: int | None
    worth: Worth

    @property
    def total(self) -> int:
        return self.text + (self.near or 0) + self.worth.points


@dataclass(frozen=True)
class Standing:
    """`place` among the answers, 0 first, None for a course that is none of them; `above`: those just before it."""

    found: Found
    place: int | None = None
    own: Terms | None = None
    above: tuple[Terms, ...] = ()
    # totals of all the other answers, best first: where a few points more would lead
    totals: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        return self.found.total

    def place_with(self, more: int) -> int | None:
        """Where `more` points would lead, the others staying as they are; equals count as staying in front."""
        if self.own is None:
            return None
        wanted = self.own.total + more
        return min(self.place or 0, sum(total >= wanted for total in self.totals))


def standing_of(course_id: int, question: CourseQuestion, *, state: State | None = None) -> Standing:
    """The standing in the order by relevance; a fixed number of statements, whatever the catalogue holds."""
    question = replace(question, page=1, sort=Sort.RELEVANCE)
    found = find(question, {}, state=state)
    ordered, totals = _ordered(found)
    places = np.flatnonzero(ordered == course_id)
    if not len(places):
        return Standing(found)
    place = int(places[0])
    shown = ordered[max(0, place - NEIGHBOURS) : place + 1].tolist()
    worths = worths_of(shown)
    terms = [_terms(pk, found.scored, worths[pk]) for pk in shown if pk in worths]
    if not terms or terms[-1].course_id != course_id:  # an edit took it away a moment ago
        return Standing(found)
    others = np.delete(totals, place).tolist()
    return Standing(found, place, terms[-1], tuple(terms[:-1]), tuple(others))


def _ordered(found: Found) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of all the answers in order, and their totals."""
    if found.scored is None:
        return _browsed() if found.total else (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    ranked = found.scored.ranked
    rows = ranked.first(len(ranked.rows))
    # the first key, by ascending rows, is the total turned round
    return found.scored.tally.packed.courses[rows], -ranked.keys[0][np.searchsorted(ranked.rows, rows)]


def _browsed() -> tuple[np.ndarray, np.ndarray]:
    """The whole catalogue: nothing but what each course is worth."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT course_id, points FROM courses_searchdocument ORDER BY {BROWSED[Sort.RELEVANCE]}"  # noqa: S608
        )
        rows = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _terms(pk: int, scored: Scored | None, worth: Worth) -> Terms:
    if scored is None:
        return Terms(pk, 0, None, worth)
    row = int(np.flatnonzero(scored.tally.packed.courses == pk)[0])
    near = None if scored.near is None else int(scored.near[row])
    own = int(scored.tally.packed.points[row])
    return Terms(pk, int(scored.text[row]), near, replace(worth, points=own))


# --- what leaves a course out


@dataclass(frozen=True)
class LeftOut:
    """Why a published course is no answer: words that it says nowhere, and filters it does not meet.

    Neither: it meets each filter, but no single offering meets them all.
    """

    unsaid: tuple[str, ...] = ()
    unmet: tuple[Facet, ...] = ()


def left_out(course_id: int, found: Found, *, state: State | None = None) -> LeftOut:
    """Each condition is asked alone: one statement for the words, one for each filter."""
    state = state or current()
    question = found.question
    asked = [facet for facet in FACETS if facet.asked(question)]
    unmet = tuple(facet for facet in asked if not _answers(course_id, _only(question, facet, asked), state))
    return LeftOut(_unsaid(course_id, found), unmet)


def _only(question: CourseQuestion, kept: Facet, asked: Sequence[Facet]) -> CourseQuestion:
    """The same question with this filter alone."""
    alone = replace(question, text="", page=1)
    for facet in asked:
        if facet is not kept:
            alone = alone.without(facet.field)
    return alone


def _answers(course_id: int, question: CourseQuestion, state: State) -> bool:
    ordered, _totals = _ordered(find(question, {}, state=state))
    return bool((ordered == course_id).any())


def _unsaid(course_id: int, found: Found) -> tuple[str, ...]:
    """The ideas of the text that the course does not say; of one that only needs one of them, all or none."""
    needed = [idea for idea in found.understood.ideas if not idea.is_optional or found.understood.is_partial]
    if not needed:
        return ()
    queries = [idea_query(idea) for idea in needed]
    parts = ", ".join(f"d.vector @@ ({query.text})" for query in queries)
    parameters = [each for query in queries for each in query.parameters]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {parts} FROM courses_searchdocument d WHERE d.course_id = %s",  # noqa: S608
            [*parameters, course_id],
        )
        said = cursor.fetchone()
    if said is None or (found.understood.is_partial and any(said)):
        return ()
    return tuple(idea.said for idea, is_said in zip(needed, said, strict=True) if not is_said)

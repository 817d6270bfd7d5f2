"""Answers in their order: the key that sorts them, pages of them, what was left out. Pure."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

import numpy as np

from jobs.matching import criteria
from jobs.matching.engine import COST_COLUMN, COVERAGE_COLUMN, DATE_COLUMN, DISTANCE_COLUMN
from jobs.matching.facts import SeekerFacts
from jobs.snapshot.arrays import UNKNOWN, Array, Arrays

REASONS = tuple(rule.reason for rule in criteria.FILTERS)
NO_ANSWER = np.uint64(2**64 - 1)
# widths of a key, from its left: 65,536 scores, 2,048 coverages, 32,768 km, 4,194,304 days
SCORE_TOP, COVERAGE_TOP, KM_TOP, DAY_TOP = 2**15 - 1, 2**11 - 1, 2**15 - 1, 2**22 - 1
# where a column stands in a key: how far from its right, and its width
PLACES = {DATE_COLUMN: (0, DAY_TOP), DISTANCE_COLUMN: (22, KM_TOP), COVERAGE_COLUMN: (37, COVERAGE_TOP)}
UNKNOWN_LAST = 10**9


def keys_of(score: Array, coverage: Array, away: Array, starts: Array) -> Array:
    """The order of the answers as one number: best first, then coverage, nearer, earlier."""
    key = (SCORE_TOP - score.astype(np.int64)).astype(np.uint64) << np.uint64(48)
    key |= (COVERAGE_TOP - coverage.astype(np.int64)).astype(np.uint64) << np.uint64(37)
    key |= away.astype(np.uint64) << np.uint64(22)
    return key | starts.astype(np.uint64)


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer: a course and the way to follow it; offering 0 and session None where there is none.

    `order` is what `engine.order_of` says of it.
    """

    course: int
    offering: int
    session: int | None
    order: tuple[object, ...]

    @property
    def score(self) -> int:
        return -self.order[-5]  # type: ignore[operator]


@dataclass(frozen=True)
class Ranked:
    """All the answers, ordered only as far as they are asked for, and the courses that limits left out."""

    arrays: Arrays
    seeker: SeekerFacts
    week: str
    # of the answers, by course: row, key of the order, offering, session (-1 none)
    rows: Array
    keys: Array
    offerings: Array
    sessions: Array
    # of those left out: row, place of the reason
    left_out: Array
    reasons: Array
    gaining: dict[str, Array] = field(default_factory=dict)
    # of the answers, what sorts them before their key; None where points do
    column: Array | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def exclusion_counts(self) -> tuple[tuple[str, int], ...]:
        """(reason, how many courses), in the order of the reasons."""
        counts = np.bincount(self.reasons, minlength=len(REASONS)).tolist()
        return tuple((reason, count) for reason, count in zip(REASONS, counts, strict=True) if count)

    def excluded_in_order(self, most: int | None = None) -> list[tuple[int, int]]:
        """(place of the reason, course) of the courses left out, by reason, then by number."""
        order = np.argsort(self.reasons, kind="stable")[:most]
        pks = self.arrays.course_pk[self.left_out[order]].tolist()
        return list(zip(self.reasons[order].tolist(), pks, strict=True))

    @cached_property
    def bringing(self) -> dict[str, int]:
        """Missing skill → how many of the answers bring it; without those that none brings."""
        answers = np.zeros(len(self.arrays), bool)
        answers[self.rows] = True
        counts = {code: int(answers[rows].sum()) for code, rows in self.gaining.items()}
        return {code: count for code, count in counts.items() if count}

    def sorted_by(self, column: str) -> "Ranked":
        """The same answers by a column of `engine.COLUMNS`; "" is by points."""
        return replace(self, column=self._column(column)) if column else self

    def _column(self, column: str) -> Array:
        if column == COST_COLUMN:
            places = np.flatnonzero(self.arrays.audience == self.seeker.audience)
            cents = self.arrays.cost_cents[places[0]] if len(places) else np.full(len(self.arrays.place), UNKNOWN)
            found, unknown = cents[self.offerings].astype(np.int64), UNKNOWN
        else:
            shift, top = PLACES[column]
            found = (self.keys >> np.uint64(shift) & np.uint64(top)).astype(np.int64)
            if column == COVERAGE_COLUMN:
                return found - COVERAGE_TOP
            unknown = top
        return np.where(found == unknown, UNKNOWN_LAST, found)

    def page(self, first: int, end: int) -> list[Hit]:
        """The answers from `first` (0 is the best) up to `end`, excluded."""
        end = min(end, len(self))
        if first >= end:
            return []
        if self.column is not None:
            near = np.lexsort((self.keys, self.column))
            return [self._hit(place) for place in self._in_turn(near, first, end)[first:end]]
        last = np.partition(self.keys, end - 1)[end - 1]
        near = np.flatnonzero(self.keys <= last)
        near = near[np.argsort(self.keys[near], kind="stable")]
        return [self._hit(place) for place in self._in_turn(near, first, end)[first:end]]

    def _in_turn(self, near: Array, first: int, end: int) -> list[int]:
        """The places `near`, ordered by key, with equals that reach the page in the order of the week."""
        keys = self.keys[near]
        # equal keys are equal columns, but for what is left to pay
        differ = keys[1:] != keys[:-1]
        if self.column is not None:
            differ |= np.diff(self.column[near]) != 0
        begins = np.flatnonzero(np.concatenate(([True], differ)))
        ordered = near.tolist()
        for begin, stop in zip(begins.tolist(), [*begins[1:].tolist(), len(near)], strict=True):
            if stop - begin > 1 and stop > first and begin < end:
                ordered[begin:stop] = sorted(ordered[begin:stop], key=self._turn)
        return ordered

    def _turn(self, place: int) -> str:
        pk = self.arrays.course_pk[self.rows[place]]
        return sha256(f"{self.week}|{self.seeker.query_key}|{pk}".encode()).hexdigest()

    def _hit(self, place: int) -> Hit:
        session, key = int(self.sessions[place]), int(self.keys[place])
        away, starts = key >> 22 & KM_TOP, key & DAY_TOP
        before = () if self.column is None else (int(self.column[place]),)
        return Hit(
            int(self.arrays.course_pk[self.rows[place]]),
            int(self.arrays.offering_pk[self.offerings[place]]),
            None if session == UNKNOWN else int(self.arrays.session_pk[session]),
            (
                *before,
                (key >> 48) - SCORE_TOP,
                (key >> 37 & COVERAGE_TOP) - COVERAGE_TOP,
                UNKNOWN_LAST if away == KM_TOP else away,
                UNKNOWN_LAST if starts == DAY_TOP else starts,
                self._turn(place),
            ),
        )

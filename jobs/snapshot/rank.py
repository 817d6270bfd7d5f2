"""The ranking of a request from the arrays: what `jobs.matching.engine.rank` answers, and nothing else. Pure.

The formulas are those of `jobs.matching.criteria`; tests hold the two equal. Only the postings of the missing skills,
of the targets and of the titles that say a name are read, and those of the held skills that courses ask for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from jobs.matching import criteria
from jobs.matching.facts import SeekerFacts, SkillNeed
from jobs.snapshot.arrays import UNKNOWN, Array, Arrays
from jobs.snapshot.ordered import DAY_TOP, KM_TOP, NO_ANSWER, REASONS, Ranked, keys_of

# a gain, beside its points: round to nothing as they may, the course is on the goal
GAIN = 1 << 20
# required level, given level, is it suggested, of each number that `step` makes
_REQUIRED, _GIVEN, _SUGGESTED = np.arange(32) >> 3, (np.arange(32) >> 1) & 3, np.arange(32) & 1
# of a set of reasons, as bits: how many, then the first
_WORST = np.array([8 * bits.bit_count() + ((bits & -bits).bit_length() - 1 if bits else 0) for bits in range(64)])


@dataclass(frozen=True)
class Day:
    """Which sessions may be entered on a day, and the first such session of each offering, -1 if none."""

    ordinal: int
    may_enter: Array
    entry: Array


def day_of(arrays: Arrays, day: date) -> Day:
    ordinal = day.toordinal()
    # a day without a registration's end is never over
    open_to_all = (arrays.closes_on == 0) | (arrays.closes_on >= ordinal)
    coming = (arrays.starts_on > 0) & (arrays.starts_by >= ordinal)
    may_enter = coming & open_to_all & ~arrays.is_full & ~arrays.is_closed
    return Day(ordinal, may_enter, first_of_each(np.flatnonzero(may_enter), arrays.session_from))


def first_of_each(hits: Array, ends: Array) -> Array:
    """Of each group, bounded by `ends`, the first number of `hits` (sorted) that lies in it; -1 if none does."""
    places = np.searchsorted(hits, ends[:-1])
    found = hits[np.minimum(places, len(hits) - 1)] if len(hits) else np.zeros(len(ends) - 1, np.int64)
    inside = (places < len(hits)) & (found < ends[1:])
    return np.where(inside, found, UNKNOWN)


@lru_cache(maxsize=4_096)
def gain_points(weight: int, missing_weight: int) -> Array:
    """What so many levels of a missing skill of that weight bring, by `gain_kind`: points, and GAIN. Only to read."""
    whole = 4 * missing_weight
    found = []
    for kind in range(8):
        share = criteria.COVERAGE * weight * (kind >> 1) * (3 if kind & 1 else 4)
        found.append((2 * share + whole) // (2 * whole) + GAIN if kind > 1 else 0)
    return np.array(found, np.int32)


def gain_kind(held: int, wanted: int) -> Array:
    """By the number that `step` makes of a lesson: how many levels it brings to somebody who holds a level and wants
    another, twice, and whether it is suggested.
    """
    found: Array = _KINDS[held, wanted]
    return found


def _kinds(held: int, wanted: int) -> Array:
    start = np.maximum(held, _REQUIRED)
    levels = np.maximum(start, np.minimum(_GIVEN, wanted)) - start
    # given 0: not taught at all
    return np.where(_GIVEN == 0, 0, 2 * levels + _SUGGESTED).astype(np.intp)


# by level held, then wanted
_KINDS = np.array([[_kinds(held, wanted) for wanted in range(4)] for held in range(4)])


def rank(
    arrays: Arrays,
    seeker: SeekerFacts,
    *,
    day: Day,
    km: Array | None = None,
    titles: tuple[Array, Array] | None = None,
    week: str,
    without: Iterable[int] = (),
) -> Ranked:
    """Return the answers to `seeker`; `day` is that of the seeker.

    `km` gives whole kilometres to each place, -1 unknown, or None; `titles` the rows whose title says a name of the
    goal, with their points; `without` courses (by number) that are not to answer.
    """
    merits = Merits(arrays, seeker, titles)
    rows = merits.rows(without)
    if not len(rows):
        none = np.zeros(0, np.int64)
        return Ranked(arrays, seeker, week, none, none.astype(np.uint64), none, none, none, none, merits.gaining)
    first = arrays.offering_from[rows]
    counts = arrays.offering_from[rows + 1] - first
    starts = np.cumsum(counts) - counts
    offerings = np.repeat(first - starts, counts) + np.arange(int(counts.sum()))
    owner = np.repeat(np.arange(len(rows)), counts)
    ways = Ways(arrays, seeker, day, km, offerings)
    keys, reasons = _assessed(merits, ways, rows, owner)
    best = np.minimum.reduceat(keys, starts)
    answers = best != NO_ANSWER
    # offerings are in order: the first of the best ways is that of the smallest number
    chosen = first_of_each(np.flatnonzero(keys == best[owner]), np.append(starts, len(keys)))[answers]
    worst = np.minimum.reduceat(_WORST[reasons], starts)[~answers] % 8
    kept = rows[answers], best[answers], offerings[chosen], ways.sessions[chosen], rows[~answers], worst
    return Ranked(arrays, seeker, week, *kept, merits.gaining)


def _assessed(merits: "Merits", ways: "Ways", rows: Array, owner: Array) -> tuple[Array, Array]:
    """The key of each way, NO_ANSWER where a limit leaves it out, and the reasons of that, as bits."""
    points, coverage, is_too_high = merits.of(rows)
    keys = keys_of(points[owner] + ways.points, coverage[owner], ways.away, ways.starts)
    reasons = ways.reasons | is_too_high[owner] << REASONS.index("level_too_high")
    return np.where(reasons == 0, keys, NO_ANSWER), reasons


class Merits:
    """What a course is worth to a seeker, whichever way it is followed."""

    def __init__(self, arrays: Arrays, seeker: SeekerFacts, titles: tuple[Array, Array] | None):
        self.arrays, self.seeker = arrays, seeker
        self.gains = np.zeros(len(arrays), np.int32)
        self.gaining: dict[str, Array] = {}
        for need in seeker.missing:
            self._add_gains(need)
        self.links = np.zeros(len(arrays), np.int16)
        self.linked = np.zeros(len(arrays), bool)
        for kind in sorted({kind for kind, _code in seeker.targets}):
            self._add_links(kind)
        self.titles = np.zeros(len(arrays), np.int16)
        if titles is not None:
            self.titles[titles[0]] = titles[1]

    def _add_gains(self, need: SkillNeed) -> None:
        found = self.arrays.posting("skill", need.code)
        kinds = gain_kind(self.seeker.held_levels.get(need.code, 0), need.level)
        by_step = gain_points(need.weight, self.seeker.missing_weight)[kinds]
        points = by_step[self.arrays.skill_step[found]]
        rows = self.arrays.skill_row[found]
        self.gains[rows] += points
        self.gaining[need.code] = rows[points > 0]

    def _add_links(self, kind: str) -> None:
        share = criteria.LINK_SHARES.get(kind, 0)
        signs = np.zeros(len(self.arrays), np.int8)
        for _kind, code in sorted(target for target in self.seeker.targets if target[0] == kind):
            found = self.arrays.posting("link", f"{kind}:{code}")
            rows = self.arrays.link_row[found]
            signs[rows] = np.maximum(signs[rows], 2 - self.arrays.link_is_suggested[found])
        self.linked |= signs > 0
        self.links += np.array([0, share * 3 // 4, share], np.int16)[signs]

    def rows(self, without: Iterable[int]) -> Array:
        """The courses on the goal; all of them without a goal."""
        if self.seeker.has_goal:
            on_goal = (self.gains > 0) | self.linked | (self.titles > 0)
        else:
            on_goal = np.ones(len(self.arrays), bool)
        for pk in without:
            row = int(np.searchsorted(self.arrays.course_pk, pk))
            if row < len(self.arrays) and self.arrays.course_pk[row] == pk:
                on_goal[row] = False
        return np.flatnonzero(on_goal)

    def of(self, rows: Array) -> tuple[Array, Array, Array]:
        """Points, those of the coverage alone, and whether a mandatory level is above the seeker's."""
        coverage = self.gains[rows] % GAIN
        points = coverage + self.links[rows] + self.titles[rows]
        points += np.clip(self.arrays.demand[rows], 0, criteria.DEMAND)
        points += self._prerequisites(rows)
        own = self.seeker.entry_level
        if own is None:
            return points, coverage, np.zeros(len(rows), np.int64)
        level, mandatory = self.arrays.entry_level[rows], self.arrays.entry_is_mandatory[rows]
        is_above = level > own
        lost = np.where(is_above & (mandatory != UNKNOWN), criteria.NOT_READY, criteria.UNCERTAINTY)
        points += np.where(is_above | (level == UNKNOWN), lost, 0)
        return points, coverage, (is_above & (mandatory == 1)).astype(np.int64)

    def _prerequisites(self, rows: Array) -> Array:
        """Each skill asked for is unknown, until the seeker says a level of it."""
        lost = criteria.UNCERTAINTY * self.arrays.asks.astype(np.int32)
        for code, held in self.seeker.held_levels.items():
            found = self.arrays.posting("asked", code)
            is_ready = self.arrays.asked_level[found] <= held
            lost[self.arrays.asked_row[found]] += np.where(is_ready, 0, criteria.NOT_READY) - criteria.UNCERTAINTY
        return lost[rows]


class Ways:
    """What each way to follow a course is worth to a seeker: where, when, at what cost, and why it is left out."""

    def __init__(
        self, arrays: Arrays, seeker: SeekerFacts, day: Day, km: Array | None, offerings: Array, parts: str = "pdc"
    ):
        self.arrays, self.seeker, self.day, self.offerings = arrays, seeker, day, offerings
        self.points = np.zeros(len(offerings), np.int32)
        self.reasons = np.zeros(len(offerings), np.int64)
        # place, date, cost
        if "p" in parts:
            self._place(km)
        if "d" in parts:
            self._date()
        if "c" in parts:
            self._cost()

    def _leave_out(self, reason: str, which: Array) -> None:
        self.reasons |= which.astype(np.int64) << REASONS.index(reason)

    def _place(self, km: Array | None) -> None:
        seeker, remote = self.seeker, self.arrays.is_remote[self.offerings]
        place = self.arrays.place[self.offerings]
        away = np.full(len(place), UNKNOWN, np.int32)
        if km is not None:
            is_known = (place != UNKNOWN) & (remote != 1)
            away[is_known] = km[place[is_known]]
        if seeker.has_place:
            near = np.where(away == UNKNOWN, criteria.UNCERTAINTY, np.maximum(0, criteria.PLACE - away))
            self.points += np.where(remote == 1, criteria.PLACE, near)
            if seeker.reach_km is not None:
                self._leave_out("too_far", (remote != 1) & (away > seeker.reach_km))
        if seeker.only_remote:
            self._leave_out("not_remote", remote == 0)
        elif not seeker.accepts_remote:
            self._leave_out("remote_refused", remote == 1)
        self.away = np.where(remote == 1, 0, np.where(away == UNKNOWN, KM_TOP, away))

    def _date(self) -> None:
        seeker, arrays = self.seeker, self.arrays
        permanent = arrays.is_permanent[self.offerings]
        after = seeker.starts_after.toordinal() if seeker.starts_after else 0
        before = seeker.starts_before.toordinal() if seeker.starts_before else DAY_TOP
        self.sessions = self._entries(after, before)
        self.sessions[permanent] = UNKNOWN
        has_one = self.sessions != UNKNOWN
        # the last number stands for no session
        starts_on = np.where(has_one, np.append(arrays.starts_on, 0)[self.sessions], 0)
        starts_by = np.where(has_one, np.append(arrays.starts_by, 0)[self.sessions], 0)
        days = np.maximum(0, starts_by - max(self.day.ordinal, after))
        points = np.maximum(0, criteria.DATE * (criteria.DATE_DAYS - days) // criteria.DATE_DAYS)
        inside = has_one & (starts_on >= after) & (starts_by <= before)
        points = np.where(inside, points, criteria.UNCERTAINTY)
        self.points += np.where(permanent, criteria.DATE, points)
        self._leave_out("starts_outside", has_one & ((starts_by < after) | (starts_on > before)))
        self.starts = np.where(permanent, self.day.ordinal, np.where(has_one, starts_by, DAY_TOP))

    def _entries(self, after: int, before: int) -> Array:
        """Of each offering the first session one can enter that suits the dates, else the first, else -1."""
        entries = self.day.entry[self.offerings]
        if (not after and before == DAY_TOP) or not len(entries):
            return entries
        first = np.where(entries == UNKNOWN, 0, entries)
        counts = np.where(entries == UNKNOWN, 0, self.arrays.session_from[self.offerings + 1] - first)
        starts = np.cumsum(counts) - counts
        sessions = np.repeat(first - starts, counts) + np.arange(int(counts.sum()))
        suits = self.day.may_enter[sessions]
        suits &= (self.arrays.starts_by[sessions] >= after) & (self.arrays.starts_on[sessions] <= before)
        found = first_of_each(np.flatnonzero(suits), np.append(starts, len(sessions)))
        return np.where(found == UNKNOWN, entries, first - starts + found)

    def _cost(self) -> None:
        places = np.flatnonzero(self.arrays.audience == self.seeker.audience)
        if not len(places):
            self.points += criteria.UNCERTAINTY
            return
        cents = self.arrays.cost_cents[places[0]][self.offerings]
        points = np.maximum(0, criteria.COST - cents // criteria.COST_STEP_CENTS)
        self.points += np.where(cents == UNKNOWN, criteria.UNCERTAINTY, points).astype(np.int32)
        if self.seeker.budget_cents is not None:
            self._leave_out("over_budget", cents > self.seeker.budget_cents)

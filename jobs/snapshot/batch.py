"""The best courses for many people: those who share a goal share all that does not depend on a person. Pure.

The answers are those of `rank`, of which only the first are made: a person costs a few passes over small arrays of the
courses on the goal, in sixteen bits, and the order is worked out for those that can still be among the first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

import numpy as np

from jobs.matching import criteria
from jobs.matching.facts import SeekerFacts
from jobs.matching.titles import NO_TITLES, Titles
from jobs.snapshot.arrays import UNKNOWN, Array, Arrays
from jobs.snapshot.ordered import DAY_TOP, KM_TOP, SCORE_TOP, keys_of
from jobs.snapshot.places import Places
from jobs.snapshot.rank import GAIN, Day, Merits, Ways, first_of_each, gain_kind, gain_points, rank

# what cannot be an answer, far below any sum of points, in sixteen bits
NEVER = -6_000
LEAST = -4_000
# courses that ask for more skills than that are left to `rank`: their points need more bits
MOST_ASKED = 100
# one option in so many is looked at to guess how good the first ones are
STRIDE = 12
# how many options to look at for each answer, then how many if there are too few above the floor; in the end, all
UNDATED, DATED = (3, 12, 48, 10**9), (8, 32, 128, 10**9)
KEPT_SHARED = 200
KEPT_KM_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """A request of the batch; `latitude` and `longitude` go with `seeker.has_place`."""

    seeker: SeekerFacts
    latitude: float = 0.0
    longitude: float = 0.0


Goal = tuple[object, ...]
Best = list[tuple[int, int]]


def goal_of(seeker: SeekerFacts, titles: Titles = NO_TITLES) -> Goal:
    """What people of one group have in common."""
    return seeker.needs, seeker.targets, titles, seeker.day


class Distances:
    """Kilometres from where people live, kept while there is room: many live in one commune."""

    def __init__(self, arrays: Arrays, exact: Callable[[float, float, float, float], int]):
        self.places, self.exact = Places(arrays), exact
        self.kept: dict[tuple[float, float], Array] = {}
        self.most = max(1, KEPT_KM_BYTES // max(1, 2 * len(arrays.latitude)))

    def of(self, latitude: float, longitude: float) -> Array:
        """To each place, and -1 at the end for what is none."""
        found = self.kept.get((latitude, longitude))
        if found is None:
            if len(self.kept) >= self.most:
                self.kept.clear()
            km = self.places.km_from(latitude, longitude, lambda *place: self.exact(latitude, longitude, *place))
            # no place of the Earth is farther than 20,040 km
            found = self.kept[latitude, longitude] = np.append(km, UNKNOWN).astype(np.int16)
        return found


class Group:
    """The courses on a goal, whoever asks: one signature for those that teach the same levels of the same skills."""

    def __init__(self, arrays: Arrays, day: Day, seeker: SeekerFacts, titles: tuple[Array, Array] | None, week: str):
        self.arrays, self.day, self.week = arrays, day, week
        self.needs = seeker.needs
        merits = Merits(arrays, SeekerFacts(seeker.needs, seeker.day, targets=seeker.targets), titles)
        self._signatures(merits)
        rows = self.rows
        self.course_pk = arrays.course_pk[rows]
        self.place_of = np.full(len(arrays), UNKNOWN, np.int32)
        self.place_of[rows] = np.arange(len(rows))
        # without the levels that nobody has told, and without a level of study
        points = merits.links[rows] + merits.titles[rows] + np.clip(arrays.demand[rows], 0, criteria.DEMAND)
        self.merit = (points + criteria.UNCERTAINTY * arrays.asks[rows].astype(np.int32)).astype(np.int16)
        level, mandatory = arrays.entry_level[rows].astype(np.int32), arrays.entry_is_mandatory[rows]
        self.entry = ((level + 1) * 3 + mandatory + 1).astype(np.intp)
        self.asked: dict[tuple[str, int], tuple[Array, Array]] = {}
        self._options()
        self._spots()
        self._starts()
        self.fixed: dict[tuple[int | None, str, int | None], tuple[Array, Array]] = {}

    def _signatures(self, merits: Merits) -> None:
        arrays = self.arrays
        codes = np.zeros((len(arrays), len(self.needs) + 1), np.uint8)
        for place, need in enumerate(self.needs):
            found = arrays.posting("skill", need.code)
            codes[arrays.skill_row[found], place] = arrays.skill_step[found]
        codes[:, -1] = merits.linked | (merits.titles > 0)
        self.rows = np.flatnonzero(codes.any(axis=1))
        packed = np.ascontiguousarray(codes[self.rows])
        whole = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
        _kinds, first, signature = np.unique(whole, return_index=True, return_inverse=True)
        self.signature = signature.astype(np.intp)
        self.is_signed = packed[first, -1].astype(bool)
        self.steps = np.ascontiguousarray(packed[first, :-1].T)
        self.kinds: dict[tuple[int, int], Array] = {}

    def _options(self) -> None:
        arrays = self.arrays
        first = arrays.offering_from[self.rows]
        counts = arrays.offering_from[self.rows + 1] - first
        starts = np.cumsum(counts) - counts
        self.options = np.repeat(first - starts, counts) + np.arange(int(counts.sum()))
        self.option_from = np.append(starts, len(self.options))
        self.owner = np.repeat(np.arange(len(self.rows)), counts)
        self.option_signature = self.signature[self.owner]

    def _spots(self) -> None:
        """A spot is a place and what is known of the modality: points of a place are worked out once per spot."""
        pairs = self.arrays.place[self.options].astype(np.int64) * 3 + self.arrays.is_remote[self.options] + 1
        kinds, spot = np.unique(pairs, return_inverse=True)
        self.spot, remote = spot.astype(np.intp), kinds % 3 - 1
        self.spot_place = np.where(remote == 1, UNKNOWN, kinds // 3).astype(np.intp)
        self.spot_of_none = np.flatnonzero(self.spot_place == UNKNOWN)
        self.spot_remote = np.flatnonzero(remote == 1)
        self.spot_onsite = np.flatnonzero(remote == 0)
        self.spot_is_remote = remote == 1
        self.nowhere = np.zeros(len(remote), np.int16)

    def _starts(self) -> None:
        """For people who set no dates, and the sessions that may be entered for those who do."""
        arrays, entry = self.arrays, self.day.entry[self.options]
        permanent = arrays.is_permanent[self.options]
        anyone = Ways(arrays, SeekerFacts((), date.fromordinal(self.day.ordinal)), self.day, None, self.options, "d")
        self.date_points, self.start = anyone.points.astype(np.int16), anyone.starts.astype(np.int32)
        # the most that a date can bring to somebody who limits it
        has_sessions = ~permanent & (entry != UNKNOWN)
        self.date_most = np.where(has_sessions, criteria.DATE, self.date_points).astype(np.int16)
        first = arrays.session_from[self.options]
        counts = np.where(permanent, 0, arrays.session_from[self.options + 1] - first)
        begins = np.cumsum(counts) - counts
        sessions = np.repeat(first - begins, counts) + np.arange(int(counts.sum()))
        may_enter = self.day.may_enter[sessions]
        sessions = sessions[may_enter]
        held = np.bincount(np.repeat(np.arange(len(counts)), counts)[may_enter], minlength=len(counts))
        self.session_from = np.concatenate(([0], np.cumsum(held)))
        self.session_on, self.session_by = arrays.starts_on[sessions], arrays.starts_by[sessions]

    def dates(self, seeker: SeekerFacts, options: Array) -> tuple[Array, Array]:
        """Of some options: points of the date, NEVER where no session suits; and when they start."""
        after = seeker.starts_after.toordinal() if seeker.starts_after else 0
        before = seeker.starts_before.toordinal() if seeker.starts_before else DAY_TOP
        first = self.session_from[options]
        counts = self.session_from[options + 1] - first
        begins = np.cumsum(counts) - counts
        sessions = np.repeat(first - begins, counts) + np.arange(int(counts.sum()))
        suits = (self.session_by[sessions] >= after) & (self.session_on[sessions] <= before)
        chosen = first_of_each(np.flatnonzero(suits), np.append(begins, len(sessions)))
        has_one = chosen != UNKNOWN
        found = np.where(counts > 0, NEVER, self.date_points[options])
        starts = self.start[options]
        chosen = sessions[chosen[has_one]]
        starts_on, starts_by = self.session_on[chosen], self.session_by[chosen]
        days = np.maximum(0, starts_by - max(self.day.ordinal, after))
        points = np.maximum(0, criteria.DATE * (criteria.DATE_DAYS - days) // criteria.DATE_DAYS)
        # a partial date may mean a day that does not suit
        points[(starts_on < after) | (starts_by > before)] = criteria.UNCERTAINTY
        found[has_one], starts[has_one] = points, starts_by
        return found, starts

    def shared(self, own: int | None, audience: str, budget: int | None) -> tuple[Array, Array]:
        """Points of each option that are the same for all people of a level of study, an audience and a budget, with
        a date that nobody limits, and with the most that a date can bring; NEVER where it costs too much.
        """
        kept = self.fixed.get((own, audience, budget))
        if kept is None:
            asking = SeekerFacts((), date.fromordinal(self.day.ordinal), audience=audience, budget_cents=budget)
            ways = Ways(self.arrays, asking, self.day, None, self.options, "c")
            points = np.where(ways.reasons > 0, NEVER, ways.points).astype(np.int16)
            entry = np.int16(0) if own is None else _entry_points(own)[self.entry]
            points += (self.merit + entry)[self.owner]
            if len(self.fixed) >= KEPT_SHARED:
                self.fixed.clear()
            kept = self.fixed[own, audience, budget] = points + self.date_points, points + self.date_most
        return kept

    def coverage(self, seeker: SeekerFacts) -> tuple[Array, Array]:
        """Of each signature, the points of the skills it brings, and the same where it is on the goal, else NEVER."""
        found = np.zeros(len(self.is_signed), np.int32)
        own = [seeker.held_levels.get(need.code, 0) for need in self.needs]
        missing = [max(0, need.level - held) for need, held in zip(self.needs, own, strict=True)]
        missing_weight = sum(need.weight * levels for need, levels in zip(self.needs, missing, strict=True))
        for place, need in enumerate(self.needs):
            if missing[place]:
                key = place, own[place]
                kinds = self.kinds.get(key)
                if kinds is None:
                    kinds = self.kinds[key] = gain_kind(own[place], need.level)[self.steps[place]]
                found += gain_points(need.weight, missing_weight)[kinds]
        points = (found & (GAIN - 1)).astype(np.int16)
        return points, np.where((found > 0) | self.is_signed, points, np.int16(NEVER))

    def _asking_for(self, code: str, held: int) -> tuple[Array, Array]:
        """The options of the courses that ask for a skill, and what it changes that a level of it is told."""
        found = self.asked.get((code, held))
        if found is None:
            posting = self.arrays.posting("asked", code)
            places = self.place_of[self.arrays.asked_row[posting]]
            told = np.where(self.arrays.asked_level[posting] <= held, 0, criteria.NOT_READY) - criteria.UNCERTAINTY
            here = places != UNKNOWN
            places, told = places[here], told[here].astype(np.int16)
            counts = self.option_from[places + 1] - self.option_from[places]
            starts = np.cumsum(counts) - counts
            options = np.repeat(self.option_from[places] - starts, counts) + np.arange(int(counts.sum()))
            found = self.asked[code, held] = options, np.repeat(told, counts)
        return found

    def spots(self, seeker: SeekerFacts, km: Array | None) -> Array:
        """Of each spot, points of its place, NEVER where it is no answer."""
        if km is None:
            points = self.nowhere.copy()
        else:
            away = km[self.spot_place]
            points = np.maximum(np.int16(criteria.PLACE) - away, np.int16(0))
            if seeker.reach_km is not None:
                points[away > seeker.reach_km] = NEVER
            points[self.spot_of_none] = criteria.UNCERTAINTY
            points[self.spot_remote] = criteria.PLACE
        if seeker.only_remote:
            points[self.spot_onsite] = NEVER
        elif not seeker.accepts_remote:
            points[self.spot_remote] = NEVER
        return points

    def best(self, seeker: SeekerFacts, km: Array | None, most: int) -> Best:
        """The first `most` answers to a person of the group: (course, points)."""
        covered, coverage = self.coverage(seeker)
        as_it_is, at_most = self.shared(seeker.entry_level, seeker.audience, seeker.budget_cents)
        has_dates = seeker.starts_after is not None or seeker.starts_before is not None
        scores: Array = coverage[self.option_signature]
        scores += at_most if has_dates else as_it_is
        scores += self.spots(seeker, km)[self.spot]
        for code, held in seeker.held_levels.items():
            options, told = self._asking_for(code, held)
            if len(options):
                scores[options] += told
        near, points, starts = self._first(seeker, scores, most, has_dates=has_dates)
        if not len(near):
            return []
        owner, spot = self.owner[near], self.spot[near]
        away = np.full(len(near), UNKNOWN) if km is None else km[self.spot_place[spot]].astype(np.int64)
        away = np.where(self.spot_is_remote[spot], 0, np.where(away == UNKNOWN, KM_TOP, away))
        keys = keys_of(points, covered[self.option_signature[near]], away, starts)
        return self._ordered(seeker, owner, keys, most)

    def _first(self, seeker: SeekerFacts, scores: Array, most: int, *, has_dates: bool) -> tuple[Array, Array, Array]:
        """The options among which the best way of each of the first `most` courses lies, their points and starts.

        `scores` are points, or, for somebody who limits the dates, the most they can be. Options from a floor up are
        looked at; the floor is guessed from a few of them, and lowered until enough courses are above it.
        """
        sample = scores[::STRIDE]
        for many in DATED if has_dates else UNDATED:
            wanted = max(1, many * most // STRIDE)
            floor = LEAST
            if len(sample) > 2 * wanted:
                floor = max(LEAST, int(np.partition(sample, len(sample) - wanted)[len(sample) - wanted]))
            near = np.flatnonzero(scores >= floor)
            points, starts = scores[near], self.start[near]
            if has_dates:
                dated, starts = self.dates(seeker, near)
                points = points - self.date_most[near] + dated
            above = points >= floor
            if floor == LEAST or _distinct(self.owner[near[above]]) >= most:
                break
        return near[above], points[above], starts[above]

    def _ordered(self, seeker: SeekerFacts, owner: Array, keys: Array, most: int) -> Best:
        begins = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
        best = np.minimum.reduceat(keys, begins)
        if len(best) > most:
            # with the equals of the last one
            kept = np.flatnonzero(best <= np.partition(best, most - 1)[most - 1])
            best, begins = best[kept], begins[kept]
        order = np.argsort(best, kind="stable")
        found = best[order].tolist()
        courses = self.course_pk[owner[begins[order]]].tolist()
        if len(set(found)) < len(found):
            start = f"{self.week}|{seeker.query_key}|"
            courses = _in_turn(found, courses, start)
        return [(pk, SCORE_TOP - (key >> 48)) for pk, key in zip(courses[:most], found, strict=False)]


def _in_turn(keys: Sequence[int], courses: Sequence[int], start: str) -> list[int]:
    """The courses in their order, equals in that of the week."""
    found: list[int] = []
    for _key, equals in groupby(zip(keys, courses, strict=True), key=itemgetter(0)):
        some = [course for _same, course in equals]
        if len(some) > 1:
            some.sort(key=lambda course: sha256(f"{start}{course}".encode()).digest())
        found += some
    return found


def _distinct(owner: Array) -> int:
    """How many numbers there are in a sorted array."""
    return int(np.count_nonzero(owner[1:] != owner[:-1])) + 1 if len(owner) else 0


def best_of_all(
    arrays: Arrays,
    day: Day,
    people: Sequence[Person],
    goals: Sequence[Goal],
    *,
    titled: Callable[[Goal], tuple[Array, Array] | None],
    week: str,
    exact: Callable[[float, float, float, float], int],
    most: int = 20,
) -> Iterator[tuple[int, Best]]:
    """Yield (place among `people`, the first `most` answers), one goal after the other.

    `goals` says for each person what `goal_of` does; `titled` the titles that speak of a goal.
    """
    distances = Distances(arrays, exact)
    groups: dict[Goal, list[int]] = {}
    for place, goal in enumerate(goals):
        groups.setdefault(goal, []).append(place)
    is_plain = not len(arrays) or int(arrays.asks.max()) <= MOST_ASKED
    for goal, places in groups.items():
        first = people[places[0]].seeker
        titles = titled(goal)
        group = Group(arrays, day, first, titles, week) if first.has_goal and is_plain and len(arrays) else None
        for place in places:
            person = people[place]
            km = distances.of(person.latitude, person.longitude) if person.seeker.has_place else None
            if group is not None:
                yield place, group.best(person.seeker, km, most)
            else:
                found = rank(
                    arrays, person.seeker, day=day, km=None if km is None else km[:-1], titles=titles, week=week
                )
                yield place, [(hit.course, hit.score) for hit in found.page(0, most)]


@cache
def _entry_points(own: int) -> Array:
    """Points by entry level and whether it is mandatory, packed as `Group.entry` packs them."""
    level, mandatory = np.arange(30) // 3 - 1, np.arange(30) % 3 - 1
    above = level > own
    points = np.where(above & (mandatory != UNKNOWN), criteria.NOT_READY, criteria.UNCERTAINTY)
    points = np.where(above | (level == UNKNOWN), points, 0)
    return np.where(above & (mandatory == 1), NEVER, points).astype(np.int16)

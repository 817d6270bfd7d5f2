"""The best courses for many people: those who share a goal share all that does not depend on a person. Pure.

The answers are those of `rank`, of which only the first are made: a person costs a few passes over small arrays of the
courses on the goal, in sixteen bits, and the order is worked out for those that can still be among the first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import numpy as np

from jobs.matching import criteria
from jobs.matching.facts import SeekerFacts
from jobs.snapshot.arrays import UNKNOWN, Array, Arrays
from jobs.snapshot.rank import (
    GAIN,
    KM_TOP,
    Day,
    Merits,
    Ways,
    gain_points,
    keys_of,
    km_of_places,
    rank,
)

# what cannot be an answer, far below any sum of points, in sixteen bits
NEVER = -6_000
LEAST = -4_000
# courses that ask for more skills than that are left to `rank`: their points need more bits
MOST_ASKED = 100
# one option in so many is looked at to guess how good the first ones are
STRIDE = 8
KEPT_DATES = 400
KEPT_KM_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """A request of the batch; `latitude` and `longitude` go with `seeker.has_place`."""

    seeker: SeekerFacts
    latitude: float = 0.0
    longitude: float = 0.0


Goal = tuple[object, ...]
Best = list[tuple[int, int]]


def goal_of(seeker: SeekerFacts, names: Sequence[str] = ()) -> Goal:
    """What people of one group have in common."""
    return seeker.needs, seeker.targets, tuple(names), seeker.day


class Distances:
    """Kilometres from where people live, kept while there is room: many live in one commune."""

    def __init__(self, arrays: Arrays, exact: Callable[[float, float, float, float], int]):
        self.arrays, self.exact = arrays, exact
        self.kept: dict[tuple[float, float], Array] = {}
        self.most = max(1, KEPT_KM_BYTES // max(1, 2 * len(arrays.latitude)))

    def of(self, latitude: float, longitude: float) -> Array:
        found = self.kept.get((latitude, longitude))
        if found is None:
            if len(self.kept) >= self.most:
                self.kept.clear()
            km = km_of_places(self.arrays, latitude, longitude, lambda *place: self.exact(latitude, longitude, *place))
            # no place of the Earth is farther than 20,040 km
            found = self.kept[latitude, longitude] = np.append(km, UNKNOWN).astype(np.int16)
        return found


class Group:
    """The courses on a goal, whoever asks: one signature for those that teach the same levels of the same skills."""

    def __init__(self, arrays: Arrays, day: Day, seeker: SeekerFacts, titles: tuple[Array, Array] | None, week: str):
        self.arrays, self.day, self.titles, self.week = arrays, day, titles, week
        nobody = SeekerFacts(seeker.needs, seeker.day, targets=seeker.targets)
        merits = Merits(arrays, nobody, titles)
        codes = np.zeros((len(arrays), len(seeker.needs) + 1), np.uint8)
        for place, need in enumerate(seeker.needs):
            found = arrays.posting("skill", need.code)
            codes[arrays.skill_row[found], place] = arrays.skill_step[found]
        codes[:, -1] = merits.linked | (merits.titles > 0)
        rows = np.flatnonzero(codes.any(axis=1))
        packed = np.ascontiguousarray(codes[rows])
        whole = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
        _kinds, first, signature = np.unique(whole, return_index=True, return_inverse=True)
        self.rows = rows
        self.signature = signature.astype(np.int32)
        self.steps = np.ascontiguousarray(packed[first, :-1].T.astype(np.int64))
        self.is_signed = packed[first, -1].astype(bool)
        self.place_of = np.full(len(arrays), UNKNOWN, np.int32)
        self.place_of[rows] = np.arange(len(rows))
        # without the levels that nobody has told, and without a level of study
        points = merits.links[rows] + merits.titles[rows] + np.clip(arrays.demand[rows], 0, criteria.DEMAND)
        self.merit = (points + criteria.UNCERTAINTY * arrays.asks[rows].astype(np.int32)).astype(np.int16)
        level, mandatory = arrays.entry_level[rows].astype(np.int32), arrays.entry_is_mandatory[rows]
        self.entry = ((level + 1) * 3 + mandatory + 1).astype(np.uint8)
        self.asked: dict[str, tuple[Array, Array]] = {}
        self._options()
        self.dates: dict[tuple[date | None, date | None], tuple[Array, Array, Array]] = {}
        self.fixed: dict[str, tuple[Array, Array]] = {}

    def _options(self) -> None:
        arrays = self.arrays
        first = arrays.offering_from[self.rows]
        counts = arrays.offering_from[self.rows + 1] - first
        starts = np.cumsum(counts) - counts
        self.options = np.repeat(first - starts, counts) + np.arange(int(counts.sum()))
        self.owner = np.repeat(np.arange(len(self.rows), dtype=np.int32), counts)
        # a spot is a place and what is known of the modality: points of the place are worked out once per spot
        pairs = arrays.place[self.options].astype(np.int64) * 3 + arrays.is_remote[self.options] + 1
        kinds, spot = np.unique(pairs, return_inverse=True)
        self.spot = spot.astype(np.int32)
        self.spot_place, self.spot_remote = (kinds // 3), (kinds % 3 - 1)

    def fixed_points(self, seeker: SeekerFacts) -> tuple[Array, Array, Array]:
        """Points of cost and date of each option, cents left to pay, and which can be entered on the person's dates."""
        cost = self.fixed.get(seeker.audience)
        if cost is None:
            ways = Ways(self.arrays, _asking(seeker, audience=seeker.audience), self.day, None, self.options, parts="c")
            found = np.flatnonzero(self.arrays.audience == seeker.audience)
            cents = (
                self.arrays.cost_cents[found[0]][self.options] if len(found) else np.full(len(self.options), UNKNOWN)
            )
            cost = self.fixed[seeker.audience] = (ways.points.astype(np.int16), cents)
        key = (seeker.starts_after, seeker.starts_before)
        date_points = self.dates.get(key)
        if date_points is None:
            asked = _asking(seeker, starts_after=key[0], starts_before=key[1])
            ways = Ways(self.arrays, asked, self.day, None, self.options, parts="d")
            if len(self.dates) >= KEPT_DATES:
                self.dates.clear()
            points = np.where(ways.reasons > 0, NEVER, ways.points).astype(np.int16)
            date_points = self.dates[key] = (points, ways.starts.astype(np.int32), ways.reasons)
        return cost[0] + date_points[0], cost[1], date_points[1]

    def coverage(self, seeker: SeekerFacts) -> tuple[Array, Array]:
        """Of each signature, the points of the skills it brings, and the same where it is on the goal, else NEVER."""
        found = np.zeros(len(self.is_signed), np.int32)
        missing = {need.code for need in seeker.missing}
        for need, steps in zip(seeker.needs, self.steps, strict=True):
            if need.code in missing:
                # step 0: not taught
                found += _with_none(gain_points(seeker, need))[steps]
        points = (found & (GAIN - 1)).astype(np.int16)
        return points, np.where((found > 0) | self.is_signed, points, NEVER).astype(np.int16)

    def merits(self, seeker: SeekerFacts, coverage: Array) -> Array:
        """Points of each course for a person, whichever way it is followed; NEVER and less where it is no answer."""
        points = coverage[self.signature] + self.merit
        if seeker.entry_level is not None:
            points += _entry_points(seeker.entry_level)[self.entry]
        for code, held in seeker.held_levels.items():
            rows, levels = self._asking_for(code)
            if len(rows):
                points[rows] += np.where(levels <= held, 0, criteria.NOT_READY) - criteria.UNCERTAINTY
        return points

    def _asking_for(self, code: str) -> tuple[Array, Array]:
        found = self.asked.get(code)
        if found is None:
            posting = self.arrays.posting("asked", code)
            places = self.place_of[self.arrays.asked_row[posting]]
            here = places != UNKNOWN
            found = self.asked[code] = places[here], self.arrays.asked_level[posting][here]
        return found

    def spots(self, seeker: SeekerFacts, km: Array | None) -> tuple[Array, Array]:
        """Of each spot, points of its place, NEVER where it is no answer; and how far it is, as the order wants it."""
        remote = self.spot_remote
        away = np.full(len(remote), UNKNOWN, np.int64) if km is None else km[self.spot_place].astype(np.int64)
        away[remote == 1] = UNKNOWN
        points = np.zeros(len(remote), np.int16)
        if seeker.has_place:
            near = np.where(away == UNKNOWN, criteria.UNCERTAINTY, np.maximum(0, criteria.PLACE - away))
            points = np.where(remote == 1, criteria.PLACE, near).astype(np.int16)
            if seeker.reach_km is not None:
                points[(remote != 1) & (away > seeker.reach_km)] = NEVER
        if seeker.only_remote:
            points[remote == 0] = NEVER
        elif not seeker.accepts_remote:
            points[remote == 1] = NEVER
        return points, np.where(remote == 1, 0, np.where(away == UNKNOWN, KM_TOP, away))

    def best(self, seeker: SeekerFacts, km: Array | None, most: int) -> Best:
        """The first `most` answers to a person of the group: (course, points)."""
        covered, coverage = self.coverage(seeker)
        spot_points, spot_away = self.spots(seeker, km)
        fixed, cents, starts = self.fixed_points(seeker)
        scores = self.merits(seeker, coverage)[self.owner]
        scores += spot_points[self.spot]
        scores += fixed
        if seeker.budget_cents is not None:
            scores[cents > seeker.budget_cents] = NEVER
        near = self._first(scores, most)
        if not len(near):
            return []
        owner = self.owner[near]
        keys = keys_of(scores[near], covered[self.signature[owner]], spot_away[self.spot[near]], starts[near])
        return self._ordered(seeker, owner, keys, most)

    def _first(self, scores: Array, most: int) -> Array:
        """The options among which the best way of each of the first `most` courses lies."""
        sample = scores[::STRIDE]
        wanted = max(1, 4 * most // STRIDE)
        if len(sample) > 4 * wanted:
            floor = int(np.partition(sample, len(sample) - wanted)[len(sample) - wanted])
            near = np.flatnonzero(scores >= max(floor, LEAST))
            if floor > LEAST and len(np.unique(self.owner[near])) >= most:
                return near
        return np.flatnonzero(scores > LEAST)

    def _ordered(self, seeker: SeekerFacts, owner: Array, keys: Array, most: int) -> Best:
        order = np.argsort(keys, kind="stable")
        owner, keys = owner[order], keys[order]
        # the best way of a course comes first
        _courses, first = np.unique(owner, return_index=True)
        first.sort()
        last = keys[first[min(most, len(first)) - 1]]
        first = first[keys[first] <= last]
        found = []
        for place in first.tolist():
            key, pk = int(keys[place]), int(self.arrays.course_pk[self.rows[owner[place]]])
            found.append((key, pk))
        if len({key for key, _pk in found}) < len(found):
            start = f"{self.week}|{seeker.query_key}|"
            found.sort(key=lambda said: (said[0], sha256(f"{start}{said[1]}".encode()).digest()))
        return [(pk, 32_767 - (key >> 48)) for key, pk in found[:most]]


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

    `goals` says for each person what `goal_of` does; `titled` the titles that say the names of a goal.
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


def _asking(seeker: SeekerFacts, **said: object) -> SeekerFacts:
    """A request of which only what is told here matters."""
    return SeekerFacts((), seeker.day, **said)  # type: ignore[arg-type]


def _with_none(points: Array) -> Array:
    points[0] = 0
    return points


def _entry_points(own: int) -> Array:
    """Points by entry level and whether it is mandatory, packed as `Group.entry` packs them."""
    level, mandatory = np.arange(30) // 3 - 1, np.arange(30) % 3 - 1
    above = level > own
    points = np.where(above & (mandatory != UNKNOWN), criteria.NOT_READY, criteria.UNCERTAINTY)
    points = np.where(above | (level == UNKNOWN), points, 0)
    return np.where(above & (mandatory == 1), NEVER, points).astype(np.int16)

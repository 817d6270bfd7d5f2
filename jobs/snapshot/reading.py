"""The snapshot in force as this process holds it, and a request answered from it, with what changed since.

Courses that changed since the snapshot was made are read from the base and ranked by the engine beside it: a page
never shows what is no more, and no edit costs the pages of everybody else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from courses.search.distance import km_between
from jobs.matching.candidates import Here, distance_km
from jobs.matching.engine import rank as rank_facts
from jobs.matching.facts import CourseFacts, Ranking, SeekerFacts
from jobs.matching.titles import WORDS_MARK, Titles
from jobs.snapshot import files
from jobs.snapshot.arrays import Array, Arrays
from jobs.snapshot.batch import Best, Person, best_of_all, goal_of
from jobs.snapshot.build import MOST_CHANGED, Origin, changed_since
from jobs.snapshot.ordered import Ranked
from jobs.snapshot.places import Places
from jobs.snapshot.rank import Day, day_of, rank
from jobs.snapshot.titles import title_points

MOST_GOALS = 500


@dataclass
class Snapshot:
    """A snapshot with what depends on the day and on the names of a goal, made once per process."""

    origin: Origin
    arrays: Arrays
    version: str = ""
    days: dict[date, Day] = field(default_factory=dict)
    places: Places | None = None
    titles: dict[Titles, tuple[Array, Array]] = field(default_factory=dict)

    def day(self, day: date) -> Day:
        found = self.days.get(day)
        if found is None:
            # yesterday's is of no use
            self.days = {day: (found := day_of(self.arrays, day))}
        return found

    def titled(self, titles: Titles) -> tuple[Array, Array]:
        """The courses whose title speaks of a goal, as `title_points` gives them."""
        found = self.titles.get(titles)
        if found is None:
            if len(self.titles) >= MOST_GOALS:
                self.titles.clear()
            found = self.titles[titles] = title_points(self.arrays, titles)
        return found

    def km(self, here: Here | None) -> Array | None:
        if here is None:
            return None

        def exact(latitude: float, longitude: float) -> int:
            return distance_km(here, latitude, longitude)

        if self.places is None:
            self.places = Places(self.arrays)
        return self.places.km_from(here.latitude, here.longitude, exact)

    def rank(
        self, seeker: SeekerFacts, titles: Titles, here: Here | None, week: str, without: Iterable[int] = ()
    ) -> Ranked:
        return rank(
            self.arrays,
            seeker,
            day=self.day(seeker.day),
            km=self.km(here),
            titles=self.titled(titles),
            week=week,
            without=without,
        )

    def best_of_all(self, people: Sequence[Person], titles: Sequence[Titles], *, week: str, most: int) -> list[Best]:
        """The first `most` answers of each of `people`, as (course, score). `titles`: what reads those of their goal.

        All ask on one day. IndexError without anybody.
        """
        found: list[Best] = [[] for _person in people]
        answers = best_of_all(
            self.arrays,
            self.day(people[0].seeker.day),
            people,
            [goal_of(person.seeker, own) for person, own in zip(people, titles, strict=True)],
            titled=lambda goal: self.titled(goal[2]),  # type: ignore[arg-type]
            week=week,
            exact=lambda *points: round(km_between(*points)),
            most=most,
        )
        for place, best in answers:
            found[place] = best
        return found


@dataclass(frozen=True)
class Found:
    """Answers from the snapshot, and those of the courses that changed since."""

    ranked: Ranked
    fresh: Ranking
    version: str = ""
    changed: tuple[int, ...] = ()


_held: dict[Path, tuple[Any, Snapshot | None]] = {}


def current() -> Snapshot | None:
    """The snapshot in force, opened when it is a new one; None where there is none. One look at a file's date."""
    folder = Path(settings.CAMINS_SNAPSHOT_DIR)
    stamp = files.stamp(folder)
    kept = _held.get(folder)
    if kept is None or kept[0] != stamp:
        kept = _held[folder] = (stamp, _opened(folder) if stamp else None)
    return kept[1]


def _opened(folder: Path) -> Snapshot | None:
    stored = files.open_current(folder)
    # words that the code reads otherwise since: the base answers until another is made
    if stored is None or stored.facts.get("words") != WORDS_MARK:
        return None
    return Snapshot(Origin(**stored.facts["origin"]), stored.arrays, stored.version)


def find(
    seeker: SeekerFacts,
    titles: Titles,
    here: Here | None,
    *,
    week: str,
    facts_of: Callable[[Sequence[int]], Iterable[CourseFacts]],
    beside: Iterable[int] = (),
) -> Found | None:
    """Return the answers to a request; None where only the base can tell, for want of a usable snapshot.

    The courses `beside` are ranked from the base too, as those that changed. `facts_of` reads courses of the base by
    their numbers (`course_facts`).
    """
    snapshot = current()
    changed = None if snapshot is None else changed_since(snapshot.origin)
    if snapshot is None or changed is None:
        return None
    changed = sorted({*changed, *beside})
    if len(changed) > MOST_CHANGED:
        return None
    fresh = Ranking((), ())
    if changed:
        fresh = rank_facts(seeker, facts_of(changed), week=week)
    files.keep_for_replay(Path(settings.CAMINS_SNAPSHOT_DIR), snapshot.version)
    ranked = snapshot.rank(seeker, titles, here, week, changed)
    return Found(ranked, fresh, snapshot.version, tuple(changed))

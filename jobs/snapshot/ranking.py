"""A ranking found in a snapshot, with its reasons: the engine assesses the courses that are shown, and no others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

from jobs.matching.criteria import FILTERS
from jobs.matching.engine import order_of, rank
from jobs.matching.facts import Answer, CourseFacts, Excluded, Ranking, SeekerFacts
from jobs.snapshot.ordered import Ranked

# how many of the courses left out are read together with the first answers that are: as many as a page names
MOST_NAMED = 30
_FILTER_RANK = {rule.reason: place for place, rule in enumerate(FILTERS)}


@dataclass
class ReadRanking:
    """As `Ranking`, read when it is asked for. `facts_of` reads courses by their numbers."""

    seeker: SeekerFacts
    week: str
    ranked: Ranked
    fresh: Ranking
    facts_of: Callable[[Sequence[int]], Iterable[CourseFacts]]
    # what `ranked` is sorted by, "" for points
    column: str = ""
    _assessed: dict[int, Answer] = field(default_factory=dict)
    _refused: dict[int, Excluded] = field(default_factory=dict)
    _read: set[int] = field(default_factory=set)

    @cached_property
    def answers(self) -> "ReadAnswers":
        return ReadAnswers(self)

    @cached_property
    def excluded(self) -> "ReadExcluded":
        return ReadExcluded(self)

    @cached_property
    def exclusion_counts(self) -> tuple[tuple[str, int], ...]:
        """(reason, how many courses), in the order of the reasons; a course counts once."""
        counts = dict(self.ranked.exclusion_counts)
        for reason, count in self.fresh.exclusion_counts:
            counts[reason] = counts.get(reason, 0) + count
        return tuple(sorted(counts.items(), key=lambda said: _FILTER_RANK[said[0]]))

    @cached_property
    def bringing(self) -> dict[str, int]:
        """Missing skill → how many of the answers bring it; without those that none brings."""
        counts = dict(self.ranked.bringing)
        for code, count in self.fresh.bringing.items():
            counts[code] = counts.get(code, 0) + count
        return counts

    def place_of(self, course: int) -> int | None:
        """Where a course stands among the answers, 0 first; None where it is none. Orders all of them."""
        ordered = self.answered(0, len(self.answers))
        return ordered.index(course) if course in ordered else None

    def answered(self, first: int, end: int) -> list[int]:
        """The numbers of the courses from one place of the order up to another."""
        fresh = self.fresh.answers
        if not fresh:
            return [hit.course for hit in self.ranked.page(first, end)]
        ordered = [(hit.order, hit.course) for hit in self.ranked.page(0, end)]
        ordered += [(order_of(self.seeker, answer, self.week, self.column), answer.course.pk) for answer in fresh]
        return [course for _order, course in sorted(ordered)[first:end]]

    def left_out(self, most: int | None = None) -> list[int]:
        """The numbers of the courses left out, by reason, then by number."""
        fresh = self.fresh.excluded
        found = [(int(reason), pk) for reason, pk in self.ranked.excluded_in_order(most)]
        found += [(_FILTER_RANK[left.reason], left.course_pk) for left in fresh]
        return [pk for _reason, pk in sorted(found)[:most]]

    def read(self, answers: Sequence[int], left_out: Sequence[int]) -> None:
        """Have these courses assessed by the engine, as they are in the base now."""
        if not self._read:
            self._assessed |= {answer.course.pk: answer for answer in self.fresh.answers}
            self._refused |= {left.course_pk: left for left in self.fresh.excluded}
            self._read |= self._assessed.keys() | self._refused.keys()
            left_out = [*left_out, *self.left_out(MOST_NAMED)]
        wanted = sorted({*answers, *left_out} - self._read)
        if wanted:
            self._read |= set(wanted)
            found = rank(self.seeker, self.facts_of(wanted), week=self.week)
            self._assessed |= {answer.course.pk: answer for answer in found.answers}
            self._refused |= {left.course_pk: left for left in found.excluded}

    def answers_of(self, courses: Sequence[int]) -> list[Answer]:
        """A course that an edit took away a moment ago is not among them."""
        self.read(courses, ())
        return [self._assessed[pk] for pk in courses if pk in self._assessed]

    def excluded_of(self, courses: Sequence[int]) -> list[Excluded]:
        self.read((), courses)
        return [self._refused[pk] for pk in courses if pk in self._refused]


class ReadAnswers(Sequence[Answer]):
    """The answers, best first: a slice reads its courses, and the one before it, which is compared with the first."""

    def __init__(self, ranking: ReadRanking):
        self.ranking = ranking

    def __len__(self) -> int:
        return len(self.ranking.ranked) + len(self.ranking.fresh.answers)

    @overload
    def __getitem__(self, place: int) -> Answer: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Answer]: ...
    def __getitem__(self, place: int | slice) -> Answer | Sequence[Answer]:
        if isinstance(place, slice):
            first, end, step = place.indices(len(self))
            before = max(0, first - 1)
            courses = self.ranking.answered(before, end)
            self.ranking.read(courses, ())
            return self.ranking.answers_of(courses[first - before :])[::step]
        place = range(len(self))[place]
        return self.ranking.answers_of(self.ranking.answered(place, place + 1))[0]


class ReadExcluded(Sequence[Excluded]):
    """The courses left out, by reason, then by number."""

    def __init__(self, ranking: ReadRanking):
        self.ranking = ranking

    def __len__(self) -> int:
        return sum(count for _reason, count in self.ranking.exclusion_counts)

    @overload
    def __getitem__(self, place: int) -> Excluded: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Excluded]: ...
    def __getitem__(self, place: int | slice) -> Excluded | Sequence[Excluded]:
        if isinstance(place, slice):
            first, end, step = place.indices(len(self))
            return self.ranking.excluded_of(self.ranking.left_out(end)[first:end])[::step]
        place = range(len(self))[place]
        return self.ranking.excluded_of(self.ranking.left_out(place + 1)[place:])[0]

"""A standing as a table: one row per term, one column for the course and for each just above it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from courses.search.cards import course_path

# parts of the form that are sets of rows; the rest are fields
SETS = frozenset({"offerings", "sessions", "skill_links", "profile_links"})


@dataclass(frozen=True)
class Neighbour:
    """A public listing of the table; `points` is the sum of its column."""

    title: str
    provider: str
    url: str
    points: int


@dataclass(frozen=True)
class Row:
    """`cells`: points of the own course first, then of those above, the nearest first. `most`: of the bars.

    `behind`: how many more the one just above has. `then`: the rank if this term alone were at its most.
    """

    label: str
    cells: tuple[int, ...]
    most: int
    advice: str = ""
    url: str = ""
    then: int | None = None

    @property
    def own(self) -> int:
        return self.cells[0]

    @property
    def others(self) -> tuple[int, ...]:
        return self.cells[1:]

    @property
    def behind(self) -> int:
        return max(0, self.cells[1] - self.cells[0]) if len(self.cells) > 1 else 0


@dataclass(frozen=True)
class Table:
    """`rank` counts from one; None for a course that is not among the answers, `reasons` then say why."""

    total: int
    rank: int | None = None
    points: int = 0
    rows: Sequence[Row] = ()
    above: Sequence[Neighbour] = ()
    reasons: Sequence[str] = ()
    notes: Sequence[str] = ()
    # what the person reads of the course, one sentence per reason
    told: Sequence[str] = ()
    url: str = ""

    @property
    def is_level(self) -> bool:
        """Whether the one just above has as many points: something else decides then."""
        return bool(self.above) and self.above[0].points == self.points

    @property
    def moves(self) -> list[Row]:
        return [row for row in self.rows if row.advice]


def form_part(course_id: int, where: str) -> str:
    """The address of a part of the form of a course, by the name of its field or of its set of rows."""
    mark = f"{where}-group" if where in SETS else f"id_{where}"
    return reverse("organisme:courses_course_change", args=[course_id]) + (f"#{mark}" if where else "")


def neighbours(facts: Mapping[int, Mapping[str, Any]], shown: Iterable[tuple[int, int]]) -> list[Neighbour]:
    """Public names of (course, points), in the order given; one that is no longer published has no name."""
    return [
        Neighbour(facts[pk]["title"], facts[pk]["provider"], course_path(pk, facts[pk]), points)
        if pk in facts
        else Neighbour("–", "", "", points)
        for pk, points in shown
    ]

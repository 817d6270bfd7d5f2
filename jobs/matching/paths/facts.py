"""What the search for paths may know, and what it answers. Whole numbers only; ``None`` is unknown, never "no".

Days are ordinals (``date.toordinal``, or days from any fixed day), amounts are cents, distances whole kilometres,
levels of skills 1 to 3. A number that cannot be (negative, not whole, out of all measure) raises ValueError.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jobs.matching.facts import Gain, Remainder, SkillNeed

ANY, REMOTE, ON_SITE = "any", "remote", "on_site"
MODALITIES = (ANY, REMOTE, ON_SITE)
DEFAULT_STEPS, MOST_STEPS = 3, 8
MOST = 10**9
TOP_LEVEL = 3
BEST, FASTEST, CHEAPEST, CLOSEST = "best", "fastest", "cheapest", "closest"


def check_whole(name: str, value: object, *, least: int = 0, most: int = MOST) -> None:
    """Raise ValueError unless `value` is a whole number within these bounds, or None."""
    if value is not None and (type(value) is not int or not least <= value <= most):
        raise ValueError(f"{name}: {value!r}")


@dataclass(frozen=True, slots=True)
class PathSession:
    """A session of a course: dated (`starts` and `ends`), or of permanent entry (`days` from any day on).

    `gives` and `requires` are (skill code, level 1 to 3). `km` is 0 when `is_remote`.
    """

    code: str
    course: str
    starts: int | None = None
    ends: int | None = None
    days: int | None = None
    cost_cents: int | None = None
    km: int | None = None
    hours: int | None = None
    is_remote: bool | None = None
    gives: tuple[tuple[str, int], ...] = ()
    requires: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        for name in ("starts", "ends", "days", "cost_cents", "km", "hours"):
            check_whole(f"session {self.code}: {name}", getattr(self, name))
        for skill, level in (*self.gives, *self.requires):
            check_whole(f"session {self.code}: level of {skill}", level, least=1, most=TOP_LEVEL)
        dated = self.starts is not None and self.ends is not None and self.starts <= self.ends and self.days is None
        permanent = self.starts is None and self.ends is None and self.days is not None
        if not dated and not permanent:
            raise ValueError(f"session {self.code}: from {self.starts} to {self.ends}, {self.days} days")

    @property
    def is_permanent(self) -> bool:
        return self.days is not None

    @property
    def away_km(self) -> int | None:
        return 0 if self.is_remote else self.km

    def ends_when(self, starts: int) -> int:
        """The day it ends if it starts on this one."""
        return starts + self.days if self.days is not None else starts + (self.ends or 0) - (self.starts or 0)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the person set; None is no limit. `first_day` is the first day on which a session may start.

    The distance holds for each session; the budget, the hours and the steps for the whole path; the deadline is the
    last day on which it may end.
    """

    first_day: int = 0
    deadline: int | None = None
    budget_cents: int | None = None
    max_km: int | None = None
    hours: int | None = None
    steps: int = DEFAULT_STEPS
    modality: str = ANY

    def __post_init__(self) -> None:
        for name in ("first_day", "deadline", "budget_cents", "max_km", "hours"):
            check_whole(name, getattr(self, name))
        check_whole("steps", self.steps, least=1, most=MOST_STEPS)
        if self.first_day is None or self.steps is None or self.modality not in MODALITIES:
            raise ValueError(f"first day {self.first_day}, steps {self.steps}, modality {self.modality!r}")


@dataclass(frozen=True)
class PathProblem:
    """Where to go (`needs`), from where (`held`: skill code, level 0 to 3), within which limits, by which sessions."""

    needs: tuple[SkillNeed, ...]
    held: tuple[tuple[str, int], ...] = ()
    limits: Limits = field(default_factory=Limits)
    sessions: tuple[PathSession, ...] = ()

    def __post_init__(self) -> None:
        if len({need.code for need in self.needs}) < len(self.needs):
            raise ValueError("a skill is needed twice")
        if len(self.by_code) < len(self.sessions):
            raise ValueError("two sessions have one code")
        for need in self.needs:
            check_whole(f"weight of {need.code}", need.weight, least=1)
            check_whole(f"level of {need.code}", need.level, least=1, most=TOP_LEVEL)
        for skill, level in self.held:
            check_whole(f"level of {skill}", level, most=TOP_LEVEL)

    @cached_property
    def by_code(self) -> Mapping[str, PathSession]:
        return {session.code: session for session in self.sessions}

    @cached_property
    def held_levels(self) -> Mapping[str, int]:
        return raised({}, self.held)

    @cached_property
    def wanted(self) -> int:
        """What a path that brings everything would cover: the sum of weight × levels missing."""
        return sum(need.weight * max(0, need.level - self.held_levels.get(need.code, 0)) for need in self.needs)


def raised(levels: Mapping[str, int], given: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The levels after these are given: the highest wins, nothing falls."""
    after = dict(levels)
    for skill, level in given:
        after[skill] = max(level, after.get(skill, 0))
    return after


@dataclass(frozen=True, slots=True)
class Placed:
    """A session with the days on which it is followed."""

    session: PathSession
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Step:
    """A session of a path: what it gains of the goal (points are weight × levels), and which later ones it opens.

    `opens` has the codes of the later sessions of the path that ask for something only this one gave: a step without
    gains is there for them.
    """

    placed: Placed
    gains: tuple[Gain, ...]
    opens: tuple[str, ...] = ()

    @property
    def session(self) -> PathSession:
        return self.placed.session

    @property
    def coverage(self) -> int:
        return sum(gain.points for gain in self.gains)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a path, of what is known; `unknown_…` counts the steps that say nothing. `ends` is its last day."""

    coverage: int
    starts: int
    ends: int
    cost_cents: int
    unknown_costs: int
    km: int
    unknown_kms: int
    hours: int
    unknown_hours: int
    steps: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps in the order of time, their totals, and what they leave to learn (the heaviest first)."""

    steps: tuple[Step, ...]
    totals: Totals
    leaves: tuple[Remainder, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(step.session.code for step in self.steps)


@dataclass(frozen=True, slots=True)
class PathAnswers:
    """The four answers; all None when no path covers anything.

    `best` covers the most; the others are the first to end, the cheapest and the nearest among the paths that cover
    at least nine tenths of it. `at_most` bounds the coverage of any path: it is that of `best` when the search came to
    its end. `is_proven`: whether all four searches did. `wanted` is the whole need; `usable` counts the sessions that
    the limits leave and that can serve.
    """

    best: Path | None
    fastest: Path | None
    cheapest: Path | None
    closest: Path | None
    at_most: int
    is_proven: bool
    wanted: int
    usable: int
    nodes: int

    @property
    def coverage(self) -> int:
        return self.best.totals.coverage if self.best else 0

    @property
    def percent_more_at_most(self) -> int:
        """By how many hundredths of its coverage, rounded up, a better path could still exceed the best found."""
        if self.at_most <= self.coverage:
            return 0
        return -(-100 * (self.at_most - self.coverage) // max(1, self.coverage))

    @property
    def by_label(self) -> tuple[tuple[str, Path], ...]:
        """(label, path), those that exist."""
        named = ((BEST, self.best), (FASTEST, self.fastest), (CHEAPEST, self.cheapest), (CLOSEST, self.closest))
        return tuple((label, path) for label, path in named if path is not None)


@dataclass(frozen=True, slots=True)
class LabelledPath:
    """A path and all that it is: "best", "fastest", "cheapest", "closest"."""

    labels: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A single limit loosened: its name, its value and the smallest tried value that covers more.

    `value` None is no limit at all. `courses` counts the courses that could then serve, `opened` those of them that
    could not before. `is_proven`: whether `coverage` is the most that this value allows.
    """

    limit: str
    was: int | str
    value: int | str | None
    coverage: int
    courses: int
    opened: int
    is_proven: bool

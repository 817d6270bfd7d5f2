"""What the engine may know of a person's request and of a course: nothing else can enter a score.

No name, sex, age, nationality, disability, no place (a distance only), and no provider: a test reads these fields.
``None`` is always "unknown", never "no" and never 0. Amounts are in cents, distances in whole kilometres, levels of
skills 1 notions, 2 practice, 3 mastery, levels of study 0 (none asked) to 8 (doctorate).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property

DECLARED, VALIDATED, SUGGESTED = "declared", "validated", "suggested"
MET, UNMET, UNKNOWN = "met", "unmet", "unknown"
DAY, MONTH, YEAR = "day", "month", "year"
PERMANENT = "permanent"
# what a title may say of a goal, at most
TITLE_MOST = 120


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """A skill the goal asks for, up to `level` (1 to 3). `weight` (1 or more) is what a level of it counts for."""

    code: str
    label: str
    level: int
    weight: int

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 3 or self.weight < 1:
            raise ValueError(f"need {self.code}: level {self.level}, weight {self.weight}")


@dataclass(frozen=True)
class SeekerFacts:
    """A request: where it goes, what is already held, and what the person set as limits.

    `held` gives (skill code, level 0 to 3); 0 is "not at all", said; a skill that is not there is unknown.
    `targets` gives (kind, code) with kinds "profile", "formacode", "rome" and "rome_parent".
    `entry_level` is the person's level of study, None when not said. `day` is the day of the request.
    `query_key` names the request without naming the person; it only shuffles equal answers.
    """

    needs: tuple[SkillNeed, ...]
    day: date
    held: tuple[tuple[str, int], ...] = ()
    targets: frozenset[tuple[str, str]] = frozenset()
    has_place: bool = False
    reach_km: int | None = None
    accepts_remote: bool = True
    only_remote: bool = False
    starts_after: date | None = None
    starts_before: date | None = None
    entry_level: int | None = None
    budget_cents: int | None = None
    audience: str = "jobseeker"
    query_key: str = ""

    def __post_init__(self) -> None:
        if len({need.code for need in self.needs}) < len(self.needs):
            raise ValueError("a skill is needed twice")

    @cached_property
    def held_levels(self) -> dict[str, int]:
        """Skill code to the highest level said."""
        levels: dict[str, int] = {}
        for code, level in self.held:
            levels[code] = max(level, levels.get(code, 0))
        return levels

    @cached_property
    def missing(self) -> tuple[SkillNeed, ...]:
        """Needs not yet held at their level, heaviest first, whatever the order they came in."""
        lacking = (need for need in self.needs if self.levels_missing(need) > 0)
        return tuple(sorted(lacking, key=lambda need: (-need.weight, need.code)))

    @cached_property
    def missing_weight(self) -> int:
        """The sum of weight × levels missing: what the points of coverage are shares of."""
        return sum(need.weight * self.levels_missing(need) for need in self.missing)

    def levels_missing(self, need: SkillNeed) -> int:
        return max(0, need.level - self.held_levels.get(need.code, 0))

    @property
    def has_goal(self) -> bool:
        return bool(self.needs or self.targets)


@dataclass(frozen=True, slots=True)
class Taught:
    """A skill a course takes from `required_level` (0 to 3, 0: nothing asked) to `given_level` (1 to 3)."""

    code: str
    label: str
    required_level: int
    given_level: int
    origin: str = DECLARED
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A sign that a course leads to a target: kind (as in the targets), code, and who says so.

    `witness` is what a suggested one was proposed after ("RNCP34757"), empty when only words were.
    """

    kind: str
    code: str
    source: str = DECLARED
    witness: str = ""


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """One way to follow a course: an offering with the session one could enter.

    A course with several offerings comes as several facts with one `pk`; the best one answers. `distance_km` is set
    when there is a place to go to. `start_note` says why `starts_on` is None: "permanent" (all year round), "full",
    "closed", or "" (no date known). `cost_cents` is what the person's audience has left to pay.
    `title_match` goes from 0 to TITLE_MOST; `demand` counts open posts, None when never counted.
    """

    pk: int
    title: str
    offering_pk: int = 0
    session_pk: int | None = None
    teaches: tuple[Taught, ...] = ()
    links: tuple[Link, ...] = ()
    title_match: int = 0
    distance_km: int | None = None
    is_remote: bool | None = None
    starts_on: date | None = None
    start_precision: str = "unknown"
    start_note: str = ""
    cost_cents: int | None = None
    entry_level: int | None = None
    entry_is_mandatory: bool | None = None
    demand: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.title_match <= TITLE_MOST:
            raise ValueError(f"course {self.pk}: title match {self.title_match}")

    @property
    def has_session(self) -> bool:
        return self.starts_on is not None or self.start_note == PERMANENT

    @property
    def starts_by(self) -> date | None:
        """The last day on which a partial date may still mean: "March 2027" starts by the 31st."""
        if self.starts_on is None or self.start_precision == DAY:
            return self.starts_on
        month = 12 if self.start_precision == YEAR else self.starts_on.month
        return self.starts_on.replace(month=month, day=monthrange(self.starts_on.year, month)[1])


@dataclass(frozen=True, slots=True)
class Term:
    """One reason: what it adds to the score, and the facts a template words it with."""

    criterion: str
    points: int
    state: str
    facts: tuple[tuple[str, object], ...] = ()

    def fact(self, name: str) -> object:
        """The fact called `name`, None when this term has none."""
        return dict(self.facts).get(name)


@dataclass(frozen=True, slots=True)
class Gain:
    """Levels of a missing skill that a course brings, and their points."""

    code: str
    label: str
    from_level: int
    to_level: int
    wanted_level: int
    points: int


@dataclass(frozen=True, slots=True)
class Remainder:
    """A skill still missing after a course: the level reached then, and the level wanted."""

    code: str
    label: str
    reached_level: int
    wanted_level: int


@dataclass(frozen=True)
class Answer:
    """A course with all the reasons of its rank: `score` is their sum and nothing else."""

    course: CourseFacts
    terms: tuple[Term, ...]
    gains: tuple[Gain, ...]
    leaves: tuple[Remainder, ...]

    @cached_property
    def score(self) -> int:
        return sum(term.points for term in self.terms)

    @cached_property
    def coverage(self) -> int:
        """Points brought by missing skills."""
        return sum(gain.points for gain in self.gains)

    @property
    def unknowns(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.state == UNKNOWN)

    @property
    def unmet(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.state == UNMET)

    def points_of(self, criterion: str) -> int:
        return sum(term.points for term in self.terms if term.criterion == criterion)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A course left out by a limit the person set: the first reason with its facts, and the other reasons if any."""

    course_pk: int
    title: str
    reason: str
    facts: tuple[tuple[str, object], ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Answers, best first, and what was left out, in the order of the reasons."""

    answers: tuple[Answer, ...]
    excluded: tuple[Excluded, ...]

    def place_of(self, course: int) -> int | None:
        """Where a course stands among the answers, 0 first; None where it is none."""
        found = (place for place, answer in enumerate(self.answers) if answer.course.pk == course)
        return next(found, None)

    @property
    def exclusion_counts(self) -> tuple[tuple[str, int], ...]:
        """(reason, how many courses), in the order of the reasons; a course counts once."""
        counts: dict[str, int] = {}
        for left_out in self.excluded:
            counts[left_out.reason] = counts.get(left_out.reason, 0) + 1
        return tuple(counts.items())

    @property
    def bringing(self) -> dict[str, int]:
        """Missing skill → how many of the answers bring it; without those that none brings."""
        counts: dict[str, int] = {}
        for answer in self.answers:
            for gain in answer.gains:
                counts[gain.code] = counts.get(gain.code, 0) + 1
        return counts

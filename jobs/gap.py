"""What separates a person from a goal, skill by skill, and what one course changes to it: for a picture, a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobs.matching.facts import Answer, Ranking, SeekerFacts, SkillNeed
from jobs.snapshot.ranking import ReadRanking

# a cell of the picture: held; missing and brought by a course; missing and brought by none
HELD, TAUGHT, UNTAUGHT = "held", "taught", "untaught"
# what one course does to a missing skill: all of it, a part, nothing
GAINED, PARTLY, LEFT = "gained", "partly", "left"

ESSENTIAL_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class GapLine:
    """A skill of the goal: levels 0 to 3 wanted and held, and how many of the answers bring it.

    `sentence` says what the level wanted looks like, where somebody wrote it and the person is not there yet.
    """

    code: str
    label: str
    wanted: int
    held: int
    is_essential: bool
    courses: int
    state: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """All skills of the goal: missing ones first, the essential before the desirable, then those already held."""

    lines: tuple[GapLine, ...]

    def in_state(self, *states: str) -> list[GapLine]:
        return [line for line in self.lines if line.state in states]

    @property
    def missing(self) -> list[GapLine]:
        return self.in_state(TAUGHT, UNTAUGHT)

    @property
    def held(self) -> list[GapLine]:
        return self.in_state(HELD)

    @property
    def taught(self) -> list[GapLine]:
        return self.in_state(TAUGHT)

    @property
    def untaught(self) -> list[GapLine]:
        return self.in_state(UNTAUGHT)

    @property
    def cells(self) -> list[str]:
        """The states in the order of the picture: what is done, what can be, what cannot."""
        return [line.state for line in (*self.held, *self.taught, *self.untaught)]


def gap_of(
    seeker: SeekerFacts, ranking: Ranking | ReadRanking, levels: Mapping[str, Sequence[str]] | None = None
) -> Gap:
    """The gap of a request; courses are counted among the answers only. `levels`: code → sentences of levels 1 to 3."""
    bringing = ranking.bringing
    missing = {need.code for need in seeker.missing}
    held = [need for need in seeker.needs if need.code not in missing]
    return Gap(
        tuple(
            GapLine(
                code=need.code,
                label=need.label,
                wanted=need.level,
                held=seeker.held_levels.get(need.code, 0),
                is_essential=need.weight >= ESSENTIAL_WEIGHT,
                courses=bringing.get(need.code, 0),
                state=HELD if need.code not in missing else TAUGHT if need.code in bringing else UNTAUGHT,
                sentence=_sentence(levels or {}, need) if need.code in missing else "",
            )
            for need in (*seeker.missing, *held)
        )
    )


def _sentence(levels: Mapping[str, Sequence[str]], need: SkillNeed) -> str:
    """What the level wanted looks like; empty for a skill that nobody described, such as those of ROME."""
    return "".join(levels.get(need.code, ())[need.level - 1 : need.level])


@dataclass(frozen=True, slots=True)
class Step:
    """What one course does to the missing skills: labels by result."""

    gained: tuple[str, ...]
    partly: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def cells(self) -> list[str]:
        return [GAINED] * len(self.gained) + [PARTLY] * len(self.partly) + [LEFT] * len(self.left)

    @property
    def missing_count(self) -> int:
        """How many skills were missing before the course."""
        return len(self.cells)


def step_of(answer: Answer) -> Step:
    """A skill brought below the level wanted is brought in part."""
    left_codes = {left.code for left in answer.leaves}
    gained_codes = {gain.code for gain in answer.gains}
    return Step(
        gained=tuple(gain.label for gain in answer.gains if gain.code not in left_codes),
        partly=tuple(gain.label for gain in answer.gains if gain.code in left_codes),
        left=tuple(left.label for left in answer.leaves if left.code not in gained_codes),
    )

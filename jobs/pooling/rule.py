"""The rule: at least three employers, the same job, the same employment basin, the same quarter of wished date.

Pure: no Django, no database, no clock. The same needs give the same pools, in the same order, however they come. The
public page that explains it shows the constants of this module.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

FEWEST_EMPLOYERS = 3
# a skill is common when this share of the employers asks for it, rounded up, and never fewer than FEWEST_EMPLOYERS
COMMON_OVER, COMMON_UNDER = 2, 3
MONTHS = 3


class Key(NamedTuple):
    """What the needs of a pool share; `quarter_on` is the first day of the quarter."""

    profile: int
    basin: str
    quarter_on: datetime.date


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """An open need with a job, a basin and a wished date. `shares`: its employer would share a group with others."""

    need: int
    employer: int
    profile: int
    basin: str
    department: str
    wished_on: datetime.date
    headcount: int
    skills: frozenset[int] = frozenset()
    shares: bool = False

    @property
    def key(self) -> Key:
        return Key(self.profile, self.basin, quarter_of(self.wished_on))


@dataclass(frozen=True, slots=True)
class PoolFacts:
    """What the rule finds of one pool. `agreed`: how many of its employers would share a group."""

    key: Key
    needs: tuple[int, ...]
    employers: int
    agreed: int
    headcount: int
    skills: tuple[int, ...]
    departments: tuple[str, ...]
    first_wished_on: datetime.date
    last_wished_on: datetime.date


def quarter_of(day: datetime.date) -> datetime.date:
    """The first day of the quarter of `day`."""
    return day.replace(month=(day.month - 1) // MONTHS * MONTHS + 1, day=1)


def pools_of(needs: Iterable[NeedFacts], *, day: datetime.date) -> list[PoolFacts]:
    """The pools of these needs, by key. A quarter that was over before `day` forms none."""
    current = quarter_of(day)
    alike: dict[Key, list[NeedFacts]] = defaultdict(list)
    for need in needs:
        if need.wished_on >= current:
            alike[need.key].append(need)
    return [
        summary(key, alike[key])
        for key in sorted(alike)
        if len({need.employer for need in alike[key]}) >= FEWEST_EMPLOYERS
    ]


def summary(key: Key, needs: Sequence[NeedFacts]) -> PoolFacts:
    """What needs of one key, at least one, add up to."""
    employers = {need.employer for need in needs}
    dates = [need.wished_on for need in needs]
    return PoolFacts(
        key=key,
        needs=tuple(sorted(need.need for need in needs)),
        employers=len(employers),
        agreed=len({need.employer for need in needs if need.shares}),
        headcount=sum(need.headcount for need in needs),
        skills=common_skills(needs),
        departments=tuple(sorted({need.department for need in needs})),
        first_wished_on=min(dates),
        last_wished_on=max(dates),
    )


def common_skills(needs: Sequence[NeedFacts]) -> tuple[int, ...]:
    """Skills asked for by enough of the employers, in whatever need of theirs: what one alone asks is never told."""
    asked: dict[int, set[int]] = defaultdict(set)
    for need in needs:
        for skill in need.skills:
            asked[skill].add(need.employer)
    enough = fewest_asking(len({need.employer for need in needs}))
    return tuple(sorted(skill for skill, employers in asked.items() if len(employers) >= enough))


def fewest_asking(employers: int) -> int:
    """How many of so many employers make a skill common: two thirds, and at least three."""
    return max(FEWEST_EMPLOYERS, -(-employers * COMMON_OVER // COMMON_UNDER))

"""The skills a person is asked about: those of the goal, pre-filled, as a question, from a former job."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jobs.matching.facts import SkillNeed
from jobs.matching.goals import occupations_called
from portal.reference.enums import SkillKind
from portal.reference.models import Occupation

# the goal's list is read on a phone: the heaviest skills first, the rest are left to the course pages
MOST_ASKED = 40
MOST_FORMER = 12


@dataclass(frozen=True)
class Asked:
    """One line of the list: what the goal wants, what was said, or what the former job suggests.

    `levels` are the sentences that say what levels 1 to 3 look like, or none.
    """

    code: str
    label: str
    wanted: int
    is_essential: bool
    level: int | None
    is_suggested: bool
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormerSkills:
    """What people of an occupation usually can do; `levels` only where the portal itself gives one."""

    label: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def none(cls) -> "FormerSkills":
        return cls()

    def outside(self, codes: set[str]) -> list[tuple[str, str, int]]:
        """(code, label, level) of the skills that the goal does not ask about."""
        return [(code, self.labels[code], level) for code, level in self.levels.items() if code not in codes][
            :MOST_FORMER
        ]


def asked_skills(
    needs: Iterable[SkillNeed],
    *,
    held: Mapping[str, int],
    usual: Mapping[str, int],
    levels: Mapping[str, Sequence[str]] | None = None,
) -> list[Asked]:
    """The lines to show: what the person said wins over what the former job suggests."""
    written = levels or {}
    return [
        Asked(
            code=need.code,
            label=need.label,
            wanted=need.level,
            is_essential=need.weight >= 3,
            level=held.get(need.code, usual.get(need.code)),
            is_suggested=need.code not in held and need.code in usual,
            levels=tuple(written.get(need.code, ())),
        )
        for need in list(needs)[:MOST_ASKED]
    ]


def former_skills(occupation: Occupation) -> FormerSkills:
    """The usual skills of an occupation: the portal's own words with their level, else nothing is pre-filled."""
    links = occupation.skill_links.select_related("skill").filter(
        level__isnull=False, skill__kind__in=[SkillKind.AI, SkillKind.GENERAL, SkillKind.TRADE]
    )
    found = sorted(links, key=lambda link: (-(link.level or 0), link.skill.label))
    return FormerSkills(
        occupation.label,
        {link.skill.code: link.level for link in found if link.level},
        {link.skill.code: link.skill.label for link in found},
    )


def former_proposals(text: str) -> list[Occupation]:
    """Occupations that `text` may name, best first, to choose from."""
    return occupations_called(text, limit=4)

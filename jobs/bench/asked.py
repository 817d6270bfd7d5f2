"""People of the benchmark: goals made of skills of the catalogue, and what each of many people has and wants."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from courses.bench.catalogue import DAY, PROFILES, SEED, SKILLS, Catalogue
from jobs.bench.fill import FORMACODES
from jobs.matching.candidates import Here
from jobs.matching.engine import iso_week
from jobs.matching.facts import SeekerFacts, SkillNeed
from jobs.matching.titles import Titles, titles_of
from portal.reference.wording import normalise

NEEDS = 8
WEEK = iso_week(DAY)


@dataclass(frozen=True)
class Wish:
    """What a job asks for, by the codes of the base. `names` are words of some titles."""

    needs: tuple[SkillNeed, ...]
    targets: frozenset[tuple[str, str]]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One request: a person, the names of the goal, and where the person lives."""

    seeker: SeekerFacts
    names: tuple[str, ...]
    here: Here | None

    @property
    def titles(self) -> Titles:
        return titles_of(self.names)


class Crowd:
    """Draws wishes and people; the same for the same catalogue. `skills` and `profiles` are codes, by number."""

    def __init__(self, catalogue: Catalogue, skills: Sequence[str], profiles: Sequence[str]):
        assert len(skills) == SKILLS
        assert len(profiles) == PROFILES
        self.skills = skills
        dice = random.Random(f"{SEED} wishes")
        titles = [course.texts[0] for course, _place in zip(catalogue.courses(), range(2_000), strict=False)]
        self.wishes = [self._wish(dice, profile, titles) for profile in profiles]
        self.towns = catalogue.towns
        self.people = [town.population for town in self.towns]

    def _wish(self, dice: random.Random, profile: str, titles: Sequence[str]) -> Wish:
        needs = tuple(
            SkillNeed(code, code, dice.choice((1, 2, 2, 3)), 3 if place < 5 else 1)
            for place, code in enumerate(dice.sample(self.skills, NEEDS))
        )
        codes = frozenset(("formacode", f"{10_000 + dice.randrange(FORMACODES)}") for _each in range(2))
        names = {normalise(" ".join(dice.choice(titles).split()[:2])) for _each in range(3)} - {""}
        return Wish(needs, codes | {("profile", profile)}, tuple(sorted(names)))

    def draw(self, count: int, name: str) -> list[Asked]:
        """So many requests, all different in most."""
        dice = random.Random(f"{SEED} {name}")
        towns = dice.choices(self.towns, self.people, k=count)
        return [self._asked(dice, number, Here(town.latitude, town.longitude)) for number, town in enumerate(towns)]

    def _asked(self, dice: random.Random, number: int, home: Here) -> Asked:
        wish = self.wishes[dice.randrange(len(self.wishes))]
        held = dice.sample([need.code for need in wish.needs], dice.randint(0, 5))
        held += dice.sample(self.skills, dice.randint(0, 3))
        here = home if dice.random() < 0.9 else None
        after = DAY + timedelta(days=dice.randrange(180)) if dice.random() < 0.3 else None
        seeker = SeekerFacts(
            needs=wish.needs,
            day=DAY,
            held=tuple((code, dice.randint(0, 3)) for code in dict.fromkeys(held)),
            targets=wish.targets,
            has_place=here is not None,
            reach_km=dice.choice((None, 10, 30, 30, 50, 100)) if here else None,
            accepts_remote=dice.random() < 0.85,
            only_remote=dice.random() < 0.04,
            starts_after=after,
            starts_before=_later(after, dice) if dice.random() < 0.15 else None,
            entry_level=dice.choice((None, 0, 3, 4, 5, 6, 7)),
            budget_cents=dice.choice((None, None, 0, 50_000, 200_000)),
            audience=dice.choice(("jobseeker", "jobseeker", "jobseeker", "employee", "apprentice")),
            query_key=f"{number:016x}",
        )
        return Asked(seeker, wish.names, here)


def _later(after: date | None, dice: random.Random) -> date:
    return (after or DAY) + timedelta(days=dice.randint(60, 300))

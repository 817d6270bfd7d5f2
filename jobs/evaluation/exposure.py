"""Neutrality: among courses within a few points of the first, does one provider come first more than its turn?"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courses.models import Course
from jobs.matching.candidates import Here
from jobs.matching.facts import Answer
from jobs.matching.recommendation import Request, recommend
from portal.reference.models import Commune, JobProfile

NEAR_POINTS = 20
SEED = 1
# a provider is told of from so many first places that were its turn
LEAST_TURNS = 10


@dataclass(frozen=True)
class Exposure:
    """`turns`: the first places that chance among near equals would give; `firsts`: those that it had."""

    provider: str
    turns: float
    firsts: int

    @property
    def ratio(self) -> float:
        return self.firsts / self.turns


def requests(count: int) -> list[Request]:
    """So many requests of people of all the region, for all jobs: the same for the same base."""
    dice = random.Random(SEED)
    slugs = list(JobProfile.objects.shown().order_by("slug").values_list("slug", flat=True))
    towns = list(Commune.objects.filter(latitude__isnull=False).order_by("insee"))
    people = [town.population or 1 for town in towns]
    made: list[Request] = []
    for _each in range(count if slugs and towns else 0):
        (town,) = dice.choices(towns, people)
        here = Here(town.latitude, town.longitude) if dice.random() < 0.9 else None  # type: ignore[arg-type]
        level = dice.choice((None, 0, 3, 4, 5, 6, 7))
        made.append(Request(profiles=(dice.choice(slugs),), here=here, entry_level=level))
    return made


def exposures(asked: Iterable[Request], *, day: date, report: Callable[[int], None]) -> list[Exposure]:
    """By provider, the most exposed first, over all requests that have near equals of several providers."""
    owner = dict(Course.objects.published().values_list("pk", "provider__name"))
    turns: dict[str, float] = defaultdict(float)
    firsts: Counter[str] = Counter()
    for done, request in enumerate(asked, 1):
        near = [owner[pk] for pk in near_equals(recommend(request, day=day).ranking.answers[:50]) if pk in owner]
        if len(set(near)) > 1:
            firsts[near[0]] += 1
            for provider in near:
                turns[provider] += 1 / len(near)
        report(done)
    found = (Exposure(name, turns[name], firsts[name]) for name in turns if turns[name] >= LEAST_TURNS)
    return sorted(found, key=lambda each: (-each.ratio, each.provider))


def near_equals(answers: Sequence[Answer]) -> list[int]:
    """The first course and those within NEAR_POINTS of it."""
    return [answer.course.pk for answer in answers if answers[0].score - answer.score <= NEAR_POINTS]


def spread(found: Sequence[Exposure]) -> Mapping[str, float]:
    ratios = sorted(each.ratio for each in found)
    return {"least": ratios[0], "median": ratios[len(ratios) // 2], "most": ratios[-1]} if ratios else {}

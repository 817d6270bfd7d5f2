"""The generated catalogue: the same courses for the same size, drawn in blocks so that memory stays small.

Offerings of one course differ only in place and dates, and all lie in one département: what is true of a course is
true of each of its offerings, so engines that label courses give the portal's own answers.
"""

import datetime
import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from courses.bench.places import AREAS, Town, towns
from courses.bench.words import AI_DOMAIN, AI_WORDS, COMMON, DOMAINS, FORMATION, GLUE, name_words, tail_words
from courses.enums import Funding, Modality

SEED = 20270115
DAY = datetime.date(2027, 1, 15)
SIZES = {"257": 257, "3k": 3_000, "60k": 60_000, "300k": 300_000}
BLOCK = 5_000
PROFILES, SKILLS = 40, 150
COURSES_PER_PROVIDER = 40
# tokens of each text: title, summary, objective, what you learn, for whom
LENGTHS = (7, 18, 16, 32, 12)
AI_SHARE, AI_ELSEWHERE, FORMATION_SHARE = 0.03, 0.02, 0.5
# share of each kind of word: glue, domain, common, tail
KINDS = (0.22, 0.18, 0.22, 0.38)
MODALITIES = (*Modality.values, None)
MODALITY_SHARES = (0.62, 0.18, 0.15, 0.05)
LEVELS = (None, 0, 1, 2, 3, 4, 5, 6, 7, 8)
LEVEL_SHARES = (0.15, 0.2, 0.02, 0.03, 0.2, 0.18, 0.12, 0.06, 0.035, 0.005)
HOURS = (None, 7, 14, 21, 35, 70, 140, 210, 350, 600, 800, 1_200)
HOUR_SHARES = (0.08, 0.1, 0.13, 0.12, 0.13, 0.1, 0.08, 0.07, 0.07, 0.05, 0.04, 0.03)
FUNDINGS = Funding.values
FUNDING_SHARES = (0.25, 0.3, 0.45, 0.35, 0.1, 0.04, 0.3, 0.05, 0.4, 0.02)
COSTS = (None, 0, 15_000, 45_000, 90_000, 180_000, 320_000, 650_000)


@dataclass(frozen=True)
class Session:
    starts_on: datetime.date
    ends_on: datetime.date
    seats: int | None
    seats_left: int | None
    closes_on: datetime.date | None
    is_full: bool


@dataclass(frozen=True)
class Offering:
    """Where and when; `town` is a place in `Catalogue.towns`, None for a course at a distance or nowhere."""

    town: int | None
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Course:
    """What is generated of a course; its facts hold for each of its offerings."""

    pk: int
    is_published: bool
    texts: tuple[str, ...]
    modality: str | None
    hours: int | None
    entry_level: int | None
    fundings: tuple[str, ...]
    is_accessible: bool | None
    is_permanent: bool
    cents: tuple[int | None, ...]
    profiles: tuple[int, ...]
    skills: tuple[tuple[int, int], ...]
    offerings: tuple[Offering, ...]


class Catalogue:
    """`size` published courses, and one withdrawn for each hundred."""

    def __init__(self, size: int, seed: int = SEED):
        self.size, self.seed = size, seed
        self.rows = size + size // 100
        self.providers = max(10, self.rows // COURSES_PER_PROVIDER)

    @cached_property
    def towns(self) -> list[Town]:
        return towns(self.seed)

    @cached_property
    def profile_names(self) -> list[str]:
        return [word.capitalize() for word in name_words(PROFILES)]

    @cached_property
    def skill_names(self) -> list[str]:
        return [word.capitalize() for word in name_words(PROFILES + SKILLS)[PROFILES:]]

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        """Numbers of the courses that are not published."""
        drawn = np.random.default_rng([self.seed, 3]).permutation(self.rows)[: self.rows - self.size]
        return frozenset(int(each) + 1 for each in drawn)

    @cached_property
    def _towns_of(self) -> list[tuple[int, list[float]]]:
        """Per area: its first town, and the shares of its towns, summed: large towns teach more."""
        found, first = [], 0
        for area in AREAS:
            people = np.array([town.population for town in self.towns[first : first + area.communes]], dtype=float)
            found.append((first, np.cumsum(people / people.sum()).tolist()))
            first += area.communes
        return found

    def courses(self) -> Iterator[Course]:
        for first in range(0, self.rows, BLOCK):
            yield from self._block(first, min(BLOCK, self.rows - first))

    def _block(self, first: int, count: int) -> Iterator[Course]:
        draw, dice = np.random.default_rng([self.seed, 11, first]), random.Random(f"{self.seed} {first}")
        texts = Texts(draw, count)
        shares = np.cumsum([area.share for area in AREAS])
        modality = draw.choice(len(MODALITIES), count, p=MODALITY_SHARES)
        hours = draw.choice(len(HOURS), count, p=HOUR_SHARES)
        level = draw.choice(len(LEVELS), count, p=LEVEL_SHARES)
        funded = draw.random((count, len(FUNDINGS))) < np.array(FUNDING_SHARES)
        access = draw.choice(3, count, p=(0.4, 0.2, 0.4))
        permanent = draw.random(count) < 0.1
        cents = draw.choice(len(COSTS), (count, 2))
        profiles = draw.choice(4, count, p=(0.15, 0.4, 0.3, 0.15))
        skills = draw.integers(1, 10, count)
        offerings = draw.choice((1, 2, 3), count, p=(0.6, 0.28, 0.12))
        area = np.minimum(np.searchsorted(shares, draw.random(count) * shares[-1]), len(AREAS) - 1)
        for row in range(count):
            pk = first + row + 1
            remote = MODALITIES[modality[row]] == Modality.REMOTE
            places = [None] if remote else self._places(dice, int(area[row]), int(offerings[row]))
            yield Course(
                pk=pk,
                is_published=pk not in self.withdrawn,
                texts=texts.of(row),
                modality=MODALITIES[modality[row]],
                hours=HOURS[hours[row]],
                entry_level=LEVELS[level[row]],
                fundings=tuple(name for name, asked in zip(FUNDINGS, funded[row], strict=True) if asked),
                is_accessible=(True, False, None)[access[row]],
                is_permanent=bool(permanent[row]),
                cents=tuple(COSTS[each] for each in cents[row]),
                profiles=tuple(dice.sample(range(PROFILES), int(profiles[row]))),
                skills=tuple((each, (each + pk) % 3 + 1) for each in dice.sample(range(SKILLS), int(skills[row]))),
                offerings=tuple(Offering(place, _sessions(dice)) for place in places),
            )

    def _places(self, dice: random.Random, area: int, count: int) -> list[int | None]:
        first, shares = self._towns_of[area]
        found = [bisect(shares, dice.random() * shares[-1]) for _each in range(count)]
        return list(dict.fromkeys(first + min(each, len(shares) - 1) for each in found))


def _sessions(dice: random.Random) -> tuple[Session, ...]:
    """One that is still to come, and up to four others, some of them past: 2.4 on average."""
    count = dice.choices((1, 2, 3, 4, 5), (28, 30, 22, 14, 6))[0]
    made = []
    for number in range(count):
        starts = DAY + datetime.timedelta(days=dice.randint(-200 if number else 3, 400))
        seats = dice.randint(6, 24) if dice.random() < 0.7 else None
        left = dice.randint(0, seats) if seats and dice.random() < 0.6 else None
        closes = starts - datetime.timedelta(days=7) if dice.random() < 0.5 else None
        ends = starts + datetime.timedelta(days=dice.randint(1, 200))
        made.append(Session(starts, ends, seats, left, closes, is_full=left == 0))
    return tuple(made)


WORDS = np.array([*GLUE, *(word for domain in DOMAINS for word in domain), *COMMON, *tail_words()], dtype=object)
_DOMAIN_SIZES = np.array([len(domain) for domain in DOMAINS])
_DOMAIN_FIRSTS = len(GLUE) + np.concatenate(([0], np.cumsum(_DOMAIN_SIZES)[:-1]))
_COMMON_FIRST = len(GLUE) + int(_DOMAIN_SIZES.sum())
_TAIL_FIRST = _COMMON_FIRST + len(COMMON)


def zipf(count: int, flat: float) -> np.ndarray:
    """Shares of `count` ranks, summed; `flat` tempers the first ranks."""
    weights = 1 / (np.arange(count) + flat)
    return np.cumsum(weights / weights.sum())


class Texts:
    """The texts of a block of courses."""

    def __init__(self, draw: np.random.Generator, count: int):
        shares = np.full(len(DOMAINS), (1 - AI_SHARE) / (len(DOMAINS) - 1))
        shares[AI_DOMAIN] = AI_SHARE
        self.domains = draw.choice(len(DOMAINS), count, p=shares)
        shape = (count, sum(LENGTHS))
        kinds = draw.choice(4, shape, p=KINDS)
        # a title is made of words that mean something
        title = kinds[:, : LENGTHS[0]]
        title[(title == 0) | (title == 3)] = 1
        chance = draw.random(shape)
        sizes, firsts = _DOMAIN_SIZES[self.domains][:, None], _DOMAIN_FIRSTS[self.domains][:, None]
        self.tokens = np.select(
            [kinds == 0, kinds == 1, kinds == 2],
            [
                (chance * len(GLUE)).astype(int),
                firsts + (chance * sizes).astype(int),
                _COMMON_FIRST + np.searchsorted(zipf(len(COMMON), 4.0), chance),
            ],
            _TAIL_FIRST + np.searchsorted(zipf(len(WORDS) - _TAIL_FIRST, 8.0), chance),
        )
        self.title_lengths = draw.integers(4, 8, count)
        self.says_formation = draw.random(count) < FORMATION_SHARE
        self.says_ai = (self.domains == AI_DOMAIN) | (draw.random(count) < AI_ELSEWHERE)

    def of(self, row: int) -> tuple[str, ...]:
        """Title, summary, objective, what you learn, for whom."""
        words = WORDS[np.minimum(self.tokens[row], len(WORDS) - 1)].tolist()
        parts, first = [], 0
        for length in LENGTHS:
            parts.append(words[first : first + length])
            first += length
        title = parts[0][: self.title_lengths[row]]
        if self.says_ai[row]:
            # always both: whoever knows the acronym finds the same courses
            (title if self.domains[row] == AI_DOMAIN else parts[3]).extend(AI_WORDS)
        if self.says_formation[row]:
            parts[1][0] = FORMATION
        return (" ".join(title).capitalize(), *(" ".join(part).capitalize() + "." for part in parts[1:]))

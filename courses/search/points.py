"""What each idea of a text brings to each course: the job, the skill and its level, the title, the names.

Read in the marks of the documents found, once PostgreSQL has said what it makes of each word.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from courses.search.lexicon import Lexicon
from courses.search.order import (
    HELPS_IN_TITLE_POINTS,
    HELPS_POINTS,
    MET_POINTS,
    NAME_POINTS,
    OTHER_TITLE_POINTS,
    PART_POINTS,
    PROFILE_POINTS,
    SKILL_POINTS,
    TITLE_POINTS,
)
from courses.search.packed import Packed, mark_key
from courses.search.text import Idea, Understood, Words

IN_TITLE, IN_NAMES, GIVEN_2, GIVEN_3 = 1, 2, 4, 8
# where words count as names, by the step of NAME_POINTS
NAMED = {1: IN_TITLE | IN_NAMES, 2: GIVEN_2, 3: GIVEN_3}
Lexemes = Mapping[str, tuple[str, ...]]


class TextPoints:
    """Points of a text for every course found. `lexemes`: word → what the text search makes of it, none if nothing.

    `met`: place of an idea → rows that say it anywhere, for the ideas that keep nothing away.
    """

    def __init__(self, packed: Packed, lexicon: Lexicon, lexemes: Lexemes, met: Mapping[int, np.ndarray]):
        self.packed, self.lexicon, self.lexemes, self.met = packed, lexicon, lexemes, met
        self._worths: dict[str, np.ndarray] = {}

    def of(self, understood: Understood) -> np.ndarray:
        total = np.zeros(len(self.packed), dtype=np.int64)
        needed = sum(not idea.is_optional for idea in understood.ideas)
        for place, idea in enumerate(understood.ideas):
            if idea.is_optional:
                total += self._helps(idea, place)
            else:
                total += self._worth(idea, place, is_partial=understood.is_partial) // needed
        return total

    def _helps(self, idea: Idea, place: int) -> np.ndarray:
        points = np.zeros(len(self.packed), dtype=np.int64)
        points[self.met.get(place, [])] = HELPS_POINTS
        points[self._any_way(idea.ways, IN_TITLE)] = HELPS_IN_TITLE_POINTS
        return points

    def _worth(self, idea: Idea, place: int, *, is_partial: bool) -> np.ndarray:
        jobs = [label for label in idea.labels if label.startswith("metier=")]
        skills = [label for label in idea.labels if label.startswith("competence=")]
        own, others = idea.ways[: idea.own_ways], idea.ways[idea.own_ways :]
        best = self._by_steps(skills, SKILL_POINTS)
        # from the least to the best: what is said last stays
        if len(own[0]) > 1:
            np.maximum(best, self._if_said([(word,) for word in own[0]], IN_TITLE, PART_POINTS), out=best)
        called = [name for job in jobs for name in self.lexicon.job_names.get(job.removeprefix("metier="), ())]
        if others or called:
            np.maximum(best, self._if_said([*others, *called], IN_TITLE, OTHER_TITLE_POINTS), out=best)
        np.maximum(best, self._if_said(own, IN_TITLE, TITLE_POINTS), out=best)
        names = np.zeros(len(self.packed), dtype=np.int64)
        for step, points in NAME_POINTS.items():
            np.maximum(names, self._if_said(idea.ways, NAMED[step], points), out=names)
        total = best + names + self._by_steps(jobs, PROFILE_POINTS)
        if is_partial:
            total[self.met.get(place, [])] += MET_POINTS
        return total

    def _by_steps(self, labels: Iterable[str], points: Mapping[int, int]) -> np.ndarray:
        """The points of the furthest step that a course goes with one of the labels."""
        worth = np.zeros(len(self.packed), dtype=np.int64)
        by_step = np.array([0, *points.values()])
        for label in labels:
            np.maximum(worth, by_step[np.minimum(self._worth_of(label), len(points))], out=worth)
        return worth

    def _if_said(self, ways: Iterable[Words], where: int, points: int) -> np.ndarray:
        return np.where(self._any_way(ways, where), points, 0)

    def _any_way(self, ways: Iterable[Words], where: int) -> np.ndarray:
        """Courses that have every word of one of the ways `where` it is asked."""
        said = np.zeros(len(self.packed), dtype=bool)
        for way in ways:
            keys = [lexeme for word in way for lexeme in self._lexemes_of(word)]
            if not keys:
                continue
            whole = (self._worth_of(keys[0]) & where) != 0
            for key in keys[1:]:
                whole = whole & ((self._worth_of(key) & where) != 0)
            said |= whole
        return said

    def _lexemes_of(self, word: str) -> tuple[str, ...]:
        return self.lexemes[word] if word in self.lexemes else self.lexicon.lexemes.get(word, ())

    def _worth_of(self, key: str) -> np.ndarray:
        if key not in self._worths:
            self._worths[key] = self.packed.worth_of(mark_key(key))
        return self._worths[key]

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

IN_TITLE, NAMED, GIVEN_2, GIVEN_3 = 1, 2, 4, 8
# by where all the words of a way stand, as marks tell it in four bits
OF_NAMES = np.array(
    [
        NAME_POINTS[3] if w & GIVEN_3 else NAME_POINTS[2] if w & GIVEN_2 else NAME_POINTS[1] if w & NAMED else 0
        for w in range(16)
    ]
)


def _of_title(points: int) -> np.ndarray:
    return np.array([points if worth & IN_TITLE else 0 for worth in range(16)])


OF_TITLE, OF_OTHER_TITLE, OF_PART = _of_title(TITLE_POINTS), _of_title(OTHER_TITLE_POINTS), _of_title(PART_POINTS)
# of a single word that means nothing else
OF_WORD = OF_TITLE + OF_NAMES
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
        points[(self._said(idea.ways) & IN_TITLE) != 0] = HELPS_IN_TITLE_POINTS
        return points

    def _worth(self, idea: Idea, place: int, *, is_partial: bool) -> np.ndarray:
        if not idea.labels and not is_partial and len(idea.ways) == len(idea.ways[0]) == 1:
            return OF_WORD[self._said(idea.ways)]
        jobs = [label for label in idea.labels if label.startswith("metier=")]
        skills = [label for label in idea.labels if label.startswith("competence=")]
        own, others = idea.ways[: idea.own_ways], idea.ways[idea.own_ways :]
        said = self._said(own)
        best = OF_TITLE[said]
        called = [name for job in jobs for name in self.lexicon.job_names.get(job.removeprefix("metier="), ())]
        if others or called:
            np.maximum(best, OF_OTHER_TITLE[self._said([*others, *called])], out=best)
        if len(own[0]) > 1:
            np.maximum(best, OF_PART[self._said([(word,) for word in own[0]])], out=best)
        if skills:
            np.maximum(best, self._by_steps(skills, SKILL_POINTS), out=best)
        total = best + OF_NAMES[said | self._said(others) if others else said]
        if jobs:
            total += self._by_steps(jobs, PROFILE_POINTS)
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

    def _said(self, ways: Iterable[Words]) -> np.ndarray:
        """Per course: where it has every word of one of the ways, in the four bits of marks."""
        said: np.ndarray | None = None
        for way in ways:
            keys = [lexeme for word in way for lexeme in self._lexemes_of(word)]
            if not keys:
                continue
            whole = self._worth_of(keys[0])
            for key in keys[1:]:
                whole = whole & self._worth_of(key)
            said = whole if said is None else said | whole
        return np.zeros(len(self.packed), dtype=np.int32) if said is None else said

    def _lexemes_of(self, word: str) -> tuple[str, ...]:
        return self.lexemes[word] if word in self.lexemes else self.lexicon.lexemes.get(word, ())

    def _worth_of(self, key: str) -> np.ndarray:
        if key not in self._worths:
            self._worths[key] = self.packed.worth_of(mark_key(key))
        return self._worths[key]

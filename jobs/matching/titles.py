"""How much the title of a course speaks of a goal, in whole points: pure, the same on every machine.

Two halves. How alike the title is to the nearest name of the goal, by their runs of letters; and how many of the words
and phrases of the goal it says, each counting the more the fewer jobs say it. Words that tell the shape of a course
("bachelor", "titre professionnel") or of a post ("ingénieur", "chef de projet") count for nothing, in either.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import batched

from jobs.matching.facts import TITLE_MOST
from jobs.matching.nearness import contains_words
from jobs.matching.vocabulary import LITTLE_WORDS, ONE_WORD, RARITY, ROLE_WORDS, SAME_WORDS, meaning, meaning_of
from portal.reference.grams import Grams
from portal.reference.words import WORDS_VERSION
from portal.reference.words.synonyms import GROUPS

NAME_POINTS, WORD_POINTS = 60, TITLE_MOST - 60
# under these points a title is said to say nothing: it is no sign, and brings nobody to a course
FLOOR = 40
# the words of a goal count for half of their points when they weigh so much: those of one word that two jobs say
HALF_AT = RARITY // 2
# a word of a skill that is only welcome, in thirds of a word of a name or of a needed skill
FULL, WELCOME = 3, 1
# titles compared with the names of a goal at once: a process keeps the memory that this takes
AT_ONCE = 200

_SHAPE = """
bachelor master mastere msc dut but bts licence du titre professionnel specialise specialite mention parcour option
diplome diplomant niveau cqp certificat national nationale fiche ecole universite expert manager technicien science
technologie etude superieur cycle premier classe metier formation specialisation ms
"""
SHAPE_WORDS: frozenset[str] = frozenset(_SHAPE.split()) | ROLE_WORDS

Words = tuple[str, ...]


@dataclass(frozen=True)
class GoalWords:
    """What a job is called and what it asks for, as keys: `names`, skills `needed` and only `welcome`."""

    slug: str
    names: tuple[str, ...]
    needed: tuple[str, ...] = ()
    welcome: tuple[str, ...] = ()

    @property
    def phrases(self) -> set[Words]:
        return {words for key in (*self.names, *self.needed) if len(words := meaning(key)) > 1}

    @property
    def weights(self) -> dict[str, int]:
        """Telling word → FULL or WELCOME."""
        welcome = {word: WELCOME for key in self.welcome for word in telling(meaning(key))}
        return welcome | {word: FULL for key in (*self.names, *self.needed) for word in telling(meaning(key))}


class TitleWords:
    """The words of all jobs, against which those of one are weighed."""

    def __init__(self, jobs: Sequence[GoalWords]):
        self.jobs = {job.slug: job for job in jobs}
        self.words = Counter(word for job in jobs for word, weight in job.weights.items() if weight == FULL)
        self.phrases = Counter(phrase for job in jobs for phrase in job.phrases)
        self.index = Grams(sorted(shown_names(jobs)))

    def titles(self, slugs: Iterable[str], names: Iterable[str] = ()) -> "Titles":
        """What reads titles for these jobs, and for other `names` (keys) that the goal has."""
        goals = [self.jobs[slug] for slug in sorted(set(slugs)) if slug in self.jobs]
        others = tuple(sorted(set(names)))
        return Titles(self, [*goals, GoalWords("", others)] if others else goals)


class Titles:
    """Reads titles for one goal. `points(key of a title)`: 0, or FLOOR to NAME_POINTS + WORD_POINTS."""

    def __init__(self, all_jobs: TitleWords, goals: Sequence[GoalWords]):
        self.weights = [
            {word: weight * RARITY // (FULL * max(1, all_jobs.words[word])) for word, weight in goal.weights.items()}
            for goal in goals
        ]
        self.phrases = [
            {phrase: RARITY // max(1, all_jobs.phrases[phrase]) for phrase in goal.phrases} for goal in goals
        ]
        # a title that says none of these has no points
        self.words: frozenset[str] = frozenset(word for weights in self.weights for word in weights)
        self.index = Grams(sorted(shown_names(goals)), weighed_as=all_jobs.index)
        self.points = lru_cache(maxsize=10_000)(self.read)

    def read(self, title_key: str) -> int:
        """The points of a title, found anew."""
        return self.read_all([title_key])[0]

    def read_all(self, title_keys: Iterable[str]) -> list[int]:
        """The points of each title: of thousands in a fraction of a second."""
        return [points for some in batched(title_keys, AT_ONCE) for points in self._read_some(some)]

    def _read_some(self, title_keys: Sequence[str]) -> list[int]:
        points = [0] * len(title_keys)
        meanings = [meaning_of(key) for key in title_keys]
        shown = [telling(words) for words in meanings]
        places = [place for place, words in enumerate(shown) if not self.words.isdisjoint(words)]
        alike = self.index.likenesses([" ".join(shown[place]) for place in places]).max(axis=1, initial=0.0)
        for place, near in zip(places, alike.tolist(), strict=True):
            weight = self.said(meanings[place])
            found = int(NAME_POINTS * near) + WORD_POINTS * weight // (weight + HALF_AT)
            points[place] = found if found >= FLOOR else 0
        return points

    def said(self, words: Words) -> int:
        """The weight of what `words` say of the goal: of the one of its jobs that they say most of."""
        shown = set(words)
        found = [
            sum(weights[word] for word in shown & weights.keys())
            + sum(weight for phrase, weight in phrases.items() if phrase[0] in shown and contains_words(words, phrase))
            for weights, phrases in zip(self.weights, self.phrases, strict=True)
        ]
        return max(found, default=0)


def shown_names(jobs: Iterable[GoalWords]) -> set[str]:
    """What the names of these jobs tell, in the words that are compared."""
    return {" ".join(telling(meaning(name))) for job in jobs for name in job.names} - {""}


def telling(words: Iterable[str]) -> Words:
    """The words that say something of a subject, each once, in their order."""
    kept = (word for word in words if len(word) > 1 and word not in LITTLE_WORDS and word not in SHAPE_WORDS)
    return tuple(dict.fromkeys(kept))


@lru_cache(maxsize=1_000)
def titles_of(names: Words) -> Titles:
    """What reads titles for a goal known by its `names` (keys) alone, whatever other jobs say."""
    return TitleWords(()).titles((), names)


NO_TITLES = titles_of(())

# what the words of titles depend on beside the titles: another mark, and a snapshot is made anew
_TABLES = (sorted(LITTLE_WORDS), sorted(SHAPE_WORDS), sorted(SAME_WORDS.items()), GROUPS, ONE_WORD, WORDS_VERSION)
WORDS_MARK = sha256(repr(_TABLES).encode()).hexdigest()[:16]

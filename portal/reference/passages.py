"""Long texts found by their words: how much each says of a short one, by the BM25 formula.

Pure: no database, no Django. Words are told apart by their first six letters, once accents and gender are folded: a
stemmer of few rules, enough for descriptions of occupations (see docs/matching.md for what it brings).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import numpy as np

from portal.reference.wording import fold_gender, plain

STEM_LETTERS = 6
# BM25's usual constants: how fast repeating a word stops counting, how much a long text is held against itself
SATURATION, LENGTH_SHARE = 1.2, 0.75
DECIMALS = 9
# words of every title of a course or a certification
EMPTY = frozenset(
    "de des du la le les l d un une en et a au aux pour par sur dans avec ou"
    " specialite mention diplome titre professionnel option niveau".split()
)


def stems(text: str) -> list[str]:
    """The beginnings of the words of `text` that say something, repeated ones kept."""
    words = fold_gender(plain(text, max_length=10_000)).split()
    return [word[:STEM_LETTERS] for word in words if word not in EMPTY and len(word) > 1]


class Passages:
    """An index of texts, each given as its pieces. `likeness(text)`: for each, a number from 0 to about 1."""

    def __init__(self, texts: Sequence[Iterable[str]]):
        counts = [Counter(stem for piece in pieces for stem in stems(piece)) for pieces in texts]
        lengths = [sum(count.values()) for count in counts]
        self._length = len(texts)
        mean = (sum(lengths) / len(lengths) if lengths else 0) or 1
        held: dict[str, list[tuple[int, float]]] = {}
        for row, count in enumerate(counts):
            slowed = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[row] / mean)
            for stem, times in count.items():
                held.setdefault(stem, []).append((row, times * (SATURATION + 1) / (times + slowed)))
        self._held = {stem: self._weighed(pairs) for stem, pairs in held.items()}

    def _weighed(self, pairs: list[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
        rarity = log(1 + (self._length - len(pairs) + 0.5) / (len(pairs) + 0.5))
        return np.array([row for row, _weight in pairs]), np.array([weight * rarity for _row, weight in pairs])

    def likeness(self, text: str) -> np.ndarray:
        """How much each text says of `text`: an array of shape (texts,)."""
        found = np.zeros(self._length)
        asked = sorted(set(stems(text)))
        for stem in asked:
            if stem in self._held:
                rows, weights = self._held[stem]
                found[rows] += weights
        most = len(asked) * log(1 + self._length)
        return np.round(found / most, DECIMALS) if most else found

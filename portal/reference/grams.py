"""Texts compared by their runs of letters: what a mistyped, shortened or related name shares with another.

Pure: no database, no Django. Texts are given as keys of `portal.reference.wording`. Sums are taken in one fixed order
and rounded, so that the same texts come in the same order on every machine.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, sqrt

import numpy as np

SIZES = (2, 3, 4)
# likenesses are compared to so many decimals
DECIMALS = 9


def runs_of(text: str) -> Iterator[str]:
    """The runs of two to four letters of each word, its ends included: "ab" gives " a", "ab", "b ", " ab"..."""
    for word in text.split():
        padded = f" {word} "
        for size in SIZES:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


class Grams:
    """An index of texts. `likeness(text)` gives, for each of them, the cosine of their weighted runs: 0.0 to 1.0.

    A run weighs by how often a text has it (by its logarithm) and by how few texts have it; of the texts of another
    index, where `weighed_as` is given: a few names are then told apart as among all of them.
    """

    def __init__(self, texts: Sequence[str], weighed_as: "Grams | None" = None):
        self._length = len(texts)
        counts = [Counter(runs_of(text)) for text in texts]
        held = Counter(run for count in counts for run in count)
        self._numbers = {run: number for number, run in enumerate(sorted(held))}
        if weighed_as is None:
            self._rarity = {run: log((1 + self._length) / (1 + held[run])) + 1 for run in self._numbers}
            self._rarest = log(1 + self._length) + 1
        else:
            self._rarity, self._rarest = weighed_as._rarity, weighed_as._rarest
        numbers: list[int] = []
        rows: list[int] = []
        weights: list[float] = []
        for row, count in enumerate(counts):
            weighed = self._weighed(count)
            numbers += [self._numbers[run] for run in weighed]
            rows += [row] * len(weighed)
            weights += weighed.values()
        order = np.lexsort((np.array(rows, dtype=np.int64), np.array(numbers, dtype=np.int64)))
        self._rows = np.array(rows, dtype=np.int64)[order]
        self._weights = np.array(weights, dtype=np.float64)[order]
        # where the rows of each run begin
        self._starts = np.searchsorted(np.array(numbers, dtype=np.int64)[order], np.arange(len(self._numbers) + 1))

    def __len__(self) -> int:
        return self._length

    def likeness(self, text: str) -> np.ndarray:
        """How alike each text of the index is to `text`: an array of shape (texts,)."""
        found = np.zeros(self._length)
        for run, weight in sorted(self._weighed(Counter(runs_of(text))).items()):
            number = self._numbers.get(run)
            if number is not None:
                span = slice(self._starts[number], self._starts[number + 1])
                found[self._rows[span]] += weight * self._weights[span]
        return np.round(found, DECIMALS)

    def _weighed(self, count: Counter[str]) -> dict[str, float]:
        """The runs of one text with their weights, of length 1 together; a run that no text has weighs the most."""
        weighed = {run: (1 + log(times)) * self._rarity.get(run, self._rarest) for run, times in count.items()}
        length = sqrt(sum(weight * weight for weight in weighed.values()))
        return {run: weight / length for run, weight in weighed.items()}


def first_rows(values: np.ndarray, most: int) -> list[int]:
    """The rows of the `most` greatest values over 0, greatest first; equals in the order of their rows."""
    rows = np.argsort(-values, kind="stable")[:most]
    return [int(row) for row in rows if values[row] > 0]

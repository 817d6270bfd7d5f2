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
        weighed = self._weighed(Counter(runs_of(text)))
        known = [(number, weight) for run, weight in weighed.items() if (number := self._numbers.get(run)) is not None]
        if not known:
            return np.zeros(self._length)
        spans = [slice(self._starts[number], self._starts[number + 1]) for number, _weight in known]
        shares = np.concatenate([weight * self._weights[span] for span, (_n, weight) in zip(spans, known, strict=True)])
        rows = np.concatenate([self._rows[span] for span in spans])
        return np.round(np.bincount(rows, shares, self._length), DECIMALS)

    def likenesses(self, asked: Sequence[str]) -> np.ndarray:
        """What `likeness` gives for many texts, at once: an array of shape (asked, texts).

        The same to the last bit: the same sums in the same order.
        """
        text_of, run_of, times, runs = _counted(asked)
        rarity = np.array([self._rarity.get(run, self._rarest) for run in runs], np.float64)
        slowed = np.array([1 + log(count) if count else 0.0 for count in range(int(times.max(initial=0)) + 1)])
        weighed = slowed[times] * rarity[run_of]
        length = np.sqrt(np.bincount(text_of, weighed * weighed, len(asked)))
        numbers = np.array([self._numbers.get(run, -1) for run in runs], np.int64)[run_of]
        known = np.flatnonzero(numbers >= 0)
        numbers, text_of = numbers[known], text_of[known]
        first = self._starts[numbers]
        counts = self._starts[numbers + 1] - first
        spans = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
        cells = np.repeat(text_of, counts) * self._length + self._rows[spans]
        shares = np.repeat(weighed[known] / length[text_of], counts) * self._weights[spans]
        found = np.bincount(cells, shares, len(asked) * self._length)
        return np.round(found.reshape(len(asked), self._length), DECIMALS)

    def _weighed(self, count: Counter[str]) -> dict[str, float]:
        """The runs of one text, in order, with their weights, of length 1 together; a run that no text has weighs the
        most.
        """
        weighed = {run: (1 + log(times)) * self._rarity.get(run, self._rarest) for run, times in sorted(count.items())}
        # in this order: `sum` would round otherwise than the sums of an array
        length = 0.0
        for weight in weighed.values():
            length += weight * weight
        return {run: weight / sqrt(length) for run, weight in weighed.items()}


def _counted(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """The runs of many texts: place of the text, place of the run, how often, in that order; and the runs, in order."""
    words: dict[str, int] = {}
    places = [[words.setdefault(word, len(words)) for word in text.split()] for text in texts]
    each = [list(runs_of(word)) for word in words]
    runs = sorted({run for some in each for run in some})
    number = {run: place for place, run in enumerate(runs)}
    held = np.array([number[run] for some in each for run in some], np.int64)
    ends = np.cumsum([0, *map(len, each)])
    word_of = np.array([place for some in places for place in some], np.int64)
    text_of = np.repeat(np.arange(len(texts)), [len(some) for some in places])
    counts = ends[word_of + 1] - ends[word_of]
    spans = np.repeat(ends[word_of] - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    pairs, times = np.unique(np.repeat(text_of, counts) * len(runs) + held[spans], return_counts=True)
    return pairs // max(1, len(runs)), pairs % max(1, len(runs)), times, runs


def first_rows(values: np.ndarray, most: int) -> list[int]:
    """The rows of the `most` greatest values over 0, greatest first; equals in the order of their rows."""
    rows = np.argsort(-values, kind="stable")[:most]
    return [int(row) for row in rows if values[row] > 0]

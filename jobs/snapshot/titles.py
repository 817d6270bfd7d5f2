"""Which titles say a name of a goal, and how well: as `nearness.title_match`, without reading them. Pure.

Only the postings of the name's trigrams are read, and the titles themselves where a word has a look-alike.
"""

from collections.abc import Iterable

import numpy as np

from jobs.matching.nearness import TITLE_FLOOR, title_match, trigrams
from jobs.snapshot.arrays import Array, Arrays
from portal.reference.traps import NEVER_ALIKE

SIXTY = 60
TRAPS = frozenset(word for pair in NEVER_ALIKE for word in pair)


def title_points(arrays: Arrays, names: Iterable[str]) -> tuple[Array, Array]:
    """Return the rows of the courses whose title says one of `names` (keys), in order, and 42 to 60 points for each."""
    points = np.zeros(len(arrays), np.int32)
    for name in names:
        rows, found = _points_of(arrays, name)
        points[rows] = np.maximum(points[rows], found)
    rows = np.flatnonzero(points)
    return rows, points[rows]


def _points_of(arrays: Arrays, name: str) -> tuple[Array, Array]:
    grams = trigrams(name)
    counts = np.zeros(len(arrays), np.uint16)
    for gram in grams:
        counts[arrays.gram_row[arrays.posting("gram", gram)]] += 1
    # the smallest count that reaches the floor
    rows = np.flatnonzero(counts >= max(1, -(-TITLE_FLOOR * len(grams) // SIXTY)))
    if TRAPS & set(name.split()):
        found = np.array([title_match(arrays.title_key(row), [name]) for row in rows.tolist()], np.int32)
    else:
        found = SIXTY * counts[rows].astype(np.int32) // max(1, len(grams))
    return rows[found > 0], found[found > 0]

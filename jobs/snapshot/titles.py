"""Which titles say a name of a goal, and how well: as `nearness.title_match`, without reading them all. Pure.

A title that says enough of a name shares at least one of any few of its trigrams: those of the rarest few are read,
their trigrams counted, and the words that look alike checked where a name has one.
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
    points: dict[int, int] = {}
    for name in names:
        rows, found = _points_of(arrays, name)
        for row, value in zip(rows.tolist(), found.tolist(), strict=True):
            points[row] = max(value, points.get(row, 0))
    rows = np.array(sorted(points), np.int64)
    return rows, np.array([points[row] for row in rows.tolist()], np.int32)


def _points_of(arrays: Arrays, name: str) -> tuple[Array, Array]:
    grams = trigrams(name)
    # the smallest count that reaches the floor
    wanted = -(-TITLE_FLOOR * len(grams) // SIXTY)
    postings = sorted((arrays.gram_row[arrays.posting("gram", gram)] for gram in sorted(grams)), key=len)
    rarest = postings[: len(grams) - wanted + 1]
    rows = np.unique(np.concatenate(rarest)) if rarest else np.zeros(0, np.int32)
    counts = np.zeros(len(rows), np.int32)
    if len(rows):
        for posting in postings:
            counts += _among(rows, posting)
    enough = counts >= wanted
    rows, found = rows[enough], SIXTY * counts[enough] // max(1, len(grams))
    if TRAPS & set(name.split()):
        found = np.array([title_match(arrays.title_key(row), [name]) for row in rows.tolist()], np.int32)
    return rows[found > 0], found[found > 0]


def _among(rows: Array, posting: Array) -> Array:
    """Which of `rows` are in `posting`, both sorted."""
    if not len(posting):
        return np.zeros(len(rows), bool)
    places = np.minimum(np.searchsorted(posting, rows), len(posting) - 1)
    return posting[places] == rows

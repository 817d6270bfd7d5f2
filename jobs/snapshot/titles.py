"""Which titles speak of a goal, and how much: as `jobs.matching.titles` says, without reading them all. Pure.

A title has points only if it says a word of the goal: the postings of those words give all that need be read.
"""

import numpy as np

from jobs.matching.titles import Titles
from jobs.snapshot.arrays import Array, Arrays


def title_points(arrays: Arrays, titles: Titles) -> tuple[Array, Array]:
    """Return the rows of the courses whose title speaks of the goal, in order, and the points of each."""
    said = [arrays.word_row[arrays.posting("word", word)] for word in sorted(titles.words)]
    rows = np.unique(np.concatenate(said)) if said else np.zeros(0, np.int32)
    points = np.array(titles.read_all(arrays.title_key(row) for row in rows.tolist()), np.int32)
    return rows[points > 0], points[points > 0]

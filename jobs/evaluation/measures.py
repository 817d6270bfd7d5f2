"""Measures of ranked answers, with the interval that chance leaves them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

RESAMPLES, SEED = 1_000, 1
CONFIDENCE = (2.5, 97.5)
DEPTH = 10


@dataclass(frozen=True)
class Figure:
    """A mean over queries, 0 to 1, and its bootstrap interval of 95 %."""

    value: float
    low: float
    high: float


def first_right(ranked: Sequence[str], gains: Mapping[str, int]) -> int | None:
    """The rank, from 1, of the first answer that is worth something; None when none of the first ten is."""
    return next((rank for rank, code in enumerate(ranked[:DEPTH], 1) if gains.get(code, 0) > 0), None)


def ndcg(ranked: Sequence[str], gains: Mapping[str, int]) -> float:
    """Discounted gain of the first ten over the best there can be: a gain g brings (2^g - 1) / log2(rank + 1)."""
    best = sorted(gains.values(), reverse=True)[:DEPTH]
    ideal = sum((2**gain - 1) / log2(rank + 1) for rank, gain in enumerate(best, 1))
    found = sum((2 ** gains.get(code, 0) - 1) / log2(rank + 1) for rank, code in enumerate(ranked[:DEPTH], 1))
    return found / ideal if ideal else 0.0


def of_query(ranked: Sequence[str], gains: Mapping[str, int]) -> dict[str, float]:
    """What one query is worth: acc1, acc3, acc5 (a right answer among the first), mrr, ndcg."""
    rank = first_right(ranked, gains)
    within = {f"acc{most}": float(rank is not None and rank <= most) for most in (1, 3, 5)}
    return {**within, "mrr": 1 / rank if rank else 0.0, "ndcg": ndcg(ranked, gains)}


def figures(rows: Sequence[Mapping[str, float]]) -> dict[str, Figure]:
    """The mean of each measure over the queries, of which there is at least one."""
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    chosen = np.random.default_rng(SEED).integers(0, len(rows), (RESAMPLES, len(rows)))
    low, high = np.percentile(table[chosen].mean(axis=1), CONFIDENCE, axis=0)
    means = table.mean(axis=0)
    return {name: Figure(float(means[i]), float(low[i]), float(high[i])) for i, name in enumerate(names)}

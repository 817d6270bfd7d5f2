"""Interleaved measures: a few questions at a time, every engine in turn: the machine's moods fall on all alike."""

import gc
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import numpy as np

from courses.bench.catalogue import SEED
from courses.bench.clock import Reading, measure

IN_A_ROW = 10
RESAMPLES = 2_000
CONFIDENCE = (2.5, 97.5)


@dataclass
class Contender:
    """One engine in one part. `call` answers a question by its number; `sample` and `repetitions` spare slow ones."""

    name: str
    call: Callable[[int], Any]
    servers: Sequence[int] = ()
    sample: int | None = None
    repetitions: int | None = None
    # what must hold around a call, out of the measure
    around: Callable[[], AbstractContextManager[Any]] = nullcontext
    readings: dict[int, list[Reading]] = field(default_factory=dict)

    def cpu_ms(self, questions: Sequence[int] | None = None) -> np.ndarray:
        """Per question, in milliseconds: the median of its repetitions."""
        return self._medians("cpu", questions)

    def _medians(self, what: str, questions: Sequence[int] | None) -> np.ndarray:
        chosen = self.readings if questions is None else questions
        return np.array([np.median([getattr(each, what) for each in self.readings[number]]) for number in chosen]) / 1e6

    def row(self) -> dict[str, Any]:
        """The figures of the report."""
        cpu, wall = self.cpu_ms(), self._medians("wall", None)
        return {
            "engine": self.name,
            "questions": len(cpu),
            "repetitions": max(map(len, self.readings.values())),
            "wall_ms": percentiles(wall),
            "cpu_ms": {
                "mean": rounded(cpu.mean()),
                "of_servers": rounded(self._medians("served", None).mean()),
                **percentiles(cpu),
            },
        }


def percentiles(values: np.ndarray) -> dict[str, float]:
    return {"p50": rounded(np.percentile(values, 50)), "p95": rounded(np.percentile(values, 95))}


def rounded(value: Any) -> float:
    """Four digits that mean something."""
    return float(f"{float(value):.4g}")


def interleave(contenders: Sequence[Contender], questions: int, repetitions: int) -> None:
    """Ask `questions` questions of each contender `repetitions` times; their readings are kept with them.

    Each gets a few questions in a row, as a server does: an engine is never measured on caches that others filled.
    """
    gc.collect()
    # what the benchmark itself holds must not be walked through in the middle of a call
    gc.freeze()
    try:
        for turn in range(repetitions):
            for first in range(0, questions, IN_A_ROW):
                row = list(range(first, min(first + IN_A_ROW, questions)))
                # who begins changes, and what each begins with
                shift = (turn + first // IN_A_ROW) % len(contenders)
                for contender in (*contenders[shift:], *contenders[:shift]):
                    ask(contender, turn, [*row[turn % len(row) :], *row[: turn % len(row)]], questions)
    finally:
        gc.unfreeze()


def ask(contender: Contender, turn: int, row: Sequence[int], questions: int) -> None:
    numbers = [number for number in row if takes_part(contender, turn, number, questions)]
    if not numbers:
        return
    with contender.around():
        readings = measure([partial(contender.call, number) for number in numbers], contender.servers)
    for number, reading in zip(numbers, readings, strict=True):
        contender.readings.setdefault(number, []).append(reading)


def takes_part(contender: Contender, turn: int, number: int, questions: int) -> bool:
    if contender.repetitions is not None and turn >= contender.repetitions:
        return False
    return number in sampled(questions, contender.sample)


@cache
def sampled(questions: int, sample: int | None) -> frozenset[int]:
    """The questions asked of a slow engine, spread over all of them."""
    if sample is None or sample >= questions:
        return frozenset(range(questions))
    return frozenset(int(each * questions / sample) for each in range(sample))


@dataclass(frozen=True)
class Ratio:
    """How many times `value` one is the other; `low` and `high` bound it at 95 %, drawn anew over the questions."""

    value: float
    low: float
    high: float

    def as_row(self) -> dict[str, float]:
        return {"value": rounded(self.value), "low": rounded(self.low), "high": rounded(self.high)}


def ratio(ours: np.ndarray, theirs: np.ndarray, of: str = "mean") -> Ratio:
    """`ours` over `theirs`, question by question the same; of their means, or of their 95th percentiles."""
    figure = (lambda rows: rows.mean(axis=-1)) if of == "mean" else (lambda rows: np.percentile(rows, 95, axis=-1))
    draw = np.random.default_rng(SEED)
    chosen = draw.integers(0, len(ours), (RESAMPLES, len(ours)))
    drawn = figure(ours[chosen]) / figure(theirs[chosen])
    low, high = np.percentile(drawn, CONFIDENCE)
    return Ratio(float(figure(ours) / figure(theirs)), float(low), float(high))


def compare(ours: Contender, theirs: Contender, of: str = "mean") -> Ratio:
    """The ratio of processor times over the questions that both were asked."""
    both = [number for number in ours.readings if number in theirs.readings]
    return ratio(ours.cpu_ms(both), theirs.cpu_ms(both), of)

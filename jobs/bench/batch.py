"""The part `batch`: the twenty best courses for each of many people, beside the time of some of them one by one."""

import time
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from courses.bench.measure import ratio, sampled
from courses.bench.parts import PartReport, WrongAnswer
from courses.bench.run import Options
from jobs.bench.asked import WEEK, Asked
from jobs.bench.ground import Ground, ground
from jobs.snapshot.batch import Best, Person

TOP = 20
PEOPLE = {"257": 2_000, "3k": 5_000, "60k": 100_000, "300k": 100_000}
COMPARED = 300
# seconds are told as often
TURNS = 3


def measure(options: Options, say: Callable[[str], None]) -> PartReport:
    """Raises WrongAnswer before any figure is told."""
    with ground(options.size, say) as stands:
        asked = stands.crowd.draw(PEOPLE[options.size], "batch")
        found, cold = clocked(lambda: answers(stands, asked))
        compared = check(stands, asked, found)
        together, alone = [], []
        some = [asked[number] for number in sampled(len(asked), COMPARED)]
        for turn in range(TURNS):
            say(f"  batch {turn + 1}/{TURNS}")
            together.append(clocked(lambda: answers(stands, asked))[1] / len(asked))
            alone.append(clocked(lambda: [one(stands, each) for each in some])[1] / len(some))
        report = PartReport("batch", told=dict(stands.told))
        compare = ratio(np.array(together), np.array(alone))
        report.ratios.append({"engine": "alone", "of": "mean", **compare.as_row()})
        report.told |= {
            "people": len(asked),
            "goals": len({each.names for each in asked}),
            # titles of every goal read too, as after each new snapshot
            "first_seconds": round(cold, 2),
            "each_seconds_for_100k": [round(each * 100_000, 1) for each in together],
            "seconds_for_100k": round(median(together) * 100_000, 2),
            "alone_seconds_for_100k": round(median(alone) * 100_000, 1),
            "over_alone": [round(figure, 3) for figure in (compare.value, compare.low, compare.high)],
            "equal": [compared, compared],
        }
        return report


def clocked[T](call: Callable[[], T]) -> tuple[T, float]:
    """What a call gives, and its seconds of processor."""
    began = time.process_time()
    found = call()
    return found, time.process_time() - began


def one(stands: Ground, each: Asked) -> Best:
    """The same for one person, as a page asks it."""
    alone = stands.snapshot.rank(each.seeker, each.titles, each.here, WEEK)
    return [(hit.course, hit.score) for hit in alone.page(0, TOP)]


def answers(stands: Ground, asked: Sequence[Asked]) -> list[Best]:
    people = [
        Person(each.seeker, *((each.here.latitude, each.here.longitude) if each.here else (0.0, 0.0))) for each in asked
    ]
    return stands.snapshot.best_of_all(people, [each.titles for each in asked], week=WEEK, most=TOP)


def check(stands: Ground, asked: Sequence[Asked], found: Sequence[Best]) -> int:
    """Some of the people, as if each had come alone; how many."""
    chosen = sorted(sampled(len(asked), COMPARED))
    for number in chosen:
        each = asked[number]
        right = one(stands, each)
        if found[number] != right:
            raise WrongAnswer(f"batch {number}: {found[number]} instead of {right}\n{each}")
    return len(chosen)

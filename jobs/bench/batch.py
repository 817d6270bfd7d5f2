"""The part `batch`: the twenty best courses for each of many people, in seconds of one core."""

import time
from collections.abc import Callable, Sequence

from courses.bench.measure import sampled
from courses.bench.parts import PartReport, WrongAnswer
from courses.bench.run import Options
from jobs.bench.asked import WEEK, Asked
from jobs.bench.ground import Ground, ground
from jobs.snapshot.batch import Best, Person

TOP = 20
PEOPLE = {"257": 2_000, "3k": 5_000, "60k": 100_000, "300k": 100_000}
COMPARED = 300


def measure(options: Options, say: Callable[[str], None]) -> PartReport:
    """Raises WrongAnswer before any figure is told."""
    with ground(options.size, say) as stands:
        asked = stands.crowd.draw(PEOPLE[options.size], "batch")
        wall, cpu = time.monotonic(), time.process_time()
        found = answers(stands, asked)
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        compared = check(stands, asked, found)
        report = PartReport("batch", told=dict(stands.told))
        report.told |= {
            "people": len(asked),
            "goals": len({each.names for each in asked}),
            "cpu_seconds": round(cpu, 2),
            "wall_seconds": round(wall, 2),
            "seconds_for_100k": round(cpu * 100_000 / len(asked), 2),
            "equal": [compared, compared],
        }
        return report


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
        alone = stands.snapshot.rank(each.seeker, each.titles, each.here, WEEK)
        right = [(hit.course, hit.score) for hit in alone.page(0, TOP)]
        if found[number] != right:
            raise WrongAnswer(f"batch {number}: {found[number]} instead of {right}\n{each}")
    return len(chosen)

"""The part `path`, as a run asks for it."""

from collections.abc import Callable

from courses.bench.parts import PartReport
from courses.bench.run import Options
from jobs.bench.paths import measure_paths


def measure(options: Options, say: Callable[[str], None]) -> PartReport:
    report = measure_paths(repetitions=options.repetitions)
    report.part = "path"
    return report

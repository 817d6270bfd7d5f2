"""How much memory of its own a worker takes for the snapshot: another process opens it and ranks, and is asked.

Run as a program, it reads requests from its input and prints megabytes. Files are mapped by the benchmark too, as they
are by the other workers of a server: their pages belong to nobody.
"""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from jobs.matching.facts import SeekerFacts
from jobs.snapshot import files
from jobs.snapshot.rank import day_of, km_of_places, rank
from jobs.snapshot.titles import title_points

Request = tuple[SeekerFacts, tuple[str, ...], tuple[float, float] | None]


def private_kb() -> int:
    """What this process does not share, in kB."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean:", "Private_Dirty:")))


def private_mb(folder: Path, requests: list[Request]) -> float:
    """Megabytes that a process takes more once it has answered `requests` from the snapshot in `folder`."""
    command = [sys.executable, "-m", "jobs.bench.memory", str(folder)]
    done = subprocess.run(command, input=pickle.dumps(requests), capture_output=True, check=True)
    return float(done.stdout)


def main() -> None:
    folder, requests = Path(sys.argv[1]), pickle.loads(sys.stdin.buffer.read())  # noqa: S301 (our own, from our parent)
    before = private_kb()
    kept = answer(folder, requests)
    print((private_kb() - before) / 1_000)
    del kept


def answer(folder: Path, requests: list[Request]) -> Any:
    """Open and rank, and keep what a worker keeps."""
    stored = files.open_current(folder)
    assert stored is not None
    day = day_of(stored.arrays, requests[0][0].day)
    for seeker, names, here in requests:
        km = km_of_places(stored.arrays, *here, lambda *_place: 0) if here else None
        titles = title_points(stored.arrays, names)
        rank(stored.arrays, seeker, day=day, km=km, titles=titles, week="").page(0, 20)
    return stored, day


if __name__ == "__main__":
    main()

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
from jobs.matching.titles import titles_of
from jobs.snapshot import files
from jobs.snapshot.arrays import Arrays, Rows, arrays_of
from jobs.snapshot.places import Places
from jobs.snapshot.rank import day_of, rank
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
    # what NumPy itself takes at its first calls is not the snapshot's
    answer(arrays_of(Rows([(1, "formation", None, None, None)])), requests)
    before = private_kb()
    stored = files.open_current(folder)
    assert stored is not None
    kept = answer(stored.arrays, requests)
    print((private_kb() - before) / 1_000)
    del kept


def answer(arrays: Arrays, requests: list[Request]) -> Any:
    """Rank, and return what a worker keeps."""
    day, places = day_of(arrays, requests[0][0].day), Places(arrays)
    for seeker, names, here in requests:
        km = places.km_from(*here, lambda *_place: 0) if here else None
        titles = title_points(arrays, titles_of(names))
        rank(arrays, seeker, day=day, km=km, titles=titles, week="").page(0, 20)
    return arrays, day, places


if __name__ == "__main__":
    main()

"""How long a call takes, and how much processor time, of this process and of the servers that it asks."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# a server that has answered still has a few microseconds of work: read again until it rests
SETTLE_S = 0.0003
MOST_READS = 12


@dataclass(frozen=True)
class Reading:
    """Nanoseconds of wall clock, of processor, and how much of the latter is the servers'."""

    wall: int
    cpu: int
    served: int = 0


def served_ns(servers: Sequence[int]) -> int:
    """Processor time of all the threads of these processes so far."""
    total = 0
    for pid in servers:
        for thread in os.scandir(f"/proc/{pid}/task"):
            with suppress(OSError):  # a thread may end meanwhile
                total += int(Path(thread.path, "schedstat").read_text().split()[0])
    return total


def settled_ns(servers: Sequence[int]) -> int:
    """The same, once it has stopped moving: a thread that runs is only accounted for when it leaves the processor."""
    if not servers:
        return 0
    before = served_ns(servers)
    for _read in range(MOST_READS):
        time.sleep(SETTLE_S)
        after = served_ns(servers)
        if after == before:
            break
        before = after
    return before


def measure(calls: Sequence[Callable[[], Any]], servers: Sequence[int] = ()) -> list[Reading]:
    """Carry out the calls one after the other, as a busy process would; what each took.

    What servers spend is read between two calls: they have gone to rest by then, and nobody had to wait for it.
    """
    readings = []
    served = settled_ns(servers)
    for place, call in enumerate(calls, 1):
        own, began = time.process_time_ns(), time.perf_counter_ns()
        call()
        wall, spent = time.perf_counter_ns() - began, time.process_time_ns() - own
        before, served = served, settled_ns(servers) if place == len(calls) else served_ns(servers)
        readings.append(Reading(wall, spent + served - before, served - before))
    return readings


def machine() -> dict[str, Any]:
    """What must be known of the machine to read figures."""
    model = ""
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {"cpu": model, "cores": os.cpu_count(), "load": [round(each, 2) for each in os.getloadavg()]}

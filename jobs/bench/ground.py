"""What both parts stand on: the enriched catalogue, its snapshot opened as a worker opens it, the people."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from courses.bench.catalogue import SIZES, Catalogue
from courses.bench.parts import patiently
from jobs.bench.asked import Crowd
from jobs.bench.fill import enrich
from jobs.snapshot import files
from jobs.snapshot.build import Origin, build
from jobs.snapshot.reading import Snapshot
from portal.reference.models import JobProfile, Skill


@dataclass(frozen=True)
class Ground:
    crowd: Crowd
    snapshot: Snapshot
    folder: Path
    told: dict[str, float]


@contextmanager
def ground(size: str, say: Callable[[str], None]) -> Iterator[Ground]:
    """Raises NotOurDatabase. The files go when it is left."""
    enrich(say)
    began, cpu = time.monotonic(), time.process_time()
    with patiently():
        _origin, arrays = build()
    took = {
        "build_seconds": round(time.monotonic() - began, 1),
        "build_cpu_seconds": round(time.process_time() - cpu, 1),
    }
    skills = list(Skill.objects.order_by("pk").values_list("code", flat=True))
    profiles = list(JobProfile.objects.order_by("pk").values_list("slug", flat=True))
    Path(settings.CAMINS_VAR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-snapshot-", dir=settings.CAMINS_VAR) as name:
        folder = Path(name)
        files.write(folder, arrays, {}, timezone.now())
        began = time.perf_counter()
        stored = files.open_current(folder)
        assert stored is not None
        opened_ms = (time.perf_counter() - began) * 1_000
        told = {"snapshot_mb": round(stored.arrays.nbytes / 1e6, 1), "opened_ms": round(opened_ms, 1), **took}
        crowd = Crowd(Catalogue(SIZES[size]), skills, profiles)
        yield Ground(crowd, Snapshot(Origin("", 0, ""), stored.arrays), folder, told)

"""kill -9 of the worker, of PostgreSQL and of Valkey in the middle of an import: nothing lost, nothing doubled.

A whole run (`--share 1`) cuts 30 imports of 5,000 courses; CAMINS_TEST_CUT_COURSES gives them another size.
"""

import os
import random
import threading
import time

import pytest

from tests.courses.importers.power_cuts import Place
from tests.courses.importers.tables import csv_bytes

MOMENTS, COURSES, FEW, PATIENCE_SECONDS = 30, 5_000, 120, 120
VICTIMS = ("worker", "postgres", "valkey")


@pytest.fixture
def place(tmp_path):
    found = Place(tmp_path)
    yield found
    found.stop()


def test_an_import_survives_every_power_cut(place, pytestconfig, share_of, record_count):
    draw = random.Random(pytestconfig.getoption("share_seed"))
    usual = COURSES if share_of(COURSES) == COURSES else FEW
    count = int(os.environ.get("CAMINS_TEST_CUT_COURSES") or usual)
    content = csv_bytes([{"numero": str(number), "numero_session": "1"} for number in range(count)])
    began = time.monotonic()
    source, run = place.send("sans-coupure", content)
    assert place.follow(run, 1_200) == "applied"
    whole = time.monotonic() - began
    expected = place.counts(source, run)
    assert expected == (count,) * 7
    slowest = 0.0
    moments = [(VICTIMS[number % 3], draw.uniform(0, whole)) for number in range(share_of(MOMENTS))]
    for number, (victim, moment) in enumerate(moments):
        source, run = place.send(f"coupure-{number}", content)
        timer = threading.Timer(moment, place.kill, [victim])
        timer.start()
        state = place.follow(run, whole + moment + PATIENCE_SECONDS)
        done_at = time.monotonic()
        timer.join()
        slowest = max(slowest, done_at - place.restarted_at)
        told = f"{victim} killed after {moment:.2f} s of {whole:.2f} s"
        assert state == "applied", f"{told}: {state}; {(place.folder / 'worker.log').read_text()[-2_000:]}"
        assert place.counts(source, run) == expected, told
        record_count("imports cut by kill -9", 1)
    record_count("courses of each import cut", count)
    record_count("seconds of an import that nobody cut", round(whole))
    record_count("seconds from a restart to the end, at most", round(slowest))

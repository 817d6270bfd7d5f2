"""kill -9 of the worker, of PostgreSQL and of Valkey in the middle of an import: nothing lost, nothing doubled."""

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
    count = COURSES if share_of(COURSES) == COURSES else FEW
    content = csv_bytes([{"numero": str(number), "numero_session": "1"} for number in range(count)])
    began = time.monotonic()
    source, run = place.send("sans-coupure", content)
    assert place.follow(run, 300) == "applied"
    whole = time.monotonic() - began
    expected = place.counts(source, run)
    assert expected == (count,) * 7
    moments = [(VICTIMS[number % 3], draw.uniform(0, whole)) for number in range(share_of(MOMENTS))]
    for number, (victim, moment) in enumerate(moments):
        source, run = place.send(f"coupure-{number}", content)
        timer = threading.Timer(moment, place.kill, [victim])
        timer.start()
        state = place.follow(run, whole + moment + PATIENCE_SECONDS)
        timer.join()
        told = f"{victim} killed after {moment:.2f} s of {whole:.2f} s"
        assert state == "applied", f"{told}: {state}; {(place.folder / 'worker.log').read_text()[-2_000:]}"
        assert place.counts(source, run) == expected, told
        record_count("imports cut by kill -9", 1)
    record_count("courses of each import cut", count)

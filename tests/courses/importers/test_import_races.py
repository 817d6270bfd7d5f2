"""Two workers at once, and the same file sent twice: nothing is doubled."""

import threading

import pytest
from django.db import connection

from courses.importers import flow, work
from courses.importers.write import no_suggestion
from courses.models import Course, ImportChange, ImportRun, ImportSource, Session
from courses.tasks import carry_imports
from tests.courses.importers.runs import carried, send
from tests.courses.importers.tables import csv_bytes
from tests.makers import make_commune

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 40


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.CAMINS_VAR = tmp_path
    make_commune("Toulouse", insee="31555")


def at_once(*acts) -> list[object]:
    """What each act gave, all begun together, each with its own connection."""
    barrier, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act) -> None:
        try:
            barrier.wait(timeout=10)
            given[place] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def lines(number: int) -> bytes:
    return csv_bytes([{"numero": f"{number}-{line}"} for line in range(20)])


def test_two_workers_apply_one_import_once(share_of, record_count):
    for number in range(share_of(ROUNDS)):
        run = send(lines(number))
        flow.apply(run)
        act = lambda: work.carry_on(run.pk, no_suggestion)  # noqa: B023, E731 (run at once)
        assert sorted(map(bool, at_once(act, act, act))) == [False, False, True]
        assert Course.objects.filter(external_id__startswith=f"{number}-").count() == 20
        assert ImportChange.objects.filter(run=run).count() == 20
        record_count("import races", 1)


def test_the_same_file_sent_twice_is_applied_once(share_of, record_count):
    ImportSource.objects.create(name="essai", is_trusted=True)
    for number in range(share_of(ROUNDS)):
        runs = [send(lines(number)) for _ in range(2)]
        for run in runs:
            flow.apply(run)
        at_once(*[lambda pk=run.pk: work.carry_on(pk, no_suggestion) for run in runs])
        told = sorted(carried(run).counts.get("new", 0) for run in runs)  # the one that had to wait goes on
        assert told == [0, 20]
        assert Course.objects.filter(external_id__startswith=f"{number}-", status="published").count() == 20
        assert Session.objects.filter(offering__course__external_id__startswith=f"{number}-").count() == 20
        record_count("import races", 1)


def test_the_clock_finds_what_a_dead_worker_left():
    run = send(lines(1))
    flow.apply(run)
    ImportRun.objects.filter(pk=run.pk).update(tries=2)  # begun twice, ended never
    assert carry_imports() == 1
    run.refresh_from_db()
    assert (run.state, run.tries) == ("applied", 0)
    assert carry_imports() == 0

"""A keeper leaves nothing behind, whatever its command or its starter does."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.embedded.kept import Kept
from tests.house.traces import MARK, left_after, marked, new_mark, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

# A parent that ignores SIGTERM, a child in its group and a grandchild that left for a session of its own.
STUBBORN = """
import os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
    time.sleep(600)
time.sleep(0.3)
pathlib.Path(sys.argv[1]).write_text("ready")
time.sleep(600)
"""

type Make = Callable[..., Kept]


@pytest.fixture
def mark() -> str:
    return new_mark()


@pytest.fixture
def kept(tmp_path: Path, mark: str) -> Make:
    def make(*command: str, **options: object) -> Kept:
        options.setdefault("grace_s", 0.5)
        child = Kept(name="trial", command=command, log=tmp_path / "log", environment={MARK: mark}, **options)
        return child.start()

    return make


def test_the_exit_status_is_the_command_s(kept: Make) -> None:
    assert kept(sys.executable, "-c", "raise SystemExit(3)").wait(10) == 3


def test_a_death_by_signal_is_told_as_a_shell_tells_it(kept: Make) -> None:
    assert kept("sh", "-c", "kill -9 $$").wait(10) == 128 + signal.SIGKILL


def test_a_command_that_does_not_exist_fails_and_says_so(kept: Make) -> None:
    child = kept("/nowhere/camins")
    assert child.wait(10) == 127
    assert "/nowhere/camins" in child.last_lines()


def test_a_gentle_command_ends_at_its_signal(kept: Make, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    child = kept(
        "sh", "-c", f"trap 'exit 7' INT; echo ready > {ready}; while :; do sleep 0.05; done", stop_signal=signal.SIGINT
    )
    wait_for(ready)
    child.stop()
    assert child.status() == 7


def test_a_stubborn_family_is_killed_after_its_grace(kept: Make, tmp_path: Path, mark: str) -> None:
    ready = tmp_path / "ready"
    child = kept(sys.executable, "-c", STUBBORN, str(ready))
    wait_for(ready)
    assert len(marked(mark)) == 4, "keeper, parent, child, grandchild"
    began = time.monotonic()
    child.stop()
    assert left_after(mark, 0) == {}
    assert 0.4 < time.monotonic() - began < 5


def test_an_order_given_at_once_is_not_lost(kept: Make, mark: str) -> None:
    for _ in range(5):
        child = kept("sleep", "600", grace_s=60.0)
        child.stop()
        assert child.status() == 128 + signal.SIGTERM
    assert left_after(mark, 0) == {}


def test_hurry_does_not_wait_for_the_grace(kept: Make, tmp_path: Path, mark: str) -> None:
    ready = tmp_path / "ready"
    child = kept(sys.executable, "-c", STUBBORN, str(ready), grace_s=60.0)
    wait_for(ready)
    child.ask_to_stop()
    child.hurry()
    assert left_after(mark, 5) == {}


def test_what_a_finished_command_left_is_killed(kept: Make, mark: str) -> None:
    assert kept("sh", "-c", "setsid sleep 600 & sleep 0.2").wait(10) == 0
    assert left_after(mark, 0) == {}


def test_a_killed_keeper_takes_its_command_with_it(kept: Make, tmp_path: Path, mark: str) -> None:
    ready = tmp_path / "ready"
    child = kept(sys.executable, "-c", f"open({str(ready)!r}, 'w').write('x'); import time; time.sleep(600)")
    wait_for(ready)
    assert child.process is not None
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    assert left_after(mark, 5) == {}


def test_folders_are_removed_at_the_end(kept: Make, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "socket").touch()
    kept("true", remove=[room]).wait(10)
    assert not room.exists()


def test_no_descriptor_of_the_keeper_reaches_the_command(kept: Make, tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as lock:
        child = kept("sh", "-c", "ls -l /proc/self/fd", locks=[lock.fileno()])
        assert child.wait(10) == 0
    assert str(tmp_path / "lock") not in child.log.read_text()

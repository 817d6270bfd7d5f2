"""Runs several commands until one is told to stop or one of them ends; then all of them stop."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from portal.embedded.kept import Kept

GRACE_S = 8.0
PR_SET_PDEATHSIG = 1


class Stopped(KeyboardInterrupt):
    """Somebody asked to stop, by a signal; unwinds like Ctrl-C."""


class ChildEnded(Exception):
    """A child ended though nobody asked; carries its name, exit status and the end of its log."""

    def __init__(self, child: Kept, status: int):
        super().__init__(f"{child.name} ended with status {status}")
        self.child = child
        self.status = status


class Supervisor:
    """Children, each under its keeper, so that killing this process by SIGKILL leaves nothing running."""

    def __init__(self, *, logs: Path, folder: Path, grace_s: float = GRACE_S):
        self.logs = logs
        self.grace_s = grace_s
        self.folder = folder
        self.children: list[Kept] = []

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Kept:
        """Start `command` in the project's folder; its output goes to `<name>.log`, begun anew."""
        log = self.logs / f"{name}.log"
        log.unlink(missing_ok=True)
        child = Kept(
            name=name, command=command, log=log, grace_s=self.grace_s, environment=environment, folder=self.folder
        ).start()
        self.children.append(child)
        return child

    def check(self) -> None:
        """Raise ChildEnded if a child has ended."""
        for child in self.children:
            status = child.status()
            if status is not None:
                raise ChildEnded(child, status)

    def wait(self) -> None:
        """Watch the children for ever; ends by an exception only: Stopped, KeyboardInterrupt or ChildEnded."""
        on_terminal = terminal_is_there()
        while True:
            self.check()
            # Started alone on a terminal (`ssh -t machine make demo`), make waits for us when the line is cut.
            if on_terminal and not terminal_is_there():
                raise Stopped("the terminal is gone")
            time.sleep(0.3)

    def stop(self) -> None:
        """Stop all children at the same time; a second Ctrl-C meanwhile kills them at once."""
        try:
            for child in self.children:
                child.ask_to_stop()
            for child in self.children:
                child.stop()
        except KeyboardInterrupt:
            for child in self.children:
                child.hurry()
            for child in self.children:
                child.stop()


def terminal_is_there() -> bool:
    """True if standard input is a terminal that somebody still holds."""
    try:
        os.tcgetpgrp(0)
    except OSError:
        return False
    return True


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """SIGTERM, and SIGHUP unless nohup set it aside, raise Stopped while this lasts."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped(signal.Signals(number).name)

    wanted = [signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_with_make() -> None:
    """Under make, end when make ends, even killed: whoever stops it means the demonstration too (Linux)."""
    if os.environ.get("MAKELEVEL") and sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)

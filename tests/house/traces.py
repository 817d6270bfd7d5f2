"""Finding what a command left running: every descendant inherits a mark in its environment."""

import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

MARK = "CAMINS_TEST_MARK"


def new_mark() -> str:
    return uuid.uuid4().hex


def marked(mark: str, folder: Path | None = None) -> dict[int, str]:
    """Process ids and command lines of the living processes that carry `mark`, this one excepted.

    PostgreSQL writes its title over its environment: its processes are known by working within `folder`.
    """
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            carries = f"{MARK}={mark}".encode() in (entry / "environ").read_bytes()
            within = folder is not None and (entry / "cwd").readlink().is_relative_to(folder)
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            zombie = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            continue
        if (carries or within) and not zombie and int(entry.name) != os.getpid():
            found[int(entry.name)] = command
    return found


def left_after(mark: str, seconds: float, folder: Path | None = None) -> dict[int, str]:
    """What still carries `mark` once it is all gone, or after `seconds`."""
    deadline = time.monotonic() + seconds
    while (found := marked(mark, folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def wait_until(reached: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Return once `reached()` is true; fails after `seconds`, naming `what` was waited for."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.02)


def wait_for(path: Path, seconds: float = 20.0) -> str:
    """The text of `path` as soon as it holds any; fails after `seconds`."""
    wait_until(lambda: path.exists() and path.read_text(), f"text in {path}", seconds)
    return path.read_text()

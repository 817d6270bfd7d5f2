"""Short temporary folders for sockets, and locks that the kernel frees when their holders die."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "camins-room-"
LOCK_NAME = "owner.lock"


def temporary_root() -> Path:
    """The folder of temporary files: /tmp where it can be written, since a socket's path is limited to 107 bytes."""
    short = Path("/tmp")  # noqa: S108 - rooms are made by mkdtemp, private to their owner
    return short if os.access(short, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def take_lock(path: Path) -> int | None:
    """A descriptor holding the lock of `path`, or None where somebody else holds it.

    The lock lasts until every copy of the descriptor is closed: a keeper that inherits it keeps the lock while it
    still has something to stop, even after the death of the process that took it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


class Room:
    """A private temporary folder, locked while it lives."""

    def __init__(self) -> None:
        sweep_rooms()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=temporary_root()))
        lock = take_lock(self.path / LOCK_NAME)
        assert lock is not None, "a folder just made by mkdtemp is ours"
        self.lock = lock

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self.lock)


def sweep_rooms() -> int:
    """Remove the rooms whose owners died without a chance to do it (power cut, everything killed); return how many."""
    swept = 0
    for folder in temporary_root().glob(f"{PREFIX}*"):
        try:
            # A room without its lock file is being made at this very moment.
            ours = folder.stat().st_uid == os.geteuid() and (folder / LOCK_NAME).exists()
            lock = take_lock(folder / LOCK_NAME) if ours else None
        except OSError:
            continue
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)
            swept += 1
    return swept

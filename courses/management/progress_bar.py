"""Progress on one line of a terminal; nothing where the output is not one."""

import sys
import threading
from collections.abc import Callable
from typing import Any

WIDTH = 30


class Bar:
    def __init__(self, out: Any):
        self.out = out if sys.stderr.isatty() else None

    def show(self, done: int, total: int | None) -> None:
        """`total` is None where it is not known."""
        if self.out is None or not done:
            return
        filled = min(WIDTH, done * WIDTH // total) if total else 0
        drawn = f"[{'#' * filled}{'.' * (WIDTH - filled)}] " if total else ""
        self.out.write(f"\r\033[K  {drawn}{done}{f' / {total}' if total else ''}", ending="")
        self.out.flush()

    def end(self) -> None:
        if self.out:
            self.out.write("\r\033[K", ending="")


class Watch:
    """Shows what another thread tells, twice a second, until it is left."""

    def __init__(self, bar: Bar, told: Callable[[], tuple[int, int | None]]):
        self.bar, self.told, self.stop = bar, told, threading.Event()
        self.thread = threading.Thread(target=self._loop, daemon=True)

    def _loop(self) -> None:
        while not self.stop.wait(0.5):
            self.bar.show(*self.told())

    def __enter__(self) -> None:
        if self.bar.out is not None:
            self.thread.start()

    def __exit__(self, *failed: object) -> None:
        self.stop.set()
        if self.bar.out is not None:
            self.thread.join()
            self.bar.end()

"""A process under a keeper: started, watched, stopped, and stopped as well when this process dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from portal.embedded.errors import StoreFailed

KEEPER = Path(__file__).with_name("keeper.py")
# The keeper kills what remains by itself; this only bounds the wait for a keeper that cannot.
PATIENCE_S = 5.0


@dataclass(kw_only=True)
class Kept:
    """One command and the way it is stopped. `grace_s` is what it gets between the stop signal and SIGKILL."""

    name: str
    command: Sequence[str]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    grace_s: float = 8.0
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    identity: Sequence[str] = ()
    locks: Sequence[int] = ()
    remove: Sequence[Path] = ()
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> "Kept":
        """Start the command under its keeper, its output appended to `log`."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        words = [sys.executable, "-I", "-S", str(KEEPER), "--stop-signal", str(int(self.stop_signal))]
        words += ["--grace", str(self.grace_s), *self.identity]
        words += [word for folder in self.remove for word in ("--remove", str(folder))]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*words, "--", *self.command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                cwd=self.folder,
                pass_fds=tuple(self.locks),
                # Ctrl-C reaches the starter only: it decides the order in which things stop.
                start_new_session=True,
            )
        return self

    def status(self) -> int | None:
        """None while the command runs, then its exit status (128 + signal number for a death by signal)."""
        assert self.process is not None
        return self.process.poll()

    def wait(self, seconds: float) -> int:
        """The command's exit status; raises StoreFailed if it still runs after `seconds`."""
        assert self.process is not None
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            self.stop()
            raise StoreFailed(f"{self.name} did not end within {seconds:.0f} s; see {self.log}") from late

    def ask_to_stop(self) -> None:
        """Begin to stop, without waiting."""
        pipe: IO[bytes] | None = self.process.stdin if self.process else None
        if pipe is not None:
            pipe.close()

    def stop(self) -> None:
        """Stop, and return when the command and all that it started are gone."""
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.grace_s + PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.hurry()
            self.process.wait(PATIENCE_S)

    def hurry(self) -> None:
        """Cut the grace short: kill now."""
        if self.process is not None and self.process.poll() is None:
            self.ask_to_stop()
            # Twice: the first order may be the keeper's first one, the second one never waits.
            for _ in range(2):
                self.process.send_signal(signal.SIGTERM)
                time.sleep(0.05)

    def last_lines(self, count: int = 15) -> str:
        """The end of the log, for an error message."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-count:])

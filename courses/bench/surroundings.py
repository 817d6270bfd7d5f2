"""Where the benchmark runs: a PostgreSQL and a Valkey of its own, and a process that knows no others.

The command starts both, then starts itself again with their addresses in the environment: settings are read as in
production, with the time-outs of the web, and whatever DATABASE_URL said before is never opened.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from courses.bench.catalogue import DAY
from courses.bench.fill import DATABASE, MARK, stamp_of
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
# what the kept rows were made from
CATALOGUE_SOURCES = (
    *(f"courses/bench/{name}.py" for name in ("catalogue", "fill", "places", "words")),
    *(f"{app}/migrations" for app in ("portal/reference", "portal/accounts", "portal/moderation", "courses")),
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
        make_database(postgres, size)
        valkey = Valkey().start()
        stack.callback(valkey.stop)
        yield {
            INSIDE: MARK,
            "DATABASE_URL": postgres.url(DATABASE),
            "REDIS_URL": valkey.url,
            "CAMINS_TODAY": DAY.isoformat(),
            "CAMINS_PROCESS": "web",
        }


def make_database(postgres: Postgres, size: str) -> None:
    """Our database, marked as ours when it is made; what an older catalogue or an unfinished run left is dropped."""
    mark = {"made_by": MARK, "size": size, "catalogue": stamp_of(*CATALOGUE_SOURCES)}
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        kept = json.loads(found[0] or "{}") if found else {}
        if kept.get("is_full") and mark.items() <= kept.items():
            return
        name = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(json.dumps(mark))))


def run_inside(arguments: Sequence[str], environment: dict[str, str]) -> int:
    """The same command in a process of that environment; its exit status."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench", *arguments]
    with subprocess.Popen(command, env={**os.environ, **environment}) as process:
        try:
            return process.wait()
        except BaseException:
            # whoever stops this process means the other one too
            process.send_signal(signal.SIGINT)
            process.wait()
            raise

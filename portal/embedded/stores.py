"""The two stores around a command: what DATABASE_URL and REDIS_URL do not give is started, then stopped in reverse.

While the context lasts both variables are set, so settings, children and libraries read one and the same place.
"""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import psycopg

from portal.embedded.errors import StoreFailed, StoresBusy
from portal.embedded.postgres import Postgres
from portal.embedded.rooms import take_lock
from portal.embedded.valkey import Valkey

DATABASE = "camins"
# A demonstration killed a moment ago may still be stopping its stores.
BUSY_S = 15.0
EMBEDDED_SETTINGS = {"portal.settings.demo", "portal.settings.dev"}
# Commands that touch neither store: they start at once, and work beside anything. The benchmark starts its own.
WITHOUT_STORES = {
    "bench",
    "collectstatic",
    "compilemessages",
    "demo_code",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "version",
}


@dataclass(frozen=True)
class Stores:
    """The addresses in force, and the names of the stores that this context started."""

    database_url: str
    redis_url: str
    started: tuple[str, ...] = ()


@contextmanager
def stores(var: Path | None, *, join: bool = False) -> Iterator[Stores]:
    """Start what is missing. `var` is the folder that keeps data and logs (None: throw-away stores, for tests).

    With `join`, stores that another process runs in the same folder are used instead of refused.
    Raises StoresBusy where they are in use and may not be joined, StoreFailed where one does not start.
    """
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    with ExitStack() as stack:
        locks: tuple[int, ...] = ()
        if missing and var is not None:
            lock = lock_or_join(var, missing, join=join)
            if not isinstance(lock, int):
                stack.enter_context(environment(lock))
                yield current()
                return
            stack.callback(os.close, lock)
            locks = (lock,)
        started = start_missing(stack, missing, var, locks)
        stack.enter_context(environment(started))
        if locks and var is not None:
            stack.callback(tell_others(var, started).unlink, missing_ok=True)
        yield current(tuple(started))


def start_missing(stack: ExitStack, missing: Sequence[str], var: Path | None, locks: tuple[int, ...]) -> dict[str, str]:
    """Start the stores of the `missing` variables, their stopping laid on `stack`; return the variables' values."""
    logs = var / "log" if var else None
    started = {}
    if "DATABASE_URL" in missing:
        postgres = Postgres(folder=var, logs=logs, locks=locks).start()
        stack.callback(postgres.stop)
        postgres.create_database(DATABASE)
        started["DATABASE_URL"] = postgres.url(DATABASE)
    if "REDIS_URL" in missing:
        valkey = Valkey(logs=logs, locks=locks).start()
        stack.callback(valkey.stop)
        started["REDIS_URL"] = valkey.url
    return started


def current(started: tuple[str, ...] = ()) -> Stores:
    return Stores(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], started)


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Environment variables set for a while, then as they were."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def lock_or_join(var: Path, missing: Sequence[str], *, join: bool) -> int | dict[str, str]:
    """The lock of `var`'s stores, or the addresses of those that another process runs there."""
    var.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + BUSY_S
    while True:
        lock = take_lock(var / "stores.lock")
        if lock is not None:
            (var / "stores.json").unlink(missing_ok=True)
            return lock
        running = running_stores(var)
        if running and join and set(missing) <= set(running):
            return {name: running[name] for name in missing}
        if running or time.monotonic() > deadline:
            raise StoresBusy(f"{var} : une démonstration tourne déjà. Arrêtez-la (Ctrl-C), puis recommencez.")
        time.sleep(0.2)


def running_stores(var: Path) -> dict[str, str]:
    """Addresses that another process told in `var`, if its database answers; empty otherwise."""
    try:
        told: dict[str, str] = json.loads((var / "stores.json").read_text())
        if "DATABASE_URL" in told:
            psycopg.connect(told["DATABASE_URL"], connect_timeout=2).close()
    except (OSError, ValueError, psycopg.OperationalError):
        return {}
    return told


def tell_others(var: Path, started: Mapping[str, str]) -> Path:
    """Write the addresses for whoever joins; return the file's path."""
    path = var / "stores.json"
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(dict(started)))
    draft.replace(path)
    return path


def stores_for(arguments: Sequence[str], base: Path) -> AbstractContextManager[object]:
    """The context in which manage.py runs `arguments` (sys.argv): the stores, where this command needs ours.

    The demonstration itself wants them alone, any other command joins them; production never starts any.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    for word, value in zip(arguments, [*arguments[1:], ""], strict=True):
        if word.startswith("--settings"):
            settings = word.partition("=")[2] or value
    asks_help = {"-h", "--help", "--version"} & set(arguments)
    if settings not in EMBEDDED_SETTINGS or command in WITHOUT_STORES or asks_help:
        return nullcontext()
    var = Path(os.environ.get("CAMINS_VAR") or base / ".var")
    return stores_or_exit(var, join=command != "demo")


@contextmanager
def stores_or_exit(var: Path, *, join: bool) -> Iterator[Stores]:
    """`stores`, where a store that does not start ends the program with its sentence, not with a traceback."""
    with ExitStack() as stack:
        try:
            running = stack.enter_context(stores(var, join=join))
        except StoreFailed as failed:
            sys.exit(str(failed))
        yield running

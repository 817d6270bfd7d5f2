"""The demonstration world of 15 January 2027 for tests: loaded once per run, copied for each module that asks for it.

A copy is a database of its own: a module may write in it, serve it to a browser from other threads, or let requests
fail in it as they would in production, and no other test sees anything.
"""

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
import pytest
from psycopg import sql

DAY = datetime.date(2027, 1, 15)
_copies = count(1)


@dataclass(frozen=True)
class World:
    """`database` is the name of the copy that the default connection speaks to."""

    day: datetime.date
    database: str


def _maintenance() -> psycopg.Connection:
    """A connection of its own, outside every test's database, that commits at once."""
    from django.db import connection

    given = connection.get_connection_params()
    place = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
    return psycopg.connect(**place, dbname="postgres", autocommit=True)


def _run(keeper: psycopg.Connection, statement: str, *names: str) -> None:
    keeper.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _speaking_to(database: str) -> Iterator[None]:
    """The default connection, in this thread and in new ones, opens `database`; caches forget the other one."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from django.db import connection

    before = connection.settings_dict["NAME"]

    def switch(name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()
        cache.clear()

    switch(database)
    try:
        yield
    finally:
        switch(before)


def _build(keeper: psycopg.Connection, name: str) -> None:
    """Load the world into a draft, which becomes `name` only once it is whole."""
    from django.core.management import call_command
    from django.db import connection

    from portal.demo.world import load_world

    draft = f"{name}_draft"
    _run(keeper, "DROP DATABASE IF EXISTS {}", draft)
    connection.close()
    # from nothing: the tests' own database may be in use elsewhere, and PostgreSQL copies only what nobody uses
    _run(keeper, "CREATE DATABASE {} TEMPLATE template0", draft)
    with _speaking_to(draft):
        call_command("migrate", interactive=False, verbosity=0)
        load_world(DAY, lambda *args, **kwargs: None)
    _run(keeper, "ALTER DATABASE {} RENAME TO {}", draft, name)


@pytest.fixture(scope="session")
def world_template(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of the loaded world. The workers of one run share it; the last to leave removes it."""
    name = "camins_world_" + os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:16]
    with django_db_blocker.unblock(), _maintenance() as keeper:
        # two locks: one to make or remove it, alone; one to say that it is in use, together
        making, using = (keeper.execute("SELECT hashtext(%s)", [name + act]).fetchone()[0] for act in ("+", "="))
        keeper.execute("SELECT pg_advisory_lock(%s)", [making])
        if keeper.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            _build(keeper, name)
        keeper.execute("SELECT pg_advisory_lock_shared(%s)", [using])
        keeper.execute("SELECT pg_advisory_unlock(%s)", [making])
        yield name
        keeper.execute("SELECT pg_advisory_lock(%s)", [making])
        keeper.execute("SELECT pg_advisory_unlock_shared(%s)", [using])
        if keeper.execute("SELECT pg_try_advisory_lock(%s)", [using]).fetchone()[0]:
            _run(keeper, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture(scope="module")
def world(world_template: str, django_db_blocker: Any) -> Iterator[World]:
    """The demonstration world, in a database that only this module knows; whatever it writes is thrown away."""
    name = f"{world_template}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(_copies)}"
    with django_db_blocker.unblock(), _maintenance() as keeper:
        _run(keeper, "CREATE DATABASE {} TEMPLATE {}", name, world_template)
        with _speaking_to(name):
            yield World(day=DAY, database=name)
        _run(keeper, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="module")
def site(world: World) -> Iterator[str]:
    """The address of a server, in this process, that shows the module's world to a browser."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    yield server.url
    server.stop()

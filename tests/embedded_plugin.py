"""Starts PostgreSQL and Valkey before Django's settings are read; loaded by `-p` in pyproject.toml."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from portal.embedded.errors import StoreFailed
from portal.embedded.stores import environment, stores
from portal.embedded.valkey import Valkey

# Told by the run that started the stores to its xdist workers, which inherit its environment.
STARTED = "CAMINS_TEST_STARTED"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> Iterator[None]:
    """Wraps the hook in which pytest-django reads the settings, hence runs before it."""
    # Playwright keeps an event loop in the test's thread: without this Django refuses the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if not {"-h", "--help", "--version", "-V"} & set(args):
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        try:
            start_for_worker(stack) if "PYTEST_XDIST_WORKER" in os.environ else start_for_run(stack)
        except StoreFailed as failed:
            raise pytest.UsageError(str(failed)) from failed
    return (yield)


def start_for_run(stack: ExitStack) -> None:
    """Both stores, thrown away at the end, except those that the environment gives."""
    running = stack.enter_context(stores(None))
    stack.enter_context(environment({STARTED: " ".join(running.started)}))


def start_for_worker(stack: ExitStack) -> None:
    """A Valkey per worker, since two share no cache; databases are told apart by pytest-django's suffixes."""
    if "REDIS_URL" in os.environ.get(STARTED, "").split():
        valkey = Valkey().start()
        stack.callback(valkey.stop)
        stack.enter_context(environment({"REDIS_URL": valkey.url}))

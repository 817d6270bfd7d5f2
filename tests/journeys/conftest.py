"""What every journey needs: the demonstration world on a server, its letter box, and people at their screens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Browser, Page

from portal.mail.tasks import send_waiting_mail
from tests.browsing import watch

# pages asked for on purpose where they must be refused
REFUSED = tuple(f"status of {code}" for code in (404, 410, 422))
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture(scope="module")
def letter_box(world, tmp_path_factory) -> Iterator[Callable[[], int]]:
    """Letters go to files, as in the demonstration; call it to let the worker send what waits."""
    folder = tmp_path_factory.mktemp("letters")
    mailers = {"default": {"BACKEND": FILES, "OPTIONS": {"file_path": str(folder)}}}
    with override_settings(MAILERS=mailers, CAMINS_MAIL_FOLDER=Path(folder)):
        yield send_waiting_mail


@pytest.fixture
def open_page(browser: Browser, site: str, browser_context_args) -> Iterator[Callable[..., Page]]:
    """`open_page(path, **context)`: a page in a context of its own; at the end no page complained of anything."""
    contexts, watched = [], []

    def open_(path: str = "/", **options) -> Page:
        contexts.append(browser.new_context(**{**browser_context_args, **options}))
        watched.append(watch(contexts[-1], site, expected=REFUSED))
        page = watched[-1].page
        page.set_default_timeout(30_000)
        page.goto(site + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [fault for each in watched for fault in each.hear()] == []


@pytest.fixture
def a_new_code_each_time() -> Iterator[None]:
    """A code serves once in thirty seconds: the next test may use the same."""
    yield
    cache.clear()

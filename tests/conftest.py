"""Fixtures for every test: the public files beside the repository, and Chromium."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import BrowserType, expect

pytest_plugins = ("tests.world",)

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# No traffic of its own, no graphics card, no first-run pages: the same browser everywhere.
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
]

# A shell sets SIGINT aside for what it starts in the background, and children inherit that: the tests send real ones.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Shared machines are slow by moments, and a found example must be found again.
hypothesis.settings.register_profile("camins", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("camins")
expect.set_options(timeout=20_000)


@pytest.fixture(autouse=True)
def words_of_no_other_test() -> None:
    """What a process remembers of the catalogue's words outlives a transaction, and a test's catalogue."""
    from courses.search import vocabulary  # (settings are read by then)

    vocabulary.forget()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public files; where it is absent the test is skipped, and says so."""
    folder = Path(os.environ.get("CAMINS_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no public files in {folder}: set CAMINS_SHARED_DATA")
    return folder


def find_chromium(browser_type: BrowserType) -> str | None:
    """Path of a Chromium: named by CAMINS_CHROMIUM, the machine's, else the one that Playwright installed."""
    named = os.environ.get("CAMINS_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None and Path(browser_type.executable_path).exists():
        return browser_type.executable_path
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_type: BrowserType) -> dict[str, Any]:
    """How Chromium starts; a machine without it skips browser tests, except with CI=true, where they fail."""
    path = find_chromium(browser_type)
    if path is None:
        reason = "no Chromium: `apt-get install chromium`, or `playwright install chromium`, or set CAMINS_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return {
        **browser_type_launch_args,
        "executable_path": path,
        # Chromium refuses its sandbox to root.
        "chromium_sandbox": os.geteuid() != 0,
        "args": [*browser_type_launch_args.get("args", []), *CHROMIUM_FLAGS],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Pages are opened as by a person in Occitanie."""
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris", **browser_context_args}

"""Making snapshots: once, or each time the catalogue changes, and proving that the one in force is a rebuild."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from jobs.matching.titles import WORDS_MARK
from jobs.migrations._snapshot_sql import CHANNEL
from jobs.snapshot import files
from jobs.snapshot.build import Origin, build, changed_since, forget_changes

logger = logging.getLogger(__name__)
# edits come in bursts: a snapshot waits for a moment without any, but not longer than that
CALM_S, LONGEST_S = 1.0, 10.0
# where no ring was heard, the base is asked
ASK_S = 60.0


def folder() -> Path:
    return Path(settings.CAMINS_SNAPSHOT_DIR)


def make() -> tuple[str, int]:
    """Make a snapshot and put it in force; return its version and how many courses it holds."""
    origin, arrays = build()
    now = timezone.now()
    folder().mkdir(parents=True, exist_ok=True)
    version = files.write(
        folder(), arrays, {"origin": asdict(origin), "courses": len(arrays), "words": WORDS_MARK}, now
    )
    files.remove_old(folder(), now.date())
    forget_changes(origin, now)
    return version, len(arrays)


def is_current() -> bool:
    """Whether the snapshot in force is this base's and nothing changed since."""
    stored = files.open_current(folder())
    if stored is None or stored.facts.get("words") != WORDS_MARK:
        return False
    return changed_since(Origin(**stored.facts["origin"])) == []


def differences() -> list[str] | None:
    """The names of the arrays in force that a rebuild does not give; None if there is no snapshot."""
    stored = files.open_current(folder())
    return None if stored is None else files.same(stored.arrays, build()[1])


def watch(say: Callable[[str], None], rounds: Iterator[object]) -> None:
    """Make a snapshot whenever the catalogue changed, once a round at most; `rounds` says how long to go on.

    A lost connection is opened again; where a ring is lost with it, the base is asked every minute.
    """
    folder().mkdir(parents=True, exist_ok=True)
    files.remove_unfinished(folder())
    for _round in rounds:
        try:
            if not is_current():
                began = time.monotonic()
                version, courses = make()
                say(f"{version} : {courses} ({time.monotonic() - began:.1f} s)")
            _wait()
        except (OperationalError, InterfaceError) as lost:
            logger.warning("snapshot: %s", lost)
            connection.close()
            time.sleep(CALM_S)


def _wait() -> None:
    """Until something changed, and then until nothing changes for a moment; a minute at most when nothing does."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    # what rang between the last look and now
    if not is_current():
        return
    if _rings(ASK_S):
        deadline = time.monotonic() + LONGEST_S
        while time.monotonic() < deadline and _rings(CALM_S):
            pass


def _rings(seconds: float) -> bool:
    """Whether a change is told within so many seconds."""
    real = connection.connection
    return any(True for _ring in real.notifies(timeout=seconds, stop_after=1))

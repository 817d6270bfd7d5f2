"""Snapshots as files: a folder each, opened without reading it, and a pointer to the one in force. No Django.

A snapshot is never changed once written. `current` names the one in force, and is replaced by renaming: a reader sees
the old one or the new one, and those who hold an old one open keep it until they let go.
"""

import datetime
import json
import logging
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from jobs.snapshot.arrays import Arrays

logger = logging.getLogger(__name__)
POINTER, FACTS = "current", "snapshot.json"
NAMES = [field.name for field in fields(Arrays)]
# another number when what an array means changes
FORMAT = 1
STAMP = "%Y%m%dT%H%M%S%f"
KEPT_DAYS = 30
# beside a snapshot that answers came from, and how many of those are kept
ANSWERED, MOST_ANSWERED = "answered", 500


@dataclass(frozen=True)
class Stored:
    """`facts` are what was written beside the arrays."""

    version: str
    facts: Mapping[str, Any]
    arrays: Arrays


def write(folder: Path, arrays: Arrays, facts: Mapping[str, Any], now: datetime.datetime) -> str:
    """Write a snapshot and put it in force; return its version. `now` names it."""
    version = now.strftime(STAMP)
    being_written = folder / f".{version}"
    being_written.mkdir(parents=True)
    for name in NAMES:
        np.save(being_written / f"{name}.npy", getattr(arrays, name), allow_pickle=False)
    told = {"format": FORMAT, "arrays": NAMES, **facts}
    (being_written / FACTS).write_text(json.dumps(told, indent=1))
    being_written.rename(folder / version)
    pointer = folder / f".{POINTER}.{version}"
    pointer.write_text(version)
    pointer.replace(folder / POINTER)
    return version


def stamp(folder: Path) -> tuple[int, int] | None:
    """What changes when another snapshot is put in force; None when there is none."""
    try:
        found = (folder / POINTER).stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino


def open_current(folder: Path) -> Stored | None:
    """The snapshot in force, its arrays mapped and not read; None when there is none that this code can read."""
    for _try in range(2):  # the one in force may be replaced, then removed, in between
        try:
            return open_version(folder, (folder / POINTER).read_text())
        except FileNotFoundError:
            continue
        except (OSError, ValueError, EOFError, TypeError, KeyError) as fault:
            # cut short by a power cut, or not ours to read: the base answers, and the watcher makes another
            logger.warning("snapshot: %r", fault)
            return None
    return None


def open_version(folder: Path, version: str) -> Stored | None:
    """One snapshot by its name. Raises FileNotFoundError."""
    place = folder / version
    facts = json.loads((place / FACTS).read_text())
    if facts.get("format") != FORMAT or facts.get("arrays") != NAMES:
        return None
    # as plain arrays on mapped memory: their own class costs time at every operation
    arrays = {name: np.asarray(np.load(place / f"{name}.npy", mmap_mode="r")) for name in NAMES}
    return Stored(version, facts, Arrays(**arrays))


@cache
def keep_for_replay(folder: Path, version: str) -> None:
    """Mark a snapshot as one that an answer came from: it stays as long as the answer may be replayed."""
    with suppress(OSError):
        (folder / version / ANSWERED).touch()


def remove_old(folder: Path, today: datetime.date) -> list[str]:
    """Remove all but the one in force, the last of each of thirty days and, of as many, those that answers came from
    (the newest, where they are too many): whoever replays an answer finds what it was made from.
    """
    versions = sorted(
        each.name for each in folder.iterdir() if (each / FACTS).exists() and not each.name.startswith(".")
    )
    oldest = (today - datetime.timedelta(days=KEPT_DAYS)).strftime("%Y%m%d")
    last_of_day = {version[:8]: version for version in versions if version[:8] >= oldest}
    answered = [each for each in versions if each[:8] >= oldest and (folder / each / ANSWERED).exists()]
    kept = {*last_of_day.values(), *answered[-MOST_ANSWERED:], (folder / POINTER).read_text()}
    removed = [version for version in versions if version not in kept]
    for version in removed:
        shutil.rmtree(folder / version, ignore_errors=True)
    return removed


def remove_unfinished(folder: Path) -> None:
    """Remove what an interrupted writer left. For the one writer only."""
    for left in folder.glob(".*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def same(left: Arrays, right: Arrays) -> list[str]:
    """The names of the arrays that differ."""
    return [name for name in NAMES if not _equal(getattr(left, name), getattr(right, name))]


def _equal(left: np.ndarray, right: np.ndarray) -> bool:
    return left.shape == right.shape and left.dtype == right.dtype and bool((left == right).all())

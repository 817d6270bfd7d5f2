"""The demonstration world in the database: which one is there, whether it must be made again, making it.

A mark tells the world's day and version. It is the comment of Django's table of migrations, so that it lives and dies
with the data it speaks of, and needs no table of its own in production.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module, util
from pathlib import Path

from django.conf import settings
from django.db import connection

from portal.embedded.rooms import PREFIX

# In the order of the floors: each stands on what those before it laid.
FLOORS = ("portal.reference", "portal.accounts", "courses", "jobs")
# Where, beside or below `demo.py`, a floor keeps the texts and figures of its part of the world.
DATA_FOLDERS = ("demo_data", "words")
MARKED_TABLE = "django_migrations"
LOADING = "loading"

Report = Callable[..., None]


@dataclass(frozen=True)
class World:
    """`day` is the ISO date all dates are offsets from; `version` the state of its sources, or LOADING."""

    day: str
    version: str


def sources() -> Iterator[Path]:
    """The files that the world is made of, in a fixed order."""
    for floor in FLOORS:
        folder = settings.BASE_DIR.joinpath(*floor.split("."))
        yield from sorted(folder.glob("demo*.py"))
        for name in DATA_FOLDERS:
            yield from sorted(path for path in folder.glob(f"{name}/**/*") if path.suffix != ".pyc" and path.is_file())


def data_version() -> str:
    """A short hash of the sources: any change of the world's text or figures makes another version."""
    told = hashlib.sha256()
    for path in sources():
        told.update(str(path.relative_to(settings.BASE_DIR)).encode())
        told.update(path.read_bytes())
    return told.hexdigest()[:16]


def loaded_world() -> World | None:
    """The world that the database says it holds; None for a base that no demonstration made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [MARKED_TABLE])
        (comment,) = cursor.fetchone()
    try:
        told = json.loads(comment or "")["camins_demo"]
        return World(**told)
    except (ValueError, KeyError, TypeError):
        return None


def mark_world(world: World) -> None:
    """Write the mark. The table must exist."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {MARKED_TABLE} IS %s", [json.dumps({"camins_demo": asdict(world)})])


def holds_tables() -> bool:
    """True if the base is not empty."""
    return bool(connection.introspection.table_names())


def is_embedded() -> bool:
    """True if the base is the one that the demonstration starts by itself."""
    return PREFIX in str(connection.settings_dict["HOST"])


def clear_database() -> None:
    """Remove all tables, functions and extensions of the base."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    # What this connection knows of types and extensions is void now.
    connection.close()


def load_world(day: datetime.date, report: Report) -> None:
    """Let each floor lay its part, then mark the base. An interrupted loading leaves the mark LOADING."""
    mark_world(World(day.isoformat(), LOADING))
    for floor in FLOORS:
        if util.find_spec(f"{floor}.demo") is not None:
            import_module(f"{floor}.demo").load(day=day, report=report)
    with connection.cursor() as cursor:
        # The planner's figures: without them the first searches run on guesses.
        cursor.execute("ANALYZE")
    mark_world(World(day.isoformat(), data_version()))

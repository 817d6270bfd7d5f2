"""The demonstration world is made once, and made again when its day or its sources change."""

import datetime
import io
import socket
from pathlib import Path

import pytest
from django.db import connection

from portal.demo import servers, statics, world
from portal.demo.codes import current_code, totp_link
from portal.demo.world import LOADING, World
from portal.management.commands.demo import Command, Progress

DAY = datetime.date(2027, 1, 15)


class Screen(io.StringIO):
    """What Django's commands write to: `ending` replaces the end of a line."""

    def __init__(self, *, live: bool):
        super().__init__()
        self.live = live

    def isatty(self) -> bool:
        return self.live

    def write(self, text: str = "", ending: str = "\n") -> int:
        return super().write(text + ending)


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    """Two small floors: `ground` lays its part of the world, `attic` fails while laying its own, `bare` has none."""
    settings.BASE_DIR = tmp_path
    code = "def load(*, day, report):\n    report('{0}', 1, 2)\n    {1}\n"
    for name, line in (("ground", "pass"), ("attic", "raise ValueError('rotten')")):
        (tmp_path / name / "demo_data").mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / "demo.py").write_text(code.format(name, line))
        (tmp_path / name / "demo_data" / "towns.py").write_text("TOWNS = ['Mende']")
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(world, "FLOORS", ("bare", "ground"))
    return tmp_path


@pytest.mark.django_db
def test_a_base_that_no_demonstration_made_holds_no_world() -> None:
    assert world.loaded_world() is None
    for comment in ("", "hello", "[]", '{"camins_demo": {"day": "2027-01-15"}}'):
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON TABLE {world.MARKED_TABLE} IS %s", [comment])
        assert world.loaded_world() is None


@pytest.mark.django_db
@pytest.mark.usefixtures("floors")
def test_a_world_is_loaded_floor_by_floor_then_marked() -> None:
    told: list[tuple[object, ...]] = []
    world.load_world(DAY, lambda *words: told.append(words))
    assert told == [("ground", 1, 2)]
    assert world.loaded_world() == World("2027-01-15", world.data_version())


@pytest.mark.django_db
def test_an_interrupted_loading_is_not_a_world(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "FLOORS", ("ground", "attic"))
    with pytest.raises(ValueError, match="rotten"):
        world.load_world(DAY, lambda *_: None)
    assert world.loaded_world() == World("2027-01-15", LOADING)
    assert Command().wanted_world(DAY) != world.loaded_world()


@pytest.mark.parametrize("changed", ["ground/demo.py", "ground/demo_data/towns.py", "ground/words/new.py"])
def test_any_change_of_a_source_is_another_version(floors: Path, changed: str) -> None:
    before = world.data_version()
    assert world.data_version() == before
    (floors / changed).parent.mkdir(exist_ok=True)
    (floors / changed).write_text("# changed")
    assert world.data_version() != before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("loaded", "asked", "wanted"),
    [
        ("2027-01-15", None, "2027-01-15"),
        ("2027-01-08", None, "2027-01-08"),
        ("2027-01-07", None, "2027-01-15"),
        ("2027-01-16", None, "2027-01-15"),
        ("2027-01-14", "2027-01-15", "2027-01-15"),
        (None, None, "2027-01-15"),
        (None, "2026-12-01", "2026-12-01"),
    ],
)
def test_a_recent_world_is_kept_unless_another_day_is_asked(loaded: str | None, asked: str | None, wanted: str) -> None:
    version = world.data_version()
    if loaded:
        world.mark_world(World(loaded, version))
    day = datetime.date.fromisoformat(asked) if asked else None
    assert Command().wanted_world(day) == World(wanted, version)


@pytest.mark.django_db
def test_the_world_of_another_version_is_made_again() -> None:
    world.mark_world(World("2027-01-15", "older"))
    assert Command().wanted_world(None) == World("2027-01-15", world.data_version())


@pytest.mark.django_db
def test_a_base_with_other_data_is_never_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    cleared: list[str] = []
    monkeypatch.setattr(world, "clear_database", lambda: cleared.append("cleared"))
    monkeypatch.setattr(world, "is_embedded", lambda: False)
    for fresh in (False, True):
        with pytest.raises(Exception, match="base vide dans DATABASE_URL"):
            Command().clear(None, fresh=fresh)
    monkeypatch.setattr(world, "is_embedded", lambda: True)
    with pytest.raises(Exception, match="FRESH=1"):
        Command().clear(None, fresh=False)
    assert cleared == []
    Command().clear(None, fresh=True)
    Command().clear(World("2027-01-14", "older"), fresh=False)
    assert cleared == ["cleared", "cleared"]


def test_progress_is_one_line_on_a_screen_and_one_per_step_in_a_file() -> None:
    for live, expected in (
        (True, "\r\033[K  formations 1/2\r\033[K  formations 2/2\r\033[K"),
        (False, "  formations\n"),
    ):
        screen = Screen(live=live)
        progress = Progress(screen)
        progress("formations", 1, 2)
        progress("formations", 2, 2)
        progress.end()
        assert screen.getvalue() == expected


def test_static_files_are_collected_only_when_a_source_changes(tmp_path: Path, settings) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a { color: red }")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    try:
        assert statics.collect_if_changed()
        assert (tmp_path / "static" / "page.css").exists()
        assert not statics.collect_if_changed()
        (source / "page.css").write_text("a { color: blue; }")
        assert statics.collect_if_changed()
        assert "blue" in (tmp_path / "static" / "page.css").read_text()
    finally:
        finders.get_finder.cache_clear()


def test_a_taken_port_is_seen() -> None:
    with socket.socket() as taken:
        taken.bind((servers.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not servers.port_is_free(port)
    assert servers.port_is_free(port)


def test_nobody_there_is_no_health() -> None:
    with socket.socket() as silent:
        silent.bind((servers.HOST, 0))
        assert servers.health(silent.getsockname()[1]) == 0


def test_the_code_of_the_moment_is_the_published_one(time_machine) -> None:
    """RFC 6238's own example, SHA-1, cut to six digits: at second 59 the code is 94287082."""
    time_machine.move_to(datetime.datetime.fromtimestamp(59, datetime.UTC), tick=False)
    assert current_code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == "287082"


def test_the_second_factor_s_link_is_read_by_applications() -> None:
    link = totp_link("agent@region.example", "ABC234")
    assert link == "otpauth://totp/Camins:agent%40region.example?secret=ABC234&issuer=Camins"

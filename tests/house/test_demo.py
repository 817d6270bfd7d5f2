"""`manage.py demo` from an empty folder to a page, killed without warning, then started again."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.accounts.demo import ACCOUNTS
from tests.house.traces import MARK, left_after, marked, new_mark, wait_until

# a guard against what hangs, not a measure: machines are slow by moments
PATIENCE_SECONDS = 300
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


class Demo:
    """A demonstration in a folder and on a port of its own; `mark` is found in all its processes."""

    def __init__(self, folder: Path):
        self.mark = new_mark()
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        removed = ("DATABASE_URL", "REDIS_URL", "CAMINS_TODAY", "CAMINS_PROCESS", "MAKELEVEL")
        self.environment = {name: value for name, value in os.environ.items() if name not in removed}
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "CAMINS_VAR": str(folder / "var"),
            MARK: self.mark,
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "manage.py", *words]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*words), cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def start(self) -> None:
        """Start it and wait until it has printed its last line."""
        with (self.folder / "output").open("wb") as output:
            words = self.command("demo", "--port", str(self.port), "--day", "2027-01-15")
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        # A machine shared with other work may be ten times slower than one's own.
        wait_until(lambda: "Ctrl-C" in self.output or self.process.poll() is not None, "the demonstration", 300)
        assert self.process.poll() is None, self.output

    def kill(self) -> dict[int, str]:
        """Kill it without warning; what it left running after the time its children are given."""
        self.process.kill()
        self.process.wait()
        return left_after(self.mark, 20, self.folder)

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text()

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@dataclass
class Lives:
    """One demonstration made from nothing, killed while it served, started again."""

    demo: Demo
    first_output: str
    family: str
    left: dict[int, str]


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lives]:
    demo = Demo(tmp_path_factory.mktemp("demo"))
    try:
        demo.start()
        wait_until(
            lambda: "ready" in (demo.folder / "var" / "log" / "worker.log").read_text(), "the worker", PATIENCE_SECONDS
        )
        first, family = demo.output, " ".join(marked(demo.mark, demo.folder).values())
        left = demo.kill()
        demo.start()
        yield Lives(demo, first, family, left)
    finally:
        demo.kill()


@pytest.fixture
def demo(lives: Lives) -> Demo:
    return lives.demo


def steps(output: str) -> list[str]:
    """What was prepared, one line each, before the address was printed."""
    return [line.strip() for line in output.partition("Camins répond")[0].splitlines() if line.strip()]


def test_killed_it_leaves_nothing_running(lives: Lives) -> None:
    for part in ("bin/postgres", "valkey-server", "granian", "celery"):
        assert part in lives.family
    assert lives.left == {}


def test_started_again_it_finds_its_world(lives: Lives) -> None:
    assert "formations" in steps(lives.first_output)
    assert steps(lives.demo.output) == ["base de données", "fichiers statiques"]


def test_the_address_and_every_account_are_printed(demo: Demo) -> None:
    assert f"http://localhost:{demo.port}/" in demo.output
    for account in ACCOUNTS:
        assert account.email in demo.output
        assert account.password in demo.output
        assert account.role_label in demo.output
        assert not account.totp_secret or f"secret={account.totp_secret}" in demo.output


def test_pages_are_served_in_french_and_say_that_it_is_a_demonstration(demo: Demo) -> None:
    status, home = demo.get("/")
    assert status == 200
    assert '<html lang="fr"' in home
    assert "émonstration" in home


def test_a_static_file_is_served_under_its_hashed_name(demo: Demo) -> None:
    found = re.search(r'href="(/static/css/[^"]+\.[0-9a-f]{12}\.css)"', demo.get("/")[1])
    assert found is not None
    assert demo.get(found.group(1))[0] == 200


def test_the_worker_s_heart_beats(demo: Demo) -> None:
    wait_until(lambda: '"worker": "ok"' in demo.get("/sante/")[1], "a heartbeat", PATIENCE_SECONDS)


def test_another_command_joins_the_running_stores(demo: Demo) -> None:
    code = "from courses.models import Course; print('courses', Course.objects.count())"
    told = demo.run("shell", "--no-imports", "-c", code)
    assert re.search(r"courses [1-9]\d*", told.stdout), told.stderr


def test_a_second_demonstration_is_refused_with_a_sentence(demo: Demo) -> None:
    refused = demo.run("demo", "--port", "1")
    assert refused.returncode == 1
    assert "tourne déjà" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_code_of_an_account_is_told(demo: Demo) -> None:
    account = next(account for account in ACCOUNTS if account.totp_secret)
    assert re.fullmatch(r"\d{6}\n", demo.run("demo_code", account.email).stdout)
    refused = demo.run("demo_code", "nobody@nowhere.example")
    assert refused.returncode == 1
    assert account.email in refused.stderr


def test_a_taken_port_is_told_before_anything_is_prepared(tmp_path: Path) -> None:
    demo = Demo(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", demo.port))
        taken.listen()
        refused = demo.run("demo", "--port", str(demo.port))
    assert refused.returncode == 1
    assert f"PORT={demo.port + 1}" in refused.stderr
    assert refused.stdout == ""


def test_ctrl_c_stops_everything_and_is_no_failure(tmp_path: Path) -> None:
    """Interrupted while it prepares, since it spends most of its time there."""
    demo = Demo(tmp_path)
    with (tmp_path / "output").open("wb") as output:
        words = demo.command("demo", "--port", str(demo.port))
        process = subprocess.Popen(words, cwd=ROOT, env=demo.environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: "base de données" in demo.output, "the first step", PATIENCE_SECONDS)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
    assert demo.output.splitlines()[-1] == "Arrêté."
    assert left_after(demo.mark, 5, tmp_path) == {}

"""Web, worker and snapshot of the demonstration, under one supervisor, and the question whether they answer."""

import http.client
import os
import socket
import sys
import time
from pathlib import Path

from django.conf import settings

from portal.embedded.supervisor import Supervisor

HOST = "127.0.0.1"
HEALTH = "/sante/"
ANSWER_S = 60.0


def port_is_free(port: int) -> bool:
    """True if a server may listen on `port` of this machine."""
    with socket.socket() as probe:
        # As granian does: a port left a moment ago by another demonstration is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def web_command(port: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "2", "--blocking-threads", "2"]
    return [sys.executable, "-m", "granian", *options, "--no-ws", "portal.wsgi:application"]


def worker_command() -> list[str]:
    # One process and the clock beside it; remote control and gossip serve clusters.
    options = ["--beat", "--concurrency", "1", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    return [sys.executable, "-m", "celery", "--app", "portal", "worker", *options]


def surroundings(process: str, *, port: int, today: str) -> dict[str, str]:
    """The environment of the web or the worker; `today` is the ISO day they live in, empty for the clock's."""
    return {
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "CAMINS_PROCESS": process,
        "CAMINS_SITE_URL": f"http://localhost:{port}",
        "CAMINS_TODAY": today,
        "PYTHONUNBUFFERED": "1",
    }


def start_web(supervisor: Supervisor, *, port: int, today: str) -> None:
    supervisor.start("web", web_command(port), surroundings("web", port=port, today=today))


def start_worker(supervisor: Supervisor, *, port: int, today: str) -> None:
    Path(settings.CELERY_BEAT_SCHEDULE_FILENAME).parent.mkdir(parents=True, exist_ok=True)
    supervisor.start("worker", worker_command(), surroundings("worker", port=port, today=today))


def start_snapshot(supervisor: Supervisor, *, port: int, today: str) -> None:
    """What makes the catalogue's snapshot anew when the catalogue changes; a command of another floor, by name."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "snapshot", "--watch"]
    supervisor.start("snapshot", command, surroundings("worker", port=port, today=today))


def health(port: int) -> int:
    """The status that the health page answers, or 0 where nobody answers yet."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", HEALTH, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def wait_until_healthy(supervisor: Supervisor, port: int) -> int:
    """200 as soon as the portal answers it, else the last status after ANSWER_S seconds. Raises ChildEnded."""
    deadline = time.monotonic() + ANSWER_S
    while True:
        supervisor.check()
        status = health(port)
        if status == 200 or time.monotonic() > deadline:
            return status
        time.sleep(0.1)

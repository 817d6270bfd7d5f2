"""A place of its own where an import can be cut: stores behind addresses that last, and a worker, each to be killed."""

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import redis

from portal.embedded.postgres import Postgres
from portal.embedded.valkey import Valkey

ROOT = Path(__file__).resolve().parents[3]
# what Celery's worker and its clock do, with a bell every half second instead of every minute
WORKER = """
import time, django
django.setup()
from django.db import connection
from courses.tasks import carry_imports
while True:
    try:
        carry_imports()
    except Exception as failed:
        print(repr(failed), flush=True)
        connection.close()
    time.sleep(0.5)
"""
SOURCE = """
INSERT INTO courses_importsource (name, label, is_trusted, is_draft_only, feed_url, feed_is_whole, feed_fault)
VALUES (%s, '', true, false, '', false, '') RETURNING id
"""
RUN = """
INSERT INTO courses_importrun (source_id, state, file_name, stored_name, sha256, dialect, started_at, counts,
  is_whole_offer, is_by_member, is_pulled, columns, refusal, kept, tries, is_unattended, push_key)
VALUES (%s, 'uploaded', 'a.csv', %s, %s, '', now(), '{}', false, false, false, '{}', '', '[]', 0, false, '')
RETURNING id
"""
APPLY = "UPDATE courses_importrun SET state = 'applying', tries = 0 WHERE id = %s AND state = 'planned'"
COUNTS = """
SELECT (SELECT count(*) FROM courses_course WHERE source_id = %(source)s AND status = 'published'),
  (SELECT count(*) FROM courses_courseevent WHERE source_id = %(source)s AND pgh_label = 'insert'),
  (SELECT count(*) FROM courses_offering o JOIN courses_course c ON c.id = o.course_id WHERE c.source_id = %(source)s),
  (SELECT count(*) FROM courses_session s JOIN courses_offering o ON o.id = s.offering_id
    JOIN courses_course c ON c.id = o.course_id WHERE c.source_id = %(source)s),
  (SELECT count(*) FROM courses_importchange WHERE run_id = %(run)s),
  (SELECT count(*) FROM courses_stagingrow WHERE run_id = %(run)s),
  (SELECT count(*) FROM moderation_moderationevent m JOIN courses_course c ON c.id = m.subject_id
    JOIN django_content_type t ON t.id = m.subject_type_id AND t.model = 'course' WHERE c.source_id = %(source)s)
"""


class Place:
    """Both stores and a worker. A killed store comes back with its data at the same address."""

    def __init__(self, folder: Path):
        self.folder, self.worker, self.restarted_at = folder, None, 0.0
        self.start_postgres()
        self.start_valkey()
        self.postgres.create_database("camins")
        (folder / "var" / "imports").mkdir(parents=True)
        self.run_python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        self.start_worker()

    # --- starting
    def start_postgres(self) -> None:
        # what is committed must outlive a kill: the portal's own stores give the last moments away
        self.postgres = Postgres(folder=self.folder / "store", settings=("synchronous_commit=on",)).start()
        self._link("postgres", self.postgres.room.path)

    def start_valkey(self) -> None:
        self.valkey = Valkey().start()
        self._link("valkey", self.valkey.room.path)

    def start_worker(self) -> None:
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "-c", WORKER], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )

    def _link(self, name: str, room: Path) -> None:
        link = self.folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(room)

    @property
    def url(self) -> str:
        return f"postgres://camins@/camins?host={self.folder / 'postgres'}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATABASE_URL": self.url,
            "REDIS_URL": f"unix://{self.folder / 'valkey' / 'valkey.sock'}",
            "CAMINS_VAR": str(self.folder / "var"),
        }

    def run_python(self, code: str) -> None:
        words = [sys.executable, "-c", f"import django; django.setup(); {code}"]
        subprocess.run(words, env=self.environment, cwd=ROOT, check=True, capture_output=True)

    # --- killing
    def kill(self, victim: str) -> None:
        """kill -9, at once, of the worker or a whole store; then it is started again (`restarted_at`)."""
        match victim:
            case "worker":
                self.worker.kill()
                self.worker.wait()
                self.start_worker()
            case "postgres":
                pid = int((self.postgres.data / "postmaster.pid").read_text().split()[0])
                self._kill_and_close(pid, self.postgres)
                self.start_postgres()
            case "valkey":
                told = redis.Redis.from_url(self.environment["REDIS_URL"]).info()
                self._kill_and_close(int(told["process_id"]), self.valkey)
                self.start_valkey()
        self.restarted_at = time.monotonic()

    def _kill_and_close(self, pid: int, store: Postgres | Valkey) -> None:
        os.kill(pid, signal.SIGKILL)
        store.server.wait(30)
        store.stop()

    def stop(self) -> None:
        self.worker.kill()
        self.worker.wait()
        self.postgres.stop()
        self.valkey.stop()

    # --- an import
    def send(self, name: str, content: bytes) -> tuple[int, int]:
        """A file of a trusted source, as a screen leaves it; the ids of its source and its run."""
        stored = secrets.token_hex(24)
        (self.folder / "var" / "imports" / stored).write_bytes(content)
        with psycopg.connect(self.url) as base:
            source = base.execute(SOURCE, [name]).fetchone()[0]
            run = base.execute(RUN, [source, stored, name]).fetchone()[0]
        return source, run

    def follow(self, run: int, seconds: float) -> str:
        """Wait until the run is applied, asking for it when it is planned; its last state."""
        until, state = time.monotonic() + seconds, ""
        while time.monotonic() < until and state not in ("applied", "failed", "refused"):
            try:
                with psycopg.connect(self.url, connect_timeout=2) as base:
                    base.execute(APPLY, [run])
                    state = base.execute("SELECT state FROM courses_importrun WHERE id = %s", [run]).fetchone()[0]
            except psycopg.OperationalError:
                state = "away"
            time.sleep(0.1)
        return state

    def counts(self, source: int, run: int) -> tuple[int, ...]:
        with psycopg.connect(self.url) as base:
            return base.execute(COUNTS, {"source": source, "run": run}).fetchone()

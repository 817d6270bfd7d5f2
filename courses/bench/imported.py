"""An import as large as the catalogue, while visitors ask for pages at a steady pace: how long, how much memory, and
what the visitors met. The base is filled anew the next time.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from courses.bench.asked import Asker
from courses.bench.catalogue import COURSES_PER_PROVIDER, DAY, SIZES, Catalogue
from courses.bench.catalogue import Course as Invented
from courses.bench.clock import machine
from courses.bench.fill import postcode_of, write_mark
from courses.bench.load import mixed_addresses, visit, visitors
from courses.bench.parts import PartReport
from courses.bench.peers.typesense_peer import free_port
from courses.importers.values import luhn_is_right
from courses.models import Course
from portal.demo import servers
from portal.embedded.supervisor import Supervisor

RATE, CLIENTS, WARM_UP_S, LONGEST_S = 40, 8, 10.0, 12 * 3_600.0
SOURCE = "banc-import"
# a table of courses holds 50 MB
MOST_COURSES = SIZES["60k"]
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
LOOK_S = 0.5
COLUMNS = (
    *("titre", "organisme", "siret", "code_postal", "ville", "duree_heures", "date_debut", "date_fin", "prix", "url"),
    *("courriel", "description", "numero", "numero_action", "numero_session", "modalite", "places", "financeurs"),
    *("programme", "public"),
)


class ImportFailed(Exception):
    """The import did not end well; its last words."""


def lines_of(catalogue: Catalogue) -> Iterator[list[object]]:
    """A line for each course: its first offering, the first of its sessions."""
    for course in islice(catalogue.courses(), MOST_COURSES):
        yield _line(course, catalogue)


def _line(course: Invented, catalogue: Catalogue) -> list[object]:
    offering, body = course.offerings[0], course.pk // COURSES_PER_PROVIDER
    session = offering.sessions[0]
    town = catalogue.towns[offering.town or 0]
    site, number = f"https://banc-{body}.example", f"banc-{course.pk}"
    title, _summary, objective, content, public = course.texts
    return [
        *(title, f"Organisme {body}", siret_of(body), postcode_of(town), town.name, course.hours or ""),
        *(session.starts_on, session.ends_on, "" if course.cents[0] is None else course.cents[0] // 100),
        *(f"{site}/{course.pk}", f"contact@banc-{body}.example", objective, number, number, number),
        *("à distance" if offering.town is None else "sur place", session.seats or "", "région, CPF", content, public),
    ]


def siret_of(number: int) -> str:
    return next(siret for last in range(10) if luhn_is_right(siret := f"9{number:08d}0001{last}"))


def write_table(catalogue: Catalogue, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(lines_of(catalogue))


def every_address(asker: Asker) -> list[str]:
    """Those of the load, and one in ten each for the home page and the API."""
    found = []
    for number, address in enumerate(mixed_addresses(asker)):
        found.append(address)
        if number % 8 == 0:
            found += [reverse("home"), reverse("courses:api_courses")]
    return found


def measure_import(asker: Asker, catalogue: Catalogue) -> PartReport:
    """One row: what the visitors met. Beside it: minutes, megabytes at the most, courses, the machine's load."""
    write_mark(is_full=False)
    port = free_port()
    report = PartReport("import")
    with tempfile.TemporaryDirectory(prefix="camins-import-") as folder:
        table, listed = Path(folder) / "formations.csv", Path(folder) / "addresses"
        write_table(catalogue, table)
        listed.write_text("\n".join(every_address(asker)))
        supervisor = Supervisor(logs=Path(folder), folder=settings.BASE_DIR)
        try:
            servers.start_web(supervisor, port=port, today=DAY.isoformat())
            status = servers.wait_until_healthy(supervisor, port)
            if status != 200:
                raise RuntimeError(f"the site answers {status}")
            visit(port, WARM_UP_S, CLIENTS, listed)
            met = visitors(port, LONGEST_S, CLIENTS, listed, RATE)
            try:
                report.told = carry_out(table)
            finally:
                met.terminate()
                told, _errors = met.communicate()
            report.rows = [json.loads(told)]
            pages = report.rows[0]["pages"]
            report.told["answer_p95_ms"] = report.rows[0]["answer_p95_ms"]
            report.told["served"] = [pages, pages + report.rows[0]["errors"]]
        finally:
            supervisor.stop()
    report.told["load"] = machine()["load"][0]
    return report


def carry_out(table: Path) -> dict[str, Any]:
    """Import the table as a worker would; the minutes it took, its megabytes at the most, and the courses there now.

    Raises ImportFailed.
    """
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_offers", str(table)]
    began, peak = time.monotonic(), 0
    with subprocess.Popen(
        [*command, "--source", SOURCE, "--trusted"],
        env={**os.environ, "CAMINS_PROCESS": "worker"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        while process.poll() is None:
            peak = max(peak, peak_kb(process.pid))
            time.sleep(LOOK_S)
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise ImportFailed(said[-2_000:])
    minutes = (time.monotonic() - began) / 60
    imported = Course.objects.published().filter(source__name=SOURCE).count()
    return {"minutes": round(minutes, 1), "peak_mb": peak // 1024, "imported": imported}


def peak_kb(pid: int) -> int:
    """The most memory that a process held so far; 0 when it is gone."""
    try:
        found = PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0

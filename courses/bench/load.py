"""Load: the real server, two workers, on the benchmark's database, and visitors who never wait between two pages."""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from courses.bench.asked import Asker
from courses.bench.catalogue import DAY, SEED
from courses.bench.pages import query_of
from courses.bench.parts import PartReport
from courses.bench.peers.typesense_peer import free_port
from courses.models import Course
from portal.demo import servers
from portal.embedded.supervisor import Supervisor

CLIENTS = (2, 4, 8, 16)
WARM_UP_S = 3.0


def mixed_addresses(asker: Asker) -> list[str]:
    """Six searches in ten, three courses, one browse."""
    draw = random.Random(f"{SEED} load")
    search = reverse("courses:search")
    found = [f"{search}?{query_of(question)}" for question in (*asker.searches(), *asker.texts())]
    ids = draw.sample(asker.facts.ids.tolist(), min(len(asker.facts), len(found) // 2))
    slugs = Course.objects.in_bulk(ids)
    found += [slugs[pk].get_absolute_url() for pk in ids]
    found += [search] * (len(found) // 9)
    draw.shuffle(found)
    return found


def measure_load(asker: Asker, seconds: float) -> PartReport:
    """Pages a second and their 95th percentile, for more and more visitors; each row tells its errors."""
    port = free_port()
    report = PartReport("load")
    with tempfile.TemporaryDirectory(prefix="camins-load-") as folder:
        listed = Path(folder) / "addresses"
        listed.write_text("\n".join(mixed_addresses(asker)))
        supervisor = Supervisor(logs=Path(folder), folder=settings.BASE_DIR)
        try:
            servers.start_web(supervisor, port=port, today=DAY.isoformat())
            status = servers.wait_until_healthy(supervisor, port)
            if status != 200:
                raise RuntimeError(f"the site answers {status}")
            visit(port, WARM_UP_S, 2, listed)
            report.rows = [visit(port, seconds / len(CLIENTS), clients, listed) for clients in CLIENTS]
        finally:
            supervisor.stop()
    return report


def visit(port: int, seconds: float, clients: int, listed: Path) -> dict[str, object]:
    """What so many visitors met for so long."""
    with visitors(port, seconds, clients, listed) as process:
        told, _errors = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args, told)
    met: dict[str, object] = json.loads(told)
    return met


def visitors(port: int, seconds: float, clients: int, listed: Path, rate: float = 0) -> subprocess.Popen[str]:
    """Visitors on their way; they tell what they met when their time is over, or on SIGTERM."""
    command = [sys.executable, "-m", "courses.bench.visitors", str(port), str(seconds), str(clients), str(listed)]
    return subprocess.Popen([*command, str(rate)], stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR)

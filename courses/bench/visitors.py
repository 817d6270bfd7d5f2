"""Visitors of a site, in a process of their own: `python -m courses.bench.visitors PORT SECONDS CLIENTS FILE [RATE]`.

Each asks for one page after another, taken in turn from FILE (an address a line), for that long or until SIGTERM; then
one line of JSON tells what they met. With RATE they ask for so many pages a second together, each page at its moment,
and what a late one waited before it was asked for counts too (`answer_p95_ms` leaves it out). Only the standard
library: what it costs is taken from the site's own processors.
"""

import http.client
import json
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
TIMEOUT_S = 10


@dataclass
class Visits:
    """What all visitors share: where they go, until when, and what they met."""

    port: int
    addresses: list[str]
    seconds: float
    clients: int
    rate: float = 0.0
    is_over: threading.Event = field(default_factory=threading.Event)
    took: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def visit(self, number: int) -> None:
        """One visitor, on one connection for as long as the server keeps it."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT_S)
        began, turn = time.perf_counter(), 0
        while not self.is_over.is_set() and time.perf_counter() - began < self.seconds:
            due = began + (number + turn * self.clients) / self.rate if self.rate else time.perf_counter()
            if self.is_over.wait(max(0.0, due - time.perf_counter())):
                break
            place = number + turn * self.clients if self.rate else number * 7 + turn
            self._ask(connection, self.addresses[place % len(self.addresses)], due)
            turn += 1
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, address: str, due: float) -> None:
        began = time.perf_counter()
        try:
            connection.request("GET", address, headers={"Host": f"localhost:{self.port}", "Accept": "text/html"})
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as failed:
            self.faults.append(f"{type(failed).__name__} {address}")
            connection.close()
            return
        if response.status == 200:
            now = time.perf_counter()
            self.took.append(now - due)
            self.answered.append(now - began)
        else:
            self.faults.append(f"{response.status} {address}")

    def all(self) -> dict[str, object]:
        visitors = [threading.Thread(target=self.visit, args=(number,)) for number in range(self.clients)]
        began = time.perf_counter()
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        seconds = time.perf_counter() - began
        took, answered = sorted(self.took), sorted(self.answered)
        return {
            "clients": self.clients,
            "seconds": round(seconds, 1),
            "pages": len(took),
            "pages_per_second": round(len(took) / seconds, 1),
            "p50_ms": round(took[len(took) // 2] * 1_000, 1) if took else None,
            "p95_ms": round(took[int(len(took) * 0.95)] * 1_000, 1) if took else None,
            "max_ms": round(took[-1] * 1_000, 1) if took else None,
            "answer_p95_ms": round(answered[int(len(answered) * 0.95)] * 1_000, 1) if answered else None,
            "errors": len(self.faults),
            "first_errors": self.faults[:3],
        }


if __name__ == "__main__":
    port, seconds, clients, listed, *rate = sys.argv[1:]
    visits = Visits(int(port), Path(listed).read_text().split(), float(seconds), int(clients), float(*rate or (0,)))
    signal.signal(signal.SIGTERM, lambda _number, _frame: visits.is_over.set())
    sys.stdout.write(json.dumps(visits.all()) + "\n")

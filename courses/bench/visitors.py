"""Visitors of a site, in a process of their own: `python -m courses.bench.visitors PORT SECONDS CLIENTS FILE`.

Each asks for one page after another, taken in turn from FILE (an address a line), for that long; then one line of JSON
tells what they met. Only the standard library: what it costs is taken from the site's own processors.
"""

import http.client
import json
import sys
import threading
import time
from pathlib import Path

HOST = "127.0.0.1"
TIMEOUT_S = 10


def visit(port: int, addresses: list[str], first: int, until: float, took: list[float], faults: list[str]) -> None:
    """One visitor, on one connection for as long as the server keeps it."""
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT_S)
    place = first
    while time.monotonic() < until:
        address = addresses[place % len(addresses)]
        place += 1
        began = time.perf_counter()
        try:
            connection.request("GET", address, headers={"Host": f"localhost:{port}", "Accept": "text/html"})
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as failed:
            faults.append(type(failed).__name__)
            connection.close()
            continue
        took.append(time.perf_counter() - began)
        if response.status != 200:
            faults.append(f"{response.status} {address}")
    connection.close()


def main(port: int, seconds: float, clients: int, addresses: list[str]) -> dict[str, object]:
    took: list[float] = []
    faults: list[str] = []
    until = time.monotonic() + seconds
    visitors = [
        threading.Thread(target=visit, args=(port, addresses, number * 7, until, took, faults))
        for number in range(clients)
    ]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    took.sort()
    return {
        "clients": clients,
        "seconds": seconds,
        "pages": len(took),
        "pages_per_second": round(len(took) / seconds, 1),
        "p50_ms": round(took[len(took) // 2] * 1_000, 1) if took else None,
        "p95_ms": round(took[int(len(took) * 0.95)] * 1_000, 1) if took else None,
        "errors": len(faults),
        "first_errors": faults[:3],
    }


if __name__ == "__main__":
    told = main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]).read_text().split())
    sys.stdout.write(json.dumps(told) + "\n")

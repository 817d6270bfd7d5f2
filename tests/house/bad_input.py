"""The hostile input of ../shared/data/badinput, ready to send, and what an answer to it must never show."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from django.http import HttpResponse

from tests.house.knock import missing_headers

# of processor, on a shared machine: what other programs do meanwhile is no fault of a page
SLOWEST_SECONDS = 8.0
# nobody listens there: a page that fetched it would fail, and be found
CANARY = "http%3A%2F%2F127.0.0.1%3A9"
HEADER_NAME = "X-Zq7x"  # the header that a CR LF case tries to add
FILE_WORDS = ("root:x:0", "daemon:x:")
OWN_ADDRESSES = ("http://testserver/", "http://localhost:8000/")


@dataclass(frozen=True)
class Case:
    """`encoded` is percent-encoded, byte by byte; `needles` must not come back as such."""

    id: str
    encoded: str
    needles: tuple[str, ...] = ()
    told: dict | None = None

    @property
    def raw(self) -> bytes:
        return unquote_to_bytes(self.encoded)


def _case(line: dict, encoded: str) -> Case:
    repeat = line.get("repeat")
    whole = encoded + (repeat["unit"] * repeat["times"] if repeat else "") + line.get("tail", "")
    needles = (*line.get("needle", ()), *line.get("not_in_body", ()))
    return Case(line["id"], whole.replace("{CANARY}", CANARY).replace("{HOST}", "testserver"), needles, line)


def cases(folder: Path, name: str) -> list[Case]:
    """The cases of one file, `values`, `raw`, `headers` or `json_bodies`, in their order."""
    lines = map(json.loads, (folder / "badinput" / f"{name}.jsonl").read_text().splitlines())
    return [_case(line, line.get("pct") or line.get("suffix_pct") or line.get("body_pct") or "") for line in lines]


def faults(case: Case, response: HttpResponse, seconds: float) -> Iterator[str]:
    """What is wrong with the answer to a case: nothing, if all is well."""
    if response.status_code >= 500:
        yield f"status {response.status_code}"
    if missing_headers(response):
        yield f"without {missing_headers(response)}"
    if seconds > SLOWEST_SECONDS:
        yield f"{seconds:.1f} s"
    if HEADER_NAME in response or "Bcc" in response:
        yield "a header of theirs"
    location = response.get("Location", "")
    if "://" in location.split("?")[0] and not location.startswith(OWN_ADDRESSES):
        yield f"sent to {location[:80]}"
    if location.startswith(("//", "/\\", "\\", "javascript:")):
        yield f"sent to {location[:80]}"
    body = response.getvalue().decode(errors="replace")  # of a stream too
    # in a calendar a tag is the text that was typed, and nothing reads it as markup
    is_calendar = response.get("Content-Type", "").startswith("text/calendar")
    for needle in (*case.needles, *FILE_WORDS, "Traceback (most recent"):
        if needle in body and not (is_calendar and needle.startswith("<")):
            yield f"shows {needle!r}"
    is_page = response.get("Content-Type", "").startswith("text/html")
    if is_page and response.status_code in (400, 404, 410, 414, 429) and '<html lang="fr"' not in body:
        yield "no French page"

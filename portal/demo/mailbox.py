"""The demonstration's letter box: the messages that the file backend wrote, newest first."""

import datetime
import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

MOST = 50
SEPARATOR = b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Letter:
    name: str
    to: str
    subject: str
    at: datetime.datetime
    body: str


def _read(path: Path) -> Letter | None:
    try:
        raw = path.read_bytes().split(SEPARATOR)[0]
        message = email.message_from_bytes(raw, policy=email.policy.default)
        text = message.get_body(("plain", "html"))
        return Letter(
            name=path.stem,
            to=str(message["To"]),
            subject=str(message["Subject"]),
            at=datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC),
            body=text.get_content() if text else "",
        )
    except (OSError, LookupError, ValueError):
        return None  # being written, or already swept away


def letters(folder: Path) -> list[Letter]:
    """The newest messages of the folder, none where it does not exist yet."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.name, reverse=True)[:MOST]
    return [letter for path in files if (letter := _read(path))]


def letter_named(folder: Path, name: str) -> Letter | None:
    path = folder / f"{name}.log"
    return _read(path) if path.is_file() else None

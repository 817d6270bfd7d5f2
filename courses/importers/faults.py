"""What is wrong in a foreign file, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING = "error", "warning"
VALUE_LENGTH = 120  # characters of the faulty value that a report shows


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `line` counts from 1 (0: the file as a whole), `message` is French and says what to do.

    An error refuses the record that carries it; a warning leaves out one value, or only asks for a look.
    """

    line: int
    element: str
    code: str
    message: str
    value: str = ""
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


def shown(value: str) -> str:
    """The value on one line, short enough for a report, with no control character."""
    short = "".join(sign if sign.isprintable() else " " for sign in value[: VALUE_LENGTH + 1])
    short = " ".join(short.split())
    return short if len(short) <= VALUE_LENGTH else short[: VALUE_LENGTH - 1] + "…"


def has_errors(faults: Iterable[Fault]) -> bool:
    return any(fault.severity == ERROR for fault in faults)


class ImportRefused(Exception):
    """The whole file is refused: nothing of it can be used. `fault` says why, and what to do."""

    def __init__(self, code: str, message: str, line: int = 0, value: str = ""):
        super().__init__(message)
        self.fault = Fault(line, "", code, message, shown(value))

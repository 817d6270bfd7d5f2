"""What a loader says of its work: files with their rows, things with their changes, refusals with their lines."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# how many line numbers a reason of refusal keeps; the count itself is always whole
LINES_KEPT = 10
# how many different reasons are printed; a hostile file could invent one per row
REASONS_KEPT = 30

Progress = Callable[[str, int | None, int | None], None]


class FileRefused(Exception):
    """The file (or folder, or archive) cannot be imported; the message, in French, says why. Nothing was loaded."""


def silent(label: str, done: int | None, total: int | None) -> None:
    """The progress of a loader to which nobody listens."""


def shown(text: str, length: int = 60) -> str:
    """`text` on one line, at most `length` characters, without anything a terminal would obey."""
    printable = "".join(c if c.isprintable() else "?" for c in text[: length + 1])
    return printable if len(printable) <= length else printable[: length - 1] + "…"


def figure(number: int) -> str:
    """A count as it is read: thousands apart."""
    return f"{number:,}".replace(",", " ")


@dataclass
class SourceCount:
    """The rows of one file: read = kept + set aside + refused."""

    name: str
    read: int = 0
    set_aside: int = 0
    refused: int = 0
    # reason -> the first lines it was met at, then how often
    lines: dict[str, list[int]] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        return self.read - self.set_aside - self.refused

    def refuse(self, line: int, reason: str) -> None:
        """Count one refused row of this file, already counted as read."""
        self.refused += 1
        if reason not in self.times and len(self.times) >= REASONS_KEPT:
            reason = _("autres raisons")
        self.times[reason] = self.times.get(reason, 0) + 1
        lines = self.lines.setdefault(reason, [])
        if len(lines) < LINES_KEPT:
            lines.append(line)

    def refusals(self) -> list[str]:
        """One sentence per reason: how often, where first."""
        told = []
        for reason, times in self.times.items():
            lines = ", ".join(map(str, self.lines[reason])) + ("…" if times > len(self.lines[reason]) else "")
            told.append(
                _("%(times)s × %(reason)s (lignes : %(lines)s)")
                % {"times": figure(times), "reason": reason, "lines": lines}
            )
        return told


@dataclass
class ThingCount:
    """What became of one kind of row in the database."""

    name: str
    created: int = 0
    changed: int = 0
    same: int = 0
    # marked obsolete, or removed where it was only a link or another name
    retired: int = 0

    @property
    def touched(self) -> int:
        """Rows of the database that this run wrote."""
        return self.created + self.changed + self.retired


class Report:
    """The account of one import, filled by a loader; `progress` is told where the loader is."""

    def __init__(self, title: str = "", progress: Progress = silent):
        self.title = title
        self.progress = progress
        self.sources: list[SourceCount] = []
        self.things: list[ThingCount] = []
        self.notes: list[str] = []
        self._began = time.monotonic()

    def source(self, name: str) -> SourceCount:
        """Open the account of a file."""
        self.sources.append(SourceCount(name))
        return self.sources[-1]

    def thing(self, name: str) -> ThingCount:
        """Open the account of a kind of row."""
        self.things.append(ThingCount(name))
        return self.things[-1]

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    @property
    def touched(self) -> int:
        return sum(thing.touched for thing in self.things)

    @property
    def refused(self) -> int:
        return sum(source.refused for source in self.sources)

    @property
    def seconds(self) -> float:
        """Since the report was opened."""
        return time.monotonic() - self._began

    def render(self) -> str:
        """The report as text: a table of files, a table of things, remarks, refusals."""
        parts = [self.title] if self.title else []
        if self.sources:
            head = (_("fichier"), _("lues"), _("gardées"), _("de côté"), _("refusées"))
            parts.append(table(head, ((s.name, s.read, s.kept, s.set_aside, s.refused) for s in self.sources)))
        if self.things:
            head = (_("dans la base"), _("ajouts"), _("modifiés"), _("inchangés"), _("retirés"))
            parts.append(table(head, ((t.name, t.created, t.changed, t.same, t.retired) for t in self.things)))
        parts += [f"- {note}" for note in self.notes]
        for source in self.sources:
            parts += [f"! {source.name} : {refusal}" for refusal in source.refusals()]
        parts.append(_("Durée : %(seconds).1f s") % {"seconds": self.seconds})
        return "\n".join(parts)


def table(head: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> str:
    """Rows under their head: the first column to the left, figures to the right, thousands apart."""
    cells = [head, *((str(first), *(figure(int(n)) for n in rest)) for first, *rest in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(line, widths, strict=True)))
        for line in cells
    )

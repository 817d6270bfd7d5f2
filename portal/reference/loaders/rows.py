"""A CSV file read by column name, row by row; each refused row keeps its line."""

import csv
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from portal.reference.loaders.lines import Lines, open_quote
from portal.reference.loaders.report import FileRefused, Report, SourceCount, shown
from portal.reference.wording import plain

MAX_ROWS = 2_000_000
DELIMITERS = ",;\t|"
TOLD_EVERY = 5_000

_BREAKS = re.compile(r"[\t\r\n]+")

Row = Mapping[str, str]


class RowRefused(Exception):
    """One row cannot be used; the message, in French, says why."""


@dataclass(frozen=True)
class Column:
    """A column of a file: our short word for it, the names it goes by (a final * stands for any ending)."""

    word: str
    names: tuple[str, ...]
    is_required: bool = True

    def named(self, header: str) -> bool:
        """Whether `header`, a key of ``_column_key``, is one of the names."""
        return any(
            header.startswith(_column_key(name)) if name.endswith("*") else header == _column_key(name)
            for name in self.names
        )


@dataclass(frozen=True)
class Table:
    """A file to read: the name shown in reports, how to open it, its columns."""

    name: str
    opened: Callable[[], AbstractContextManager[IO[bytes]]]
    columns: tuple[Column, ...]


def columns(*required: str, optional: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Columns whose word is their official name; "a|b" gives a column that some copies call b."""
    named = [(spec.split("|"), True) for spec in required] + [(spec.split("|"), False) for spec in optional]
    return tuple(Column(names[0], tuple(names), is_required) for names, is_required in named)


def open_file(path: Path) -> IO[bytes]:
    """The bytes of a file of the disk."""
    return path.open("rb")


def csv_file(path: Path, wanted: tuple[Column, ...]) -> Table:
    """The table of one CSV file of the disk; raises FileRefused unless it is an ordinary file."""
    name = shown(path.name)
    if not path.is_file():
        raise FileRefused(_("%(file)s : fichier introuvable.") % {"file": shown(str(path), 200)})
    return Table(name, partial(open_file, path), wanted)


def read_items[K: Hashable, V](table: Table, parse: Callable[[Row], tuple[K, V] | None], report: Report) -> dict[K, V]:
    """Parse each row of `table` into (key, value); a row that repeats the key of an earlier one is refused.

    `parse` raises RowRefused, or returns None for a row that is sound but of no use here.
    Raises FileRefused where not one row can be read.
    """
    source = report.source(table.name)
    items: dict[K, V] = {}
    for line, row in read_rows(table, source, report):
        try:
            item = parse(row)
            if item is None:
                source.set_aside += 1
            elif item[0] in items:
                source.refuse(line, _("code déjà lu plus haut"))
            else:
                items[item[0]] = item[1]
        except RowRefused as refused:
            source.refuse(line, str(refused))
    if not source.kept and not source.set_aside:
        raise FileRefused(_none_kept(source))
    return items


def read_rows(table: Table, source: SourceCount, report: Report) -> Iterator[tuple[int, Row]]:
    """Yield (first line, values by our words) of each sound row; count the others in `source` with their line."""
    with table.opened() as stream:
        lines = Lines(stream, table.name)
        header = lines.header()
        delimiter, names = _split_header(header, table)
        places = _places(names, table)
        lines.row_start = lines.number + 1
        for line, cells in _cells(lines, delimiter, source):
            source.read += 1
            if source.read > MAX_ROWS:
                raise FileRefused(_("%(file)s : plus de %(rows)s lignes.") % {"file": table.name, "rows": MAX_ROWS})
            if source.read % TOLD_EVERY == 0:
                report.progress(table.name, source.read, None)
            fault = lines.fault_since(line) or _width_fault(cells, len(names))
            if fault:
                source.refuse(line, fault)
                continue
            yield line, {word: _BREAKS.sub(" ", cells[place]).strip() for word, place in places.items()}
    if lines.cp1252_lines:
        report.note(
            _("%(file)s n'est pas en UTF-8 : %(lines)s lignes lues en CP1252.")
            % {"file": table.name, "lines": lines.cp1252_lines}
        )


def _cells(lines: Lines, delimiter: str, source: SourceCount) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) of each row, blank lines left out; a row that breaks CSV's rules is refused."""
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    while True:
        start = lines.row_start = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # over several lines, or at the end of the file: the reader was looking for a closing mark
            if lines.number > start or "end of data" in str(error):
                raise open_quote(lines.name, start) from error
            source.read += 1
            source.refuse(start, _("guillemets mal placés"))
            continue
        if cells or lines.fault_since(start):
            yield start, cells


def _split_header(header: str, table: Table) -> tuple[str, list[str]]:
    """The delimiter and the column names: the first delimiter that gives the columns wanted, else the most columns."""
    best: list[str] = []
    delimiter = DELIMITERS[0]
    for candidate in DELIMITERS:
        try:
            names = [name.strip() for name in next(csv.reader([header], delimiter=candidate, strict=True))]
        except (csv.Error, StopIteration):
            continue
        while names and not names[-1]:
            names.pop()  # a separator at the end of the line
        if not _missing(names, table):
            return candidate, names
        if len(names) > len(best):
            best, delimiter = names, candidate
    return delimiter, best


def _places(names: list[str], table: Table) -> dict[str, int]:
    missing = _missing(names, table)
    if missing:
        raise FileRefused(
            _("%(file)s : il manque %(missing)s. Colonnes lues : %(found)s. Colonnes attendues : %(wanted)s.")
            % {
                "file": table.name,
                "missing": ", ".join(missing),
                "found": shown(", ".join(names), 300) or _("aucune"),
                "wanted": ", ".join(column.names[0] for column in table.columns if column.is_required),
            }
        )
    places = {}
    for column in table.columns:
        found = [place for place, name in enumerate(map(_column_key, names)) if column.named(name)]
        if len(found) > 1:
            raise FileRefused(
                _("%(file)s : la colonne %(column)s figure plusieurs fois.")
                % {"file": table.name, "column": column.names[0]}
            )
        if found:
            places[column.word] = found[0]
    return places


def _missing(names: list[str], table: Table) -> list[str]:
    keys = [_column_key(name) for name in names]
    return [c.names[0] for c in table.columns if c.is_required and not any(map(c.named, keys))]


def _column_key(name: str) -> str:
    """Column names are compared without case, accents, spaces or underscores."""
    return plain(name).replace(" ", "_")


def _width_fault(cells: list[str], width: int) -> str:
    """A row may end with empty cells too many, never with other cells."""
    if len(cells) >= width and not any(cells[width:]):
        return ""
    return _("%(found)s cellules au lieu de %(wanted)s") % {"found": len(cells), "wanted": width}


def _none_kept(source: SourceCount) -> str:
    if not source.read:
        return _("%(file)s : aucune ligne après celle des noms de colonnes.") % {"file": source.name}
    return _("%(file)s : aucune ligne utilisable. %(why)s") % {"file": source.name, "why": source.refusals()[0]}

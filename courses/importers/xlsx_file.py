"""The first sheet of a workbook as texts. The archive is looked at before it is opened; nothing of it is run."""

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from courses.importers.columns import MOST_COLUMNS
from courses.importers.faults import ImportRefused

MOST_MEMBERS = 500
MOST_UNPACKED = 150 * 1024 * 1024
# a sheet of text packs 5 to 20 times; 1.2 million equal rows, 200 times and more
MOST_RATIO = 120
SMALL = 1024 * 1024
PARTS = ("[Content_Types].xml", "xl/workbook.xml")
CHUNK = 1024 * 1024


def read_xlsx(path: Path, most_lines: int) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first sheet, with their number; formulas give what Excel last computed. Raises ImportRefused."""
    check_archive(path, most_lines)
    try:
        yield from _rows(path, most_lines)
    except ImportRefused:
        raise
    except Exception as odd:  # whatever openpyxl and the parsers below it raise on a workbook that is none
        message = _("Le classeur est abîmé ou n'est pas un fichier .xlsx : enregistrez-le de nouveau avec un tableur.")
        raise ImportRefused("broken-workbook", message, value=str(odd)) from odd


def check_archive(path: Path, most_lines: int) -> None:
    """Raises ImportRefused for an archive that unpacks to too much, or is no workbook, or has too many rows."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as odd:
        message = _("Le classeur est abîmé : enregistrez-le de nouveau en .xlsx avec un tableur.")
        raise ImportRefused("broken-workbook", message, value=str(odd)) from odd
    names = {member.filename for member in members}
    if not set(PARTS) <= names:
        raise ImportRefused(
            "not-a-workbook", _("Cette archive n'est pas un classeur .xlsx : envoyez le modèle rempli.")
        )
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > max(packed * MOST_RATIO, SMALL):
        message = _("Ce classeur se déplie en %(size)d Mo : gardez la seule feuille des formations, ou envoyez un CSV.")
        raise ImportRefused("bomb", message % {"size": unpacked // 1024 // 1024})
    if any(rows_in(path, name) > most_lines for name in names if name.startswith("xl/worksheets/")):
        message = _(
            "Une feuille a plus de %(most)d lignes : gardez celles des formations, ou envoyez plusieurs fichiers."
        )
        raise ImportRefused("too-many-lines", message % {"most": most_lines})


def rows_in(path: Path, name: str) -> int:
    """How many rows a sheet has, counted without parsing it; 0 for one that cannot be unpacked."""
    count, tail = 0, b""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as stream:
            while chunk := stream.read(CHUNK):
                count += (tail + chunk).count(b"<row ") + (tail + chunk).count(b"<row>")
                tail = chunk[-4:]
    except Exception:  # it is opened again, and refused, by the reader
        return 0
    return count


def _rows(path: Path, most_lines: int) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as stream:  # openpyxl judges a path by its ending
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False, keep_vba=False)
        if not book.worksheets:
            raise ImportRefused("empty", _("Le classeur n'a aucune feuille : remplissez le modèle."))
        sheet = book.worksheets[0]
        rows: Iterable[Any] = sheet.iter_rows(max_row=most_lines + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        for number, cells in enumerate(rows, start=1):
            yield number, [text_of(cell) for cell in cells]


def text_of(cell: Any) -> str:
    """A cell as the text that a person would have typed."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)

"""Small tables to import: the columns that every table must have, a line that is right, and files of them."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook

from courses.importers.columns import REQUIRED

ROW_XML = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>a</t></is></c></row>'
SIRET = "73282932000074"
LINE = {
    "titre": "IA pour tous",
    "organisme": "OF Exemple",
    "siret": SIRET,
    "code_postal": "31000",
    "ville": "Toulouse",
    "duree_heures": "35",
    "date_debut": "2027-01-04",
    "date_fin": "08/01/2027",
    "prix": "1 200,50 €",
    "url": "https://of.example",
    "courriel": "a@of.example",
    "description": "Découvrir l'IA",
}


def table(lines: Iterable[Mapping[str, str]], headers: Iterable[str] = ()) -> list[list[str]]:
    """The header and the lines, each completed by LINE."""
    kept = [dict(line) for line in lines]
    names = list(headers) or [*REQUIRED, *dict.fromkeys(name for line in kept for name in line if name not in REQUIRED)]
    return [names, *([{**LINE, **line}.get(name, "") for name in names] for line in kept)]


def csv_bytes(lines: Iterable[Mapping[str, str]], *, delimiter: str = ";", coding: str = "utf-8", **words) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table(lines, **words))
    return out.getvalue().encode(coding)


def xlsx_file(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def endless_xlsx(path: Path, count: int) -> Path:
    """A workbook of so many rows, made without a spreadsheet's memory."""
    xlsx_file(path, [["a"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(ROW_XML.format(number) for number in range(1, count + 1))
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path

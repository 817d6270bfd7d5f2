"""The table to fill in, as CSV and as a workbook whose second sheet explains each column."""

import csv
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from courses.importers.columns import COLUMNS
from portal.web.exports import XLSX, neutral

NAME = "modele-formations"
KINDS = ("csv", "xlsx")


def csv_model() -> HttpResponse:
    """With semicolons, as a spreadsheet in French opens it."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerow([neutral(column.example) for column in COLUMNS])
    return _download(out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


def xlsx_model() -> HttpResponse:
    book = Workbook(write_only=True)
    sheet, help_sheet = book.create_sheet(_("Formations")), book.create_sheet(_("Colonnes"))
    sheet.freeze_panes = help_sheet.freeze_panes = "A2"
    for rank in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(rank)].width = 20
    sheet.append([_bold(sheet, column.name) for column in COLUMNS])
    sheet.append([neutral(column.example) for column in COLUMNS])
    for letter, width in (("A", 24), ("B", 14), ("C", 80), ("D", 30)):
        help_sheet.column_dimensions[letter].width = width
    help_sheet.append(
        [_bold(help_sheet, text) for text in (_("Colonne"), _("Obligatoire"), _("Que mettre"), _("Exemple"))]
    )
    for column in COLUMNS:
        told = WriteOnlyCell(help_sheet, value=str(column.help))
        told.alignment = Alignment(wrap_text=True, vertical="top")
        help_sheet.append([column.name, _("oui") if column.is_required else _("non"), told, neutral(column.example)])
    file = BytesIO()
    book.save(file)
    return _download(file.getvalue(), XLSX, "xlsx")


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _download(content: bytes, kind: str, ending: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{NAME}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=disposition)

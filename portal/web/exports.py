"""Tables to take away: CSV in UTF-8 and XLSX, whose cells no spreadsheet takes for a formula."""

import csv
import datetime
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import chain

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# what Excel, LibreOffice or Google Sheets may run; the full-width forms too
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# what neither XML nor a spreadsheet can hold
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMN_WIDTH, DAY_FORMAT = 22, "DD/MM/YYYY"


def readable(text: str) -> str:
    """The text without the signs that XML refuses."""
    return UNREADABLE.sub("", text)


def neutral(cell: object) -> str:
    """The text of a cell; an apostrophe goes before what a spreadsheet would run. A plain number stays a number."""
    if cell is None:
        return ""
    text = str(cell)
    if isinstance(cell, int | float) or not text.lstrip(" \u00a0\u202f").startswith(LIVE):
        return text
    return f"'{text}"


class _Echo:
    """What csv writes to: it gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A download `name`.csv, line by line, whatever the number of rows; dates are ISO, decimals have a point."""
    writer = csv.writer(_Echo())
    lines = (writer.writerow([neutral(cell) for cell in row]) for row in chain([header], rows))
    return StreamingHttpResponse(
        # the mark that makes Excel read UTF-8
        (line.encode("utf-8-sig" if number == 0 else "utf-8") for number, line in enumerate(lines)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def xlsx_answer(
    name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[object]], about: Sequence[str] = ()
) -> HttpResponse:
    """A download `name`.xlsx: one sheet whose bold header stays in sight; `about` is told in the file's properties.

    Days are days and numbers are numbers; nothing is a formula.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "Camins"
    book.properties.description = readable("\n".join(about))
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for column in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = COLUMN_WIDTH
    bold = []
    for words in header:
        cell = WriteOnlyCell(sheet, value=neutral(words))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([_typed(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return HttpResponse(
        file.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def _typed(sheet, value: object) -> object:
    """A value as a cell of its type."""
    if isinstance(value, datetime.date):
        cell = WriteOnlyCell(sheet)
        cell.value, cell.number_format = value, DAY_FORMAT
        return cell
    if value is None or isinstance(value, int | float):
        return value
    return neutral(readable(str(value)))

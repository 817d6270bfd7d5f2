"""Tables to take away: CSV in UTF-8, whose cells no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Sequence
from itertools import chain

from django.http import StreamingHttpResponse

# what Excel, LibreOffice or Google Sheets may run; the full-width forms too
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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

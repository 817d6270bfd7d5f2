"""A table from outside, CSV or XLSX, opened safely: its lines as texts, the header first. Bytes in, texts out.

    for line, cells in read_table(path): ...

Whatever is wrong with the file as a whole raises ImportRefused; nothing else comes out.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from courses.importers.columns import MOST_COLUMNS
from courses.importers.faults import ImportRefused
from courses.importers.xlsx_file import read_xlsx

MAX_BYTES = 50 * 1024 * 1024
MOST_LINES = 100_000
# a cell above this is an unclosed quotation mark, or no course
LONGEST_CELL = 20_000
# what is read to know the delimiter
HEAD = 100_000
DELIMITERS = ";\t,|"
ZIP_MARK, OLD_EXCEL_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
Line = tuple[int, list[str]]


def kind_of(head: bytes) -> str:
    """ "lheo", "xlsx" or "csv", from the first bytes of a file, whatever its name. Raises ImportRefused."""
    if head.startswith(ZIP_MARK):
        return "xlsx"
    if head.startswith(OLD_EXCEL_MARK):
        raise ImportRefused("old-excel", _("C'est un ancien fichier Excel (.xls) : enregistrez-le en .xlsx ou en CSV."))
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise ImportRefused("empty", _("Le fichier est vide : exportez-le de nouveau."))
    return "lheo" if start.startswith(b"<") else "csv"


def read_table(path: Path, kind: str, max_bytes: int = MAX_BYTES) -> Iterator[Line]:
    """Lines that say something, with their number in the file; cells are stripped texts. Raises ImportRefused."""
    if path.stat().st_size > max_bytes:
        message = _("Le fichier dépasse %(most)d Mo : envoyez-le en plusieurs morceaux.")
        raise ImportRefused("too-big", message % {"most": max_bytes // 1024 // 1024})
    lines = read_xlsx(path, MOST_LINES) if kind == "xlsx" else read_csv(path.read_bytes())
    return checked(lines)


def checked(lines: Iterator[Line]) -> Iterator[Line]:
    """Blank lines left out, too many lines or columns refused."""
    count = 0
    for number, cells in lines:
        cells = [cell.strip() for cell in cells]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MOST_LINES:
            message = _("Le fichier a plus de %(most)s lignes : envoyez-le en plusieurs morceaux.")
            raise ImportRefused("too-many-lines", message % {"most": f"{MOST_LINES:_}".replace("_", " ")}, number)
        if len(cells) > MOST_COLUMNS:
            message = _("La ligne %(line)d a plus de %(most)d cellules : gardez les colonnes du modèle.")
            raise ImportRefused("too-many-columns", message % {"line": number, "most": MOST_COLUMNS}, number)
        yield number, cells
    if not count:
        raise ImportRefused("empty", _("Le fichier ne contient aucune ligne : remplissez le modèle."))


def read_csv(content: bytes) -> Iterator[Line]:
    coding = coding_of(content)
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    delimiter = delimiter_of(content[: 4 * HEAD].decode(coding, "ignore"))
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(content), coding, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as odd:
            message = _("La ligne %(line)d est illisible : exportez de nouveau le fichier en CSV.")
            raise ImportRefused("unreadable", message % {"line": before + 1}, before + 1, str(odd)) from odd
        yield before + 1, cells
        before = reader.line_num


def coding_of(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else the code page of Excel in French."""
    if content.startswith(ZIP_MARK) or (b"\x00" in content[:4096] and not content.startswith(UTF16_MARKS)):
        text = content.decode("utf-8", "replace")
        if text.count("\x00") > len(text) // 20 or content.startswith(ZIP_MARK):
            raise ImportRefused("not-a-table", _("Ce n'est pas un fichier CSV : enregistrez votre tableau en CSV."))
    codings = ("utf-16",) if content.startswith(UTF16_MARKS) else ("utf-8-sig", "cp1252")
    for coding in codings:
        try:
            content.decode(coding)
        except UnicodeDecodeError:
            continue
        return coding
    message = _("Des caractères sont illisibles : enregistrez le fichier en CSV UTF-8.")
    raise ImportRefused("encoding", message)


def delimiter_of(text: str) -> str:
    """The sign that parts the first line most often, quotation marks left out."""
    first = next((line for line in text[:HEAD].splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)

"""Cells of a foreign file turned into values; each raises RowRefused, with what is wrong, where it cannot."""

import re

from django.utils.translation import gettext as _

from portal.reference.loaders.report import shown
from portal.reference.loaders.rows import Row, RowRefused

# PostgreSQL's integer
MAX_WHOLE = 2_147_483_647

ROME = re.compile(r"[A-Z][0-9]{4}")
INSEE = re.compile(r"[0-9][0-9AB][0-9]{3}")
DEPARTMENT = re.compile(r"[0-9][0-9AB]|97[0-9]")
POSTCODE = re.compile(r"[0-9]{5}")
BASIN = re.compile(r"[0-9A-Z]{1,6}")
NSF = re.compile(r"[0-9]{3}[a-z]?")
FORMACODE = re.compile(r"[0-9]{5}")

_WHOLE = re.compile(r"[0-9]{1,10}")
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?")


def refused(column: str, value: str) -> RowRefused:
    if not value:
        return RowRefused(_("%(column)s est vide") % {"column": column})
    return RowRefused(_("%(column)s illisible : « %(value)s »") % {"column": column, "value": shown(value, 30)})


def code(row: Row, column: str, form: re.Pattern[str]) -> str:
    """A code of this form, kept as text: 09001 is not 9001."""
    value = row[column]
    if not form.fullmatch(value):
        raise refused(column, value)
    return value


def text(row: Row, column: str, max_length: int, *, may_be_empty: bool = False) -> str:
    """A text of at most `max_length` characters; never cut, since half a label is another label."""
    value = row[column]
    if len(value) > max_length:
        raise RowRefused(
            _("%(column)s : %(length)s caractères, %(most)s au plus")
            % {"column": column, "length": len(value), "most": max_length}
        )
    if not value and not may_be_empty:
        raise refused(column, value)
    return value


def whole(row: Row, column: str) -> int:
    """A whole number from 0 to 2,147,483,647."""
    value = row[column]
    if not _WHOLE.fullmatch(value) or int(value) > MAX_WHOLE:
        raise refused(column, value)
    return int(value)


def whole_or_unknown(row: Row, column: str) -> int | None:
    return whole(row, column) if row[column] else None


def degrees(row: Row, column: str, bound: int) -> float | None:
    """Decimal degrees between -bound and bound; None where the cell is empty."""
    value = row[column]
    if not value:
        return None
    if not _DEGREES.fullmatch(value):
        raise refused(column, value)
    number = float(value.replace(",", "."))
    if abs(number) > bound:
        raise RowRefused(_("%(column)s hors limites : %(value)s") % {"column": column, "value": value})
    return number

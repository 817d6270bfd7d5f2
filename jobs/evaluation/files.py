"""The files of an evaluation: read whole, and refused with a sentence where a column or a file is missing."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

Row = Mapping[str, str]
Ranking = Sequence[str]


class Unreadable(Exception):
    """A sentence for the person who gave the file."""


def rows_of(path: Path, columns: Iterable[str], *, delimiter: str = ",") -> list[Row]:
    """The lines of a CSV file that has these columns. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable(_("Fichier absent : %(path)s.") % {"path": path})
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                told = {"path": path, "columns": ", ".join(missing)}
                raise Unreadable(_("%(path)s : il manque la colonne %(columns)s.") % told)
            # a short line has None for what it lacks
            return [{name: value or "" for name, value in row.items() if name} for row in reader]
    except (UnicodeDecodeError, csv.Error) as fault:
        told = {"path": path, "fault": str(fault)}
        raise Unreadable(_("%(path)s n’est pas un CSV lisible en UTF-8 (%(fault)s).") % told) from fault


def gains_of(path: Path) -> dict[str, dict[str, int]]:
    """qid → code → gain, of a file of judgements: qid, then the code under any name, then gain. Raises Unreadable."""
    rows = rows_of(path, ("qid", "gain"))
    gains: dict[str, dict[str, int]] = {}
    for row in rows:
        code = next((value for name, value in row.items() if name not in ("qid", "gain")), "")
        if not row["gain"].isascii() or not row["gain"].isdigit() or not code:
            told = {"path": path, "qid": row["qid"]}
            raise Unreadable(_("%(path)s : le jugement de %(qid)s n’a pas de code ou de gain entier.") % told)
        gains.setdefault(row["qid"], {})[code] = int(row["gain"])
    return gains


def write_run(path: Path, answers: Mapping[str, Ranking]) -> None:
    """One line an answer: qid, rank from 1, code, tabs between."""
    lines = [f"{qid}\t{rank}\t{code}\n" for qid, ranked in answers.items() for rank, code in enumerate(ranked, 1)]
    path.write_text("".join(lines), encoding="utf-8")

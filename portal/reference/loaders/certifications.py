"""Load certifications with their ROME codes and Formacodes: Certif Info's export, or a list of RNCP titles.

A certification that the file does not hold is kept; what an import does not say (an empty cell) leaves what another
one said. Several rows of one certification add their codes. Codes of ROME that the base does not have are counted and
left out; a Formacode that comes with its label is created.
"""

import datetime
import re
from pathlib import Path

from django.db import transaction

from portal.reference.enums import Level, Register
from portal.reference.loaders import cells
from portal.reference.loaders.certification_rows import (
    LONGEST_CERTIFIER,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Key,
    Read,
    Said,
    refuse_an_empty_file,
    write,
)
from portal.reference.loaders.lines import Lines
from portal.reference.loaders.report import Report
from portal.reference.loaders.rows import Row, RowRefused, Table, columns, csv_file, open_file, read_rows
from portal.web.clock import today

ROME_CELLS = tuple(f"Code_Rome_{rank}" for rank in range(1, 6))
CERTIF_INFO = columns(
    *("Code_Diplome", "Libelle_Diplome", "Code_RNCP", "Code_RS", "Code_FormaCode", *ROME_CELLS),
    optional=("Libelle_FormaCode", "Code_Niveau_Europeen", "certificateur", "Etat_Libelle"),
)
TITLES = columns("id", "intitule", "codes_rome", optional=("niveau", "actif"))
# a column that only Certif Info has
CERTIF_INFO_MARK = "code_diplome"
NOT_CERTIFYING = "formations préparatoires et non certifiantes"
PUBLISHED = "Publié"
NUMBER = re.compile(r"[0-9]{1,18}")
REGISTERED = re.compile(r"(RNCP|RS)([0-9]{1,15})")
CERTIF_INFO_SOURCE = "Certif Info"
TITLES_SOURCE = "Liste de titres du RNCP"


@transaction.atomic
def load_certifications(path: Path, report: Report | None = None, *, listed_on: datetime.date | None = None) -> Report:
    """Load the certifications of the CSV `path`, of the day `listed_on` or of today. A second run writes nothing.

    Raises FileRefused where the file cannot be used.
    """
    report = report or Report()
    is_certif_info = _is_certif_info(csv_file(path, TITLES), path)
    found = _read(path, report, is_certif_info=is_certif_info)
    write(found, report, Said(CERTIF_INFO_SOURCE if is_certif_info else TITLES_SOURCE, listed_on or today()))
    return report


def _read(path: Path, report: Report, *, is_certif_info: bool) -> dict[Key, Read]:
    table = csv_file(path, CERTIF_INFO if is_certif_info else TITLES)
    parse = _listing if is_certif_info else _title
    source = report.source(table.name)
    found: dict[Key, Read] = {}
    for line, row in read_rows(table, source, report):
        try:
            item = parse(row)
        except RowRefused as refused:
            source.refuse(line, str(refused))
            continue
        if item is None:
            source.set_aside += 1
        elif item[0] in found:
            found[item[0]].add(item[1])
        else:
            found[item[0]] = item[1]
    refuse_an_empty_file(source)
    return found


def _is_certif_info(table: Table, path: Path) -> bool:
    with open_file(path) as stream:
        return CERTIF_INFO_MARK in Lines(stream, table.name).header().casefold()


def _listing(row: Row) -> tuple[Key, Read] | None:
    """A row of Certif Info; None for what certifies nothing. Without RNCP nor RS its own code names it: CI1880."""
    number = cells.code(row, "Code_Diplome", NUMBER)
    if row.get("Etat_Libelle") == NOT_CERTIFYING:
        return None
    key: Key = (Register.OTHER.value, f"CI{number}")
    for register, column in ((Register.RS, "Code_RS"), (Register.RNCP, "Code_RNCP")):
        if row[column]:
            key = (register.value, cells.code(row, column, NUMBER))
    certifier = row.get("certificateur", "")
    return key, Read(
        title=cells.text(row, "Libelle_Diplome", LONGEST_TITLE),
        level=_level(row, "Code_Niveau_Europeen"),
        # half a list of names would be another list
        certifier=certifier if len(certifier) <= LONGEST_CERTIFIER else "",
        is_active=True if row.get("Etat_Libelle") == PUBLISHED else None,
        rome={cells.code(row, column, cells.ROME) for column in ROME_CELLS if row[column]},
        formacodes=_formacode(row),
    )


def _formacode(row: Row) -> dict[str, str]:
    """The Formacode with its label, which may be empty."""
    if not row["Code_FormaCode"]:
        return {}
    label = cells.text(row, "Libelle_FormaCode", LONGEST_LABEL, may_be_empty=True) if "Libelle_FormaCode" in row else ""
    return {cells.code(row, "Code_FormaCode", cells.FORMACODE): label}


def _title(row: Row) -> tuple[Key, Read]:
    found = REGISTERED.fullmatch(row["id"])
    if not found:
        raise cells.refused("id", row["id"])
    codes = [code.strip() for code in row["codes_rome"].split("|") if code.strip()]
    if not all(map(cells.ROME.fullmatch, codes)):
        raise cells.refused("codes_rome", row["codes_rome"])
    return (found[1], found[2]), Read(
        title=cells.text(row, "intitule", LONGEST_TITLE),
        level=_level(row, "niveau"),
        is_active={"oui": True, "non": False}.get(row.get("actif", "")),
        rome=set(codes),
    )


def _level(row: Row, column: str) -> int | None:
    if not row.get(column):
        return None
    level = cells.whole(row, column)
    if level not in Level.values:
        raise cells.refused(column, row[column])
    return level

"""Load certifications with their ROME codes and Formacodes: Certif Info's export, or a list of RNCP titles.

A certification that the file does not hold is kept; what an import does not say (an empty cell) leaves what another
one said. Several rows of one certification add their codes. Codes of ROME that the base does not have are counted and
left out; a Formacode that comes with its label is created.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.reference.enums import Level, Register
from portal.reference.loaders import cells
from portal.reference.loaders.lines import Lines
from portal.reference.loaders.report import FileRefused, Report, SourceCount, figure
from portal.reference.loaders.rows import Row, RowRefused, Table, columns, csv_file, open_file, read_rows
from portal.reference.loaders.sync import sync, sync_exactly, take_stock
from portal.reference.models import Certification, Formacode, Occupation

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
LONGEST_TITLE, LONGEST_CERTIFIER, LONGEST_LABEL = 500, 250, 200

Key = tuple[str, str]


@dataclass
class Read:
    """A certification as a file says it; None and empty: not said."""

    title: str
    level: int | None = None
    certifier: str = ""
    is_active: bool | None = None
    rome: set[str] = field(default_factory=set)
    formacodes: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Read") -> None:
        """Take the codes of another row of the same certification, and what this one did not say."""
        self.level = other.level if self.level is None else self.level
        self.certifier = self.certifier or other.certifier
        self.is_active = other.is_active if self.is_active is None else self.is_active
        self.rome |= other.rome
        self.formacodes |= other.formacodes


@transaction.atomic
def load_certifications(path: Path, report: Report | None = None) -> Report:
    """Load the certifications of the CSV `path`. A second run writes nothing.

    Raises FileRefused where the file cannot be used.
    """
    report = report or Report()
    found = _read(path, report)
    report.progress(_("certifications"), None, None)
    sync(Certification.objects.all(), ("register", "number"), _values(found), report.thing(_("certifications")))
    _link_occupations(found, report)
    _link_formacodes(found, report)
    unread = Certification.objects.count() - len(found)
    if unread:
        report.note(_("Certifications connues, absentes de ce fichier et gardées : %s") % figure(unread))
    if report.touched:
        take_stock(Certification, Certification.occupations.through, Certification.formacodes.through)
    return report


def _read(path: Path, report: Report) -> dict[Key, Read]:
    is_certif_info = _is_certif_info(csv_file(path, TITLES), path)
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
    _refuse_an_empty_file(source)
    return found


def _is_certif_info(table: Table, path: Path) -> bool:
    with open_file(path) as stream:
        return CERTIF_INFO_MARK in Lines(stream, table.name).header().casefold()


def _refuse_an_empty_file(source: SourceCount) -> None:
    if source.kept or source.set_aside:
        return
    why = source.refusals()[0] if source.read else _("aucune ligne après celle des noms de colonnes.")
    raise FileRefused(_("%(file)s : aucune ligne utilisable. %(why)s") % {"file": source.name, "why": why})


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


def _values(found: dict[Key, Read]) -> dict[Key, dict[str, Any]]:
    """What the base is to say: the file's words, and the base's own where the file says nothing."""
    names = ("level", "certifier", "is_active")
    known = {tuple(line[:2]): line[2:] for line in Certification.objects.values_list("register", "number", *names)}
    values = {}
    for key, read in found.items():
        said = (read.level, read.certifier or None, read.is_active)
        before = known.get(key, (None, "", None))
        kept = [old if new is None else new for new, old in zip(said, before, strict=True)]
        values[key] = {"title": read.title, **dict(zip(names, kept, strict=True))}
    return values


def _link_occupations(found: dict[Key, Read], report: Report) -> None:
    known = dict(Occupation.objects.values_list("code", "pk"))
    unknown = {code for read in found.values() for code in read.rome} - known.keys()
    if unknown:
        report.note(_("Codes ROME inconnus de la base, laissés de côté : %s") % _some(unknown))
    codes = {key: {known[code] for code in read.rome & known.keys()} for key, read in found.items()}
    _link(Certification.occupations.through, "occupation_id", codes, report, _("codes ROME des certifications"))


def _link_formacodes(found: dict[Key, Read], report: Report) -> None:
    labels = {code: label for read in found.values() for code, label in read.formacodes.items() if label}
    rows = {(code,): {"label": label} for code, label in sorted(labels.items())}
    sync(Formacode.objects.all(), ("code",), rows, report.thing(_("Formacodes")), change=False)
    known = set(Formacode.objects.values_list("code", flat=True))
    unknown = {code for read in found.values() for code in read.formacodes} - known
    if unknown:
        report.note(_("Formacodes sans libellé, laissés de côté : %s") % _some(unknown))
    codes = {key: read.formacodes.keys() & known for key, read in found.items()}
    _link(Certification.formacodes.through, "formacode_id", codes, report, _("Formacodes des certifications"))


def _link(through: type[models.Model], column: str, codes: dict[Key, set[Any]], report: Report, name: str) -> None:
    """Bring the links of the certifications that say some to what they say; the others keep theirs."""
    numbers = {tuple(line[:2]): line[2] for line in Certification.objects.values_list("register", "number", "pk")}
    pairs: dict[tuple[Any, ...], dict[str, Any]] = {}
    said = set()
    for key, wanted in codes.items():
        said |= {numbers[key]} if wanted else set()
        pairs |= {(numbers[key], code): {} for code in wanted}
    own = models.Q(certification_id__in=said)
    sync_exactly(through._default_manager.all(), own, ("certification_id", column), pairs, report.thing(name))


def _some(codes: Iterable[str], most: int = 20) -> str:
    listed = sorted(codes)
    return ", ".join(listed[:most]) + ("…" if len(listed) > most else "")

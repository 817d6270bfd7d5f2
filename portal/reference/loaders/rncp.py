"""Load the daily export of France compétences: the certifications of RNCP and RS, with how long they are valid.

A ZIP archive of ten CSV files, of which six are read. The day of the list is in their names.
"""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from portal.reference.loaders import cells
from portal.reference.loaders.archive import Opener, opened_archive
from portal.reference.loaders.certification_rows import (
    FRANCE_COMPETENCES,
    LONGEST_CERTIFIER,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Key,
    Read,
    Said,
    refuse_an_empty_file,
    write,
)
from portal.reference.loaders.listed import day
from portal.reference.loaders.report import FileRefused, Report, shown
from portal.reference.loaders.rows import Row, RowRefused, Table, columns, read_rows
from portal.web.clock import today

NUMBER = "Numero_Fiche"
SHEETS, ROME, FORMACODES, NSF, CERTIFIERS, REPLACED = (
    *("standard", "rome", "formacode", "nsf", "certificateurs"),
    "ancienne_nouvelle_certification",
)
TABLES = {
    SHEETS: columns(NUMBER, "Intitule", "Nomenclature_Europe_Niveau", "Date_Fin_Enregistrement", "Actif"),
    ROME: columns(NUMBER, "Codes_Rome_Code"),
    FORMACODES: columns(NUMBER, "Formacode_Code", "Formacode_Libelle"),
    NSF: columns(NUMBER, "Nsf_Code"),
    CERTIFIERS: columns(NUMBER, "Nom_Certificateur"),
    REPLACED: columns(NUMBER, "Ancienne_Certification", "Nouvelle_Certification"),
}
REGISTERED = re.compile(r"(RNCP|RS)([0-9]{1,15})")
LEVEL = re.compile(r"NIV([1-8])")
STATES = {"ACTIVE": True, "INACTIVE": False, "": None}
# of a certification split in several
MOST_SUCCESSORS = 5
_NAME = re.compile(r"export_fiches_csv_(.+)_([0-9]{4})_([0-9]{2})_([0-9]{2})\.csv")

Found = dict[Key, Read]


@transaction.atomic
def load_rncp(path: Path, report: Report | None = None, *, listed_on: datetime.date | None = None) -> Report:
    """Load the archive `path`; its day is `listed_on`, else the one of its names. A second run writes nothing.

    Raises FileRefused where the archive cannot be used.
    """
    report = report or Report()
    if not path.is_file():
        raise FileRefused(_("%(file)s : fichier introuvable.") % {"file": shown(str(path), 200)})
    refusal = _("%(file)s : ce n'est pas l'archive ZIP des fiches de France compétences.") % {"file": shown(path.name)}
    with opened_archive(path, refusal) as members:
        tables, named_on = _tables(members, shown(path.name))
        found = _Reading(report, tables).read()
    write(found, report, Said(FRANCE_COMPETENCES, listed_on or named_on))
    return report


def _tables(members: Iterable[tuple[str, Opener]], archive: str) -> tuple[dict[str, Table], datetime.date]:
    """Each table once, none missing, all of one day."""
    tables: dict[str, Table] = {}
    days = set()
    for name, opener in members:
        match = _NAME.fullmatch(name.lower())
        if not match or match[1] not in TABLES:
            continue
        if match[1] in tables:
            raise FileRefused(_("%(file)s : deux fichiers « %(name)s ».") % {"file": archive, "name": match[1]})
        tables[match[1]] = Table(shown(name), opener, TABLES[match[1]])
        days.add("-".join(match.groups()[1:]))
    missing = ", ".join(f"export_fiches_CSV_{name.title()}_….csv" for name in TABLES if name not in tables)
    if missing:
        raise FileRefused(_("%(file)s : il manque %(missing)s.") % {"file": archive, "missing": missing})
    return tables, _only_day(days, archive)


def _only_day(days: set[str], archive: str) -> datetime.date:
    try:
        (found,) = map(datetime.date.fromisoformat, days)
    except ValueError:
        raise FileRefused(
            _("%(file)s : les noms des fichiers ne disent pas un seul jour.") % {"file": archive}
        ) from None
    if found > today():
        raise FileRefused(
            _("%(file)s : ses fichiers sont du %(day)s, un jour à venir.")
            % {"file": archive, "day": f"{found:%d/%m/%Y}"}
        )
    return found


class _Reading:
    """One reading of the six tables; what they say of a sheet that the first one lacks is set aside."""

    def __init__(self, report: Report, tables: dict[str, Table]):
        self.report, self.tables = report, tables
        self.found: Found = {}
        self.certifiers: dict[Key, dict[str, None]] = {}
        self.successors: dict[Key, dict[str, None]] = {}
        self.odd_levels: Counter[str] = Counter()

    def read(self) -> Found:
        self._each(SHEETS, self._sheet)
        for name, take in (
            (ROME, self._rome),
            (FORMACODES, self._formacode),
            (NSF, self._nsf),
            (CERTIFIERS, self._certifier),
            (REPLACED, self._replaced),
        ):
            self._each(name, take)
        for key, names in self.certifiers.items():
            said = " / ".join(names)
            # half a list of names would be another list
            self.found[key].certifier = said if len(said) <= LONGEST_CERTIFIER else ""
        for key, numbers in self.successors.items():
            self.found[key].replaced_by = ", ".join(list(numbers)[:MOST_SUCCESSORS])
        if self.odd_levels:
            odd = ", ".join(f"{shown(word, 20)} ({times})" for word, times in self.odd_levels.most_common(5))
            self.report.note(_("Niveaux qui n'en sont pas, laissés inconnus : %s") % odd)
        return self.found

    def _each(self, name: str, take: Callable[[Key, Row], bool]) -> None:
        source = self.report.source(self.tables[name].name)
        for line, row in read_rows(self.tables[name], source, self.report):
            try:
                source.set_aside += not take(_key(row, NUMBER), row)
            except RowRefused as refused:
                source.refuse(line, str(refused))
        if name == SHEETS:
            refuse_an_empty_file(source)

    def _sheet(self, key: Key, row: Row) -> bool:
        if key in self.found:
            raise RowRefused(_("fiche déjà lue plus haut"))
        said = row["Nomenclature_Europe_Niveau"].upper()
        level = LEVEL.fullmatch(said)
        if row["Actif"].upper() not in STATES:
            raise cells.refused("Actif", row["Actif"])
        self.found[key] = Read(
            title=cells.text(row, "Intitule", LONGEST_TITLE),
            level=int(level[1]) if level else None,
            is_active=STATES[row["Actif"].upper()],
            valid_until=day(row, "Date_Fin_Enregistrement"),
        )
        if said and not level:
            self.odd_levels[said] += 1
        return True

    def _rome(self, key: Key, row: Row) -> bool:
        code = cells.code(row, "Codes_Rome_Code", cells.ROME)
        if key in self.found:
            self.found[key].rome.add(code)
        return key in self.found

    def _formacode(self, key: Key, row: Row) -> bool:
        code = cells.code(row, "Formacode_Code", cells.FORMACODE)
        # each label begins with its code: "31004 : Blockchain"
        label = cells.text(row, "Formacode_Libelle", LONGEST_LABEL + len(code) + 3, may_be_empty=True)
        if key in self.found:
            self.found[key].formacodes[code] = label.removeprefix(code).lstrip(" :")[:LONGEST_LABEL]
        return key in self.found

    def _nsf(self, key: Key, row: Row) -> bool:
        code = cells.code(row, "Nsf_Code", cells.NSF)
        if key in self.found:
            self.found[key].nsf.add(code)
        return key in self.found

    def _certifier(self, key: Key, row: Row) -> bool:
        name = cells.text(row, "Nom_Certificateur", LONGEST_CERTIFIER)
        if key in self.found:
            self.certifiers.setdefault(key, {})[name] = None
        return key in self.found

    def _replaced(self, key: Key, row: Row) -> bool:
        """A line says what its sheet replaces, or what replaces it: both are read, as either may be alone."""
        pairs = []
        if row["Nouvelle_Certification"]:
            pairs.append((key, _key(row, "Nouvelle_Certification")))
        if row["Ancienne_Certification"]:
            pairs.append((_key(row, "Ancienne_Certification"), key))
        used = [(old, new) for old, new in pairs if old in self.found and old != new]
        for old, new in used:
            self.successors.setdefault(old, {})["".join(new)] = None
        return bool(used)


def _key(row: Row, column: str) -> Key:
    found = REGISTERED.fullmatch(row[column])
    if not found:
        raise cells.refused(column, row[column])
    return found[1], found[2]

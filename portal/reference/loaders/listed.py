"""Load the public list of training bodies (liste publique des organismes de formation), in both published shapes.

Only the region asked for is kept. A body that the list no longer holds is marked as gone, never deleted; nothing is
marked where the list is an extract, or where a line could not be told from another.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.reference.loaders import cells
from portal.reference.loaders.places import Communes
from portal.reference.loaders.report import FileRefused, Report, figure
from portal.reference.loaders.rows import Row, RowRefused, columns, csv_file, read_rows
from portal.reference.loaders.sync import BATCH, sync
from portal.reference.models import ListedBody
from portal.reference.numbers import luhn_is_right

BODIES_SOURCE = "Liste publique des organismes de formation (DGEFP)"
OCCITANIE = "76"
NDA = re.compile(r"[0-9]{11}")
SIREN, SIRET, NIC = re.compile(r"[0-9]{9}"), re.compile(r"[0-9]{14}"), re.compile(r"[0-9]{5}")
REGION = re.compile(r"[0-9]{1,2}")
PLACE = "adressePhysiqueOrganismeFormation"
DECLARED = "informationsDeclarees"
# the second shape has the same names in small letters, with _ for the point: read as the same columns
BODIES = columns(
    *("numeroDeclarationActivite", "numerosDeclarationActivitePrecedent", "denomination", "siren"),
    "siretEtablissementDeclarant",
    *(f"{PLACE}.{name}" for name in ("voie", "codePostal", "ville", "codeRegion")),
    *(f"certifications.{name}" for name in ("actionsDeFormation", "bilansDeCompetences", "VAE")),
    "certifications.actionsDeFormationParApprentissage",
    optional=(
        *(f"{DECLARED}.{name}" for name in ("dateDerniereDeclaration", "debutExercice", "finExercice")),
        *(f"{DECLARED}.{name}" for name in ("nbStagiaires", "effectifFormateurs")),
        "com_arm_code",
    ),
)


@dataclass(frozen=True)
class ListFacts:
    """What a file does not say of itself: who publishes it, its day, whether it is a part of the list only."""

    listed_on: datetime.date
    seen_on: datetime.date
    source: str = BODIES_SOURCE
    is_extract: bool = False


@transaction.atomic
def load_bodies(path: Path, report: Report | None = None, *, facts: ListFacts, region: str = OCCITANIE) -> Report:
    """Load the list of the CSV `path`. Raises FileRefused where it cannot be used; a second run writes nothing."""
    report = report or Report()
    refuse_an_older_list(ListedBody.objects.all(), facts)
    reading = _Reading(report, region, facts)
    rows = reading.read(path)
    thing = report.thing(_("organismes de formation"))
    known = ListedBody.objects.filter(region=region)
    first = {"listed_on": facts.listed_on, "seen_on": facts.seen_on}
    sync(ListedBody.objects.all(), ("nda",), rows, thing, first_values=first)
    stamp(known, "nda", [nda for (nda,) in rows], facts)
    if reading.is_whole:
        missed = known.present().filter(source=facts.source).exclude(nda__in=reading.told)
        thing.retired += mark_gone(missed, len(rows), facts)
    elif not facts.is_extract:
        report.note(_("Des lignes sans numéro lisible : aucun organisme n'est marqué absent cette fois."))
    return report


class _Reading:
    """One reading of the list; `told` are the numbers it holds, those of refused lines included."""

    def __init__(self, report: Report, region: str, facts: ListFacts):
        self.report, self.region, self.facts = report, region, facts
        self.communes = Communes()
        self.told: set[str] = set()
        self.unnamed = 0
        self.odd_sirets = 0

    @property
    def is_whole(self) -> bool:
        return not self.facts.is_extract and not self.unnamed

    def read(self, path: Path) -> dict[tuple[str], dict[str, Any]]:
        table = csv_file(path, BODIES)
        source = self.report.source(table.name)
        rows: dict[tuple[str], dict[str, Any]] = {}
        for line, row in read_rows(table, source, self.report):
            try:
                key = (self._number(row),)
                if row[f"{PLACE}.codeRegion"] != self.region:
                    self._refuse_an_odd_region(row)
                    source.set_aside += 1
                elif key in rows:
                    raise RowRefused(_("numéro déjà lu plus haut"))
                else:
                    rows[key] = self._values(row)
            except RowRefused as refused:
                source.refuse(line, str(refused))
        # refused by the rules of CSV, or without a number: nobody knows whose line it was
        self.unnamed = source.read - len(self.told)
        if not rows:
            raise FileRefused(
                _("%(file)s : aucun organisme de la région %(region)s. %(why)s")
                % {"file": source.name, "region": self.region, "why": " ".join(source.refusals()[:1])}
            )
        self._note(source.set_aside)
        return rows

    def _note(self, left_out: int) -> None:
        if left_out:
            self.report.note(_("Organismes d'autres régions, laissés : %s") % figure(left_out))
        if self.odd_sirets:
            self.report.note(_("SIRET à la clé fausse, gardés comme la liste les écrit : %s") % figure(self.odd_sirets))

    def _number(self, row: Row) -> str:
        nda = cells.code(row, "numeroDeclarationActivite", NDA)
        self.told.add(nda)
        return nda

    @staticmethod
    def _refuse_an_odd_region(row: Row) -> None:
        if row[f"{PLACE}.codeRegion"]:
            cells.code(row, f"{PLACE}.codeRegion", REGION)

    def _values(self, row: Row) -> dict[str, Any]:
        siren, siret = self._siren_and_siret(row)
        postcode = cells.code(row, f"{PLACE}.codePostal", cells.POSTCODE) if row[f"{PLACE}.codePostal"] else ""
        town = cells.text(row, f"{PLACE}.ville", 100, may_be_empty=True)
        commune = self.communes.find(row.get("com_arm_code", ""), postcode, town)
        return {
            "former_ndas": former_numbers(row["numerosDeclarationActivitePrecedent"]),
            "name": cells.text(row, "denomination", 250),
            "siren": siren,
            "siret": siret,
            "address": cells.text(row, f"{PLACE}.voie", 250, may_be_empty=True),
            "postcode": postcode,
            "town": town,
            "region": self.region,
            "commune_id": commune,
            "department_id": self.communes.department(commune, postcode),
            "does_training": yes_or_no(row, "certifications.actionsDeFormation"),
            "does_skills_review": yes_or_no(row, "certifications.bilansDeCompetences"),
            "does_vae": yes_or_no(row, "certifications.VAE"),
            "does_apprenticeship": yes_or_no(row, "certifications.actionsDeFormationParApprentissage"),
            "declared_on": day(row, f"{DECLARED}.dateDerniereDeclaration"),
            "year_starts_on": day(row, f"{DECLARED}.debutExercice"),
            "year_ends_on": day(row, f"{DECLARED}.finExercice"),
            "trainees": count(row, f"{DECLARED}.nbStagiaires"),
            "trainers": count(row, f"{DECLARED}.effectifFormateurs"),
            "source": self.facts.source,
            "gone_on": None,
        }

    def _siren_and_siret(self, row: Row) -> tuple[str, str]:
        """The list writes a SIRET whole, or its last five digits beside the SIREN, or neither of a foreign body."""
        siren = cells.code(row, "siren", SIREN) if row["siren"] else ""
        said = row["siretEtablissementDeclarant"]
        if NIC.fullmatch(said) and siren:
            said = siren + said
        if said and not SIRET.fullmatch(said):
            raise cells.refused("siretEtablissementDeclarant", said)
        self.odd_sirets += bool(said) and not luhn_is_right(said)
        return siren or said[:9], said


def former_numbers(text: str) -> list[str]:
    """The numbers a body had before, separated by commas; what is no number is left out."""
    return [each for each in re.split(r"[,\s]+", text[:500]) if NDA.fullmatch(each)]


def yes_or_no(row: Row, column: str) -> bool | None:
    """True, False, or None where the cell is empty: unknown is never no."""
    said = row[column].casefold()
    if said not in ("", "true", "false", "vrai", "faux"):
        raise cells.refused(column, row[column])
    return said in ("true", "vrai") if said else None


def day(row: Row, column: str) -> datetime.date | None:
    """A day written JJ/MM/AAAA or AAAA-MM-JJ; None where it is not said."""
    said = row.get(column, "")
    if not said:
        return None
    form = "%d/%m/%Y" if "/" in said else "%Y-%m-%d"
    try:
        return datetime.datetime.strptime(said, form).date()
    except ValueError:
        raise cells.refused(column, said) from None


def count(row: Row, column: str) -> int | None:
    return cells.whole_or_unknown(row, column) if column in row else None


def refuse_an_older_list(rows: models.QuerySet, facts: ListFacts) -> None:
    newest = rows.filter(source=facts.source).aggregate(newest=models.Max("listed_on"))["newest"]
    if newest and newest > facts.listed_on:
        raise FileRefused(
            _("Une liste plus récente de cette source est déjà chargée, celle du %(day)s : vérifiez --date.")
            % {"day": f"{newest:%d/%m/%Y}"}
        )


def stamp(rows: models.QuerySet, key: str, keys: Iterable[Any], facts: ListFacts) -> None:
    """Write on the lines just read the day of their list and the day of their reading, where it is not said yet."""
    stamps = {"listed_on": facts.listed_on, "seen_on": facts.seen_on}
    for some in batched(keys, BATCH):
        rows.filter(**{f"{key}__in": some}).exclude(**stamps).update(**stamps)


def mark_gone(missed: models.QuerySet, found: int, facts: ListFacts) -> int:
    """Mark the lines that the list no longer holds; raises FileRefused where they are most of what was known."""
    lost = missed.count()
    if lost > found:
        raise FileRefused(
            _("%(lost)s lignes connues manquent dans ce fichier, qui en a %(found)s : est-ce une partie (--extract) ?")
            % {"lost": figure(lost), "found": figure(found)}
        )
    return missed.update(gone_on=facts.listed_on)

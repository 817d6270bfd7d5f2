"""Load the communes with their départements and bassins d'emploi; INSEE codes and postcodes are text.

The file is complete for its territory and wins over the towns of the portal's words. A commune that it does not hold
is kept: addresses may point to it.
"""

from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from portal.reference.loaders import cells
from portal.reference.loaders.report import Report, figure
from portal.reference.loaders.rows import Row, RowRefused, columns, csv_file, read_items
from portal.reference.loaders.sync import Key, sync, take_stock
from portal.reference.models import Commune, Department, EmploymentBasin, FormerCommune
from portal.reference.models.place import commune_key

COMMUNES = columns(
    "code_insee",
    "nom",
    "codes_postaux",
    "code_departement",
    "departement",
    "population",
    "latitude",
    "longitude",
    # the columns carry the year of the list: code_bassin_emploi_2019
    optional=("code_bassin_emploi*", "bassin_emploi*"),
)
BASIN_CODE, BASIN_NAME = "code_bassin_emploi*", "bassin_emploi*"
FORMER = columns("code_insee_ancien", "nom_ancien", "code_insee_actuel")


class CommuneRow(NamedTuple):
    name: str
    department: str
    department_name: str
    basin: str
    basin_name: str
    postcodes: list[str]
    population: int | None
    latitude: float | None
    longitude: float | None


@transaction.atomic
def load_communes(path: Path, report: Report | None = None, *, former: Path | None = None) -> Report:
    """Load the communes of the CSV `path`, then the codes that no longer exist of the CSV `former`.

    A second run writes nothing. Raises FileRefused where one of the files cannot be used.
    """
    report = report or Report()
    rows = read_items(csv_file(path, COMMUNES), _commune, report)
    departments = {(row.department,): {"name": row.department_name} for row in rows.values()}
    # chief town and population are not in this file: an existing département is left as it is
    sync(Department.objects.all(), ("code",), departments, report.thing(_("départements")), change=False)
    basins = {(row.basin,): {"name": row.basin_name} for row in rows.values() if row.basin}
    sync(EmploymentBasin.objects.all(), ("code",), basins, report.thing(_("bassins d'emploi")))
    communes: dict[Key, dict[str, Any]] = {
        (insee,): {
            "name": row.name,
            "key": commune_key(row.name),
            "department_id": row.department,
            "basin_id": row.basin or None,
            "postcodes": row.postcodes,
            "population": row.population,
            "latitude": row.latitude,
            "longitude": row.longitude,
        }
        for insee, row in rows.items()
    }
    report.progress(_("communes"), None, None)
    sync(Commune.objects.all(), ("insee",), communes, report.thing(_("communes")))
    _note_what_is_unknown(rows, report)
    if former is not None:
        _load_former(former, report)
    if report.touched:
        take_stock(Commune, FormerCommune, EmploymentBasin)
    return report


def _note_what_is_unknown(rows: dict[str, CommuneRow], report: Report) -> None:
    for sentence, count in (
        (_("Communes sans coordonnées : %s"), sum(row.latitude is None for row in rows.values())),
        (_("Communes sans population : %s"), sum(row.population is None for row in rows.values())),
        (_("Communes connues, absentes de ce fichier et gardées : %s"), Commune.objects.count() - len(rows)),
    ):
        if count:
            report.note(sentence % figure(count))


def _load_former(path: Path, report: Report) -> None:
    current = set(Commune.objects.values_list("insee", flat=True))

    def parse(row: Row) -> tuple[Key, dict[str, Any]]:
        insee = cells.code(row, "code_insee_ancien", cells.INSEE)
        commune = cells.code(row, "code_insee_actuel", cells.INSEE)
        if commune not in current:
            raise RowRefused(_("commune actuelle inconnue : %s") % commune)
        if insee in current:
            raise RowRefused(_("code_insee_ancien est celui d'une commune actuelle : %s") % insee)
        return (insee,), {"name": cells.text(row, "nom_ancien", 100), "commune_id": commune}

    former = read_items(csv_file(path, FORMER), parse, report)
    sync(FormerCommune.objects.all(), ("insee",), former, report.thing(_("anciennes communes")))


def _commune(row: Row) -> tuple[str, CommuneRow]:
    latitude, longitude = cells.degrees(row, "latitude", 90), cells.degrees(row, "longitude", 180)
    if (latitude is None) != (longitude is None):
        raise RowRefused(_("une coordonnée sans l'autre"))
    basin = cells.code(row, BASIN_CODE, cells.BASIN) if row.get(BASIN_CODE) else ""
    return cells.code(row, "code_insee", cells.INSEE), CommuneRow(
        name=cells.text(row, "nom", 100),
        department=cells.code(row, "code_departement", cells.DEPARTMENT),
        department_name=cells.text(row, "departement", 60),
        basin=basin,
        basin_name=(row.get(BASIN_NAME) or basin)[:100],
        postcodes=_postcodes(row),
        population=cells.whole_or_unknown(row, "population"),
        latitude=latitude,
        longitude=longitude,
    )


def _postcodes(row: Row) -> list[str]:
    """Postcodes separated by a vertical bar, in the order of the file, each once."""
    codes = [code.strip() for code in row["codes_postaux"].split("|") if code.strip()]
    if not all(map(cells.POSTCODE.fullmatch, codes)):
        raise cells.refused("codes_postaux", row["codes_postaux"])
    return list(dict.fromkeys(codes))

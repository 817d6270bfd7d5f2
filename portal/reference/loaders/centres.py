"""Load lists of CFA: the State's list of 2021 (CSV, known by UAI) and the reference of apprenticeship (JSON, by SIRET).

The two do not agree, neither on which are there nor on their numbers: each keeps its own lines.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.reference.enums import Sector
from portal.reference.loaders import cells
from portal.reference.loaders.listed import SIRET, ListFacts, mark_gone, refuse_an_older_list, stamp
from portal.reference.loaders.places import Communes
from portal.reference.loaders.report import FileRefused, Report, SourceCount, figure, shown
from portal.reference.loaders.rows import MAX_ROWS, Row, RowRefused, columns, csv_file, read_rows
from portal.reference.loaders.sync import sync
from portal.reference.models import ListedCentre

CENTRES_SOURCE = "Liste des CFA"
REFERENCE_SOURCE = "Référentiel de l'apprentissage"
CENTRES = columns(
    "uai", "denomination", "nom", "siret", "secteur", "adresse", "code_postal", "acheminement", "code_insee", "commune"
)
UAI = re.compile(r"[0-9]{7}[A-Z]")
MAX_JSON_BYTES = 50_000_000
Key = tuple[str, str | None]
Read = tuple[Key, dict[str, Any]]


@transaction.atomic
def load_centres(path: Path, report: Report | None = None, *, facts: ListFacts) -> Report:
    """Load the list `path`, whose name ends in .csv or .json. Raises FileRefused where it cannot be used."""
    report = report or Report()
    refuse_an_older_list(ListedCentre.objects.all(), facts)
    read = _read_json if path.suffix.lower() == ".json" else _read_csv
    source = report.source(shown(path.name))
    rows: dict[Key, dict[str, Any]] = {}
    for line, parse in read(path, source, report):
        try:
            key, values = parse()
            if key in rows:
                raise RowRefused(_("CFA déjà lu plus haut"))
            rows[key] = {**values, "gone_on": None}
        except RowRefused as refused:
            source.refuse(line, str(refused))
    if not rows:
        why = source.refusals()[0] if source.refused else _("aucune ligne.")
        raise FileRefused(_("%(file)s : aucun CFA lisible. %(why)s") % {"file": source.name, "why": why})
    _write(rows, source, report, facts)
    return report


def _write(rows: dict[Key, dict[str, Any]], source: SourceCount, report: Report, facts: ListFacts) -> None:
    thing = report.thing(_("CFA des listes"))
    known = ListedCentre.objects.filter(source=facts.source)
    first = {"source": facts.source, "listed_on": facts.listed_on, "seen_on": facts.seen_on}
    sync(known, ("uai", "siret"), rows, thing, first_values=first)
    held = {pk: (uai, siret) for pk, uai, siret in known.order_by().values_list("pk", "uai", "siret")}
    stamp(known, "pk", [pk for pk, key in held.items() if key in rows], facts)
    if not facts.is_extract and not source.refused:
        lost = [pk for pk, key in held.items() if key not in rows]
        thing.retired += mark_gone(known.present().filter(pk__in=lost), len(rows), facts)
    certified = [values["is_certified"] for values in rows.values()]
    for sentence, missing in (
        (_("CFA sans SIRET : %s"), sum(siret is None for _uai, siret in rows)),
        (_("CFA sans UAI : %s"), sum(not uai for uai, _siret in rows)),
        (_("CFA dont la liste ne dit pas s'ils sont certifiés : %s"), certified.count(None)),
    ):
        if missing:
            report.note(sentence % figure(missing))


def _read_csv(path: Path, source: SourceCount, report: Report) -> Iterator[tuple[int, Callable[[], Read]]]:
    communes = Communes()
    for line, row in read_rows(csv_file(path, CENTRES), source, report):
        yield line, lambda row=row: _centre(row, communes)  # type: ignore[misc]


def _centre(row: Row, communes: Communes) -> Read:
    uai = cells.code(row, "uai", UAI)
    siret = cells.code(row, "siret", SIRET) if row["siret"] else None
    postcode = cells.code(row, "code_postal", cells.POSTCODE) if row["code_postal"] else ""
    if row["secteur"] and row["secteur"] not in Sector.values:
        raise cells.refused("secteur", row["secteur"])
    name = f"{row['denomination']} {row['nom']}".strip()
    if not name or len(name) > 250:
        raise cells.refused("denomination", name)
    return (uai, siret), {
        "name": name,
        "address": cells.text(row, "adresse", 250, may_be_empty=True),
        "postcode": postcode,
        "town": cells.text(row, "commune", 100, may_be_empty=True),
        "commune_id": communes.find(row["code_insee"], postcode, row["commune"]),
        "sector": row["secteur"],
        "is_certified": None,
        "is_active": None,
    }


def _read_json(path: Path, source: SourceCount, report: Report) -> Iterator[tuple[int, Callable[[], Read]]]:
    """The items of a list, numbered from 1."""
    communes = Communes()
    for place, item in enumerate(_items(path, source.name), start=1):
        source.read += 1
        yield place, lambda item=item: _establishment(item, communes)  # type: ignore[misc]


def _items(path: Path, name: str) -> list[Any]:
    if not path.is_file():
        raise FileRefused(_("%(file)s : fichier introuvable.") % {"file": shown(str(path), 200)})
    if path.stat().st_size > MAX_JSON_BYTES:
        raise FileRefused(_("%(file)s : plus de 50 Mo.") % {"file": name})
    try:
        items = json.loads(path.read_bytes())
    except (ValueError, RecursionError):  # cut, of another format, or nested beyond reason
        items = None
    if not isinstance(items, list) or len(items) > MAX_ROWS:
        raise FileRefused(_("%(file)s : ce n'est pas une liste en JSON.") % {"file": name})
    return items


def _text(item: dict[str, Any], *path: str, longest: int = 250) -> str:
    """A text inside an item, empty where it is not said. Raises RowRefused on what is no text, or too long."""
    value: Any = item
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise cells.refused(path[-1], str(value))
    return value.strip()


def _flag(item: dict[str, Any], name: str) -> bool | None:
    value = item.get(name)
    if value is not None and not isinstance(value, bool):
        raise cells.refused(name, str(value))
    return value


def _establishment(item: Any, communes: Communes) -> Read:
    if not isinstance(item, dict):
        raise RowRefused(_("ce n'est pas une fiche"))
    row = {"siret": _text(item, "siret"), "uai": _text(item, "uai")}
    siret = cells.code(row, "siret", SIRET)
    uai = cells.code(row, "uai", UAI) if row["uai"] else ""
    place = {name: _text(item, "adresse", name) for name in ("label", "code_postal", "code_insee", "localite")}
    postcode = cells.code(place, "code_postal", cells.POSTCODE) if place["code_postal"] else ""
    state = _text(item, "etat_administratif")
    return (uai, siret), {
        # this list gives no name
        "name": _text(item, "raison_sociale") or _text(item, "enseigne"),
        "address": place["label"],
        "postcode": postcode,
        "town": cells.text(place, "localite", 100, may_be_empty=True),
        "commune_id": communes.find(place["code_insee"], postcode, place["localite"]),
        "sector": "",
        "is_certified": _flag(item, "qualiopi"),
        "is_active": {"actif": True, "fermé": False}.get(state),
    }

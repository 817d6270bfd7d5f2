"""The files of France Travail: the JSON answer of its API v2, and the CSV made of it. Bytes in, flat rows out."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.reference.loaders.report import FileRefused

MAX_BYTES = 200_000_000
MARKS = "|;,\t"
NEEDED = ("id", "intitule", "dateCreation")
# the longest description of the API is far shorter
LONGEST_CELL = 1_000_000


def rows_of(content: bytes, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(line or rank, one offer with dotted keys). Raises FileRefused where the file is none of the two."""
    if len(content) > MAX_BYTES:
        raise FileRefused(_("%(file)s : le fichier dépasse 200 Mo.") % {"file": name})
    text = _decoded(content, name).lstrip("\ufeff \t\r\n")
    if not text:
        raise FileRefused(_("%(file)s : le fichier est vide.") % {"file": name})
    yield from _of_json(text, name) if text[0] in "[{" else _of_csv(text, name)


def _decoded(content: bytes, name: str) -> str:
    if b"\x00" in content[:4_000]:
        raise FileRefused(_("%(file)s : ce n’est ni le JSON de l’API v2, ni son CSV.") % {"file": name})
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_json(text: str, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused(_("%(file)s : ce JSON est illisible.") % {"file": name}) from error
    offers = told.get("resultats") if isinstance(told, dict) else told
    if not isinstance(offers, list):
        raise FileRefused(_("%(file)s : la liste « resultats » de l’API v2 manque.") % {"file": name})
    for rank, offer in enumerate(offers, start=1):
        yield rank, dict(_flat(offer)) if isinstance(offer, dict) else {}


def _flat(told: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """{"lieuTravail": {"commune": x}} → "lieuTravail.commune": x; one level, which is all the API has."""
    for key, value in told.items():
        if isinstance(value, dict) and not before:
            yield from _flat(value, f"{key}.")
        else:
            yield before + str(key), value


def _of_csv(text: str, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    first = text.partition("\n")[0]
    mark = max(MARKS, key=first.count)
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
        missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
        if missing:
            raise FileRefused(
                _("%(file)s : ce n’est pas un fichier d’offres, il manque %(columns)s.")
                % {"file": name, "columns": ", ".join(missing)}
            )
        for row in reader:
            yield reader.line_num, {key: value for key, value in row.items() if key}
    except csv.Error as error:
        raise FileRefused(_("%(file)s : ce CSV est illisible (%(why)s).") % {"file": name, "why": error}) from error
    finally:
        csv.field_size_limit(before)

"""Where the tables of ROME are: a folder or a ZIP archive of `unix_<table>_v<nnn>_utf8.csv`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from portal.reference.loaders.archive import Opener, opened_archive
from portal.reference.loaders.report import FileRefused, shown
from portal.reference.loaders.rows import Column, Table, columns, open_file

# one table -> its columns; ROME's own header says code_domaine_professionel, with one n
TABLES: dict[str, tuple[Column, ...]] = {
    "referentiel_code_rome": columns("code_rome", "libelle_rome", "code_rome_parent"),
    "cr_gd_dp": columns(
        "code_rome",
        "code_domaine_professionel|code_domaine_professionnel",
        "libelle_domaine_professionel|libelle_domaine_professionnel",
    ),
    "texte": columns("code_rome", "libelle_type_texte", "position_phrase", "libelle_texte"),
    "referentiel_appellation": columns(
        "code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome", "classification"
    ),
    "referentiel_competence": columns(
        "code_ogr", "libelle_competence", "cat_comp", "sous_cat_comp", optional=("definition",)
    ),
    "referentiel_savoir": columns("code_ogr_savoir", "libelle_savoir", "categorie_savoir"),
    "coherence_item": columns("code_rome", "code_ogr", "coeur_metier"),
    "rubrique_mobilite": columns("code_rome", "code_rome_cible", "numero_ordre"),
}
# read where it is there, to tell a work context from an unknown code
CONTEXTS = "referentiel_contexte_travail"
CONTEXT_COLUMNS = columns("code_ogr")

_NAME = re.compile(r"unix_([a-z_]+)_v([0-9]{3,4})(?:_utf8)?\.csv")


@dataclass(frozen=True)
class RomeFiles:
    """The tables found, all of one version, such as "ROME 4.0 v60"."""

    version: str
    tables: dict[str, Table]


@contextmanager
def rome_files(path: Path) -> Iterator[RomeFiles]:
    """Find the tables in `path`, a folder or a ZIP archive; raises FileRefused where they are not all there, once."""
    if path.is_dir():
        yield _checked(path, _in_folder(path))
    elif path.is_file():
        refusal = _("%(file)s : ni un dossier, ni une archive ZIP des fichiers du ROME.") % {"file": shown(path.name)}
        with opened_archive(path, refusal) as members:
            yield _checked(path, members)
    else:
        raise FileRefused(_("%(file)s : dossier ou archive introuvable.") % {"file": shown(str(path), 200)})


def _in_folder(folder: Path) -> Iterator[tuple[str, Opener]]:
    """Files of the folder and of its own folders: a downloaded archive often unpacks into one."""
    for entry in sorted(folder.iterdir()):
        for path in sorted(entry.iterdir()) if entry.is_dir() else [entry]:
            if path.is_file():
                yield path.name, partial(open_file, path)


def _checked(path: Path, entries: Iterable[tuple[str, Opener]]) -> RomeFiles:
    """Each table once, none missing, one version for all."""
    found: dict[str, list[tuple[str, Opener]]] = {}
    versions: dict[str, str] = {}
    for name, opener in entries:
        match = _NAME.fullmatch(unicodedata.normalize("NFC", name).lower())
        if match and match[1] in {*TABLES, CONTEXTS}:
            found.setdefault(match[1], []).append((name, opener))
            versions.setdefault(match[2], name)
    missing = [f"unix_{table}_v…_utf8.csv" for table in TABLES if table not in found]
    if missing:
        raise FileRefused(
            _("%(file)s : fichiers du ROME manquants : %(missing)s.")
            % {"file": shown(path.name or str(path)), "missing": ", ".join(missing)}
        )
    if len(versions) > 1:
        raise FileRefused(
            _("%(file)s mélange plusieurs versions du ROME : %(names)s.")
            % {"file": shown(path.name or str(path)), "names": ", ".join(map(shown, versions.values()))}
        )
    twice = [name for files in found.values() if len(files) > 1 for name, _opener in files]
    if twice:
        raise FileRefused(_("Fichiers du ROME en double : %s.") % ", ".join(map(shown, twice)))
    wanted = {**TABLES, CONTEXTS: CONTEXT_COLUMNS}
    tables = {name: Table(shown(files[0][0]), files[0][1], wanted[name]) for name, files in found.items()}
    return RomeFiles(_version(next(iter(versions))), tables)


def _version(number: str) -> str:
    """ "460" in a file name stands for version 60 of ROME 4.0."""
    return f"ROME {number[0]}.0 v{int(number[1:])}"

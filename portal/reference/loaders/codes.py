"""Load the plain lists of codes and labels: NSF and Formacode. Nothing is removed: courses may carry any code."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.reference.loaders import cells
from portal.reference.loaders.report import Report, figure
from portal.reference.loaders.rows import Column, Row, columns, csv_file, read_items
from portal.reference.loaders.sync import Key, sync
from portal.reference.models import Formacode, Nsf

# the second and third names are those of the national exports, where they go beside other columns
NSF = columns("code|nsf_code|code_nsf", "libelle|nsf_intitule|libelle_nsf")
FORMACODE = columns("code|formacode_code|code_formacode", "libelle|formacode_libelle|libelle_formacode")


def load_nsf(path: Path, report: Report | None = None) -> Report:
    """Load the training specialities of the CSV `path`; raises FileRefused where it cannot be used."""
    return _load(path, report or Report(), Nsf, NSF, partial(_code, form=cells.NSF, longest=250), _("spécialités NSF"))


def load_formacode(path: Path, report: Report | None = None) -> Report:
    """Load the Formacode descriptors of the CSV `path`; their labels win over the portal's own names of the codes."""
    return _load(
        path,
        report or Report(),
        Formacode,
        FORMACODE,
        partial(_code, form=cells.FORMACODE, longest=200),
        _("Formacodes"),
    )


@transaction.atomic
def _load(
    path: Path,
    report: Report,
    model: type[models.Model],
    wanted: tuple[Column, ...],
    parse: Callable[[Row], tuple[Key, dict[str, Any]]],
    name: str,
) -> Report:
    known = model._default_manager.all()
    rows = read_items(csv_file(path, wanted), parse, report)
    thing = report.thing(name)
    sync(known, ("code",), rows, thing)
    unread = known.count() - len(rows)
    if unread:
        report.note(_("Codes connus, absents de ce fichier et gardés : %s") % figure(unread))
    return report


def _code(row: Row, *, form: re.Pattern[str], longest: int) -> tuple[Key, dict[str, Any]]:
    return (cells.code(row, "code", form),), {"label": cells.text(row, "libelle", longest)}

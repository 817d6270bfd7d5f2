"""`manage.py import_offers FICHIER --source NOM`: an LHEO, CSV or XLSX file, by the same way as from a screen."""

import argparse
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.enums import RunState
from courses.importers import flow, progress, work
from courses.importers.columns import REQUIRED
from courses.importers.faults import ImportRefused
from courses.importers.table_file import MAX_BYTES
from courses.management.commands.import_lheo import agent, source_name
from courses.management.progress_bar import Bar, Watch
from courses.models import ImportRun, ImportSource
from courses.suggestions import Suggester

SHOWN = 50
CHUNK = 1024 * 1024
LONGEST_WAIT_SECONDS = 3_600


class Command(BaseCommand):
    help = _(
        "Importe un fichier LHEO, CSV ou XLSX : lu ligne à ligne, comparé, appliqué d'un coup, annulable 30 jours."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar=_("FICHIER"), help=_("fichier de la source"))
        parser.add_argument(
            "--source", required=True, type=source_name, metavar=_("NOM"), help=_("nom court de la source")
        )
        parser.add_argument("--trusted", action="store_true", help=_("publie sans modérateur ce que dit cette source"))
        parser.add_argument("--whole", action="store_true", help=_("retire les formations absentes du fichier"))
        parser.add_argument("--dry-run", action="store_true", help=_("montre ce qui changerait, sans rien écrire"))
        parser.add_argument("--by", metavar=_("COURRIEL"), help=_("agent qui importe"))

    def handle(self, *args: Any, **options: Any) -> None:
        by = agent(options["by"])
        try:
            with options["file"].open("rb") as stream:
                source = the_source(options["source"], is_trusted=options["trusted"] and not options["dry_run"])
                run = flow.upload(
                    source=source,
                    chunks=iter(lambda: stream.read(CHUNK), b""),
                    file_name=options["file"].name,
                    by=by,
                    is_whole_offer=options["whole"],
                )
        except OSError as missing:
            raise CommandError(_("Fichier illisible : %s. Vérifiez son chemin.") % missing.strerror) from missing
        except ImportRefused as refused:
            hint = _(" Un fichier LHEO plus gros (%d Mo) passe par import_lheo.") % (MAX_BYTES // 1024 // 1024)
            raise CommandError(refused.fault.message + hint) from refused
        self._carry_out(run, is_dry_run=options["dry_run"])

    def _carry_out(self, run: ImportRun, *, is_dry_run: bool) -> None:
        self._work(run)
        if run.state == RunState.TO_MEND:  # some rows are refused: the others go on
            flow.plan(run)
            self._work(run)
        self._check(run)
        if is_dry_run:
            self.stdout.write("\n".join(lines_of(run)))
            flow.drop(run)
            return
        flow.apply(run)
        self._work(run)
        self._check(run)
        self.stdout.write("\n".join(lines_of(run)))

    def _work(self, run: ImportRun) -> None:
        """Until the run waits for a person, here or in a worker that took it first."""
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        with Watch(Bar(self.stderr), lambda: progress.told(run.pk)):
            while run.is_at_work and time.monotonic() < until:
                if not work.carry_on(run.pk, Suggester().suggest):
                    time.sleep(1)
                run.refresh_from_db()

    def _check(self, run: ImportRun) -> None:
        if run.state in (RunState.REFUSED, RunState.FAILED):
            raise CommandError(_("Fichier refusé : %s Rien n'est écrit.") % run.refusal)
        if run.state == RunState.TO_MAP:
            missing = ", ".join(name for name in REQUIRED if name not in run.columns["fields"])
            flow.drop(run)
            raise CommandError(_("Colonnes introuvables : %s. Nommez-les comme dans le modèle.") % missing)
        if run.is_at_work:
            raise CommandError(_("L'import continue dans un autre processus : suivez-le dans /gestion/."))


@transaction.atomic
def the_source(name: str, *, is_trusted: bool) -> ImportSource:
    source, _is_new = ImportSource.objects.get_or_create(name=name)
    if is_trusted and not source.is_trusted:
        source.give_trust()
    return source


def lines_of(run: ImportRun) -> list[str]:
    """The report as it is printed."""
    title = _("Import de la source « %(name)s » : %(state)s") % {
        "name": run.source.name,
        "state": run.get_state_display(),
    }
    lines = [title, _("Format : %(dialect)s") % {"dialect": run.dialect}]
    lines += [
        f"  {label} : {run.counts.get(name, 0)}"
        for name, label in labels().items()
        if name in ALWAYS or run.counts.get(name)
    ]
    faulty = run.rows.exclude(faults=[]).order_by("rank")
    for row in faulty[:SHOWN]:
        for fault in row.faults:
            value = f" [{fault['value']}]" if fault["value"] else ""
            place = _("  ligne %(line)d, %(field)s : ") % {"line": fault["line"], "field": fault["field"] or "–"}
            lines.append(place + fault["message"] + value)
    if faulty.count() > SHOWN:
        lines.append(_("  … et %(count)d autres lignes, gardées avec l'import") % {"count": faulty.count() - SHOWN})
    return lines


ALWAYS = ("read", "new", "changed", "same", "gone", "refused")


def labels() -> dict[str, str]:
    return {
        "read": _("lignes lues"),
        "refused": _("lignes refusées"),
        "new": _("formations nouvelles"),
        "changed": _("modifiées"),
        "same": _("inchangées"),
        "back": _("revenues"),
        "gone": _("retirées, absentes du fichier"),
        "waiting": _("modifications en attente d'un modérateur"),
        "held": _("modifications retenues"),
    }

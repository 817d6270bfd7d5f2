"""`manage.py import_lheo FICHIER --source NOM`: what a source offers now, from its LHEO 2.3 or 2.2 file."""

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.db import DatabaseError
from django.utils.translation import gettext as _

from courses.importers.apply import ImportReport, import_lheo
from courses.importers.faults import ERROR, Fault
from courses.management.progress_bar import Bar
from courses.suggestions import Suggester
from portal.accounts.models import User

CHUNK = 1024 * 1024
SHOWN = 50  # faults and index lines that the report prints


class Command(BaseCommand):
    help = _("Importe un fichier LHEO 2.3 ou 2.2 : formations, actions et sessions d'une source.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar=_("FICHIER"), help=_("fichier XML de la source"))
        parser.add_argument(
            "--source", required=True, type=source_name, metavar=_("NOM"), help=_("nom court de la source")
        )
        parser.add_argument("--trusted", action="store_true", help=_("publie sans modérateur ce que dit cette source"))
        parser.add_argument("--dry-run", action="store_true", help=_("montre ce qui changerait, sans rien écrire"))
        parser.add_argument(
            "--by", metavar=_("COURRIEL"), help=_("agent qui importe, au nom de qui proposer les changements")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bar, total = Bar(self.stderr), formations_in(options["file"])
        try:
            report = import_lheo(
                options["file"],
                source_name=options["source"],
                is_trusted=options["trusted"],
                dry_run=options["dry_run"],
                by=agent(options["by"]),
                listen=lambda read: bar.show(read, total),
                suggest=Suggester().suggest,
            )
        except OSError as missing:
            raise CommandError(_("Fichier illisible : %s. Vérifiez son chemin.") % missing.strerror) from missing
        except DatabaseError as failed:
            raise CommandError(_("Import impossible, rien n'est écrit : %s") % failed) from failed
        finally:
            bar.end()
        self.stdout.write("\n".join(lines_of(report)))
        if report.refusal is not None:
            raise CommandError(_("Fichier refusé : %s Rien n'est écrit.") % report.refusal.message)


def formations_in(path: Path) -> int | None:
    """How many formations a file seems to hold, for the progress bar; None where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return sum(
                chunk.count(b"<formation ") + chunk.count(b"<formation>")
                for chunk in iter(partial(stream.read, CHUNK), b"")
            )
    except OSError:
        return None


def source_name(text: str) -> str:
    """A short name of letters, digits and hyphens."""
    try:
        validate_slug(text)
    except ValidationError as odd:
        raise argparse.ArgumentTypeError(_("écrivez des lettres sans accent, des chiffres et des tirets")) from odd
    return text


def agent(email: str | None) -> User | None:
    if email is None:
        return None
    user = User.objects.filter(email__iexact=email, is_active=True, is_staff=True).first()
    if user is None:
        raise CommandError(_("Aucun agent n'a l'adresse %s : vérifiez-la.") % email)
    return user


def lines_of(report: ImportReport) -> list[str]:
    """The report as it is printed."""
    title = _("Import LHEO de la source « %(name)s »") % {"name": report.source_name}
    if report.is_dry_run:
        title += _(" (essai : rien n'est écrit)")
    lines = [title, _("Format : %(dialect)s") % {"dialect": report.dialect or _("non reconnu")}]
    lines += [
        f"  {label} : {report.counts[name]}"
        for name, label in labels().items()
        if report.counts[name] or name in ALWAYS
    ]
    if report.changed_fields:
        changed = ", ".join(f"{name} ({count})" for name, count in report.changed_fields.most_common())
        lines.append(_("Champs qui changent : %(fields)s") % {"fields": changed})
    lines += fault_lines(_("Refus"), [fault for fault in report.faults if fault.severity == ERROR])
    lines += fault_lines(_("À vérifier"), [fault for fault in report.faults if fault.severity != ERROR])
    if report.counts["held"]:
        lines.append(
            _("Des changements de textes approuvés attendent un agent : relancez avec --by, ou modifiez la fiche.")
        )
    if report.refusal is None and not report.is_whole and report.counts["read"]:
        lines.append(_("Le fichier a des refus : aucune formation absente n'a été retirée."))
    return lines


ALWAYS = ("read", "new", "changed", "same", "gone", "refused")


def labels() -> dict[str, str]:
    return {
        "read": _("lues"),
        "new": _("nouvelles"),
        "draft": _("brouillons à compléter, faits de résumés"),
        "changed": _("modifiées"),
        "same": _("inchangées"),
        "back": _("revenues"),
        "gone": _("retirées, absentes du fichier"),
        "waiting": _("modifications en attente d'un modérateur"),
        "prepared": _("modifications préparées, que l'organisme envoie ou non"),
        "held": _("modifications retenues"),
        "refused": _("refusées"),
        "warnings": _("valeurs à vérifier"),
    }


def fault_lines(title: str, faults: list[Fault]) -> list[str]:
    if not faults:
        return []
    lines = [f"{title} :"]
    for fault in faults[:SHOWN]:
        value = f" [{fault.value}]" if fault.value else ""
        lines.append(_("  ligne %(line)d : %(message)s") % {"line": fault.line, "message": fault.message} + value)
    if len(faults) > SHOWN:
        lines.append(_("  … et %(count)d autres, gardés avec l'import") % {"count": len(faults) - SHOWN})
    return lines

"""`manage.py import_reference`: the portal's own words, and the official lists."""

import argparse
import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from portal.reference.loaders.centres import CENTRES_SOURCE, REFERENCE_SOURCE, load_centres
from portal.reference.loaders.certifications import load_certifications
from portal.reference.loaders.codes import load_formacode, load_nsf
from portal.reference.loaders.communes import load_communes
from portal.reference.loaders.listed import BODIES_SOURCE, OCCITANIE, ListFacts, load_bodies
from portal.reference.loaders.report import FileRefused, Report, shown
from portal.reference.loaders.rncp import load_rncp
from portal.reference.loaders.rome import load_rome
from portal.reference.loaders.words import load_words
from portal.web.clock import today

# two imports at once would each undo the other's work; the number only has to be this command's own
LOCK = 2_027_076


class Command(BaseCommand):
    help = _("Charge les référentiels : le vocabulaire du portail et les listes officielles.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        lists = parser.add_subparsers(dest="list", required=True, metavar=_("LISTE"))

        def add(name: str, about: str, load: Callable[[Report, dict[str, Any]], Report]) -> argparse.ArgumentParser:
            one = lists.add_parser(name, help=about, description=about)
            one.add_argument("--dry-run", action="store_true", help=_("montre ce qui changerait, sans rien écrire"))
            one.set_defaults(load=load, about=about)
            return one

        add("words", _("Vocabulaire du portail"), lambda report, options: load_words(report))
        rome = add("rome", _("Répertoire ROME"), self.load_rome)
        rome.add_argument(
            "path", type=Path, metavar=_("DOSSIER"), help=_("dossier ou archive ZIP des fichiers du ROME")
        )
        rome.add_argument("--extract", action="store_true", help=_("liste partielle : aucun code absent n'est retiré"))
        communes = add("communes", _("Communes"), self.load_communes)
        communes.add_argument("path", type=Path, metavar=_("FICHIER"), help=_("CSV des communes"))
        communes.add_argument("--former", type=Path, metavar=_("FICHIER"), help=_("CSV des anciennes communes"))
        nsf = add("nsf", _("Spécialités de formation (NSF)"), lambda report, options: load_nsf(options["path"], report))
        formacode = add("formacode", _("Formacode"), lambda report, options: load_formacode(options["path"], report))
        for one in (nsf, formacode):
            one.add_argument("path", type=Path, metavar=_("FICHIER"), help=_("CSV de la liste"))
        self.add_certifications(add)
        self.add_dated_lists(add)

    def add_certifications(self, add: Callable[..., argparse.ArgumentParser]) -> None:
        """Lists that say what there is to be certified in; what they do not hold is kept."""
        about = _("Certifications, avec leurs codes ROME et leurs Formacodes")
        certif_info = _("Certif Info, ou une liste de titres du RNCP")
        for name, path_help, load in (
            ("certifications", certif_info, load_certifications),
            ("certifinfo", certif_info, load_certifications),
            ("rncp", _("archive ZIP des fiches de France compétences (RNCP et RS)"), load_rncp),
        ):
            one = add(name, about, partial(_load_dated, load))
            one.add_argument("path", type=Path, metavar=_("FICHIER"), help=path_help)
            one.add_argument(
                "--date", type=_day, metavar="AAAA-MM-JJ", help=_("date de la liste, si le fichier ne la dit pas")
            )

    def add_dated_lists(self, add: Callable[..., argparse.ArgumentParser]) -> None:
        """Lists that say who exists on a day: what they no longer hold is marked."""
        organismes = add("organismes", _("Liste publique des organismes de formation"), self.load_bodies)
        organismes.add_argument("--region", default=OCCITANIE, help=_("code INSEE de la région gardée"))
        cfa = add("cfa", _("Liste de CFA"), self.load_centres)
        for one, about in ((organismes, _("CSV de la liste publique")), (cfa, _("CSV ou JSON de la liste"))):
            one.add_argument("path", type=Path, metavar=_("FICHIER"), help=about)
            one.add_argument("--date", type=_day, metavar="AAAA-MM-JJ", help=_("date de la liste ; sinon aujourd'hui"))
            one.add_argument("--source", default="", help=_("qui publie la liste, tel que la page le dira"))
            one.add_argument("--extract", action="store_true", help=_("liste partielle : rien n'est marqué absent"))

    def handle(self, *args: Any, **options: Any) -> None:
        told = Told(self.stderr)
        title = options["about"] + (_(" (essai : rien n'est écrit)") if options["dry_run"] else "")
        report = Report(title, told)
        try:
            with transaction.atomic():
                hold_the_place()
                options["load"](report, options)
                transaction.set_rollback(options["dry_run"])
        except FileRefused as refused:
            raise CommandError(_("%s Rien n'est chargé.") % refused) from refused
        except (DatabaseError, OSError) as failed:
            raise CommandError(_("Import impossible, rien n'est chargé : %s") % failed) from failed
        finally:
            told.end()
        self.stdout.write(report.render())

    def load_rome(self, report: Report, options: dict[str, Any]) -> Report:
        return load_rome(options["path"], report, is_partial=options["extract"])

    def load_communes(self, report: Report, options: dict[str, Any]) -> Report:
        return load_communes(options["path"], report, former=options["former"])

    def load_bodies(self, report: Report, options: dict[str, Any]) -> Report:
        return load_bodies(options["path"], report, facts=_facts(options, BODIES_SOURCE), region=options["region"])

    def load_centres(self, report: Report, options: dict[str, Any]) -> Report:
        is_json = options["path"].suffix.lower() == ".json"
        return load_centres(
            options["path"], report, facts=_facts(options, REFERENCE_SOURCE if is_json else CENTRES_SOURCE)
        )


def _load_dated(load: Callable[..., Report], report: Report, options: dict[str, Any]) -> Report:
    return load(options["path"], report, listed_on=options["date"])


def _day(text: str) -> datetime.date:
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not datetime.date(2000, 1, 1) <= found <= today():
        raise argparse.ArgumentTypeError(_("« %s » : écrivez un jour passé, AAAA-MM-JJ") % shown(text))
    return found


def _facts(options: dict[str, Any], source: str) -> ListFacts:
    return ListFacts(
        listed_on=options["date"] or today(),
        seen_on=today(),
        source=shown(options["source"], 120) or source,
        is_extract=options["extract"],
    )


def plain(text: str) -> str:
    """Progress is not an error: without Django's red."""
    return text


class Told:
    """Progress on one line of a terminal; nothing where the output is not one."""

    def __init__(self, out: Any):
        self.out = out if out.isatty() else None

    def __call__(self, label: str, done: int | None, total: int | None) -> None:
        if self.out:
            self.out.write(f"\r\033[K  {label}{f' {done}' if done else ''}", plain, ending="")
            self.out.flush()

    def end(self) -> None:
        if self.out:
            self.out.write("\r\033[K", plain, ending="")


def hold_the_place() -> None:
    """Take the imports' lock until the end of the transaction; raises FileRefused where another import has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise FileRefused(_("Un autre import est en cours : attendez sa fin et recommencez."))

"""`manage.py import_reference`: the portal's own words, and the official lists."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from portal.reference.loaders.report import FileRefused, Report
from portal.reference.loaders.words import load_words


class Command(BaseCommand):
    help = _("Charge les référentiels : le vocabulaire du portail et les listes officielles.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        lists = parser.add_subparsers(dest="list", required=True, metavar=_("LISTE"))
        words = lists.add_parser("words", help=_("le vocabulaire du portail (compétences, profils, villes)"))
        words.add_argument("--dry-run", action="store_true", help=_("montre ce qui changerait, sans rien écrire"))

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report(_("Vocabulaire du portail"))
        try:
            with transaction.atomic():
                load_words(report)
                transaction.set_rollback(options["dry_run"])
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
        except DatabaseError as failed:
            raise CommandError(_("La base a refusé l'import, rien n'est chargé : %s") % failed) from failed
        self.stdout.write(report.render())

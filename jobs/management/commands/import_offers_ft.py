"""`manage.py import_offers_ft`: offers of France Travail, counted as demand."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from jobs.offers.demand import write_skill_demand
from jobs.offers.load import load_offers
from portal.reference.loaders.report import FileRefused, Report
from portal.reference.management.commands.import_reference import hold_the_place
from portal.web.clock import today


class Command(BaseCommand):
    help = _("Charge des offres de France Travail (JSON de l’API v2 ou CSV) ; contacts et textes ne sont pas gardés.")

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar=_("FICHIER"), help=_("JSON de l’API v2, ou CSV"))
        parser.add_argument("--dry-run", action="store_true", help=_("montre ce qui changerait, sans rien écrire"))

    def handle(self, *args: Any, **options: Any) -> None:
        path, is_dry = options["path"], options["dry_run"]
        report = Report(_("Offres de France Travail") + (_(" (essai : rien n'est écrit)") if is_dry else ""))
        try:
            content = path.read_bytes()
            with transaction.atomic():
                hold_the_place()
                load_offers(content, path.name, day=today(), report=report)
                write_skill_demand(today())
                transaction.set_rollback(is_dry)
        except FileRefused as refused:
            raise CommandError(_("%s Rien n'est chargé.") % refused) from refused
        except OSError as failed:
            raise CommandError(_("Import impossible, rien n'est chargé : %s") % failed) from failed
        self.stdout.write(report.render())

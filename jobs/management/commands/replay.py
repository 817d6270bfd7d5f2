"""`manage.py replay LINE`: an answer made again from its line of the log, with what differs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jobs.replay import Unreadable, replay


class Command(BaseCommand):
    help = _("Refait une réponse à partir de sa ligne du journal (camins.answers) : mêmes rangs, mêmes termes.")

    def add_arguments(self, parser):
        parser.add_argument("line", help=_("la ligne du journal, entre apostrophes"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = replay(options["line"])
        except Unreadable as fault:
            raise CommandError(str(fault)) from fault
        for row in found.rows:
            self.stdout.write(json.dumps(row, ensure_ascii=False))
        if found.differences:
            raise CommandError("\n".join(found.differences))
        self.stdout.write(_("Identique à la ligne."))

"""`manage.py snapshot`: the catalogue as arrays, made once, or each time it changes; or proved equal to a rebuild."""

import argparse
import itertools
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jobs.snapshot import keeping
from portal.embedded.supervisor import stopping_on_signals


class Command(BaseCommand):
    help = _("Fait l'instantané du catalogue dont les recommandations sont calculées.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help=_("le refait à chaque changement, jusqu'à Ctrl-C"))
        parser.add_argument("--check", action="store_true", help=_("échoue s'il n'est pas égal à une reconstruction"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_it()
        elif options["watch"]:
            try:
                with stopping_on_signals():
                    keeping.watch(self.say, itertools.repeat(None))
            except KeyboardInterrupt:
                self.stdout.write(_("Arrêté."))
        else:
            version, courses = keeping.make()
            self.say(_("%(version)s : %(courses)s formations") % {"version": version, "courses": courses})

    def check_it(self) -> None:
        wrong = keeping.differences()
        if wrong is None:
            raise CommandError(_("Aucun instantané dans %(folder)s.") % {"folder": keeping.folder()})
        if not keeping.is_current():
            raise CommandError(_("L'instantané n'est plus à jour : le catalogue a changé depuis."))
        if wrong:
            raise CommandError(_("L'instantané n'est pas une reconstruction : %(names)s") % {"names": ", ".join(wrong)})
        self.say(_("L'instantané est égal à une reconstruction."))

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

"""`manage.py reindex`: bring the search documents to what the listings say; `--check` only says what differs."""

import argparse
import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.search import documents
from portal.web.clock import today


class Command(BaseCommand):
    help = _("Refait les documents de la recherche ; avec --check, dit seulement ce qui diffère.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help=_("compare avec une reconstruction, sans rien écrire"))
        parser.add_argument(
            "--day", type=datetime.date.fromisoformat, metavar="AAAA-MM-JJ", help=_("jour des documents (aujourd'hui)")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.compare(options["day"])
            return
        changed = documents.rebuild(options["day"] or today(), self.progress if self.stderr.isatty() else None)
        self.stdout.write(_("%(n)d documents écrits, les autres étaient exacts.") % {"n": changed})

    def compare(self, day: datetime.date | None) -> None:
        found = documents.check(day)
        lines = (
            (found.documents, _("document(s) différent(s) de leur reconstruction")),
            (found.counts, _("compteur(s) de filtre différent(s) d'un recomptage")),
            (found.words, _("mot(s) du catalogue absent(s) du vocabulaire")),
            (found.cards, _("carte(s) différente(s) de leurs faits")),
        )
        for number, words in lines:
            self.stdout.write(f"{number:>6} {words}")
        if found:
            raise CommandError(_("La recherche n'est pas à jour : lancez manage.py reindex, puis cherchez la cause."))
        self.stdout.write(_("Tout est exact."))

    def progress(self, done: int, total: int) -> None:
        self.stderr.write(f"\r  {done}/{total}", ending="\n" if done == total else "")

"""`manage.py suggest_codes`: propose ROME codes and Formacodes anew for all published courses."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from courses.code_suggestions import renew, silent


class Command(BaseCommand):
    help = _("Propose de nouveau des codes ROME et des Formacodes pour les formations publiées.")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = renew(self.progress if self.stderr.isatty() else silent)
        self.stdout.write(_("%(n)d codes proposés attendent une décision ; ce qui est décidé reste.") % {"n": waiting})

    def progress(self, done: int, total: int) -> None:
        self.stderr.write(f"\r  {done}/{total}", ending="\n" if done == total else "")

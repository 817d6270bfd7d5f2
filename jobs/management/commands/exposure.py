"""`manage.py exposure`: how the first places are shared among providers whose courses are near equals."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from jobs.evaluation.exposure import NEAR_POINTS, exposures, requests, spread
from portal.web.clock import today


class Command(BaseCommand):
    help = _("Mesure, sur le catalogue présent, comment les organismes se partagent les premières places.")

    def add_arguments(self, parser):
        parser.add_argument("--requests", type=int, default=1_000, help=_("nombre de demandes inventées (1000)"))

    def handle(self, *args: Any, **options: Any) -> None:
        asked = requests(options["requests"])

        def report(done: int) -> None:
            if done % 100 == 0 or done == len(asked):
                self.stderr.write(f"{done}/{len(asked)}")

        found = exposures(asked, day=today(), report=report)
        told = {"points": NEAR_POINTS, "requests": len(asked), "providers": len(found)}
        head = _("À %(points)s points du premier, sur %(requests)s demandes, %(providers)s organismes :")
        self.stdout.write(head % told)
        for each in found:
            self.stdout.write(f"  {each.ratio:5.2f}  {each.firsts:5d} / {each.turns:7.1f}  {each.provider}")
        self.stdout.write(", ".join(f"{name} {ratio:.2f}" for name, ratio in spread(found).items()))

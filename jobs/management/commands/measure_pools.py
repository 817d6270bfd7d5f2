"""`manage.py measure_pools`: the time that pooling takes on many generated needs; nothing of them stays."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from jobs.bench.pools import measure_pools
from portal.web.clock import today


class Command(BaseCommand):
    help = _("Mesure le groupement des besoins sur de nombreux besoins inventés, puis défait tout.")

    def add_arguments(self, parser):
        parser.add_argument("--needs", type=int, default=120_000, help=_("nombre de besoins inventés (120000)"))

    def handle(self, *args: Any, **options: Any) -> None:
        found = measure_pools(options["needs"], today())
        self.stdout.write(_("%(needs)s besoins, %(pools)s besoins groupés") % vars(found))
        for label, seconds in (
            (_("lecture"), found.read),
            (_("règle"), found.rule),
            (_("première nuit, tout est neuf"), found.first_night),
            (_("nuit sans changement"), found.quiet_night),
        ):
            self.stdout.write(f"  {label} : {seconds:.1f} s")

"""`manage.py bench`: the portal against other engines, on a catalogue and in a database of its own."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.bench import bars, table
from courses.bench.catalogue import SIZES
from courses.bench.extras import EXTRAS
from courses.bench.fill import NotOurDatabase
from courses.bench.parts import WrongAnswer
from courses.bench.run import PARTS, PEERS, USUAL_PARTS, Options, Run
from courses.bench.surroundings import is_inside, run_inside, stores
from portal.embedded.errors import StoreFailed

KEPT_SIZES = ("60k", "300k")
# on a shared machine a neighbour weighs on every figure: a part that misses a bar is measured again
MOST_TRIES = 3


def listed(known: tuple[str, ...]):
    """A type for argparse: names among `known`, with commas between."""

    def read(text: str) -> tuple[str, ...]:
        names = tuple(name for name in text.split(",") if name)
        unknown = [name for name in names if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)} ({', '.join(known)})")
        return names

    return read


class Command(BaseCommand):
    help = _(
        "Mesure la recherche et les pages face à d'autres moteurs, sur un catalogue inventé, dans une base à part."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="3k", help=_("nombre de formations (3k)"))
        parts = (*PARTS, *EXTRAS)
        parser.add_argument("--part", type=listed(parts), default=USUAL_PARTS, help=_("parties : ") + ",".join(parts))
        parser.add_argument(
            "--peers", type=listed(tuple(PEERS)), default=tuple(PEERS), help=_("moteurs : ") + ",".join(PEERS)
        )
        parser.add_argument("--queries", type=int, default=100, help=_("questions par partie (100)"))
        parser.add_argument("--repetitions", type=int, default=5, help=_("fois que chacune est posée (5)"))
        parser.add_argument("--seconds", type=float, default=60.0, help=_("durée de la charge (60)"))
        parser.add_argument("--json", type=Path, metavar="FICHIER", help=_("écrit le rapport"))
        parser.add_argument("--against", type=Path, metavar="FICHIER", help=_("rapport à 60k, pour la croissance"))
        parser.add_argument("--check", action="store_true", help=_("échoue si une barre n'est pas tenue"))
        parser.add_argument(
            "--spare",
            type=int,
            default=0,
            metavar="%",
            help=_("écart toléré avec --check, pour une machine partagée (0)"),
        )
        parser.add_argument(
            "--keep", action="store_true", help=_("garde le catalogue pour la fois suivante (d'office à 60k et 300k)")
        )
        parser.add_argument(
            "--table", type=Path, metavar="FICHIER", help=_("écrit un rapport en tableaux, sans mesurer")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["table"]:
            self.stdout.write(table.markdown(json.loads(options["table"].read_text())))
        elif is_inside():
            self.measure(options)
        else:
            self.start(options)

    def start(self, options: dict[str, Any]) -> None:
        """Start stores of our own, and the measure among them."""
        size = options["size"]
        try:
            with stores(size, keep=options["keep"] or size in KEPT_SIZES) as environment:
                status = run_inside(sys.argv[2:], environment)
        except StoreFailed as failed:
            raise CommandError(str(failed)) from failed
        if status:
            sys.exit(status)

    def measure(self, options: dict[str, Any]) -> None:
        asked = Options(
            size=options["size"],
            parts=options["part"],
            peers=options["peers"],
            queries=options["queries"],
            repetitions=options["repetitions"],
            seconds=options["seconds"],
            against=options["against"],
            tries=MOST_TRIES if options["check"] else 1,
        )
        try:
            report = Run(asked, self.say).go()
        except NotOurDatabase as foreign:
            raise CommandError(
                _("La base « %(name)s » n'est pas celle du banc : rien n'y est fait.") % {"name": foreign}
            ) from foreign
        except WrongAnswer as wrong:
            raise CommandError(_("Réponse fausse, rien n'est mesuré. %(what)s") % {"what": wrong}) from wrong
        if options["json"]:
            options["json"].write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
        self.stdout.write(table.markdown(report))
        found = bars.verdicts(report)
        self.stdout.write("\n".join(bars.lines(found)))
        missed = [each for each in found if not each.is_held]
        held = _("Barres : %(held)d tenues, %(missed)d manquées ou non mesurées.")
        self.stdout.write(held % {"held": len(found) - len(missed), "missed": len(missed)})
        if options["check"] and any(each.fails(options["spare"]) for each in found):
            sys.exit(1)

    def say(self, line: str) -> None:
        self.stderr.write(line, ending="\n")
        self.stderr.flush()

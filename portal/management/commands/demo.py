"""`manage.py demo`: the portal with its fictional world, its worker and its stores, until Ctrl-C."""

import argparse
import datetime
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.demo import ACCOUNTS
from portal.demo import servers, statics, world
from portal.demo.codes import totp_link
from portal.embedded.supervisor import ChildEnded, Supervisor, end_with_make, stopping_on_signals
from portal.web.clock import today

# A world a few days old still looks alive: it is kept, with all that its visitor did in it.
KEPT_DAYS = 7


class Progress:
    """One line per step: rewritten in place on a terminal, written once elsewhere."""

    def __init__(self, out: Any):
        self.out = out
        self.live = out.isatty()
        self.label = ""

    def __call__(self, label: str, done: int | None = None, total: int | None = None) -> None:
        """Say that `label` is under way, or that `done` of its `total` are there."""
        if self.live:
            count = f" {done}/{total}" if done is not None and total else ""
            self.out.write(f"\r\033[K  {label}{count}", ending="")
            self.out.flush()
        elif label != self.label:
            self.out.write(f"  {label}")
        self.label = label

    def end(self) -> None:
        if self.live and self.label:
            self.out.write("\r\033[K", ending="")
        self.label = ""


class Command(BaseCommand):
    help = _("Lance le portail avec son monde de démonstration, fictif, jusqu'à Ctrl-C.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help=_("port du serveur web (8000)"))
        parser.add_argument(
            "--day", type=datetime.date.fromisoformat, metavar="AAAA-MM-JJ", help=_("jour du monde, et du portail")
        )
        parser.add_argument("--fresh", action="store_true", help=_("refait le monde depuis une base vide"))
        parser.add_argument("--no-serve", action="store_true", help=_("prépare tout, puis s'arrête"))
        parser.add_argument("--check", action="store_true", help=_("lance, vérifie que le portail répond, s'arrête"))

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CAMINS_DEMO:
            raise CommandError(_("Cette commande n'existe que pour la démonstration (portal.settings.demo)."))
        port = options["port"]
        if not options["no_serve"] and not servers.port_is_free(port):
            raise CommandError(
                _("Le port %(port)s est occupé : essayez make demo PORT=%(next)s") % {"port": port, "next": port + 1}
            )
        end_with_make()
        try:
            with stopping_on_signals():
                self.prepare(day=options["day"], fresh=options["fresh"])
                if options["no_serve"]:
                    self.stdout.write(_("Tout est prêt ; lancez make demo pour servir le portail."))
                    return
                self.serve(port=port, day=options["day"], only_check=options["check"])
        except KeyboardInterrupt:
            self.stdout.write(_("Arrêté."))

    def prepare(self, *, day: datetime.date | None, fresh: bool) -> None:
        """Bring database and static files up to date, the world included, in this one process."""
        progress = Progress(self.stdout)
        wanted = self.wanted_world(day)
        found = world.loaded_world()
        if fresh or (found != wanted and world.holds_tables()):
            self.clear(found, fresh=fresh)
            found = None
        progress(_("base de données"))
        call_command("migrate", interactive=False, verbosity=0)
        if found != wanted:
            wanted_day = datetime.date.fromisoformat(wanted.day)
            # The loaders ask the portal's clock: for them it is the world's day.
            settings.CAMINS_TODAY = wanted_day
            world.load_world(wanted_day, progress)
        progress(_("fichiers statiques"))
        statics.collect_if_changed()
        progress.end()
        self.world_day = datetime.date.fromisoformat(wanted.day)

    def wanted_world(self, day: datetime.date | None) -> world.World:
        """The world asked for; without a day, the loaded one while it is recent, else today's."""
        version = world.data_version()
        found = world.loaded_world()
        if day is None and found is not None and found.version == version:
            age = (today() - datetime.date.fromisoformat(found.day)).days
            if 0 <= age <= KEPT_DAYS:
                return found
        return world.World((day or today()).isoformat(), version)

    def clear(self, found: world.World | None, *, fresh: bool) -> None:
        """Empty the base, if it is a demonstration's to empty."""
        if found is None and world.holds_tables():
            foreign = _("La base contient des données qui ne viennent pas de la démonstration.")
            if not world.is_embedded():
                raise CommandError(f"{foreign} " + _("Donnez une base vide dans DATABASE_URL."))
            if not fresh:
                raise CommandError(f"{foreign} " + _("Pour les effacer : make demo FRESH=1"))
        world.clear_database()

    def serve(self, *, port: int, day: datetime.date | None, only_check: bool) -> None:
        """Start web and worker, tell where they are, and watch them until somebody stops them."""
        supervisor = Supervisor(logs=Path(settings.CAMINS_VAR) / "log", folder=settings.BASE_DIR)
        lived_day = day.isoformat() if day else os.environ.get("CAMINS_TODAY", "")
        try:
            servers.start_web(supervisor, port=port, today=lived_day)
            status = servers.wait_until_healthy(supervisor, port)
            if status != 200:
                raise CommandError(
                    _("Le portail ne répond pas (statut %(status)s). Journaux : %(logs)s")
                    % {"status": status, "logs": supervisor.logs}
                )
            # After the web: nobody waits for it, and its start would slow down the first page.
            servers.start_worker(supervisor, port=port, today=lived_day)
            servers.start_snapshot(supervisor, port=port, today=lived_day)
            self.welcome(port)
            if not only_check:
                supervisor.wait()
        except ChildEnded as ended:
            raise CommandError(
                _("« %(name)s » s'est arrêté (statut %(status)s) :\n%(lines)s")
                % {"name": ended.child.name, "status": ended.status, "lines": ended.child.last_lines()}
            ) from ended
        finally:
            supervisor.stop()

    def welcome(self, port: int) -> None:
        """The address, the accounts, and how to stop."""
        site = f"http://localhost:{port}"
        lines = [
            "",
            _("Camins répond : %(site)s/") % {"site": site},
            _("Monde de démonstration du %(day)s : tout y est fictif.") % {"day": date_format(self.world_day, "j F Y")},
            "",
            *account_lines(),
            _("Courriels : %(site)s/demo/courrier/ ; journaux : %(logs)s")
            % {"site": site, "logs": Path(settings.CAMINS_VAR) / "log"},
            _("Ctrl-C arrête tout."),
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def account_lines() -> list[str]:
    """The demonstration's accounts, one per role, with password and second factor."""
    lines = [_("Comptes de démonstration :")]
    for account in ACCOUNTS:
        lines.append(f"  {account.role_label} : {account.email}   {account.password}")
        if account.totp_secret:
            lines.append(f"    {totp_link(account.email, account.totp_secret)}")
    code = f"{os.path.relpath(sys.executable)} manage.py demo_code"
    return [*lines, _("  Code à 6 chiffres du moment : %(command)s ADRESSE") % {"command": code}, ""]

"""`manage.py demo_code EMAIL`: the current code of a demonstration account's second factor."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.accounts.demo import ACCOUNTS
from portal.demo.codes import current_code


class Command(BaseCommand):
    help = _("Affiche le code à 6 chiffres du moment d'un compte de démonstration.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help=_("adresse du compte"))

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CAMINS_DEMO:
            raise CommandError(_("Cette commande n'existe que pour la démonstration (portal.settings.demo)."))
        secrets = {account.email: account.totp_secret for account in ACCOUNTS}
        secret = secrets.get(options["email"])
        if not secret:
            known = ", ".join(sorted(email for email, found in secrets.items() if found))
            raise CommandError(_("Compte inconnu. Comptes de démonstration : %(emails)s") % {"emails": known})
        self.stdout.write(current_code(secret))

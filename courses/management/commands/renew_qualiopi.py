"""`manage.py renew_qualiopi`: certificates from the public list, after `import_reference organismes`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from courses.qualiopi import renew_certificates


class Command(BaseCommand):
    help = _("Met les certificats Qualiopi au jour de la liste publique des organismes.")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = renew_certificates()
        self.stdout.write(
            _("Certificats Qualiopi : %(new)s nouveaux, %(changed)s mis à jour, %(same)s inchangés, %(gone)s retirés.")
            % {name: counts[name] for name in ("new", "changed", "same", "gone")}
        )

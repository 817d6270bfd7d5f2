"""`manage.py follow_certifications`: flags on courses, after `import_reference rncp`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from courses.expiries import follow
from portal.web.clock import today


class Command(BaseCommand):
    help = _("Signale les formations publiées dont toutes les certifications sont expirées.")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = follow(today())
        self.stdout.write(
            _("Certifications expirées : %(opened)s signalements ouverts, %(closed)s clos.")
            % {name: counts[name] for name in ("opened", "closed")}
        )

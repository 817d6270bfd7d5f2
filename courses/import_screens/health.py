"""How sources are: their last file, since when, and what is wrong; for the lists of both sites."""

import datetime

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.enums import RunState
from courses.models import ImportSource

SILENT_DAYS = 45
COUNTS = {
    "read": gettext_lazy("%(count)d lues"),
    "new": gettext_lazy("%(count)d nouvelles"),
    "draft": gettext_lazy("%(count)d brouillons"),
    "changed": gettext_lazy("%(count)d modifiées"),
    "gone": gettext_lazy("%(count)d absentes"),
    "refused": gettext_lazy("%(count)d en faute"),
}


def trouble_of(source: ImportSource) -> str:
    """What is wrong with a source of `with_last_run`, in a sentence; empty when nothing is."""
    if source.feed_fault:
        return source.feed_fault
    if source.last_state in (RunState.REFUSED, RunState.FAILED):  # type: ignore[attr-defined]
        return source.last_refusal or _("Le dernier fichier n'est pas passé.")  # type: ignore[attr-defined]
    if source.last_state == RunState.TO_MEND:  # type: ignore[attr-defined]
        return _("Le dernier fichier attend d'être vérifié.")
    if source.last_state == RunState.TO_MAP:  # type: ignore[attr-defined]
        return _("Des colonnes du dernier fichier ne sont pas reconnues.")
    return ""


class HealthColumns:
    """The columns of a list of sources; the rows come from `with_last_run`."""

    @admin.display(description=gettext_lazy("dernier import"), ordering="last_at")
    def last_run(self, source) -> str:
        return str(RunState(source.last_state).label) if source.last_state else ""

    @admin.display(description=gettext_lazy("jours depuis"), ordering="-last_at")
    def days_since(self, source) -> int | None:
        return (timezone.now() - source.last_at).days if source.last_at else None

    @admin.display(description=gettext_lazy("décompte"))
    def last_count(self, source) -> str:
        counts = source.last_counts or {}
        return ", ".join(words % {"count": counts[name]} for name, words in COUNTS.items() if counts.get(name))

    @admin.display(description=gettext_lazy("santé"))
    def health(self, source) -> str:
        return trouble_of(source) or (_("en ordre") if source.last_state else _("rien reçu"))


class HealthFilter(admin.SimpleListFilter):
    title = gettext_lazy("santé")
    parameter_name = "sante"
    TROUBLE, SILENT = "defaut", "silencieuse"

    def lookups(self, request, model_admin):
        return [
            (self.TROUBLE, gettext_lazy("en défaut")),
            (self.SILENT, gettext_lazy("sans fichier depuis %(days)d jours") % {"days": SILENT_DAYS}),
        ]

    def queryset(self, request, queryset):
        if self.value() == self.TROUBLE:
            return queryset.in_trouble()
        if self.value() == self.SILENT:
            limit = timezone.now() - datetime.timedelta(days=SILENT_DAYS)
            return queryset.filter(Q(last_at=None) | Q(last_at__lt=limit))
        return queryset

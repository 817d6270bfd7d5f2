"""Where listings come from: sources, runs and what was wrong, with its line."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import FaultSeverity
from portal.accounts.models import Organisation


@pghistory.track()
class ImportSource(models.Model):
    name = models.SlugField(_("nom"), max_length=60, unique=True)
    label = models.CharField(_("libellé affiché"), max_length=120, blank=True)
    # set by an agent only: a trusted source publishes without a moderator
    is_trusted = models.BooleanField(_("de confiance"), default=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sources", verbose_name=_("organisation")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("source d'import")
        verbose_name_plural = _("sources d'import")

    def __str__(self):
        return self.label or self.name


class ImportRun(models.Model):
    source = models.ForeignKey(ImportSource, models.PROTECT, related_name="runs", verbose_name=_("source"))
    file_name = models.CharField(_("fichier"), max_length=255)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    dialect = models.CharField(_("format"), max_length=20)
    started_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    # {"read": n, "new": n, "changed": n, "same": n, "gone": n, "refused": n}
    counts = models.JSONField(_("décompte"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("import")

    def __str__(self):
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"


class ImportFault(models.Model):
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="faults", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("ligne"))
    element = models.CharField(_("élément"), max_length=120)
    code = models.CharField(_("code"), max_length=40)
    severity = models.CharField(_("gravité"), max_length=10, choices=FaultSeverity)
    message = models.CharField(_("message"), max_length=400)
    value = models.CharField(_("valeur lue"), max_length=200, blank=True)

    class Meta:
        ordering = ["run", "line", "pk"]
        verbose_name = _("anomalie d'import")
        verbose_name_plural = _("anomalies d'import")

    def __str__(self):
        return f"l. {self.line} {self.element}"

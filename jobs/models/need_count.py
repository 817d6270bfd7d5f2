from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models.need import EmployerNeed


class NeedDailyCount(models.Model):
    """How many messages a need received through the portal on one Paris day; nobody's words or address are kept."""

    need = models.ForeignKey(EmployerNeed, models.CASCADE, related_name="daily_counts", verbose_name=_("besoin"))
    day = models.DateField(_("jour"))
    contacts = models.PositiveIntegerField(_("messages"), default=0)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("messages du jour")
        verbose_name_plural = _("messages du jour")
        constraints = [models.UniqueConstraint(fields=["need", "day"], name="need_count_once_a_day")]

    def __str__(self):
        return f"{self.need} {self.day}"

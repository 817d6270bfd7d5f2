from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import Course


class CourseDailyCount(models.Model):
    """How often a listing was seen and written to on one Paris day; no visitor is known."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="daily_counts", verbose_name=_("formation"))
    day = models.DateField(_("jour"))
    views = models.PositiveIntegerField(_("vues"), default=0)
    contacts = models.PositiveIntegerField(_("messages"), default=0)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("compteur quotidien")
        verbose_name_plural = _("compteurs quotidiens")
        constraints = [models.UniqueConstraint(fields=["course", "day"], name="course_count_once_a_day")]

    def __str__(self):
        return f"{self.course} {self.day}"

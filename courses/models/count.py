from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import Course
from portal.reference.models import JobProfile


class CourseDailyCount(models.Model):
    """How often a listing was seen, written to and shown among answers on one Paris day; no visitor is known."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="daily_counts", verbose_name=_("formation"))
    day = models.DateField(_("jour"))
    views = models.PositiveIntegerField(_("vues"), default=0)
    contacts = models.PositiveIntegerField(_("messages"), default=0)
    appearances = models.PositiveIntegerField(_("apparitions"), default=0)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("compteur quotidien")
        verbose_name_plural = _("compteurs quotidiens")
        constraints = [models.UniqueConstraint(fields=["course", "day"], name="course_count_once_a_day")]

    def __str__(self):
        return f"{self.course} {self.day}"


class CourseProfileCount(models.Model):
    """How often a listing was on a page of recommendations for a job on one Paris day; no person is known."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="profile_counts", verbose_name=_("formation"))
    profile = models.ForeignKey(JobProfile, models.CASCADE, related_name="course_counts", verbose_name=_("métier"))
    day = models.DateField(_("jour"))
    recommended = models.PositiveIntegerField(_("recommandations"), default=0)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("recommandations du jour")
        verbose_name_plural = _("recommandations du jour")
        constraints = [models.UniqueConstraint(fields=["course", "profile", "day"], name="course_profile_once_a_day")]

    def __str__(self):
        return f"{self.course} → {self.profile} {self.day}"

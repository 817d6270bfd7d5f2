"""A project somebody chose to keep: answers to the orientation questions, no name, no address, 90 days."""

import datetime
import hashlib
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 90


def new_secret() -> str:
    """A code that cannot be guessed (96 bits), short enough to be copied: 24 hexadecimal digits."""
    return secrets.token_hex(12)


def secret_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class SeekerProjectQuerySet(models.QuerySet):
    def behind(self, secret: str, day: datetime.date):
        """The project of that secret, if it is still kept on `day`."""
        return self.filter(secret_sha256=secret_hash(secret), expires_on__gte=day)

    def kept_still_on(self, day: datetime.date):
        return self.filter(expires_on__gte=day).order_by("pk")

    def expired_on(self, day: datetime.date):
        return self.filter(expires_on__lt=day)


class SeekerProject(models.Model):
    # only the hash is stored: a copy of the base opens no project
    secret_sha256 = models.CharField(max_length=64, unique=True)
    # the cleaned query of the recommendation page, as in its address: no free text
    answers = models.JSONField(_("réponses"))
    kept_on = models.DateField(_("gardé le"))
    expires_on = models.DateField(_("effacé après le"))

    objects = SeekerProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_on"]
        verbose_name = _("projet gardé")
        verbose_name_plural = _("projets gardés")

    def __str__(self):
        return f"{self.kept_on}"


class ProjectAnswers(models.Model):
    """The best courses for a kept project as of `day`, and since when each is among them."""

    project = models.OneToOneField(SeekerProject, models.CASCADE, primary_key=True, related_name="best")
    day = models.DateField(_("calculé le"))
    # [course, points, first day among the best], best first
    courses = models.JSONField(_("formations"))

    class Meta:
        verbose_name = _("meilleures formations d'un projet")
        verbose_name_plural = _("meilleures formations des projets")

    def __str__(self):
        return f"{self.project} : {len(self.courses)}"

    def new_courses(self) -> list[int]:
        """Courses that came among the best after the project was kept."""
        kept_on = self.project.kept_on.isoformat()
        return [course for course, _points, since in self.courses if since > kept_on]

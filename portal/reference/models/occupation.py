"""ROME: occupations, their titles, their skills and the moves between them. A code in use is never deleted."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.enums import CoreOfJob
from portal.reference.models.skill import Skill


class Occupation(models.Model):
    code = models.CharField(_("code ROME"), max_length=5, unique=True)
    label = models.CharField(_("libellé"), max_length=200)
    key = models.CharField(max_length=200, editable=False)
    # certifications and many courses still speak the 532 parent codes
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("code parent")
    )
    domain_code = models.CharField(_("domaine professionnel"), max_length=3, blank=True)
    domain_label = models.CharField(_("libellé du domaine"), max_length=200, blank=True)
    definition = models.TextField(_("définition"), blank=True)
    access = models.TextField(_("accès au métier"), blank=True)
    # version of the source that last held this code: "ROME 4.0 v60", "Camins 1"
    version = models.CharField(_("version"), max_length=40, blank=True)
    is_obsolete = models.BooleanField(_("code retiré"), default=False)
    # one of the 60 former occupations that the portal describes in its own words
    is_common_start = models.BooleanField(_("métier de départ fréquent"), default=False)

    class Meta:
        ordering = ["label"]
        verbose_name = _("métier ROME")
        verbose_name_plural = _("métiers ROME")
        indexes = [GinIndex(fields=["key"], name="occupation_key_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return f"{self.code} {self.label}"


class JobTitle(models.Model):
    """An appellation of ROME, or one of the portal's own titles for an occupation (ogr NULL)."""

    ogr = models.PositiveIntegerField(_("code OGR"), null=True, blank=True, unique=True)
    label = models.CharField(_("appellation"), max_length=300)
    short_label = models.CharField(_("appellation courte"), max_length=300, blank=True)
    key = models.CharField(max_length=300, editable=False)
    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="titles", verbose_name=_("métier ROME"))
    is_main = models.BooleanField(_("appellation principale"), default=False)

    class Meta:
        ordering = ["label"]
        verbose_name = _("appellation")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "key"], condition=models.Q(ogr__isnull=True), name="own_job_title_once"
            )
        ]
        indexes = [
            GinIndex(fields=["key"], name="job_title_key_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["key"], name="job_title_key"),
        ]

    def __str__(self):
        return self.label


class OccupationSkill(models.Model):
    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="skill_links", verbose_name=_("métier"))
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="occupation_links", verbose_name=_("compétence"))
    core = models.CharField(_("cœur de métier"), max_length=10, choices=CoreOfJob, default=CoreOfJob.OTHER)
    # level usually reached in this occupation; NULL for ROME, which gives none
    level = models.PositiveSmallIntegerField(_("niveau usuel"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=40, default="ROME")

    class Meta:
        verbose_name = _("compétence d'un métier")
        verbose_name_plural = _("compétences des métiers")
        constraints = [
            models.UniqueConstraint(fields=["occupation", "skill"], name="occupation_skill_once"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(1, 3)), name="occupation_skill_level"
            ),
        ]

    def __str__(self):
        return f"{self.occupation.code} : {self.skill.label}"


class OccupationMove(models.Model):
    """A move that ROME proposes from one occupation to another; `rank` is ROME's order."""

    start = models.ForeignKey(Occupation, models.CASCADE, related_name="moves", verbose_name=_("départ"))
    target = models.ForeignKey(Occupation, models.CASCADE, related_name="moves_here", verbose_name=_("arrivée"))
    rank = models.PositiveSmallIntegerField(_("rang"))

    class Meta:
        ordering = ["start", "rank"]
        verbose_name = _("mobilité")
        constraints = [models.UniqueConstraint(fields=["start", "target"], name="occupation_move_once")]

    def __str__(self):
        return f"{self.start_id} → {self.target_id}"

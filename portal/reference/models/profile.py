"""Job profiles: the AI jobs as employers and people name them. ROME codes are evidence, never the truth."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.reference.enums import Importance, Level, SkillLevel
from portal.reference.models.certification import Formacode
from portal.reference.models.occupation import Occupation
from portal.reference.models.skill import Skill


class JobProfileQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True)


class JobProfile(models.Model):
    slug = models.SlugField(_("adresse"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    key = models.CharField(max_length=120, editable=False)
    family = models.CharField(_("famille"), max_length=60, blank=True)
    summary = models.TextField(_("en une phrase"))
    tasks = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("au quotidien"))
    usual_level = models.PositiveSmallIntegerField(_("niveau usuel"), choices=Level, null=True, blank=True)
    entry_note = models.TextField(_("comment on y entre"), blank=True)
    skills = models.ManyToManyField(Skill, through="ProfileSkill", related_name="profiles")
    formacodes = models.ManyToManyField(Formacode, blank=True, related_name="profiles")
    is_shown = models.BooleanField(_("affiché"), default=True)
    version = models.CharField(_("version"), max_length=40, blank=True)

    objects = JobProfileQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("profil de métier")
        verbose_name_plural = _("profils de métier")
        indexes = [GinIndex(fields=["key"], name="profile_key_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("jobs:profile", args=[self.slug])


class JobProfileAlias(models.Model):
    profile = models.ForeignKey(JobProfile, models.CASCADE, related_name="aliases", verbose_name=_("profil"))
    label = models.CharField(_("autre nom"), max_length=200)
    key = models.CharField(max_length=200, editable=False)
    # where the name comes from: "Camins 1", "ROME 4.0", an advert
    source = models.CharField(_("source"), max_length=60, blank=True)

    class Meta:
        ordering = ["label"]
        verbose_name = _("autre nom d'un profil")
        verbose_name_plural = _("autres noms des profils")
        constraints = [models.UniqueConstraint(fields=["profile", "key"], name="profile_alias_once")]
        indexes = [GinIndex(fields=["key"], name="profile_alias_key_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.label


class ProfileSkill(models.Model):
    profile = models.ForeignKey(JobProfile, models.CASCADE, related_name="skill_links", verbose_name=_("profil"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="profile_links", verbose_name=_("compétence"))
    importance = models.CharField(_("importance"), max_length=10, choices=Importance)
    level = models.PositiveSmallIntegerField(_("niveau attendu"), choices=SkillLevel)

    class Meta:
        ordering = ["-importance", "-level"]
        verbose_name = _("compétence d'un profil")
        verbose_name_plural = _("compétences des profils")
        constraints = [
            models.UniqueConstraint(fields=["profile", "skill"], name="profile_skill_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 3)), name="profile_skill_level"),
        ]

    def __str__(self):
        return f"{self.profile.name} : {self.skill.label}"

    @property
    def sentence(self) -> str:
        """What the level asked for looks like."""
        return self.skill.level_sentence(self.level)


class ProfileOccupation(models.Model):
    """A ROME code that speaks of this profile, with why we think so."""

    profile = models.ForeignKey(JobProfile, models.CASCADE, related_name="occupation_links", verbose_name=_("profil"))
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, related_name="profile_links", verbose_name=_("métier ROME")
    )
    why = models.CharField(_("pourquoi"), max_length=300)

    class Meta:
        verbose_name = _("lien d'un profil avec le ROME")
        verbose_name_plural = _("liens des profils avec le ROME")
        constraints = [models.UniqueConstraint(fields=["profile", "occupation"], name="profile_occupation_once")]

    def __str__(self):
        return f"{self.profile.name} : {self.occupation.code}"

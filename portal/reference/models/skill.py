from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.enums import SkillKind


class SkillQuerySet(models.QuerySet):
    def own_words(self):
        """The portal's own layer: what people tick and what courses teach."""
        return self.filter(kind__in=[SkillKind.AI, SkillKind.GENERAL, SkillKind.TRADE])

    def of_rome(self):
        return self.filter(kind__in=[SkillKind.ROME_KNOWHOW, SkillKind.ROME_KNOWLEDGE])


class Skill(models.Model):
    """A skill: the portal's own words (code is a slug) or a ROME item (code is `ogr-<number>`)."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    label = models.CharField(_("libellé"), max_length=300)
    kind = models.CharField(_("nature"), max_length=20, choices=SkillKind, default=SkillKind.AI)
    family = models.CharField(_("famille"), max_length=60, blank=True)
    description = models.TextField(_("description"), blank=True)
    # title_key(label): accents, gender endings and stop words folded
    key = models.CharField(max_length=300, editable=False)
    esco_uri = models.URLField(_("adresse ESCO"), blank=True)
    is_obsolete = models.BooleanField(_("retirée du référentiel"), default=False)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        verbose_name = _("compétence")
        indexes = [GinIndex(fields=["key"], name="skill_key_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.label


class SkillAlias(models.Model):
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="aliases", verbose_name=_("compétence"))
    label = models.CharField(_("autre nom"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        ordering = ["label"]
        verbose_name = _("autre nom d'une compétence")
        verbose_name_plural = _("autres noms des compétences")
        constraints = [models.UniqueConstraint(fields=["skill", "key"], name="skill_alias_once")]

    def __str__(self):
        return self.label

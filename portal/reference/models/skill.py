from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.enums import Closeness, EvidenceSource, SkillKind

ESCO_ADDRESS = "http://data.europa.eu/esco/skill/"


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
    # what somebody can be seen doing at levels 1, 2 and 3: three sentences, or none
    levels = ArrayField(models.CharField(max_length=160), default=list, blank=True, verbose_name=_("niveaux"))
    is_obsolete = models.BooleanField(_("retirée du référentiel"), default=False)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        verbose_name = _("compétence")
        indexes = [GinIndex(fields=["key"], name="skill_key_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.label

    def level_sentence(self, level: int) -> str:
        """What somebody at `level` (1 to 3) can be seen doing; empty when nothing was written."""
        return self.levels[level - 1] if 1 <= level <= len(self.levels) else ""


class SkillEvidence(models.Model):
    """An item of a public list that speaks of a skill of the portal: a fact about the list, judged by hand."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="evidence", verbose_name=_("compétence"))
    source = models.CharField(_("source"), max_length=10, choices=EvidenceSource)
    # ROME: the OGR number of a competence or a knowledge; ESCO: the end of the concept's URI
    code = models.CharField(_("code"), max_length=40)
    closeness = models.CharField(_("proximité"), max_length=10, choices=Closeness)

    class Meta:
        ordering = ["source", "closeness", "code"]
        verbose_name = _("lien d'une compétence avec une liste publique")
        verbose_name_plural = _("liens des compétences avec les listes publiques")
        constraints = [models.UniqueConstraint(fields=["skill", "source", "code"], name="skill_evidence_once")]

    def __str__(self):
        return f"{self.get_source_display()} {self.code}"

    @property
    def uri(self) -> str:
        """The address of an ESCO concept; ROME publishes none for its items."""
        return ESCO_ADDRESS + self.code if self.source == EvidenceSource.ESCO else ""


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

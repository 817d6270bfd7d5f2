"""Job offers read elsewhere, kept without a contact nor a text, and what all demand adds up to by skill."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from jobs.enums import Contract
from portal.reference.enums import SkillLevel
from portal.reference.models import Commune, Department, JobProfile, Occupation, Skill


class OfferSource(TextChoices):
    FRANCE_TRAVAIL = "france_travail", _("France Travail, API Offres d’emploi")


class Provenance(TextChoices):
    POSTED = "posted", _("déposés ici")
    IMPORTED = "imported", _("offres importées")


class ImportedOfferQuerySet(models.QuerySet):
    def fitted(self):
        return self.filter(profile__isnull=False)


class ImportedOffer(models.Model):
    """An offer as counted: a title without contacts, a place, a date; its text is read for skills and not kept."""

    source = models.CharField(_("source"), max_length=20, choices=OfferSource, default=OfferSource.FRANCE_TRAVAIL)
    number = models.CharField(_("numéro"), max_length=40)
    # of offers that say the same: merged into this one
    other_numbers = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("doublons"))
    fingerprint = models.CharField(max_length=64, editable=False)
    title = models.CharField(_("intitulé"), max_length=200)
    rome_code = models.CharField(_("code ROME de la source"), max_length=5, blank=True)
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("métier ROME")
    )
    # NULL: none of our profiles fits
    profile = models.ForeignKey(
        JobProfile, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("profil")
    )
    confidence = models.PositiveSmallIntegerField(_("confiance sur 100"), null=True, blank=True)
    fit_reason = models.CharField(_("d'après"), max_length=200, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("commune")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("département")
    )
    # as the source says it, in Occitanie or not
    department_code = models.CharField(_("département de la source"), max_length=3, blank=True)
    contract = models.CharField(_("contrat"), max_length=20, choices=Contract, blank=True)
    headcount = models.PositiveSmallIntegerField(_("postes"), default=1)
    posted_on = models.DateField(_("publiée le"))
    updated_on = models.DateField(_("actualisée le"), null=True, blank=True)
    # NULL: the source does not say
    lacks_candidates = models.BooleanField(_("manque de candidats, selon la source"), null=True, blank=True)
    seen_on = models.DateField(_("lue le"))
    skills = models.ManyToManyField(Skill, related_name="offers", blank=True, verbose_name=_("compétences lues"))

    objects = ImportedOfferQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_on", "number"]
        verbose_name = _("offre importée")
        verbose_name_plural = _("offres importées")
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="offer_once"),
            models.UniqueConstraint(fields=["source", "fingerprint"], name="offer_said_once"),
            models.CheckConstraint(
                condition=Q(profile__isnull=True, confidence__isnull=True) | Q(confidence__range=(1, 100)),
                name="offer_fits_with_a_confidence",
            ),
        ]

    def __str__(self):
        return self.title


class SkillDemand(models.Model):
    """Posts that ask for a skill: by département, level, month and provenance. Counted anew every night."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="demand", verbose_name=_("compétence"))
    # NULL: the place is not known
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, related_name="demand", verbose_name=_("département")
    )
    # NULL: offers read elsewhere say no level
    level = models.PositiveSmallIntegerField(_("niveau"), choices=SkillLevel, null=True)
    month_on = models.DateField(_("mois"))
    provenance = models.CharField(_("provenance"), max_length=10, choices=Provenance)
    posts = models.PositiveIntegerField(_("postes"))
    adverts = models.PositiveIntegerField(_("annonces"))
    counted_on = models.DateField(_("compté le"))

    class Meta:
        ordering = ["-month_on", "skill__label"]
        verbose_name = _("demande par compétence")
        verbose_name_plural = _("demandes par compétence")
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "department", "level", "month_on", "provenance"],
                name="skill_demand_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.skill} {self.month_on:%Y-%m} {self.posts}"

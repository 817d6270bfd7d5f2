"""Employers and what they need."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import Commitment, Contract
from portal.accounts.models import Organisation
from portal.moderation.models import Moderated, ModeratedQuerySet
from portal.reference.enums import Importance, Level, SkillLevel
from portal.reference.models import Commune, JobProfile, Occupation, Skill


@pghistory.track()
class Employer(models.Model):
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="employer", verbose_name=_("organisation")
    )
    name = models.CharField(_("nom d'usage"), max_length=250)
    sector = models.CharField(_("secteur"), max_length=120, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="employers", verbose_name=_("commune")
    )
    presentation = models.TextField(_("présentation"), max_length=2000, blank=True)
    contact_email = models.EmailField(_("courriel de contact (jamais affiché)"), blank=True)
    # no employer is named in public without its consent
    may_be_named = models.BooleanField(_("accepte d'être nommé"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("employeur")

    def __str__(self):
        return self.name


class NeedQuerySet(ModeratedQuerySet):
    def open_on(self, day):
        """Published needs that are neither filled nor expired on `day`."""
        return self.published().filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day), filled_on__isnull=True)

    def editable_by(self, user):
        return self.filter(employer__organisation__in=Organisation.objects.with_member(user))


@pghistory.track()
class EmployerNeed(Moderated):
    MODERATED_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "description",
        "headcount",
        "contract",
        "level",
        "is_remote",
        "wished_on",
    )
    OWNER_RELATIONS: ClassVar[tuple[str, ...]] = ("employer__organisation",)

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="needs", verbose_name=_("employeur"))
    title = models.CharField(_("intitulé"), max_length=200)
    description = models.TextField(_("description"), max_length=3000, blank=True)
    # NULL: none of our profiles fits, or nobody looked yet
    profile = models.ForeignKey(
        JobProfile, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("profil")
    )
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("métier ROME")
    )
    skills = models.ManyToManyField(Skill, through="NeedSkill", related_name="needs")
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("commune")
    )
    headcount = models.PositiveSmallIntegerField(_("postes"), default=1)
    contract = models.CharField(_("contrat"), max_length=20, choices=Contract)
    level = models.PositiveSmallIntegerField(_("niveau souhaité"), choices=Level, null=True, blank=True)
    is_remote = models.BooleanField(_("à distance"), null=True, blank=True)
    wished_on = models.DateField(_("date souhaitée"), null=True, blank=True)
    commitments = ArrayField(
        models.CharField(max_length=20, choices=Commitment), default=list, blank=True, verbose_name=_("engagements")
    )
    expires_on = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    filled_on = models.DateField(_("pourvu le"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta(Moderated.Meta):
        ordering = ["-created_at", "pk"]
        verbose_name = _("besoin d'employeur")
        verbose_name_plural = _("besoins d'employeurs")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(condition=Q(headcount__range=(1, 500)), name="need_headcount"),
        ]

    def __str__(self):
        return self.title

    def owners(self) -> list[Organisation]:
        return [self.employer.organisation]


@pghistory.track()
class NeedSkill(models.Model):
    need = models.ForeignKey(EmployerNeed, models.CASCADE, related_name="skill_links", verbose_name=_("besoin"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="need_links", verbose_name=_("compétence"))
    importance = models.CharField(_("importance"), max_length=10, choices=Importance)
    level = models.PositiveSmallIntegerField(_("niveau"), choices=SkillLevel)

    class Meta:
        verbose_name = _("compétence demandée")
        verbose_name_plural = _("compétences demandées")
        constraints = [
            models.UniqueConstraint(fields=["need", "skill"], name="need_skill_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="need_skill_level"),
        ]

    def __str__(self):
        return f"{self.need} : {self.skill}"

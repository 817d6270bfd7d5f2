"""Employers and what they need."""

import datetime
from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from jobs.enums import Commitment, CompanyState, Contract, FilledHow
from jobs.models.need_link import state_path
from jobs.models.need_problems import problems_of
from portal.accounts.models import Organisation
from portal.moderation.models import Moderated, ModeratedQuerySet, Status
from portal.reference.enums import Importance, Level, SkillLevel
from portal.reference.models import Commune, JobProfile, Occupation, Skill

SKILLS = _("compétences")
# a yearly salary outside these is a slip of the keyboard
LOWEST_SALARY, HIGHEST_SALARY = 5_000, 500_000
MOST_POSTS = 500


@pghistory.track()
class Employer(models.Model):
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="employer", verbose_name=_("organisation")
    )
    name = models.CharField(_("nom d'usage"), max_length=250)
    sector = models.CharField(_("secteur"), max_length=120, blank=True)
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="employers", verbose_name=_("commune")
    )
    presentation = models.TextField(_("présentation"), max_length=2000, blank=True)
    contact_email = models.EmailField(_("courriel de contact (jamais affiché)"), blank=True)
    # no employer is named in public without its consent
    may_be_named = models.BooleanField(_("accepte d'être nommé"), default=False)
    # what a register of companies said of its SIRET, and when
    register_state = models.CharField(
        _("état au registre"), max_length=10, choices=CompanyState, default=CompanyState.UNCHECKED
    )
    register_source = models.CharField(_("registre"), max_length=80, blank=True)
    register_checked_on = models.DateField(_("registre lu le"), null=True, blank=True)

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
        return self.filter(employer__organisation__in=Organisation.objects.with_member(user), is_attached=True)

    def to_correct(self):
        return self.filter(status=Status.CHANGES_ASKED)

    def ending_before(self, day, days):
        """Shown needs, not filled, whose last day is within `days` of `day`, or past."""
        return self.expiring_by(day + datetime.timedelta(days=days))

    def expiring_by(self, day):
        """Shown needs, not filled, whose last day is `day` or before."""
        return self.published().filter(filled_on__isnull=True, expires_on__lte=day)


# who posted it is nobody's business once it is forgotten: the history keeps neither name nor address
@pghistory.track(exclude=["poster_name", "poster_email"])
class EmployerNeed(Moderated):
    MODERATED_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "description",
        "headcount",
        "contract",
        "level",
        "is_remote",
        "wished_on",
        "profile",
        "commune",
        "salary_min_euros",
        "salary_max_euros",
    )
    MODERATED_RELATIONS: ClassVar[tuple[str, ...]] = ("skill_links__skill",)
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
    # gross, per year; NULL: not said
    salary_min_euros = models.PositiveIntegerField(_("salaire brut annuel, au moins (€)"), null=True, blank=True)
    salary_max_euros = models.PositiveIntegerField(_("salaire brut annuel, au plus (€)"), null=True, blank=True)
    commitments = ArrayField(
        models.CharField(max_length=20, choices=Commitment), default=list, blank=True, verbose_name=_("engagements")
    )
    expires_on = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(_("prolongations"), default=0, editable=False)
    # last day a reminder of the end left; NULL once it is renewed
    reminded_on = models.DateField(_("rappelé le"), null=True, blank=True, editable=False)
    filled_on = models.DateField(_("pourvu le"), null=True, blank=True)
    filled_how = models.CharField(_("pourvu"), max_length=15, choices=FilledHow, blank=True)
    filled_course = models.ForeignKey(
        Course, models.SET_NULL, null=True, blank=True, related_name="needs_filled", verbose_name=_("formation suivie")
    )

    # who wrote it, by an address that answered; never shown, forgotten a year after the end
    poster_name = models.CharField(_("écrit par"), max_length=150, blank=True, editable=False)
    poster_email = models.EmailField(_("courriel de qui l'a écrit"), blank=True, editable=False)
    email_confirmed_at = models.DateTimeField(_("courriel confirmé le"), null=True, blank=True, editable=False)
    # False: written without an account, and no member of the organisation took it up yet
    is_attached = models.BooleanField(_("rattaché à l'organisation"), default=True, editable=False)
    # signed links of another number open nothing any more
    link_number = models.PositiveSmallIntegerField(_("numéro des liens"), default=0, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta(Moderated.Meta):
        ordering = ["-created_at", "pk"]
        verbose_name = _("besoin d'employeur")
        verbose_name_plural = _("besoins d'employeurs")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(condition=Q(headcount__range=(1, 500)), name="need_headcount"),
            models.CheckConstraint(
                condition=Q(salary_min_euros__isnull=True)
                | Q(salary_max_euros__isnull=True)
                | Q(salary_max_euros__gte=F("salary_min_euros")),
                name="need_salary_range",
            ),
            models.CheckConstraint(
                condition=Q(filled_how="") | Q(filled_on__isnull=False), name="need_filled_how_says_when"
            ),
            models.CheckConstraint(
                condition=Q(filled_course__isnull=True) | Q(filled_how="course"), name="need_filled_by_a_course"
            ),
        ]
        # texts are compared with those of other employers
        indexes = [GinIndex(fields=["title"], name="need_title_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.title

    def owners(self) -> list[Organisation]:
        return [self.employer.organisation]

    def moderated_content(self) -> dict:
        """Own fields and the skills asked for: an approval covers them all."""
        content = super().moderated_content()
        if self.pk:
            links = self.skill_links.all()
            content["skills"] = sorted([link.skill.code, link.importance, link.level] for link in links)
        return content

    def moderated_lines(self) -> list[tuple[str, str]]:
        links = self.skill_links.select_related("skill").order_by("-importance", "skill__label")
        said = "\n".join(link.told for link in links)
        return [*super().moderated_lines(), (str(SKILLS), said or "–")]

    def content_lines(self, content: dict) -> list[tuple[str, str]]:
        said = [_told(code, importance, level) for code, importance, level in content.get("skills", [])]
        return [*super().content_lines(content), (str(SKILLS), "\n".join(said) or "–")]

    def problems(self, changes: dict[str, Any] | None = None) -> list[tuple[str, str]]:
        return problems_of(self)

    def other_readers(self) -> set[str]:
        """Who wrote it without an account is told like a member."""
        return {self.poster_email} if self.poster_email and not self.is_attached else set()

    def owner_address(self) -> str:
        """The page of who wrote it; in the space of the organisation once it is attached."""
        return reverse("employeur:need", args=[self.pk]) if self.is_attached else state_path(self)

    @property
    def reply_email(self) -> str:
        """Where a message about it goes; never shown."""
        return self.poster_email or self.employer.contact_email

    def is_open_on(self, day: datetime.date) -> bool:
        return self.is_public and self.filled_on is None and (self.expires_on is None or self.expires_on >= day)

    def is_expired_on(self, day: datetime.date) -> bool:
        return self.is_public and self.filled_on is None and not self.is_open_on(day)


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

    @property
    def told(self) -> str:
        return _told(self.skill.label, self.importance, self.level)


def _told(skill: str, importance: str, level: int) -> str:
    return f"{skill} ({Importance(importance).label}, {SkillLevel(level).label})"

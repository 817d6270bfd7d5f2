"""Pooled needs: the same job, basin and quarter asked for by several employers, and what becomes of them."""

import datetime
from dataclasses import dataclass
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import TrainingProvider
from jobs.models.need import EmployerNeed
from portal.reference.models import EmploymentBasin, JobProfile, Skill


class Stage(TextChoices):
    FORMING = "forming", _("en constitution")
    OPEN = "open", _("ouvert aux réponses")
    ANSWERED = "answered", _("réponse reçue")
    FUNDED = "funded", _("financé")
    DECLINED = "declined", _("sans suite")
    RUNNING = "running", _("formation en cours")
    HIRED = "hired", _("embauches faites")
    LAPSED = "lapsed", _("en sommeil")


# the rule still decides whether these stand
FOLLOWED = (Stage.FORMING, Stage.OPEN, Stage.LAPSED)


class Leaving(TextChoices):
    FILLED = "filled", _("pourvu")
    EXPIRED = "expired", _("expiré")
    WITHDRAWN = "withdrawn", _("retiré")
    CHANGED = "changed", _("métier, lieu ou date changés")
    LAPSED = "lapsed", _("besoin groupé en sommeil")
    CHOSE = "chose", _("parti à sa demande")


@dataclass(frozen=True)
class Move:
    """`starts` → `end`; `is_explained`: an agent writes why; `asks`: what the number of people means, "" for none."""

    starts: frozenset[str]
    end: str
    label: str | Promise
    is_explained: bool = False
    asks: str | Promise = ""
    # carried out by the nightly rule only
    by_rule: bool = False


class PoolRefused(Exception):
    """A step that cannot be taken; `str()` is the French sentence for the person who tried."""


class PoolQuerySet(models.QuerySet):
    def shown(self):
        """What the public sees: pools that stand, or that led somewhere."""
        return self.exclude(stage=Stage.LAPSED)


# the day of the last count moves every night, and is no change
@pghistory.track(exclude=["counted_on"])
class Pool(models.Model):
    """One job profile, one employment basin, one quarter: there is never a second pool of the three."""

    MOVES: ClassVar[dict[str, Move]] = {
        "form": Move(frozenset({Stage.LAPSED}), Stage.FORMING, _("reformer"), by_rule=True),
        "lapse": Move(frozenset({Stage.FORMING, Stage.OPEN}), Stage.LAPSED, _("mettre en sommeil"), by_rule=True),
        "open": Move(frozenset({Stage.FORMING}), Stage.OPEN, _("ouvrir aux réponses"), is_explained=True),
        "answer": Move(
            frozenset({Stage.OPEN}),
            Stage.ANSWERED,
            _("enregistrer une réponse"),
            is_explained=True,
            asks=_("places proposées"),
        ),
        "fund": Move(
            frozenset({Stage.ANSWERED}),
            Stage.FUNDED,
            _("enregistrer un financement"),
            is_explained=True,
            asks=_("places financées"),
        ),
        "decline": Move(
            frozenset({Stage.OPEN, Stage.ANSWERED, Stage.FUNDED}), Stage.DECLINED, _("classer sans suite"), True
        ),
        "reopen": Move(frozenset({Stage.DECLINED}), Stage.OPEN, _("rouvrir"), is_explained=True),
        "run": Move(
            frozenset({Stage.FUNDED}),
            Stage.RUNNING,
            _("dire la formation commencée"),
            is_explained=True,
            asks=_("personnes entrées en formation"),
        ),
        "hire": Move(
            frozenset({Stage.RUNNING}),
            Stage.HIRED,
            _("dire les embauches faites"),
            is_explained=True,
            asks=_("personnes embauchées"),
        ),
    }

    profile = models.ForeignKey(JobProfile, models.PROTECT, related_name="pools", verbose_name=_("métier"))
    basin = models.ForeignKey(EmploymentBasin, models.PROTECT, related_name="pools", verbose_name=_("bassin d'emploi"))
    # first day of the quarter of the wished dates
    quarter_on = models.DateField(_("trimestre"))
    stage = models.CharField(_("étape"), max_length=10, choices=Stage, default=Stage.FORMING, editable=False)
    formed_on = models.DateField(_("constitué le"))
    # what the rule counted on `counted_on`
    counted_on = models.DateField(_("compté le"))
    employer_count = models.PositiveIntegerField(_("employeurs"), default=0)
    # employers among them that would share a group
    agreed_count = models.PositiveIntegerField(_("employeurs d'accord"), default=0)
    headcount = models.PositiveIntegerField(_("postes"), default=0)
    first_wished_on = models.DateField(_("première date souhaitée"), null=True, blank=True)
    last_wished_on = models.DateField(_("dernière date souhaitée"), null=True, blank=True)
    departments = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("départements"))
    skills = models.ManyToManyField(Skill, related_name="pools", blank=True, verbose_name=_("compétences communes"))

    objects = PoolQuerySet.as_manager()

    class Meta:
        ordering = ["quarter_on", "profile__name", "basin__name"]
        verbose_name = _("besoin groupé")
        verbose_name_plural = _("besoins groupés")
        constraints = [models.UniqueConstraint(fields=["profile", "basin", "quarter_on"], name="pool_once")]

    def __str__(self):
        return f"{self.profile.name}, {self.basin.name}, {self.quarter}"

    @property
    def quarter(self) -> str:
        return quarter_in_words(self.quarter_on)

    @transaction.atomic
    def move(
        self, verb: str, *, on: datetime.date, by=None, explanation: str = "", people: int | None = None
    ) -> "PoolStep":
        """Take one step of MOVES and keep why; the database decides who came first. Raises PoolRefused.

        `people` is kept where the step asks for a number.
        """
        move = self.MOVES[verb]
        if move.is_explained and not explanation.strip():
            raise PoolRefused(_("Écrivez ce qui explique cette étape : la date et le texte seront montrés."))
        row = Pool.objects.select_for_update(of=("self",)).filter(pk=self.pk)
        start = row.values_list("stage", flat=True).get()
        if start not in move.starts:
            raise PoolRefused(
                _("Ce besoin groupé a changé d’étape entre-temps (« %(stage)s ») : relisez-le avant de recommencer.")
                % {"stage": Stage(start).label}
            )
        Pool.objects.filter(pk=self.pk).update(stage=move.end)
        self.stage = move.end
        return PoolStep.objects.create(
            pool=self,
            verb=verb,
            from_stage=start,
            to_stage=move.end,
            on=on,
            by=by,
            explanation=explanation.strip(),
            people=people if move.asks else None,
        )

    def moves_of_agents(self) -> list[tuple[str, Move]]:
        """The steps that an agent may take from here."""
        return [(verb, move) for verb, move in self.MOVES.items() if self.stage in move.starts and not move.by_rule]


def quarter_in_words(first_day: datetime.date) -> str:
    number = (first_day.month + 2) // 3
    ordinal = _("1er trimestre %(year)d") if number == 1 else _("%(n)de trimestre %(year)d")
    return ordinal % {"n": number, "year": first_day.year}


class PoolMemberQuerySet(models.QuerySet):
    def present(self):
        return self.filter(left_on__isnull=True)


@pghistory.track()
class PoolMember(models.Model):
    """A need in a pool, until the day it leaves; never in two pools at once."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="members", verbose_name=_("besoin groupé"))
    need = models.ForeignKey(EmployerNeed, models.CASCADE, related_name="pool_links", verbose_name=_("besoin"))
    # the employer would share a group: told by mail, and by no other sign
    agreed = models.BooleanField(_("d'accord pour partager"), default=False)
    joined_on = models.DateField(_("entré le"))
    told_at = models.DateTimeField(_("prévenu le"), null=True, blank=True)
    left_on = models.DateField(_("sorti le"), null=True, blank=True)
    left_why = models.CharField(_("pourquoi"), max_length=10, choices=Leaving, blank=True)

    objects = PoolMemberQuerySet.as_manager()

    class Meta:
        ordering = ["joined_on", "pk"]
        verbose_name = _("besoin d'un groupe")
        verbose_name_plural = _("besoins d'un groupe")
        constraints = [
            models.UniqueConstraint(fields=["need"], condition=Q(left_on__isnull=True), name="pool_member_in_one_pool"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_why="") | Q(left_on__isnull=False) & ~Q(left_why=""),
                name="pool_member_leaves_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.need} → {self.pool}"


class PoolStep(models.Model):
    """One dated and explained step of a pool; `by` is None for the rule."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="steps", verbose_name=_("besoin groupé"))
    verb = models.CharField(_("acte"), max_length=10)
    from_stage = models.CharField(_("de"), max_length=10, choices=Stage, blank=True)
    to_stage = models.CharField(_("à"), max_length=10, choices=Stage)
    on = models.DateField(_("jour"))
    at = models.DateTimeField(_("enregistré le"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    # written by the rule or by an agent; names no employer
    explanation = models.TextField(_("explication"), max_length=2_000, blank=True)
    people = models.PositiveSmallIntegerField(_("personnes"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("étape d'un besoin groupé")
        verbose_name_plural = _("étapes des besoins groupés")

    def __str__(self):
        return f"{self.pool} : {self.get_to_stage_display()}"

    @property
    def people_asked(self) -> str:
        """What the number means: "places proposées"."""
        move = Pool.MOVES.get(self.verb)
        return str(move.asks) if move else ""


class PoolNotice(models.Model):
    """A training body that was told of an open pool, once."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="notices", verbose_name=_("besoin groupé"))
    provider = models.ForeignKey(
        TrainingProvider, models.CASCADE, related_name="pool_notices", verbose_name=_("organisme")
    )
    told_on = models.DateField(_("prévenu le"))

    class Meta:
        ordering = ["told_on", "pk"]
        verbose_name = _("organisme prévenu")
        verbose_name_plural = _("organismes prévenus")
        constraints = [models.UniqueConstraint(fields=["pool", "provider"], name="pool_notice_once")]

    def __str__(self):
        return f"{self.provider} ← {self.pool}"

"""Codes that a rule proposes for a course, and what people decided of them: a refusal is remembered."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import CodeKind, SuggestionState
from courses.models.course import Course
from portal.reference.models import Formacode, JobProfile, Occupation, Skill

# A waiting proposal is a sign of a link only where three of four such proposals were right (docs/matching.md):
# the first ranks, from so many thousandths on.
SIGN_RANKS = 2
SIGN_POINTS = {CodeKind.ROME: 600, CodeKind.FORMACODE: 700}


class CodeSuggestionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=SuggestionState.PROPOSED)

    def decided(self):
        return self.exclude(state=SuggestionState.PROPOSED)

    def signs(self):
        """Waiting ones that are sure enough to speak before a person decided."""
        sure = Q()
        for kind, points in SIGN_POINTS.items():
            sure |= Q(kind=kind, points__gte=points)
        return self.waiting().filter(sure, rank__lte=SIGN_RANKS)

    def in_order(self):
        return self.order_by("-kind", "rank", "pk")


def has_waiting() -> Exists:
    """For a queryset of courses: whether a proposal of a code waits."""
    return Exists(CodeSuggestion.objects.waiting().filter(course=OuterRef("pk")))


TARGETS = ("occupation", "formacode", "skill", "profile")


def only(kind: str, target: str) -> Q:
    """A row of this kind names this target and no other."""
    return Q(kind=kind, **{f"{name}__isnull": name != target for name in TARGETS})


@pghistory.track()
class CodeSuggestion(models.Model):
    """A ROME code, a Formacode or a job proposed for a course; a skill only once decided (until then a CourseSkill).

    `witness` is the certification whose title speaks for the code ("RNCP34757"), empty when only the code's own words
    do. `is_wide`: the code stands for a whole family of occupations.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="code_suggestions", verbose_name=_("formation"))
    kind = models.CharField(_("nature"), max_length=10, choices=CodeKind)
    occupation = models.ForeignKey(
        Occupation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("métier ROME")
    )
    formacode = models.ForeignKey(Formacode, models.CASCADE, null=True, blank=True, related_name="+")
    skill = models.ForeignKey(
        Skill, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("compétence")
    )
    profile = models.ForeignKey(
        JobProfile, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("métier visé")
    )
    rank = models.PositiveSmallIntegerField(_("rang"))
    points = models.PositiveIntegerField(_("points"), default=0)  # thousandths
    is_wide = models.BooleanField(_("famille de métiers"), default=False)
    witness = models.CharField(_("d'après"), max_length=30, blank=True)
    witness_title = models.CharField(_("intitulé du témoin"), max_length=500, blank=True)
    rule = models.CharField(_("règle"), max_length=40)
    state = models.CharField(_("état"), max_length=10, choices=SuggestionState, default=SuggestionState.PROPOSED)
    proposed_at = models.DateTimeField(_("proposé le"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidé par")
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)

    objects = CodeSuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["course", "-kind", "rank", "pk"]
        verbose_name = _("code proposé")
        verbose_name_plural = _("codes proposés")
        constraints = [
            models.UniqueConstraint(fields=["course", "occupation"], name="rome_suggested_once"),
            models.UniqueConstraint(fields=["course", "formacode"], name="formacode_suggested_once"),
            models.UniqueConstraint(fields=["course", "skill"], name="skill_decided_once"),
            models.UniqueConstraint(fields=["course", "profile"], name="profile_suggested_once"),
            models.CheckConstraint(
                condition=only("rome", "occupation")
                | only("formacode", "formacode")
                | only("skill", "skill")
                | only("profile", "profile"),
                name="suggestion_is_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="decided_suggestion_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(kind="skill") | ~Q(state="proposed"), name="skill_waits_among_the_course_s"
            ),
        ]
        indexes = [
            models.Index(fields=["course", "kind", "rank"], condition=Q(state="proposed"), name="suggestion_waiting")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.target}"

    @property
    def target(self) -> Occupation | Formacode | Skill | JobProfile | None:
        """What is proposed."""
        return self.occupation or self.formacode or self.skill or self.profile

    @property
    def is_sign(self) -> bool:
        """Whether it speaks already; the same rule as the queryset's ``signs``."""
        enough = SIGN_POINTS.get(CodeKind(self.kind))
        is_sure = enough is not None and self.points >= enough and self.rank <= SIGN_RANKS
        return is_sure and self.state == SuggestionState.PROPOSED

"""What moderation leaves behind: the revision of each approval, the event of each move."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.moderation.models.status import Status

# after these, the texts of a row are looked over (`Moderated.problems`)
CHECKED = ("submit", "propose", "approve", "accept_proposal", "publish_trusted", "revise")
# an agent's decisions that the members of the owner are told
TOLD = (
    "approve",
    "ask_changes",
    "withdraw",
    "quarantine",
    "release",
    "resubmit",
    "accept_proposal",
    "refuse_proposal",
    "undo",
)


class Subject(models.Model):
    """A row that speaks of another row, whatever its model."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("nature"))
    subject_id = models.PositiveBigIntegerField(_("numéro"))
    subject = GenericForeignKey("subject_type", "subject_id")

    class Meta:
        abstract = True


class SubjectQuerySet(models.QuerySet):
    def about(self, row):
        return self.filter(subject_type=ContentType.objects.get_for_model(row), subject_id=row.pk)

    def about_any(self, rows):
        """About rows of one model, given as a queryset."""
        return self.filter(subject_type=ContentType.objects.get_for_model(rows.model), subject_id__in=rows.values("pk"))


class RevisionQuerySet(SubjectQuerySet):
    def next_number(self, row) -> int:
        """One more than the highest ever given: an undone approval keeps its number."""
        return (self.about(row).aggregate(last=Max("number"))["last"] or 0) + 1

    def last_numbers(self, subject_type: ContentType, keys) -> dict[int, int]:
        """{id of the row: its highest number} for rows of one model."""
        of_these = self.filter(subject_type=subject_type, subject_id__in=keys).order_by()
        return dict(of_these.values_list("subject_id").annotate(Max("number")))


@pgtrigger.register(pgtrigger.Protect(name="revision_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete))
class Revision(Subject):
    """What was approved, word for word, with its hash; never changed, never deleted."""

    number = models.PositiveIntegerField(_("numéro de version"))
    content = models.JSONField(_("contenu approuvé"), encoder=DjangoJSONEncoder)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    # NULL: approved by a trusted source, named in `origin`
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approuvée par")
    )
    origin = models.CharField(_("origine"), max_length=120, blank=True)
    approved_at = models.DateTimeField(_("approuvée le"), default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-approved_at"]
        verbose_name = _("version approuvée")
        verbose_name_plural = _("versions approuvées")
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=False) | ~Q(origin=""), name="revision_has_an_author"
            ),
        ]

    def __str__(self):
        return f"{self.subject_type_id}/{self.subject_id} v{self.number}"


class ModerationEventQuerySet(SubjectQuerySet):
    def untold(self):
        """Decisions that nobody was told of; what an owner did needs no telling, and keeps no `before`."""
        return self.filter(told_at__isnull=True, before__isnull=False, verb__in=TOLD)

    def unchecked(self):
        return self.filter(checked_at__isnull=True, verb__in=CHECKED)


@pgtrigger.register(pgtrigger.Protect(name="event_is_kept", operation=pgtrigger.Delete))
class ModerationEvent(Subject):
    """One row per move: who, what, when, why."""

    verb = models.CharField(_("acte"), max_length=30)
    from_status = models.CharField(_("avant"), max_length=20, choices=Status, blank=True)
    to_status = models.CharField(_("après"), max_length=20, choices=Status, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par"))
    reason = models.TextField(_("motif"), blank=True)
    at = models.DateTimeField(_("le"), default=timezone.now)
    told_at = models.DateTimeField(_("annoncé le"), null=True, blank=True)
    checked_at = models.DateTimeField(_("textes relus le"), null=True, blank=True, editable=False)
    # an agent's decision: what there was before it (state, version, hash, old values), for `undo.undo`
    before = models.JSONField(_("avant la décision"), encoder=DjangoJSONEncoder, null=True, editable=False)
    undone_at = models.DateTimeField(_("annulée le"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("annulée par"),
    )

    objects = ModerationEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("acte de modération")
        verbose_name_plural = _("actes de modération")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="moderation_event_subject"),
            models.Index(fields=["at"], condition=Q(told_at=None, before__isnull=False), name="event_untold"),
            models.Index(fields=["at"], condition=Q(checked_at=None, verb__in=CHECKED), name="event_unchecked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_event_has_a_person",
            )
        ]

    def __str__(self):
        return f"{self.verb} {self.subject_type_id}/{self.subject_id}"

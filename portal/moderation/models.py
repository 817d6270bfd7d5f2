"""Moderation: the live row is the approved text; an edit waits beside it; each approval leaves a revision."""

import hashlib
import json
from collections.abc import Iterable
from copy import copy
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à modérer")
    PUBLISHED = "published", _("publiée")
    CHANGES_ASKED = "changes_asked", _("à corriger")
    WITHDRAWN = "withdrawn", _("retirée")
    ARCHIVED = "archived", _("archivée")


class ModerationError(Exception):
    """A verb that cannot be carried out; `str()` is the French sentence for the person who tried."""


class MoveRefused(ModerationError):
    def __init__(self, subject, verb):
        super().__init__(
            _("Cette fiche a changé d'état entre-temps (« %(state)s ») : rechargez la page avant de recommencer.")
            % {"state": Status(type(subject)._base_manager.values_list("status", flat=True).get(pk=subject.pk)).label}
        )
        self.verb = verb


class ReasonMissing(ModerationError):
    def __init__(self):
        super().__init__(_("Écrivez le motif : l'organisme le lira pour corriger sa fiche."))


def content_hash(content: dict) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of a moderated content."""
    canonical = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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

    objects = SubjectQuerySet.as_manager()

    class Meta:
        ordering = ["-approved_at"]
        verbose_name = _("version approuvée")
        verbose_name_plural = _("versions approuvées")
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=False) | ~models.Q(origin=""), name="revision_has_an_author"
            ),
        ]

    def __str__(self):
        return f"{self.subject_type_id}/{self.subject_id} v{self.number}"


class ModerationEventQuerySet(SubjectQuerySet):
    def untold(self):
        return self.filter(told_at__isnull=True)


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

    objects = ModerationEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("acte de modération")
        verbose_name_plural = _("actes de modération")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="moderation_event_subject")]

    def __str__(self):
        return f"{self.verb} {self.subject_type_id}/{self.subject_id}"


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
    OUTDATED = "outdated", _("dépassée")


class ProposalQuerySet(SubjectQuerySet):
    def waiting(self):
        return self.filter(state=ProposalState.WAITING)


@pghistory.track()
class Proposal(Subject):
    """A member's edit of a published row: the changed fields, and the version they were written against."""

    changes = models.JSONField(_("champs changés"), encoder=DjangoJSONEncoder)
    base_version = models.PositiveIntegerField(_("version de départ"))
    state = models.CharField(_("état"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposée par")
    )
    proposed_at = models.DateTimeField(_("proposée le"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidée par")
    )
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    reason = models.TextField(_("motif"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at"]
        verbose_name = _("modification proposée")
        verbose_name_plural = _("modifications proposées")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(decided_at__isnull=False)),
                name="proposal_decided_has_a_date",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state="waiting"),
                name="one_waiting_proposal",
            ),
        ]

    def __str__(self):
        return f"{self.subject_type_id}/{self.subject_id} : {', '.join(self.changes)}"


def fields_of(row: models.Model, names: Iterable[str]) -> list[models.Field]:
    """The concrete fields of these names, in this order."""
    by_name = {field.name: field for field in row._meta.concrete_fields}
    return [by_name[name] for name in names]


def shown_value(row: models.Model, field: models.Field) -> str:
    """A value as a person reads it: the label of a choice, yes, no, or a dash where nothing is said."""
    value = field.value_from_object(row)
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def cleaned_value(row: models.Model, name: str, value):
    """A proposed value as its field keeps it; raises ModerationError on one that it refuses."""
    (field,) = fields_of(row, [name])
    try:
        return field.clean(value, row)
    except ValidationError as refused:
        raise ModerationError(
            _("Le champ « %(name)s » ne convient pas : %(why)s")
            % {"name": field.verbose_name, "why": " ".join(refused.messages)}
        ) from refused


def changed_line(row: models.Model, name: str, value) -> tuple[str, str, str]:
    """(name, text today, text proposed) of one field."""
    (field,) = fields_of(row, [name])
    other = copy(row)
    setattr(other, field.attname, field.to_python(value))
    return str(field.verbose_name), shown_value(row, field), shown_value(other, field)


class ModeratedQuerySet(models.QuerySet):
    def published(self):
        """What the public sees: approved, and not hidden because nobody confirmed it."""
        return self.filter(status=Status.PUBLISHED, hidden_since__isnull=True)

    def waiting(self):
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at")


class Moderated(models.Model):
    """A row that the public sees only once a person, or a trusted source, approved exactly its content."""

    MOVES = {  # verb: (from, to); a move not listed cannot happen
        "submit": ({Status.DRAFT, Status.CHANGES_ASKED, Status.WITHDRAWN}, Status.SUBMITTED),
        "approve": ({Status.SUBMITTED}, Status.PUBLISHED),
        "ask_changes": ({Status.SUBMITTED}, Status.CHANGES_ASKED),
        "withdraw": ({Status.SUBMITTED, Status.PUBLISHED}, Status.WITHDRAWN),
        "archive": ({Status.DRAFT, Status.CHANGES_ASKED, Status.WITHDRAWN}, Status.ARCHIVED),
        "reopen": ({Status.ARCHIVED}, Status.DRAFT),
    }
    # fields whose change on a published row waits for approval
    MODERATED_FIELDS: ClassVar[tuple[str, ...]] = ()
    # relations that the approved content reads besides: read at once for many rows
    MODERATED_RELATIONS: ClassVar[tuple[str, ...]] = ()

    status = models.CharField(_("état"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    # number of the approved revision; 0 before the first approval
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("version approuvée")
    )
    submitted_at = models.DateTimeField(_("soumise le"), null=True, editable=False)
    published_at = models.DateTimeField(_("publiée le"), null=True, editable=False)
    # the day it was hidden because nobody confirmed it; NULL while shown
    hidden_since = models.DateField(_("masquée depuis"), null=True, blank=True, editable=False)
    # last day on which its owner or its source said it was exact
    verified_on = models.DateField(_("vérifiée le"), null=True, blank=True)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(revision__isnull=False),
                name="%(app_label)s_%(class)s_published_is_approved",
            )
        ]

    def moderated_content(self) -> dict:
        """The content that an approval covers, as JSON-able values; a model with children adds them."""
        return {field.name: field.value_from_object(self) for field in fields_of(self, self.MODERATED_FIELDS)}

    def moderated_lines(self) -> list[tuple[str, str]]:
        """The same content as (name, text) lines, for the person who decides; a model with children adds theirs."""
        return [(str(field.verbose_name), shown_value(self, field)) for field in fields_of(self, self.MODERATED_FIELDS)]

    def apply_changes(self, changes: dict) -> None:
        """Set changed moderated fields on this instance.

        Raises ModerationError on a field that is not moderated, or a value that it refuses.
        """
        for name, value in changes.items():
            if name not in self.MODERATED_FIELDS:
                raise ModerationError(_("Le champ « %(name)s » ne passe pas par une proposition.") % {"name": name})
            (field,) = fields_of(self, [name])
            setattr(self, field.attname, cleaned_value(self, name, value))

    def change_line(self, name: str, value) -> tuple[str, str, str]:
        """(name, text today, text proposed) of one proposed change, for the person who decides."""
        return changed_line(self, name, value)

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED and self.hidden_since is None

    @transaction.atomic
    def move(self, verb: str, *, by, reason: str = "", **fields) -> ModerationEvent:
        """Carry out one move of MOVES; the database decides who came first. Raises MoveRefused."""
        starts, end = self.MOVES[verb]
        row = type(self)._base_manager.select_for_update().filter(pk=self.pk, status__in=starts)
        before = row.values_list("status", flat=True).first()
        if before is None:
            raise MoveRefused(self, verb)
        type(self)._base_manager.filter(pk=self.pk).update(status=end, **fields)
        for name, value in {"status": end, **fields}.items():
            setattr(self, name, value)
        return ModerationEvent.objects.create(
            subject=self, verb=verb, from_status=before, to_status=end, by=by, reason=reason
        )

    def submit(self, *, by) -> ModerationEvent:
        return self.move("submit", by=by, submitted_at=timezone.now())

    def ask_changes(self, *, by, reason: str) -> ModerationEvent:
        if not reason.strip():
            raise ReasonMissing
        return self.move("ask_changes", by=by, reason=reason)

    def withdraw(self, *, by, reason: str = "") -> ModerationEvent:
        return self.move("withdraw", by=by, reason=reason)

    def archive(self, *, by, reason: str = "") -> ModerationEvent:
        return self.move("archive", by=by, reason=reason)

    def reopen(self, *, by) -> ModerationEvent:
        return self.move("reopen", by=by)

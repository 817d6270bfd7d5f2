"""Moderation: the live row is the approved text; an edit waits beside it; each approval leaves a revision."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.moderation.models.fields import changed_line, cleaned_value, fields_of, name_of, shown_value, stored_text
from portal.moderation.models.status import (
    ConflictOfInterest,
    ModerationError,
    MoveRefused,
    ReasonMissing,
    Status,
    content_hash,
)
from portal.moderation.models.traces import ModerationEvent, Revision


def is_shown(path: str = "") -> models.Q:
    """What the public sees, of rows at the end of `path` ("offering__course"): approved, and not hidden because nobody
    confirmed it.
    """
    before = f"{path}__" if path else ""
    return models.Q(**{f"{before}status": Status.PUBLISHED, f"{before}hidden_since__isnull": True})


class ModeratedQuerySet(models.QuerySet):
    def published(self):
        """What the public sees."""
        return self.filter(is_shown())

    def waiting(self):
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at")


class Moderated(models.Model):
    """A row that the public sees only once a person, or a trusted source, approved exactly its content."""

    MOVES = {  # verb: (from, to); a move not listed cannot happen
        "submit": ({Status.DRAFT, Status.CHANGES_ASKED, Status.WITHDRAWN}, Status.SUBMITTED),
        "approve": ({Status.SUBMITTED}, Status.PUBLISHED),
        "ask_changes": ({Status.SUBMITTED, Status.QUARANTINED}, Status.CHANGES_ASKED),
        "withdraw": ({Status.SUBMITTED, Status.PUBLISHED}, Status.WITHDRAWN),
        "quarantine": ({Status.SUBMITTED, Status.PUBLISHED}, Status.QUARANTINED),
        # out of quarantine: to the public where the approved content still stands, else to the queue
        "release": ({Status.QUARANTINED}, Status.PUBLISHED),
        "resubmit": ({Status.QUARANTINED}, Status.SUBMITTED),
        "archive": ({Status.DRAFT, Status.CHANGES_ASKED, Status.WITHDRAWN}, Status.ARCHIVED),
        "reopen": ({Status.ARCHIVED}, Status.DRAFT),
    }
    # fields whose change on a published row waits for approval
    MODERATED_FIELDS: ClassVar[tuple[str, ...]] = ()
    # relations that the approved content reads besides: read at once for many rows
    MODERATED_RELATIONS: ClassVar[tuple[str, ...]] = ()
    # the keys that lead to the owners: read at once for many rows
    OWNER_RELATIONS: ClassVar[tuple[str, ...]] = ()

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
        return [(name_of(field), shown_value(self, field)) for field in fields_of(self, self.MODERATED_FIELDS)]

    def apply_changes(self, changes: dict) -> None:
        """Set changed moderated fields on this instance.

        Raises ModerationError on a field that is not moderated, or a value that it refuses.
        """
        for name, value in changes.items():
            if name not in self.MODERATED_FIELDS:
                raise ModerationError(_("Le champ « %(name)s » ne passe pas par une proposition.") % {"name": name})
            (field,) = fields_of(self, [name])
            setattr(self, field.attname, cleaned_value(self, name, value))

    def content_lines(self, content: dict) -> list[tuple[str, str]]:
        """A content that an approval kept, as (name, text) lines in the words of today's fields."""
        return [
            (name_of(field), stored_text(self, field, content.get(field.name)))
            for field in fields_of(self, self.MODERATED_FIELDS)
        ]

    def values_of(self, names: Iterable[str]) -> dict[str, Any]:
        """The present values of moderated fields, by the names that `apply_changes` takes."""
        return {field.name: field.value_from_object(self) for field in fields_of(self, names)}

    def put_back(self, values: dict[str, Any]) -> None:
        """Set values that `values_of` gave, as they were, without judging them again; own fields are left unsaved."""
        for field in fields_of(self, values):
            setattr(self, field.attname, field.to_python(values[field.name]))

    def problems(self, changes: dict[str, Any] | None = None) -> list[tuple[str, str]]:
        """(kind of flag, what was found) in the texts, or in those that a proposal would make of them."""
        return []

    def owners(self) -> Sequence[Any]:
        """The organisations it belongs to (the accounts' Organisation, which lies above this room)."""
        return ()

    def other_readers(self) -> set[str]:
        """Addresses, beside those of the owners' members, that decisions are told to."""
        return set()

    def owner_address(self) -> str:
        """The path of the page where its owner follows it; empty where the bodies' space or the public page serves."""
        return ""

    def has_conflict(self, by) -> bool:
        """Whether this person is a present member of an owner."""
        return by is not None and any(owner.has_member(by) for owner in self.owners())

    def refuse_conflict(self, by) -> None:
        if self.has_conflict(by):
            raise ConflictOfInterest

    def locked(self) -> Self:
        """The row as it is now, held until the end of the transaction."""
        return type(self)._base_manager.select_for_update().get(pk=self.pk)

    def is_as_approved(self) -> bool:
        """Whether its content is, word for word, the one of its approved revision."""
        return self.revision is not None and content_hash(self.moderated_content()) == self.revision.sha256

    def as_it_stands(self) -> dict[str, Any]:
        """What undoing a decision brings back, and the hash of the content that it must find."""
        moments = {name: getattr(self, name) for name in ("submitted_at", "published_at", "hidden_since")}
        return {
            "status": self.status,
            "version": self.version,
            "revision_id": self.revision_id,
            **{name: value and value.isoformat() for name, value in moments.items()},
            "sha256": content_hash(self.moderated_content()),
        }

    def change_line(self, name: str, value) -> tuple[str, str, str]:
        """(name, text today, text proposed) of one proposed change, for the person who decides."""
        return changed_line(self, name, value)

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED and self.hidden_since is None

    @transaction.atomic
    def move(self, verb: str, *, by, reason: str = "", before: dict | None = None, **fields) -> ModerationEvent:
        """Carry out one move of MOVES; the database decides who came first. Raises MoveRefused.

        `before`, of an agent's decision, is what undoing it brings back.
        """
        starts, end = self.MOVES[verb]
        row = type(self)._base_manager.select_for_update().filter(pk=self.pk, status__in=starts)
        start = row.values_list("status", flat=True).first()
        if start is None:
            raise MoveRefused(self, verb)
        type(self)._base_manager.filter(pk=self.pk).update(status=end, **fields)
        for name, value in {"status": end, **fields}.items():
            setattr(self, name, value)
        return ModerationEvent.objects.create(
            subject=self, verb=verb, from_status=start, to_status=end, by=by, reason=reason, before=before
        )

    @transaction.atomic
    def decide(self, verb: str, *, by, reason: str = "", **fields) -> ModerationEvent:
        """An agent's move: refused to a member of an owner, and kept so that it can be undone."""
        locked = self.locked()
        locked.refuse_conflict(by)
        return self.move(verb, by=by, reason=reason, before=locked.as_it_stands(), **fields)

    def submit(self, *, by) -> ModerationEvent:
        return self.move("submit", by=by, submitted_at=timezone.now())

    def ask_changes(self, *, by, reason: str) -> ModerationEvent:
        if not reason.strip():
            raise ReasonMissing
        return self.decide("ask_changes", by=by, reason=reason)

    def quarantine(self, *, by, reason: str) -> ModerationEvent:
        """Out of sight at once, while somebody looks into it."""
        if not reason.strip():
            raise ReasonMissing
        return self.decide("quarantine", by=by, reason=reason)

    def withdraw(self, *, by, reason: str = "") -> ModerationEvent:
        """By an owner, a source (`by` is None), or an agent: the last is a decision, told and undoable."""
        return self._by_owner_or_agent("withdraw", by=by, reason=reason)

    def archive(self, *, by, reason: str = "") -> ModerationEvent:
        return self._by_owner_or_agent("archive", by=by, reason=reason)

    def _by_owner_or_agent(self, verb: str, *, by, reason: str) -> ModerationEvent:
        is_decision = getattr(by, "is_staff", False) and not self.has_conflict(by)
        return (self.decide if is_decision else self.move)(verb, by=by, reason=reason)

    def reopen(self, *, by) -> ModerationEvent:
        return self.move("reopen", by=by)

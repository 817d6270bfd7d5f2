"""The verbs of moderation over several rows. Nothing else publishes."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.moderation.models import (
    Moderated,
    ModerationError,
    ModerationEvent,
    Proposal,
    ProposalState,
    ReasonMissing,
    Revision,
    Status,
    content_hash,
)

# the accounts' User, which lies above this room
Person = Any


class ProposalOutdated(ModerationError):
    def __init__(self) -> None:
        super().__init__(_("La fiche a changé depuis cette proposition : comparez de nouveau avant de décider."))


def _revise(row: Moderated, *, by: Person | None, origin: str = "") -> Revision:
    content = row.moderated_content()
    return Revision.objects.create(
        subject=row,
        number=row.version + 1,
        content=content,
        sha256=content_hash(content),
        approved_by=by,
        origin=origin,
    )


@transaction.atomic
def approve(row: Moderated, *, by: Person) -> Revision:
    """Publish a submitted row: a revision of exactly its content, then the move. Raises MoveRefused."""
    locked = type(row)._base_manager.select_for_update().get(pk=row.pk)
    revision = _revise(locked, by=by)
    locked.move(
        "approve", by=by, revision=revision, version=revision.number, published_at=timezone.now(), hidden_since=None
    )
    row.refresh_from_db()
    return revision


@transaction.atomic
def propose(row: Moderated, *, changes: dict[str, object], by: Person) -> Proposal:
    """Leave an edit of a published row waiting; a newer one of the same row replaces the older one."""
    candidate = type(row)._base_manager.select_for_update().get(pk=row.pk)
    with transaction.atomic():  # a try: it refuses a field that is not moderated, and nothing of it stays
        candidate.apply_changes(changes)
        transaction.set_rollback(True)
    Proposal.objects.waiting().about(row).update(state=ProposalState.OUTDATED, decided_at=timezone.now(), decided_by=by)
    return Proposal.objects.create(subject=row, changes=changes, base_version=candidate.version, proposed_by=by)


@transaction.atomic
def accept_proposal(proposal: Proposal, *, by: Person) -> Revision:
    """Copy the proposal into its row and leave a revision. Raises ProposalOutdated when the row moved on."""
    waiting = Proposal.objects.waiting().select_for_update().filter(pk=proposal.pk).first()
    if waiting is None:
        raise ProposalOutdated
    row = waiting.subject_type.model_class()._base_manager.select_for_update().get(pk=waiting.subject_id)
    if row.version != waiting.base_version:
        raise ProposalOutdated
    row.apply_changes(waiting.changes)
    row.save()
    revision = _revise(row, by=by)
    type(row)._base_manager.filter(pk=row.pk).update(revision=revision, version=revision.number)
    Proposal.objects.filter(pk=waiting.pk).update(
        state=ProposalState.ACCEPTED, decided_by=by, decided_at=timezone.now()
    )
    ModerationEvent.objects.create(
        subject=row, verb="accept_proposal", from_status=row.status, to_status=row.status, by=by
    )
    return revision


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, by: Person, reason: str) -> None:
    """Refuse an edit with its reason; the row keeps its approved text."""
    if not reason.strip():
        raise ReasonMissing
    decided = (
        Proposal.objects.waiting()
        .filter(pk=proposal.pk)
        .update(state=ProposalState.REFUSED, decided_by=by, decided_at=timezone.now(), reason=reason)
    )
    if not decided:
        raise ProposalOutdated
    ModerationEvent.objects.create(
        subject_type=proposal.subject_type, subject_id=proposal.subject_id, verb="refuse_proposal", by=by, reason=reason
    )


@transaction.atomic
def revise(row: Moderated, *, by: Person | None, origin: str = "") -> Revision:
    """An agent's own edit of a published row, or a trusted source's: approved on the spot, with its revision."""
    locked = type(row)._base_manager.select_for_update().get(pk=row.pk)
    revision = _revise(locked, by=by, origin=origin)
    type(row)._base_manager.filter(pk=row.pk).update(revision=revision, version=revision.number)
    ModerationEvent.objects.create(
        subject=row, verb="revise", from_status=locked.status, to_status=locked.status, by=by, reason=origin
    )
    row.refresh_from_db()
    return revision


def revise_if_changed(row: Moderated, *, by: Person) -> Revision | None:
    """Leave a revision when the content of a published row is no longer the approved one (an agent repaired it)."""
    if row.status != Status.PUBLISHED or row.revision is None:
        return None
    if content_hash(row.moderated_content()) == row.revision.sha256:
        return None
    return revise(row, by=by)


def _as_they_stand(rows: Sequence[Moderated]) -> list[Moderated]:
    """Lock rows of one model; those that nobody moved since they were read, with what an approval covers read anew."""
    model = type(rows[0])
    present = model._base_manager.select_for_update().order_by("pk").in_bulk([row.pk for row in rows])
    kept = [row for row in rows if row.pk in present and present[row.pk].status == row.status]
    for row in kept:
        row.version = present[row.pk].version
        row._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    prefetch_related_objects(kept, *model.MODERATED_RELATIONS)
    return kept


def _trusted_revision(row: Moderated, subject_type: ContentType, *, origin: str, at: datetime.datetime) -> Revision:
    content = row.moderated_content()
    return Revision(
        subject_type=subject_type,
        subject_id=row.pk,
        number=row.version + 1,
        content=content,
        sha256=content_hash(content),
        origin=origin,
        approved_at=at,
    )


@transaction.atomic
def publish_trusted(rows: Sequence[Moderated], *, origin: str, batch_size: int = 500) -> int:
    """Publish rows of one model that come from a trusted source named in `origin`; return how many.

    Every row gets its revision and its event, in bulk. Rows already published are revised. A row that somebody moved
    since it was read is left to them.
    """
    if not rows:
        return 0
    model = type(rows[0])
    rows = _as_they_stand(rows)
    subject_type = ContentType.objects.get_for_model(model)
    now = timezone.now()
    revisions = [_trusted_revision(row, subject_type, origin=origin, at=now) for row in rows]
    events = [
        ModerationEvent(
            subject_type=subject_type,
            subject_id=row.pk,
            verb="publish_trusted",
            from_status=row.status,
            to_status=Status.PUBLISHED,
            reason=origin,
            at=now,
            told_at=now,
        )
        for row in rows
    ]
    for row, revision in zip(rows, Revision.objects.bulk_create(revisions, batch_size=batch_size), strict=True):
        row.revision, row.version, row.status = revision, revision.number, Status.PUBLISHED
        row.published_at, row.hidden_since = row.published_at or now, None
    ModerationEvent.objects.bulk_create(events, batch_size=batch_size)
    model._base_manager.bulk_update(
        rows, ["revision", "version", "status", "published_at", "hidden_since"], batch_size=batch_size
    )
    return len(rows)


@transaction.atomic
def take_back(row: Moderated, *, by: Person) -> None:
    """A member takes back the edit that waits, if one does: the published text is right after all."""
    Proposal.objects.waiting().about(row).update(state=ProposalState.OUTDATED, decided_at=timezone.now(), decided_by=by)

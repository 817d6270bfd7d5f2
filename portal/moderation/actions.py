"""The verbs of moderation over several rows. Nothing else publishes."""

import datetime
from collections.abc import Sequence
from itertools import batched
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.moderation.models import (
    ContentChanged,
    Moderated,
    ModerationError,
    ModerationEvent,
    MoveRefused,
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


class NotPublished(ModerationError):
    def __init__(self) -> None:
        super().__init__(_("Cette fiche n'est pas publiée : la modification se fait sur la fiche elle-même."))


class NothingPrepared(ModerationError):
    def __init__(self) -> None:
        super().__init__(_("Plus rien n'est préparé par un fichier : rechargez la page."))


def _revise(row: Moderated, *, by: Person | None, origin: str = "") -> Revision:
    content = row.moderated_content()
    return Revision.objects.create(
        subject=row,
        number=Revision.objects.next_number(row),
        content=content,
        sha256=content_hash(content),
        approved_by=by,
        origin=origin,
    )


def _write_revision(row: Moderated, revision: Revision) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(revision=revision, version=revision.number)


def check_seen(row: Moderated, seen: str) -> None:
    """Raises ContentChanged when the content is no longer the one whose hash was shown; "" asks nothing."""
    if seen and seen != content_hash(row.moderated_content()):
        raise ContentChanged


@transaction.atomic
def approve(row: Moderated, *, by: Person, seen: str = "") -> Revision:
    """Publish a submitted row: a revision of exactly its content, then the move.

    `seen` is the hash of what the moderator read. Raises ConflictOfInterest, ContentChanged, MoveRefused.
    """
    locked = row.locked()
    locked.refuse_conflict(by)
    if locked.status not in Moderated.MOVES["approve"][0]:
        raise MoveRefused(locked, "approve")
    check_seen(locked, seen)
    before = locked.as_it_stands()
    revision = _revise(locked, by=by)
    locked.move(
        "approve",
        by=by,
        before=before,
        revision=revision,
        version=revision.number,
        published_at=timezone.now(),
        hidden_since=None,
    )
    row.refresh_from_db()
    return revision


@transaction.atomic
def release(row: Moderated, *, by: Person) -> ModerationEvent:
    """Out of quarantine: public again where it was and its content is still the approved one, else to the queue."""
    locked = row.locked()
    if locked.status != Status.QUARANTINED:
        raise MoveRefused(locked, "release")
    put_in = ModerationEvent.objects.about(locked).filter(verb="quarantine", undone_at=None).first()
    was_public = put_in is not None and put_in.from_status == Status.PUBLISHED
    if was_public and locked.is_as_approved():
        event = locked.decide("release", by=by)
    else:
        event = locked.decide("resubmit", by=by, submitted_at=timezone.now())
    row.refresh_from_db()
    return event


@transaction.atomic
def edit(row: Moderated, *, changes: dict[str, object], by: Person) -> Proposal | None:
    """Change moderated fields: at once on a row that is not published; otherwise left waiting, as a proposal."""
    locked = row.locked()
    if locked.status == Status.PUBLISHED:
        return propose(row, changes=changes, by=by)
    locked.apply_changes(changes)
    locked.save()
    row.refresh_from_db()
    return None


@transaction.atomic
def propose(row: Moderated, *, changes: dict[str, object], by: Person) -> Proposal:
    """Leave an edit of a published row waiting; a newer one of the same row replaces the older one."""
    candidate = _tried(row, changes)
    _set_aside(Proposal.objects.waiting().about(row), by=by)
    proposal = Proposal.objects.create(subject=row, changes=changes, base_version=candidate.version, proposed_by=by)
    _note(candidate, "propose", by=by)
    return proposal


@transaction.atomic
def prepare(row: Moderated, *, changes: dict[str, object], by: Person) -> Proposal:
    """Leave an edit of a published row to its owners, who send it or not; a newer one replaces the older one."""
    candidate = _tried(row, changes)
    _set_aside(Proposal.objects.prepared().about(row), by=by)
    state = ProposalState.PREPARED
    return Proposal.objects.create(
        subject=row, changes=changes, base_version=candidate.version, proposed_by=by, state=state
    )


@transaction.atomic
def send_prepared(row: Moderated, *, by: Person) -> Proposal:
    """Add what was prepared to what waits for an agent. Raises NothingPrepared, and what `propose` raises."""
    row.locked()
    prepared = Proposal.objects.prepared().about(row).first()
    if prepared is None:
        raise NothingPrepared
    waiting = Proposal.objects.waiting().about(row).first()
    _set_aside(Proposal.objects.prepared().about(row), by=by)
    return propose(row, changes={**(waiting.changes if waiting else {}), **prepared.changes}, by=by)


@transaction.atomic
def drop_prepared(row: Moderated, *, by: Person) -> None:
    """What was prepared is not wanted. Raises NothingPrepared."""
    if not _set_aside(Proposal.objects.prepared().about(row), by=by):
        raise NothingPrepared


def _tried(row: Moderated, changes: dict[str, object]) -> Moderated:
    """The published row, locked, once the changes are found to fit it."""
    candidate = row.locked()
    if candidate.status != Status.PUBLISHED:
        raise NotPublished
    with transaction.atomic():  # a try: it refuses a field that is not moderated, and nothing of it stays
        candidate.apply_changes(changes)
        transaction.set_rollback(True)
    return candidate


def _set_aside(proposals: Any, *, by: Person) -> int:
    return int(proposals.update(state=ProposalState.OUTDATED, decided_at=timezone.now(), decided_by=by))


def _note(row: Moderated, verb: str, *, by: Person | None, reason: str = "", before: dict | None = None) -> None:
    """An event that moves nothing."""
    ModerationEvent.objects.create(
        subject=row, verb=verb, from_status=row.status, to_status=row.status, by=by, reason=reason, before=before
    )


def _held(proposal: Proposal) -> tuple[Moderated, Proposal]:
    """The row, then its waiting proposal, both locked in this order everywhere. Raises ProposalOutdated."""
    model = cast("type[Moderated]", proposal.subject_type.model_class())
    row = model._base_manager.select_for_update().filter(pk=proposal.subject_id).first()
    waiting = Proposal.objects.waiting().select_for_update().filter(pk=proposal.pk).first()
    if row is None or waiting is None:
        raise ProposalOutdated
    return row, waiting


def _decide(proposal: Proposal, state: ProposalState, *, by: Person, reason: str = "") -> None:
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), "reason": reason}
    Proposal.objects.filter(pk=proposal.pk).update(**decided)


@transaction.atomic
def accept_proposal(proposal: Proposal, *, by: Person, seen: str = "") -> Revision:
    """Copy the proposal into its row and leave a revision; `seen` is the hash of the row it was compared with.

    Raises ProposalOutdated when the row moved on, ConflictOfInterest, ContentChanged.
    """
    row, waiting = _held(proposal)
    row.refuse_conflict(by)
    if row.version != waiting.base_version or row.status != Status.PUBLISHED:
        raise ProposalOutdated
    check_seen(row, seen)
    before = {**row.as_it_stands(), "proposal": waiting.pk, "values": row.values_of(waiting.changes)}
    row.apply_changes(waiting.changes)
    row.save()
    revision = _revise(row, by=by)
    _write_revision(row, revision)
    _decide(waiting, ProposalState.ACCEPTED, by=by)
    _note(row, "accept_proposal", by=by, before={**before, "after": revision.sha256, "after_version": revision.number})
    return revision


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, by: Person, reason: str) -> None:
    """Refuse an edit with its reason; the row keeps its approved text."""
    if not reason.strip():
        raise ReasonMissing
    row, waiting = _held(proposal)
    row.refuse_conflict(by)
    _decide(waiting, ProposalState.REFUSED, by=by, reason=reason)
    _note(row, "refuse_proposal", by=by, reason=reason, before={**row.as_it_stands(), "proposal": waiting.pk})


@transaction.atomic
def revise(row: Moderated, *, by: Person | None, origin: str = "") -> Revision:
    """An agent's own edit of a published row, or a trusted source's: approved on the spot, with its revision."""
    locked = row.locked()
    revision = _revise(locked, by=by, origin=origin)
    _write_revision(locked, revision)
    _note(locked, "revise", by=by, reason=origin)
    row.refresh_from_db()
    return revision


def revise_if_changed(row: Moderated, *, by: Person) -> Revision | None:
    """Leave a revision when the content of a published row is no longer the approved one (an agent repaired it)."""
    if row.status != Status.PUBLISHED or row.revision is None:
        return None
    if row.is_as_approved():
        return None
    return revise(row, by=by)


def _as_they_stand(rows: Sequence[Moderated]) -> list[Moderated]:
    """Lock rows of one model; those that nobody moved since they were read, with what an approval covers read anew.

    What an agent put in quarantine no source publishes.
    """
    model = type(rows[0])
    present = model._base_manager.select_for_update().order_by("pk").in_bulk([row.pk for row in rows])
    kept = [row for row in rows if row.pk in present and present[row.pk].status == row.status != Status.QUARANTINED]
    for row in kept:
        row._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    prefetch_related_objects(kept, *model.MODERATED_RELATIONS)
    return kept


def _trusted_revision(
    row: Moderated, subject_type: ContentType, *, number: int, origin: str, at: datetime.datetime
) -> Revision:
    content = row.moderated_content()
    return Revision(
        subject_type=subject_type,
        subject_id=row.pk,
        number=number,
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
    last = Revision.objects.last_numbers(subject_type, [row.pk for row in rows])
    revisions = [
        _trusted_revision(row, subject_type, number=last.get(row.pk, 0) + 1, origin=origin, at=now) for row in rows
    ]
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
    for some in batched(rows, batch_size):
        _put_on_show(model, some)
    return len(rows)


def _put_on_show(model: type[Moderated], rows: Sequence[Moderated]) -> None:
    """Write what publishing changed of rows: one short statement, where `bulk_update` makes a CASE of each value."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {connection.ops.quote_name(model._meta.db_table)} shown "  # noqa: S608 (our own name)
            "SET revision_id = told.revision, "
            "version = told.version, status = %s, published_at = told.published_at, hidden_since = NULL "
            "FROM unnest(%s::bigint[], %s::bigint[], %s::integer[], %s::timestamptz[]) "
            "AS told (id, revision, version, published_at) WHERE shown.id = told.id",
            [
                Status.PUBLISHED.value,
                [row.pk for row in rows],
                [row.revision_id for row in rows],
                [row.version for row in rows],
                [row.published_at for row in rows],
            ],
        )


@transaction.atomic
def take_back(row: Moderated, *, by: Person) -> None:
    """A member takes back the edit that waits, if one does: the published text is right after all."""
    _set_aside(Proposal.objects.waiting().about(row), by=by)

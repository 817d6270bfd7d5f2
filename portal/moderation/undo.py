"""Undoing a decision: for 30 days, the latest one only, and only while nothing changed since."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from portal.moderation.models import (
    ConflictOfInterest,
    Moderated,
    ModerationError,
    ModerationEvent,
    Proposal,
    ProposalState,
    Status,
    content_hash,
)

UNDO_DAYS = 30
UNDOABLE = frozenset(
    {"approve", "ask_changes", "withdraw", "quarantine", "accept_proposal", "refuse_proposal", "archive"}
)
OF_PROPOSALS = frozenset({"accept_proposal", "refuse_proposal"})
# after these, an edit that waits was made against what the decision published
OPENS_TO_EDITS = OF_PROPOSALS | {"approve"}


class UndoRefused(ModerationError):
    """The sentence says why."""


def is_undoable(event: ModerationEvent) -> bool:
    """Whether its kind can be undone at all: an agent's decision."""
    return event.verb in UNDOABLE and event.before is not None


def why_not(row: Moderated, event: ModerationEvent, *, by: Any) -> str:
    """Why this decision cannot be undone by this person now, as a sentence; "" when it can."""
    return next(refusals(row, [event], by=by))


def refusals(row: Moderated, events: Iterable[ModerationEvent], *, by: Any) -> Iterator[str]:
    """`why_not` for several events of one row: what they share is read once."""
    latest = _latest(row)
    conflict = str(ConflictOfInterest()) if row.has_conflict(by) else ""
    sha256 = content_hash(row.moderated_content())
    is_waiting = Proposal.objects.waiting().about(row).exists()
    for event in events:
        yield _of_itself(event) or _too_late(event, latest) or conflict or _of_the_row(row, event, sha256, is_waiting)


def _latest(row: Moderated) -> int | None:
    """The number of the last event that still counts."""
    counts = ModerationEvent.objects.about(row).filter(undone_at=None).exclude(verb__in=("undo", "confirm"))
    return counts.order_by("-at", "-pk").values_list("pk", flat=True).first()


def _of_itself(event: ModerationEvent) -> str:
    if not is_undoable(event):
        return _("Cet acte ne s'annule pas.")
    if event.undone_at is not None:
        return _("Cette décision est déjà annulée.")
    if timezone.now() - event.at > datetime.timedelta(days=UNDO_DAYS):
        return _("Cette décision a plus de %(days)d jours : elle ne s'annule plus.") % {"days": UNDO_DAYS}
    return ""


def _too_late(event: ModerationEvent, latest: int | None) -> str:
    return "" if event.pk == latest else _("Un autre acte a suivi : seule la dernière décision s'annule.")


def _of_the_row(row: Moderated, event: ModerationEvent, sha256: str, is_waiting: bool) -> str:
    before = event.before or {}
    if row.status != event.to_status or sha256 != before.get("after", before["sha256"]):
        return _("La fiche a changé depuis cette décision : elle ne s'annule plus.")
    if row.version != before.get("after_version", row.version):
        return _("La fiche a changé depuis cette décision : elle ne s'annule plus.")
    if is_waiting and event.verb in OPENS_TO_EDITS:
        return _("Une modification proposée attend : décidez-la d'abord.")
    return ""


@transaction.atomic
def undo(event: ModerationEvent, *, by: Any) -> ModerationEvent:
    """Bring the row back to what it was before this decision, content and state; the event of it.

    Raises UndoRefused, or ConflictOfInterest for a member of an owner.
    """
    subject = event.subject
    if not isinstance(subject, Moderated):
        raise UndoRefused(_("Cette fiche n'existe plus."))
    row = subject.locked()
    row.refuse_conflict(by)
    event = ModerationEvent.objects.select_for_update().get(pk=event.pk)
    refusal = why_not(row, event, by=by)
    if refusal:
        raise UndoRefused(refusal)
    assert event.before is not None
    now = timezone.now()
    # the members were not told yet of what is undone: they need to hear neither of it nor of its undoing
    is_known = event.told_at is not None
    if "values" in event.before:
        row.put_back(event.before["values"])
        row.save()
    if event.verb in OF_PROPOSALS:
        _wait_again(event.before["proposal"])
    _put_state_back(row, event.before)
    ModerationEvent.objects.filter(pk=event.pk).update(undone_at=now, undone_by=by, told_at=event.told_at or now)
    return ModerationEvent.objects.create(
        subject=row,
        verb="undo",
        from_status=event.to_status,
        to_status=row.status,
        by=by,
        reason=event.verb,
        before={"undone": event.pk},
        told_at=None if is_known else now,
    )


def _wait_again(number: int) -> None:
    waiting = {"state": ProposalState.WAITING, "decided_by": None, "decided_at": None, "reason": ""}
    Proposal.objects.filter(pk=number).update(**waiting)


def _put_state_back(row: Moderated, before: dict[str, Any]) -> None:
    """State, version and dates as they were. Raises UndoRefused when the content is not the one there was."""
    model = type(row)
    moments = {name: parse_datetime(before[name] or "") for name in ("submitted_at", "published_at")}
    kept = {name: before[name] for name in ("status", "version", "revision_id")}
    hidden = parse_date(before["hidden_since"] or "")
    model._base_manager.filter(pk=row.pk).update(**kept, **moments, hidden_since=hidden)
    row.refresh_from_db()
    row._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    is_same = content_hash(row.moderated_content()) == before["sha256"]
    if not is_same or (row.status == Status.PUBLISHED and not row.is_as_approved()):
        raise UndoRefused(_("La fiche d'avant ne peut pas être retrouvée mot pour mot : corrigez-la à la main."))

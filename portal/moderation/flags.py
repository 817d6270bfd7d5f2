"""Flags: opened by a reader or by the checks of texts, closed by a person who looked; they decide nothing."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.moderation.models import Flag, FlagKind, Moderated, ModerationError, ModerationEvent, Proposal

LONGEST_DETAIL = 400
# what the checks of texts open, and close again once the text no longer says it
OF_TEXTS = (
    FlagKind.PHONE_IN_TITLE,
    FlagKind.FUNDING_CLAIM,
    FlagKind.NEAR_DUPLICATE,
    FlagKind.FREE_MAIL,
    FlagKind.COMPANY,
)


class FlagClosed(ModerationError):
    def __init__(self) -> None:
        super().__init__(_("Ce signalement est déjà clos : rechargez la page."))


class AnswerMissing(ModerationError):
    def __init__(self) -> None:
        super().__init__(_("Écrivez ce que vous avez constaté : la réponse reste avec le signalement."))


def open_flag(row: Model, kind: str, detail: str = "") -> bool:
    """Open a flag of this kind; whether there was none. What an agent answered about the same detail stays answered."""
    detail = detail[:LONGEST_DETAIL]
    of_kind = Flag.objects.about(row).filter(kind=kind)
    if of_kind.filter(closed_by__isnull=False, detail=detail).exists():
        return False
    return _open(row, kind, detail)


def report(row: Model, detail: str = "") -> bool:
    """A reader's report: a flag, or one more time on the flag that is open; whether it is a new one.

    The caller gives no word that tells who reports.
    """
    if _open(row, FlagKind.REPORTED, detail[:LONGEST_DETAIL]):
        return True
    Flag.objects.open().about(row).filter(kind=FlagKind.REPORTED).update(times=F("times") + 1)
    return False


def _open(row: Model, kind: str, detail: str) -> bool:
    """The database keeps one open flag of a kind: of two at once, the second finds it there."""
    flag = Flag(subject_type=ContentType.objects.get_for_model(row), subject_id=row.pk, kind=kind, detail=detail)
    Flag.objects.bulk_create([flag], ignore_conflicts=True)
    return Flag.objects.open().about(row).filter(kind=kind, opened_at=flag.opened_at).exists()


@transaction.atomic
def close_flag(flag: Flag, *, by: Any, said: str) -> None:
    """Say what was found, and close. Raises AnswerMissing, ConflictOfInterest, FlagClosed."""
    if not said.strip():
        raise AnswerMissing
    if isinstance(flag.subject, Moderated):
        flag.subject.refuse_conflict(by)
    closed = {"closed_at": timezone.now(), "closed_by": by, "said": said}
    if not Flag.objects.open().filter(pk=flag.pk).update(**closed):
        raise FlagClosed
    flag.refresh_from_db()


def close_by_itself(flags: Any, said: str) -> int:
    """Close the open ones of these flags, for what they said is true no more; how many."""
    return flags.open().update(closed_at=timezone.now(), said=said)


@transaction.atomic
def look_over(row: Moderated) -> int:
    """Check the texts of a row and of its waiting edit; open and close flags of texts; how many it opened."""
    waiting = Proposal.objects.waiting().about(row).first()
    found = dict(row.problems(waiting.changes if waiting else None))
    if waiting:  # what the public reads meanwhile counts as well
        found = {**dict(row.problems()), **found}
    gone = Flag.objects.open().about(row).filter(kind__in=OF_TEXTS).exclude(kind__in=found)
    close_by_itself(gone, _("Le texte ne le dit plus."))
    return sum(open_flag(row, kind, detail) for kind, detail in found.items())


def check_texts(limit: int = 300) -> int:
    """Look over the rows of the oldest events that nobody checked; how many events that was. May run twice."""
    events = list(ModerationEvent.objects.unchecked().select_related("subject_type").order_by("at")[:limit])
    rows = {(event.subject_type_id, event.subject_id): event.subject_type for event in events}
    for (_type, number), subject_type in rows.items():
        model = subject_type.model_class()
        row = model._base_manager.filter(pk=number).first() if model else None
        if isinstance(row, Moderated):
            look_over(row)
    ModerationEvent.objects.filter(pk__in=[event.pk for event in events]).update(checked_at=timezone.now())
    return len(events)

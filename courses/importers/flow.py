"""What a person does with an import: send a file, name its columns, mend rows, ask for the plan, apply it, undo it.

Each verb leaves the run in a state; a worker (`work.py`) carries on from there. Raises RunMoved where the run is no
longer where the person saw it.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import PlanVerb, RunState
from courses.importers import files
from courses.importers.staging import TABLES, Stager, keep_mapping
from courses.models import ImportRun, ImportSource, StagingRow
from courses.models.imports import RunMoved
from portal.accounts.models import Organisation, User
from portal.moderation.models import ModerationError

UNDO_DAYS = 30
MOST_AT_ONCE = 2_000


class TooLate(ModerationError):
    def __init__(self) -> None:
        super().__init__(
            _("Un import s'annule pendant %(days)d jours : corrigez les fiches une à une.") % {"days": UNDO_DAYS}
        )


class TooMany(ModerationError):
    def __init__(self, count: int) -> None:
        message = _(
            "%(count)d lignes sont concernées, %(most)d au plus à la fois : corrigez le fichier, puis renvoyez-le."
        )
        super().__init__(message % {"count": count, "most": MOST_AT_ONCE})


def own_source(organisation: Organisation) -> ImportSource:
    """The source of the files that a body sends from its space, made the first time."""
    source, _is_new = ImportSource.objects.get_or_create(
        name=f"organisme-{organisation.pk}",
        defaults={"label": organisation.name[:120], "organisation": organisation},
    )
    return source


def arrival(stored_name: str, digest: str, file_name: str) -> dict[str, Any]:
    """The fields of a run whose file has just been stored."""
    return {
        "state": RunState.UPLOADED,
        "file_name": file_name[-255:],
        "stored_name": stored_name,
        "sha256": digest,
    }


def upload(
    *,
    source: ImportSource,
    chunks: Iterable[bytes],
    file_name: str,
    by: User | None,
    is_by_member: bool = False,
    is_whole_offer: bool = False,
    is_unattended: bool = False,
    is_pulled: bool = False,
) -> ImportRun:
    """Store a file and leave a run to be read. Raises ImportRefused on one that is too big.

    `is_unattended`: applied without anybody where no row is in fault.
    """
    stored_name, digest = files.store(chunks)
    return ImportRun.objects.create(
        **arrival(stored_name, digest, file_name),
        source=source,
        by=by,
        is_by_member=is_by_member,
        is_whole_offer=is_whole_offer,
        is_unattended=is_unattended,
        is_pulled=is_pulled,
    )


@transaction.atomic
def name_columns(run: ImportRun, said: Mapping[str, str], *, by: User) -> None:
    """Say which header is which field; remembered for the next file."""
    run.move("name_columns", is_unattended=False)
    keep_mapping(run, said, by)


def _open(run: ImportRun) -> None:
    """Lock a run whose rows may be mended; back to mending when it was planned."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in (RunState.TO_MEND, RunState.PLANNED):
        raise RunMoved(run)
    if locked.state == RunState.PLANNED:
        locked.move("mend")


@transaction.atomic
def mend(row: StagingRow, values: Mapping[str, str]) -> StagingRow:
    """Write other values than those of the file, by field; a value as in the file forgets the correction."""
    _open(row.run)
    _set(row, values)
    Stager(row.run).settle(row).save()
    return row


@transaction.atomic
def mend_everywhere(run: ImportRun, name: str, old: str, new: str) -> int:
    """Replace the value `old` of a field by `new` in every row of a table; return how many. Raises TooMany."""
    _open(run)
    assert run.dialect in TABLES
    here = [
        *StagingRow.objects.filter(run=run, **{f"mended__{name}": old}),
        *StagingRow.objects.filter(run=run, **{f"raw__{name}": old}).exclude(mended__has_key=name),
    ]
    if not old:
        here += list(StagingRow.objects.filter(run=run).exclude(raw__has_key=name).exclude(mended__has_key=name))
    if len(here) > MOST_AT_ONCE:
        raise TooMany(len(here))
    stager = Stager(run)
    for row in here:
        _set(row, {name: new})
        stager.settle(row)
    fields = ["mended", "faults", "fault_codes", "has_errors", "key", "title", "resolved"]
    StagingRow.objects.bulk_update(here, fields, batch_size=200)
    return len(here)


def _set(row: StagingRow, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if row.run.dialect in TABLES and value == row.raw.get(name, ""):
            row.mended.pop(name, None)
        else:
            row.mended[name] = value


@transaction.atomic
def leave_out(run: ImportRun, rows: QuerySet[StagingRow], *, is_left_out: bool) -> int:
    """Leave rows out of the import, or take them in again."""
    _open(run)
    return rows.filter(run=run, is_left_out=not is_left_out).exclude(verb=PlanVerb.GONE).update(is_left_out=is_left_out)


def plan(run: ImportRun) -> None:
    run.move("plan", refusal="", is_unattended=False)


def apply(run: ImportRun) -> None:
    run.move("apply")


def undo(run: ImportRun, *, by: User | None) -> None:
    """Ask for the run to be taken back. Raises TooLate after 30 days."""
    if not may_be_undone(run):
        raise TooLate if run.state == RunState.APPLIED else RunMoved(run)
    run.move("undo", undone_by=by)


def may_be_undone(run: ImportRun) -> bool:
    limit = timezone.now() - datetime.timedelta(days=UNDO_DAYS)
    return run.state == RunState.APPLIED and run.ended_at is not None and run.ended_at > limit


@transaction.atomic
def drop(run: ImportRun) -> None:
    """Give an import up before it is applied: its rows go, the trace stays."""
    run.move("drop", ended_at=timezone.now())
    StagingRow.objects.filter(run=run).delete()


def replace_waiting(run: ImportRun) -> int:
    """End the runs that waited for a person and that this newer file stands for; how many.

    Their rows stay for 30 days. One that a person mends at this moment is left to them.
    """
    if not run.is_unattended:
        return 0
    said = _(
        "Remplacé par un fichier plus récent de cette source, reçu le %(day)s. Ses lignes se lisent encore 30 jours."
    )
    day = f"{timezone.localtime(run.started_at):%d/%m/%Y à %H:%M}"
    older = list(ImportRun.objects.replaced_by(run).select_for_update(skip_locked=True, of=("self",)))
    for each in older:
        each.move("drop", refusal=said % {"day": day}, ended_at=timezone.now())
    return len(older)


def forget_old(now: datetime.datetime) -> int:
    """Delete files and rows of 30 days ago; what can no longer be undone is forgotten. Return how many files went."""
    limit = now - datetime.timedelta(days=UNDO_DAYS)
    ended: Sequence[str] = (RunState.APPLIED, RunState.UNDONE, RunState.REFUSED, RunState.FAILED, RunState.DROPPED)
    StagingRow.objects.filter(run__started_at__lt=limit, run__state__in=ended).delete()
    return files.forget_old(now)

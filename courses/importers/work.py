"""What a worker does with an import, one step at a time: read, plan, apply, undo.

A step is one transaction that holds the lock of the run's row from its first to its last statement. The lock is the
lease: nobody else can begin the step, and when the worker or PostgreSQL dies the lock goes with all that was written,
so that the step begins again from nothing. Before it, a short transaction counts the try.
"""

import logging
from collections.abc import Callable, Iterator
from itertools import batched, groupby

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import PlanVerb, RunState
from courses.importers import flow, progress
from courses.importers.apply import BATCH, FAULTS_KEPT, Import, ImportReport, keep_faults
from courses.importers.differences import lines_of
from courses.importers.faults import ERROR, Fault, ImportRefused
from courses.importers.kept import course_record
from courses.importers.records import CourseRecord
from courses.importers.staging import TABLES, ColumnsUnknown, Stager, columns_told
from courses.importers.table_records import joined_lines
from courses.importers.undo import Undoing
from courses.importers.write import Suggest
from courses.models import Course, ImportRun, ImportSource, StagingRow
from courses.models.imports import MOST_TRIES, WORK
from portal.moderation.models import Status
from portal.reference.loaders.sync import check_at_once

# the database is away or busy: the next try may do
AWAY = (OperationalError, InterfaceError)
logger = logging.getLogger(__name__)
ROWS = 500
Group = tuple[list[StagingRow], CourseRecord]
Listener = Callable[[int, int | None], None]


def carry_on(run_id: int, suggest: Suggest) -> bool:
    """Do the steps that the run waits for, until it waits for a person; whether something was done.

    Raises the database's own errors, after which the run is as before and waits for the next try.
    """
    is_done = False
    while _begin(run_id) and _step(run_id, suggest):
        is_done = True
    return is_done


@transaction.atomic
def _begin(run_id: int) -> bool:
    """Count a try of a run that nobody works on."""
    runs = ImportRun.objects.to_carry_on().select_for_update(skip_locked=True)
    run = runs.filter(pk=run_id).first()
    if run is None:
        return False
    if run.state == RunState.UPLOADED:
        run.move("read")
    ImportRun.objects.filter(pk=run_id).update(tries=F("tries") + 1)
    return True


def _step(run_id: int, suggest: Suggest) -> bool:
    run = None
    try:
        with transaction.atomic():
            runs = ImportRun.objects.select_for_update(skip_locked=True, of=("self",))
            run = (
                runs.filter(pk=run_id, state__in=WORK).select_related("source__organisation", "by", "undone_by").first()
            )
            if run is None or not _has_its_turn(run):
                return False
            check_at_once()
            STEPS[run.state](run, suggest)
    except ImportRefused as refused:
        assert run is not None
        _end(run, "refuse" if run.state == RunState.READING else "fail", refusal=refused.fault.message[:400])
    except ColumnsUnknown as unknown:
        assert run is not None
        with transaction.atomic():
            _end(run, "ask_columns", columns=columns_told(unknown), dialect=run.dialect)
            flow.replace_waiting(run)
    except AWAY:
        raise
    except Exception:
        assert run is not None
        logger.exception("import %s", run_id)
        message = _("Une erreur de notre fait a arrêté cet import : rien n'est écrit. Nous avons été prévenus.")
        _end(run, "fail", refusal=message)
    progress.forget(run_id)
    return True


def _has_its_turn(run: ImportRun) -> bool:
    """Whether no other import of the same source is being written; a try that only waited is not counted."""
    if run.state not in (RunState.APPLYING, RunState.UNDOING):
        return True
    # no_key: a file that arrives meanwhile names the source, and must not wait
    others = ImportSource.objects.select_for_update(skip_locked=True, no_key=True)
    if others.filter(pk=run.source_id).exists():
        return True
    ImportRun.objects.filter(pk=run.pk).update(tries=F("tries") - 1)
    return False


def _end(run: ImportRun, verb: str, **fields: object) -> None:
    run.move(verb, **({} if verb == "ask_columns" else {"ended_at": timezone.now()}), **fields)


def give_up_on_the_hopeless() -> int:
    """Runs that stopped their worker again and again wait for a person; return how many."""
    count = 0
    with transaction.atomic():
        for run in ImportRun.objects.given_up().select_for_update(skip_locked=True):
            message = _("Cet import s'est interrompu %(count)d fois : rien n'est écrit. Découpez le fichier.")
            run.move("fail", refusal=message % {"count": MOST_TRIES}, ended_at=timezone.now())
            count += 1
    return count


def read(run: ImportRun, suggest: Suggest) -> None:
    """The file into staging rows; without any fault the plan follows at once."""
    StagingRow.objects.filter(run=run).delete()
    stager, count, faulty = Stager(run), 0, 0
    for rows in batched(stager.rows(), ROWS):
        StagingRow.objects.bulk_create(rows)
        count += len(rows)
        faulty += sum(row.has_errors for row in rows)
        progress.tell(run.pk, count)
    counts = {"read": count, "refused": faulty}
    run.move("have_read", counts=counts, dialect=run.dialect, exported_on=run.exported_on, columns={})
    flow.replace_waiting(run)
    if not faulty:
        run.move("plan")


def plan(run: ImportRun, suggest: Suggest) -> None:
    """What applying would do, beside each row; nothing else is written."""
    StagingRow.objects.filter(run=run, verb=PlanVerb.GONE).delete()
    StagingRow.objects.filter(run=run).update(verb="", diff=[])
    report = ImportReport(run.source.name, is_dry_run=True)
    work = Import(run.source, report, run.sha256, run.by, suggest)
    for groups in _batches(run):
        fine = [group for group in groups if _is_fine(group, work)]
        for (rows, _record), step in zip(
            fine, work.batch([record for _rows, record in fine], run.exported_on), strict=True
        ):
            for row in rows:
                row.verb = step.verb
            rows[0].diff = lines_of(step)
        told = [row for rows, _record in groups for row in rows]
        StagingRow.objects.bulk_update(told, ["verb", "diff", "has_errors", "faults", "fault_codes"], batch_size=ROWS)
    lost = _lost(run, work)
    _tell_the_gone(run, lost)
    run.move("have_planned", counts=_counts(run, report, {"gone": len(lost)}))
    if run.is_unattended:
        _go_on_alone(run, len(lost))


def _go_on_alone(run: ImportRun, lost: int) -> None:
    """Apply what a machine sent; a row in fault, or a file that lost most of its courses, waits for a person."""
    if StagingRow.objects.filter(run=run).faulty().exists():
        run.move("mend")
    elif lost * 2 <= Course.objects.filter(source=run.source, status__in=(Status.PUBLISHED, Status.SUBMITTED)).count():
        run.move("apply")


def _is_fine(group: Group, work: Import) -> bool:
    """Whether a course can be told apart and has a body; else its row says why not."""
    rows, record = group
    fault = work.refusal_of(record)
    if fault is None:
        return True
    row = rows[0]
    row.faults.append({"line": row.line, "field": fault.element, "element": fault.element, "code": fault.code,
                       "message": fault.message, "value": fault.value, "severity": ERROR})  # fmt: skip
    row.fault_codes, row.has_errors = sorted({*row.fault_codes, f"{fault.element[:40]}:{fault.code}"}), True
    return False


def apply(run: ImportRun, suggest: Suggest) -> None:
    """Everything of the plan, or nothing."""
    report = ImportReport(run.source.name, is_dry_run=False, started_at=run.started_at, dialect=run.dialect)
    work = Import(run.source, report, run.sha256, run.by, suggest, run)
    for groups in _batches(run):
        fine = [group for group in groups if _is_fine(group, work)]
        work.batch([record for _rows, record in fine], run.exported_on)
        if len(fine) < len(groups):  # a body struck off since the plan
            told = [row for rows, _record in groups for row in rows if row.has_errors]
            StagingRow.objects.bulk_update(told, ["has_errors", "faults", "fault_codes"], batch_size=ROWS)
    if _lost(run, work):
        work.withdraw_the_gone()
    work.take_stock()
    keep_faults(run, _faults(run))
    run.move("have_applied", counts=_counts(run, report, {}), ended_at=timezone.now())


def undo(run: ImportRun, suggest: Suggest) -> None:
    work = Undoing(run, suggest)
    work.carry_out()
    counts = {**run.counts, **{f"undo_{name}": count for name, count in work.counts.items()}}
    run.move("have_undone", counts=counts, kept=work.kept, undone_at=timezone.now())


STEPS: dict[str, Callable[[ImportRun, Suggest], None]] = {
    RunState.READING: read,
    RunState.PLANNING: plan,
    RunState.APPLYING: apply,
    RunState.UNDOING: undo,
}


def _batches(run: ImportRun) -> Iterator[tuple[Group, ...]]:
    """The usable courses of a run, by batches: the lines of a table that speak of one course are joined."""
    rows = StagingRow.objects.filter(run=run).usable().order_by("key", "rank")
    total, done = rows.count(), 0
    for groups in batched(_groups(run, rows.iterator(chunk_size=ROWS)), BATCH):
        yield groups
        done += sum(len(lines) for lines, _record in groups)
        progress.tell(run.pk, done, total)


def _groups(run: ImportRun, rows: Iterator[StagingRow]) -> Iterator[Group]:
    if run.dialect not in TABLES:
        yield from (([row], course_record(row.resolved or {})) for row in rows)
        return
    for _key, lines in groupby(rows, key=lambda row: row.key):
        kept = list(lines)
        yield kept, joined_lines([course_record(row.resolved or {}) for row in kept])


def _lost(run: ImportRun, work: Import) -> frozenset[str]:
    """Courses gone from the file: none unless it holds the whole offer, is no index, and every row was understood."""
    rows = StagingRow.objects.filter(run=run)
    if not run.is_whole_offer or run.dialect.startswith("lheo-index") or rows.faulty().exists():
        return frozenset()
    work.seen |= set(rows.filter(is_left_out=True).values_list("key", flat=True))
    return work.lost_keys()


def _tell_the_gone(run: ImportRun, keys: frozenset[str]) -> None:
    last = StagingRow.objects.filter(run=run).aggregate(last=Max("rank"))["last"] or 0
    lost = Course.objects.filter(source=run.source, external_id__in=keys).values_list("external_id", "title")
    StagingRow.objects.bulk_create(
        (
            StagingRow(run=run, rank=rank, key=key, title=title, verb=PlanVerb.GONE)
            for rank, (key, title) in enumerate(sorted(lost), start=last + 1)
        ),
        batch_size=ROWS,
    )


def _counts(run: ImportRun, report: ImportReport, more: dict[str, int]) -> dict[str, int]:
    """In courses, save what was read, is faulty or was left out: those are rows."""
    rows = StagingRow.objects.filter(run=run).of_file()
    found = {
        name: count for name, count in report.counts.items() if count and name not in ("read", "refused", "warnings")
    }
    said = {"read": rows.count(), "refused": rows.faulty().count(), "left_out": rows.filter(is_left_out=True).count()}
    return {**said, **found, **{name: count for name, count in more.items() if count}}


def _faults(run: ImportRun) -> list[Fault]:
    rows = StagingRow.objects.filter(run=run).exclude(faults=[]).values_list("faults", flat=True)
    told = [fault for faults in rows[:FAULTS_KEPT] for fault in faults]
    return [
        Fault(each["line"], each["element"], each["code"], each["message"], each["value"], each["severity"])
        for each in told[:FAULTS_KEPT]
    ]

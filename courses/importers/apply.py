"""An LHEO file into the base: read, planned, written in one transaction, told in one ImportRun with its faults.

    report = import_lheo(path, source_name="onisep", dry_run=True)

A file that is refused leaves the base as it was, except for the run that says why. A second import of the same file
writes nothing but its own run.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import RunState
from courses.importers.bodies import Bodies
from courses.importers.changes import remember, remember_gone
from courses.importers.faults import ERROR, Fault, shown
from courses.importers.lheo import LheoReading, Reading, read_lheo
from courses.importers.lheo_stream import MAX_BYTES
from courses.importers.plan import Step, gone, plan
from courses.importers.present import Base, course_row, held_courses, with_accepted
from courses.importers.records import CourseRecord
from courses.importers.rows import Row, course_key
from courses.importers.rows import course_row as planned_row
from courses.importers.write import Suggest, Writer, no_suggestion
from courses.models import (
    Course,
    CourseSkill,
    ImportFault,
    ImportRun,
    ImportSource,
    Offering,
    OfferingCost,
    SearchCount,
    SearchDocument,
    Session,
)
from portal.accounts.models import User
from portal.reference.loaders.sync import check_at_once, take_stock
from portal.web.clock import today

BATCH = 200
FAULTS_KEPT = 5_000
FILE_REFUSED = "file_refused"

Listener = Callable[[int], None]


class FileRefused(Exception):
    """The whole file is refused, everything written is undone; the fault says why."""

    def __init__(self, fault: Fault):
        super().__init__(fault.message)
        self.fault = fault


@dataclass
class ImportReport:
    """What an import saw and did.

    `counts` holds read, new, draft, changed, same, back, gone, waiting, prepared, held, refused and warnings; `faults`
    the first FAULTS_KEPT of them; `refusal` is set when the whole file is refused, and then nothing was written.
    """

    source_name: str
    is_dry_run: bool
    started_at: datetime.datetime = field(default_factory=timezone.now)
    dialect: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    faults_by_code: Counter[tuple[str, str]] = field(default_factory=Counter)
    changed_fields: Counter[str] = field(default_factory=Counter)
    refusal: Fault | None = None
    run: ImportRun | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every course of the file was understood: only then may others be withdrawn."""
        errors = any(severity == ERROR for severity, _code in self.faults_by_code)
        return self.refusal is None and not errors and self.counts["read"] > 0

    def note(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.faults_by_code[fault.severity, fault.code] += 1
            self.counts["warnings"] += int(fault.severity != ERROR)
            if len(self.faults) < FAULTS_KEPT:
                self.faults.append(fault)


def import_lheo(
    path: str | Path,
    *,
    source_name: str,
    is_trusted: bool = False,
    dry_run: bool = False,
    by: User | None = None,
    listen: Listener = lambda read: None,
    suggest: Suggest = no_suggestion,
    max_bytes: int = MAX_BYTES,
) -> ImportReport:
    """Import the file at `path` as what the source `source_name` offers now.

    `is_trusted` marks the source as trusted from now on. `by` is the agent who imports; without one, changes to
    texts that a moderator approved are held. `listen` is told how many courses were read, from time to time;
    `suggest` is given the courses whose texts or codes are new, to propose skills and codes.
    Raises OSError when the file cannot be opened.
    """
    report = ImportReport(source_name, dry_run)
    digest = file_digest(path)
    try:
        with transaction.atomic():
            check_at_once()
            source = the_source(source_name, is_trusted=is_trusted, dry_run=dry_run)
            run = None if dry_run else open_run(report, source, path, digest, by)
            work = Import(source, report, digest, by, suggest, run)
            work.carry_out(read_lheo(path, known=work.base.known_codes, max_bytes=max_bytes), listen)
            if run is not None:
                close_run(run, report)
    except FileRefused as refused:
        report.refusal = refused.fault
        report.counts = Counter({"read": report.counts["read"], "refused": report.counts["read"], FILE_REFUSED: 1})
        report.note([refused.fault])
        if not dry_run:
            with transaction.atomic():
                source = the_source(source_name, is_trusted=False, dry_run=False)
                close_run(open_run(report, source, path, digest, by), report)
    return report


class Import:
    """One import under way: the source is locked, a second import of it waits. With a `run`, it can be undone."""

    def __init__(
        self,
        source: ImportSource,
        report: ImportReport,
        digest: str,
        by: User | None,
        suggest: Suggest,
        run: ImportRun | None = None,
    ):
        self.source, self.report, self.run = source, report, run
        self.base = Base.read()
        self.lookups = self.base.lookups
        self.bodies = Bodies(self.base.towns, source)
        self.seen: set[str] = set()
        self.writer = Writer(source, self.base, self.bodies, today(), by, suggest)
        applied = ImportRun.objects.filter(source_id=source.pk, sha256=digest, state=RunState.APPLIED)
        self.is_known_file = (applied.exclude(pk=run.pk) if run else applied).exists()

    def carry_out(self, stream: LheoReading, listen: Listener) -> None:
        """Raises FileRefused, after which nothing of it may stay."""
        for readings in batched(stream, BATCH):
            self.report.dialect = stream.dialect
            self.batch(list(self._kept(readings)), stream.exported_on)
            listen(self.report.counts["read"])
        self.report.dialect = stream.dialect
        if stream.dialect.startswith("lheo ") and self.report.is_whole and self.source.pk is not None:
            self.withdraw_the_gone()
        self.take_stock()

    def take_stock(self) -> None:
        """What many rows written leave to be counted: for PostgreSQL's plans, and for the pages that sum the labels."""
        if self.report.is_dry_run:
            return
        if any(self.report.counts[verb] for verb in ("new", "draft", "changed")):
            take_stock(Course, CourseSkill, Offering, OfferingCost, SearchDocument, Session)
        SearchCount.objects.fold()

    def _kept(self, readings: Iterable[Reading]) -> Iterator[CourseRecord]:
        counts = self.report.counts
        for reading in readings:
            if reading.scope == "file":
                raise FileRefused(reading.faults[0])
            self.report.note(reading.faults)
            if reading.scope in ("course", "index"):
                counts["read"] += 1
                fault = self.refusal_of(reading.record) if reading.record is not None else None
                if fault is not None:
                    self.report.note([fault])
                if reading.record is not None and fault is None:
                    yield reading.record
                else:
                    counts["refused"] += 1

    def refusal_of(self, record: CourseRecord) -> Fault | None:
        """A course needs a body that can be found again, and a key that no other course of the file has."""
        body, key = record.provider, course_key(record)
        if not body.siret and self.bodies.known(body) is None:
            message = _("L'organisme n'a ni SIRET ni numéro d'activité connus : complétez-les dans le fichier.")
            return Fault(body.line or record.line, "organisme-formation-responsable", "no-body", message)
        if self.bodies.is_struck_off(body):
            message = _("Cet organisme est radié du portail : écartez la ligne, ou écrivez à la Région.")
            return Fault(body.line or record.line, "organisme-formation-responsable", "struck-off", message)
        if key in self.seen:
            message = _("Deux formations du fichier ont le même organisme et le même intitulé : numérotez-les.")
            return Fault(record.line, "formation", "number-twice", message, shown(record.title))
        self.seen.add(key)
        return None

    def batch(self, records: list[CourseRecord], exported_on: datetime.date | None) -> list[Step]:
        """Plan some courses and, unless it is a dry run, write them; their steps."""
        rows = [self._row(record) for record in records]
        held = held_courses(self.source, [row.key for row in rows])
        rows = [with_accepted(row, held.get(row.key)) for row in rows]
        steps = plan(rows, {key: course_row(course) for key, course in held.items()})
        self._count(steps)
        if not self.report.is_dry_run:
            self.writer.day = min(exported_on or today(), today())
            self._write(steps, held)
        return steps

    def _row(self, record: CourseRecord) -> Row:
        find = self.bodies.known if self.report.is_dry_run else self.bodies.known_or_made
        return planned_row(record, self.lookups, find(record.provider))

    def _count(self, steps: list[Step]) -> None:
        for step in steps:
            self.report.counts[step.verb] += 1
            self.report.changed_fields.update(step.changed_fields)

    def _write(self, steps: list[Step], held: dict[str, Course]) -> None:
        statuses = {key: course.status for key, course in held.items()}
        written = self.writer.write(steps, held)
        if self.run is not None:
            remember(self.run, steps, held, statuses, written)
        counts = self.report.counts
        counts["back"] += len(written.back)
        counts["held"] += len(written.held)
        counts["prepared" if self.source.is_draft_only else "waiting"] += len(written.waiting)
        counts["same"] -= len(written.back)
        counts["changed"] -= sum(step.verb == "changed" and step.row.key not in written.changed for step in steps)
        if not self.is_known_file:
            doubtful = written.waiting | written.held
            told = (step.row for step in steps if step.before is not None and not step.row.is_summary)
            self.writer.confirm(row.key for row in told if row.key not in doubtful)

    def lost_keys(self) -> frozenset[str]:
        """Courses of the source, shown or waiting, that were not seen."""
        shown_keys = Course.objects.filter(source=self.source, status__in=("published", "submitted"))
        return gone(shown_keys.exclude(external_id="").values_list("external_id", flat=True), self.seen)

    def withdraw_the_gone(self) -> None:
        lost = self.lost_keys()
        if self.report.is_dry_run:
            self.report.counts["gone"] = len(lost)
            return
        for keys in batched(sorted(lost), BATCH):
            if self.run is not None:
                remember_gone(self.run, keys)
            self.report.counts["gone"] += self.writer.withdraw(keys)


def the_source(name: str, *, is_trusted: bool, dry_run: bool) -> ImportSource:
    """The source of that name, locked until the end of the transaction; made when it is not there."""
    if dry_run:
        source = ImportSource.objects.filter(name=name).first() or ImportSource(name=name)
        source.is_trusted |= is_trusted
        return source
    ImportSource.objects.get_or_create(name=name)
    source = ImportSource.objects.select_for_update().get(name=name)
    if is_trusted and not source.is_trusted:
        source.give_trust()
    return source


def open_run(report: ImportReport, source: ImportSource, path: str | Path, digest: str, by: User | None) -> ImportRun:
    return ImportRun.objects.create(
        source=source, file_name=Path(path).name[-255:], started_at=report.started_at, sha256=digest, by=by
    )


def close_run(run: ImportRun, report: ImportReport) -> None:
    """Keep what the import did, with its faults."""
    run.dialect, run.ended_at, run.counts = report.dialect[:20], timezone.now(), dict(report.counts)
    run.state = RunState.REFUSED if report.refusal else RunState.APPLIED
    run.refusal = report.refusal.message[:400] if report.refusal else ""
    run.save(update_fields=["dialect", "ended_at", "counts", "state", "refusal"])
    report.run = run
    keep_faults(run, report.faults)


def keep_faults(run: ImportRun, faults: Iterable[Fault]) -> None:
    ImportFault.objects.bulk_create(
        ImportFault(
            run=run,
            line=fault.line,
            element=fault.element[:120],
            code=fault.code,
            severity=fault.severity,
            message=fault.message[:400],
            value=fault.value,
        )
        for fault in faults
    )


def file_digest(path: str | Path) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

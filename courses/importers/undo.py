"""An applied import taken back: each course gets its former values where nothing else changed since."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import batched
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import PlanVerb
from courses.importers import progress
from courses.importers.bodies import Bodies, struck_bodies
from courses.importers.kept import row_of
from courses.importers.plan import Step, is_same
from courses.importers.present import Base, course_row, held_courses
from courses.importers.rows import Row
from courses.importers.write import GONE, UNDONE, Suggest, Writer, is_as_approved, was_gone
from courses.models import Course, ImportChange, ImportRun, SearchCount
from portal.moderation.actions import publish_trusted
from portal.moderation.models import Proposal, ProposalState, Status
from portal.web.clock import today

BATCH, SENTENCES = 200, 200
SHOWN = (Status.PUBLISHED, Status.SUBMITTED)


def restored(before: Row, after: Row, now: Row) -> tuple[Row, bool]:
    """What the base should hold once the change `before` → `after` is taken back from `now`.

    Whatever is no longer as the import left it stays as it is; the second value tells whether something did.
    """
    values, is_partial = _merged(before.values, after.values, now.values)
    links, odd_links = _merged(before.links, after.links, now.links)
    costs, odd_costs = _merged(before.costs, after.costs, now.costs)
    children, odd_children = _children(before, after, now)
    return Row(now.key, values, links, costs, children), is_partial or odd_links or odd_costs or odd_children


_NOTHING: Any = object()


def _merged(before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    found, is_partial = {}, False
    for name in {**now, **before}:
        was, left, held = (each.get(name, _NOTHING) for each in (before, after, now))
        is_ours = was != left
        is_partial |= is_ours and held not in (left, was)
        value = was if is_ours and held == left else held
        if value is not _NOTHING:
            found[name] = value
    return found, is_partial


def _children(before: Row, after: Row, now: Row) -> tuple[tuple[Row, ...], bool]:
    found, is_partial = [], False
    for key in dict.fromkeys(child.key for child in (*now.children, *before.children)):
        was, left, held = before.child(key), after.child(key), now.child(key)
        if was is not None and left is not None and held is not None:
            child, is_odd = restored(was, left, held)
            found.append(child)
            is_partial |= is_odd
        elif was is not None and left is None:  # the import took it away
            found.append(held or was)
        elif held is not None:
            is_added = was is None and left is not None
            if is_added and left is not None and is_same(held, left):
                continue
            is_partial |= is_added
            found.append(held)
    return tuple(found), is_partial


class Undoing:
    """One import on its way back; the source is locked."""

    def __init__(self, run: ImportRun, suggest: Suggest):
        self.run, self.by = run, run.undone_by
        base = Base.read()
        self.writer = Writer(run.source, base, Bodies(base.towns, run.source), today(), self.by, suggest)
        self.counts: Counter[str] = Counter()
        self.kept: list[str] = []

    def carry_out(self) -> None:
        """The last change first."""
        changes = ImportChange.objects.filter(run=self.run).order_by("-pk")
        total = changes.count()
        for number, batch in enumerate(batched(changes.iterator(chunk_size=BATCH), BATCH)):
            self._batch(batch)
            progress.tell(self.run.pk, min((number + 1) * BATCH, total), total)
        SearchCount.objects.fold()

    def keep(self, course: Course, why: str) -> None:
        self.counts["kept"] += 1
        if len(self.kept) < SENTENCES:
            self.kept.append(f"{course.title} : {why}")

    def _batch(self, changes: Iterable[ImportChange]) -> None:
        changes = list(changes)
        prefetch_related_objects(changes, "course")
        keys = [change.course.external_id for change in changes if change.before is not None]
        held = held_courses(self.run.source, keys)
        for change in changes:
            match change.verb:
                case PlanVerb.NEW:
                    self._withdraw_new(change.course)
                case PlanVerb.GONE:
                    self._bring_back(change)
                case PlanVerb.BACK:
                    self._withdraw_again(change.course)
                case _:
                    self._give_back(change, held)

    def _withdraw_new(self, course: Course) -> None:
        if course.status in SHOWN:
            course.move("withdraw", by=self.by, reason=UNDONE)
            self.counts["withdrawn"] += 1
        elif course.status == Status.DRAFT:
            course.move("archive", by=self.by, reason=UNDONE)
            self.counts["withdrawn"] += 1
        elif course.status not in (Status.WITHDRAWN, Status.ARCHIVED):
            self.keep(course, _("un agent en a décidé depuis, elle reste où elle est."))

    def _bring_back(self, change: ImportChange) -> None:
        course = change.course
        if course.status != Status.WITHDRAWN or not was_gone(course):
            self.keep(course, _("la fiche a changé d'état depuis, elle reste où elle est."))
            return
        if course.provider_id in struck_bodies():
            self.keep(course, _("son organisme est radié, elle reste retirée."))
            return
        if change.status_before == Status.PUBLISHED and (self.run.source.is_trusted or is_as_approved(course)):
            publish_trusted([course], origin=_("annulation de l'import du %(day)s") % {"day": self._day()})
        else:
            course.submit(by=self.by)
        self.counts["brought_back"] += 1

    def _withdraw_again(self, course: Course) -> None:
        if course.status in SHOWN:
            course.move("withdraw", by=self.by, reason=GONE)
            self.counts["withdrawn"] += 1
        elif course.status == Status.DRAFT:
            self._withdraw_new(course)

    def _give_back(self, change: ImportChange, held: Mapping[str, Course]) -> None:
        self._take_proposals_back(change.course)
        course = held.get(change.course.external_id)
        if change.before is not None and course is not None:
            now = course_row(course)
            wanted, is_partial = restored(row_of(change.before), row_of(change.after or {}), now)
            if not is_same(wanted, now):
                self.writer.write([Step("changed", wanted, now)], {course.external_id: course})
                self.counts["given_back"] += 1
            if is_partial:
                self.keep(course, _("une partie a été modifiée depuis, elle garde sa valeur actuelle."))
        if change.status_before == Status.WITHDRAWN:
            self._withdraw_again(Course.objects.get(pk=change.course_id))

    def _take_proposals_back(self, course: Course) -> None:
        """What the import proposed and nobody decided."""
        undecided = Proposal.objects.waiting() | Proposal.objects.prepared()
        waiting = undecided.about(course).filter(proposed_by=self.run.by)
        ours = waiting.filter(proposed_at__range=(self.run.started_at, self.run.ended_at or timezone.now()))
        ours.update(state=ProposalState.OUTDATED, decided_at=timezone.now(), decided_by=self.by)

    def _day(self) -> str:
        return f"{timezone.localtime(self.run.started_at):%d/%m/%Y}"

"""Planned steps into rows of the base: created in bulk, changed field by field, published or left to a moderator.

What a moderator approved stays as approved: when a source that is not trusted changes a published course, its texts
and prices become a Proposal, and only dates, seats, places and codes are written at once.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, prefetch_related_objects

from courses.enums import Trust
from courses.importers.bodies import Bodies, struck_bodies
from courses.importers.plan import Step, differing, is_same
from courses.importers.present import Base
from courses.importers.proposals import leave_proposal, moderated_changes, offerings_to_hold
from courses.importers.rows import CostTerms, Row
from courses.models import Course, ImportSource, Offering, OfferingCost, Session
from portal.accounts.models import User
from portal.moderation.actions import publish_trusted
from portal.moderation.models import Moderated, ModerationEvent, Status, content_hash

GONE = "absente du dernier fichier de la source"
UNDONE = "import annulé"
SUGGESTED_FROM = frozenset({"title", "objective", "what_you_learn", "occupations", "formacodes"})
LINK_NAMES = ("formacodes", "nsf", "occupations", "certifications")


Suggest = Callable[[Sequence[Course]], object]


def no_suggestion(courses: Sequence[Course]) -> None:
    """Nobody proposes skills."""


@dataclass
class Written:
    """What became of a batch: keys of courses changed, put back, left waiting for a person, or held for lack of one.

    `created` holds the ids of the new ones.
    """

    created: list[int] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    back: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)


@dataclass
class Writer:
    """Writes for one source; `day` is the day on which the source says what it says."""

    source: ImportSource
    base: Base
    bodies: Bodies
    day: datetime.date
    by: User | None = None
    # told of courses whose texts or codes are new
    suggest: Suggest = no_suggestion

    def write(self, steps: Sequence[Step], held: dict[str, Course]) -> Written:
        """Write a batch. `held` are the courses of the base that the steps compare with, by key."""
        written = Written()
        self._show(self.bodies.take_made())
        fresh = [step.row for step in steps if step.before is None]
        created = self._create(fresh)
        written.created = [course.pk for course in created]
        whole = [course for course, row in zip(created, fresh, strict=True) if not row.is_summary]
        known = [(step, held[step.row.key]) for step in steps if step.row.key in held]
        written.back = {step.row.key for step, course in known if self._reopen(course) and step.verb == "same"}
        known = [(step, course) for step, course in known if not step.row.is_summary]
        changed = [(course, self._change(step, course, written)) for step, course in known if step.verb == "changed"]
        self.confirm(written.changed - written.waiting - written.held)
        if self.source.is_trusted:
            read_anew([course for course, is_changed in changed if is_changed])
        shown = [course for course, is_changed in changed if self._is_to_show(course, is_changed=is_changed)]
        back = [course for step, course in known if step.verb != "changed" and self._is_to_show(course)]
        written.back |= {course.external_id for course in back}
        self._show([*whole, *shown, *back])
        return written

    def _reopen(self, course: Course) -> bool:
        """A draft whose import was undone comes back with the next one; whether it did."""
        if not was_undone_draft(course):
            return False
        course.move("reopen", by=self.by)
        return True

    def withdraw(self, keys: Iterable[str]) -> int:
        """Withdraw the courses that the source no longer has; return how many were shown or waiting."""
        shown = Course.objects.filter(
            source=self.source, external_id__in=list(keys), status__in=(Status.PUBLISHED, Status.SUBMITTED)
        )
        count = 0
        for course in shown.iterator(chunk_size=500):
            course.move("withdraw", by=self.by, reason=GONE)  # the source's act, no decision of an agent
            count += 1
        return count

    def confirm(self, keys: Iterable[str]) -> None:
        """The source says these courses are exact on its day."""
        stale = Course.objects.filter(source=self.source, external_id__in=list(keys)).exclude(verified_on__gte=self.day)
        stale.update(verified_on=self.day, hidden_since=None)

    def _create(self, rows: Sequence[Row]) -> list[Course]:
        courses = [Course(source=self.source, external_id=row.key, verified_on=self.day, **row.values) for row in rows]
        Course.objects.bulk_create(courses)
        for name in LINK_NAMES:
            self._link(name, courses, rows)
        self._create_offerings(
            [(course, child) for course, row in zip(courses, rows, strict=True) for child in row.children]
        )
        self.suggest(courses)
        return courses

    def _link(self, name: str, courses: Sequence[Course], rows: Sequence[Row]) -> None:
        relation: Any = getattr(Course, name)
        through, column = relation.through, relation.field.m2m_reverse_field_name()
        through._default_manager.bulk_create(
            through(course_id=course.pk, **{f"{column}_id": pk})
            for course, row in zip(courses, rows, strict=True)
            for pk in self.base.link_ids(name, row.links.get(name, ()))
        )

    def _create_offerings(self, wanted: Sequence[tuple[Course, Row]]) -> None:
        offerings = [Offering(course=course, external_id=row.key, **row.values) for course, row in wanted]
        Offering.objects.bulk_create(offerings)
        pairs = list(zip(offerings, (row for _course, row in wanted), strict=True))
        OfferingCost.objects.bulk_create(
            self._cost(offering, audience, terms) for offering, row in pairs for audience, terms in row.costs.items()
        )
        Session.objects.bulk_create(
            Session(offering=offering, external_id=child.key, **child.values)
            for offering, row in pairs
            for child in row.children
        )

    def _cost(self, offering: Offering, audience: str, terms: CostTerms) -> OfferingCost:
        cents, condition = terms
        return OfferingCost(
            offering=offering,
            audience=audience,
            left_to_pay_cents=cents,
            condition=condition,
            source=str(self.source)[:120],
            stated_on=self.day,
        )

    def _change(self, step: Step, course: Course, written: Written) -> bool:
        """Bring one course to what its step says; whether its row, or one below, was written."""
        row, before = step.row, step.before
        assert before is not None
        if course.status == Status.PUBLISHED and not self.source.is_trusted:
            kept = {*Course.MODERATED_FIELDS, "slug", "certifications", "provider_id"}
            is_draft = self.source.trust == Trust.DRAFT
            changes = self._moderated_changes(course, row, before)
            answer = leave_proposal(course, changes, by=self.by, is_draft=is_draft)
            if answer == "waiting":
                written.waiting.add(row.key)
            if answer == "held" or offerings_to_hold(row, before):
                written.held.add(row.key)
        else:
            kept = set()
        touched = self._change_course(course, row, before, kept)
        touched |= self._change_offerings(course, row, before, is_careful=bool(kept))
        if touched:
            written.changed.add(row.key)
        return touched

    def _moderated_changes(self, course: Course, row: Row, before: Row) -> dict[str, Any]:
        offerings = {offering.external_id: offering for offering in course.offerings.all()}
        changes = moderated_changes(offerings, row, before)
        if row.links["certifications"] != before.links["certifications"]:
            changes["certifications"] = sorted(self.base.certification_ids(row.links["certifications"]))
        return changes

    def _change_course(self, course: Course, row: Row, before: Row, kept: set[str]) -> bool:
        names = [name for name in differing(row.values, before.values) if name not in kept]
        assign(course, names, row)
        links = [name for name in differing(row.links, before.links) if name not in kept]
        for name in links:
            getattr(course, name).set(self.base.link_ids(name, row.links[name]))
        if SUGGESTED_FROM & {*names, *links}:
            self.suggest([course])
        return bool(names or links)

    def _change_offerings(self, course: Course, row: Row, before: Row, *, is_careful: bool) -> bool:
        held = {offering.external_id: offering for offering in course.offerings.all()}
        fresh = [child for child in row.children if before.child(child.key) is None]
        lost = [child for child in before.children if row.child(child.key) is None]
        if is_careful:
            fresh, lost = [], []
        self._create_offerings([(course, child) for child in fresh])
        for child in lost:
            held[child.key].delete()
        touched = bool(fresh or lost)
        for child in row.children:
            old = before.child(child.key)
            if old is not None and not is_same(child, old):
                touched |= self._change_offering(held[child.key], child, old, is_careful=is_careful)
        return touched

    def _change_offering(self, offering: Offering, row: Row, before: Row, *, is_careful: bool) -> bool:
        kept = set(Offering.MODERATED_FIELDS) if is_careful else set()
        names = [name for name in differing(row.values, before.values) if name not in kept]
        assign(offering, names, row)
        is_costed = dict(row.costs) != dict(before.costs) and not is_careful
        if is_costed:
            self._change_costs(offering, row, before)
        return self._change_sessions(offering, row, before) or bool(names) or is_costed

    def _change_costs(self, offering: Offering, row: Row, before: Row) -> None:
        changed = [audience for audience, terms in before.costs.items() if row.costs.get(audience) != terms]
        offering.costs.filter(audience__in=changed).delete()
        OfferingCost.objects.bulk_create(
            self._cost(offering, audience, row.costs[audience]) for audience in differing(row.costs, before.costs)
        )

    def _change_sessions(self, offering: Offering, row: Row, before: Row) -> bool:
        held = {session.external_id: session for session in offering.sessions.all()}
        fresh = [child for child in row.children if before.child(child.key) is None]
        lost = [child.key for child in before.children if row.child(child.key) is None]
        Session.objects.bulk_create(Session(offering=offering, external_id=new.key, **new.values) for new in fresh)
        for key in lost:
            held[key].delete()
        touched = bool(fresh or lost)
        for child in row.children:
            old = before.child(child.key)
            if old is not None:
                names = differing(child.values, old.values)
                assign(held[child.key], names, child)
                touched |= bool(names)
        return touched

    def _is_to_show(self, course: Course, *, is_changed: bool = False) -> bool:
        """Whether a course of the file is to be published, or submitted again."""
        match course.status:
            case Status.ARCHIVED | Status.QUARANTINED:
                return False
            case Status.WITHDRAWN:
                return was_gone(course)
            case Status.PUBLISHED:
                return self.source.is_trusted and is_changed and not is_the_approved(course)
            case Status.SUBMITTED:
                return self.source.is_trusted
            case Status.CHANGES_ASKED:  # the same text again answers no agent
                return is_changed
        return self.source.is_trusted or is_changed

    def _show(self, rows: Sequence[Moderated]) -> None:
        """Publish what a trusted source says; leave the rest to a moderator, or as it stands to the source's people."""
        struck = struck_bodies() if rows else frozenset()
        if struck:  # struck off since the plan, or since what an undo brings back
            rows = [row for row in rows if (row.provider_id if isinstance(row, Course) else row.pk) not in struck]
        match self.source.trust:
            case Trust.PUBLISHED if rows:
                publish_trusted(rows, origin=f"source {self.source.name}")
            case Trust.REVIEW:
                for row in rows:
                    row.submit(by=self.by)


def assign(row: Model, names: Sequence[str], wanted: Row) -> None:
    for name in names:
        setattr(row, name, wanted.values[name])
    if names:
        row.save(update_fields=list(names))


def was_gone(course: Course) -> bool:
    """Whether it was withdrawn because its source lost it, or its import was undone; not by a person's decision."""
    last = ModerationEvent.objects.about(course).filter(verb="withdraw").order_by("-at", "-pk").first()
    return last is not None and last.reason in (GONE, UNDONE)


def was_undone_draft(course: Course) -> bool:
    """Whether it was a draft when its import was undone: it comes back with the next one."""
    if course.status != Status.ARCHIVED:
        return False
    last = ModerationEvent.objects.about(course).order_by("-at", "-pk").first()
    return last is not None and (last.verb, last.reason) == ("archive", UNDONE)


def read_anew(courses: Sequence[Course]) -> None:
    """Read what an approval covers of courses whose rows below were written."""
    for course in courses:
        course._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    prefetch_related_objects(courses, *Course.MODERATED_RELATIONS)


def is_as_approved(course: Course) -> bool:
    read_anew([course])
    return is_the_approved(course)


def is_the_approved(course: Course) -> bool:
    """Whether a course just read holds what was approved of it."""
    return course.revision is not None and content_hash(course.moderated_content()) == course.revision.sha256

"""A member's edit of a course: saved at once where nothing of it is approved, held as one proposal where it is.

Dates, seats, places and contacts change at once. Texts, prices, fundings, certifications, and offerings to add or to
take away wait: a form is shown with what already waits, so that a second edit adds to the first.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Course, Offering, OfferingCost
from courses.models.course import NEW_OFFERINGS
from courses.models.offering import GONE
from portal.accounts.models import User
from portal.moderation.actions import propose, take_back
from portal.moderation.models import Moderated, ModerationError, Proposal, Status, fields_of


def waiting_changes(row: Moderated) -> dict[str, Any]:
    """What waits for approval on this row; empty when nothing does."""
    waiting = Proposal.objects.waiting().about(row).first()
    return dict(waiting.changes) if waiting else {}


def waiting_lines(row: Moderated) -> list[tuple[str, str, str]]:
    """What waits as (name, published text, proposed text); the row may be drawn over already."""
    changes = waiting_changes(row)
    stored = type(row)._base_manager.get(pk=row.pk)
    return [stored.change_line(name, value) for name, value in changes.items()]


def prepared_lines(row: Moderated) -> list[tuple[str, str, str]]:
    """What a file prepared for the body as (name, published text, text of the file)."""
    prepared = Proposal.objects.prepared().about(row).first()
    stored = type(row)._base_manager.get(pk=row.pk) if prepared else row
    return [stored.change_line(name, value) for name, value in prepared.changes.items()] if prepared else []


def draw_over(row: Moderated | Offering, changes: dict[str, Any], prefix: str = "") -> None:
    """Set on this unsaved instance what waits for it, so that a form starts from there."""
    for field in fields_of(row, row.MODERATED_FIELDS):
        if prefix + field.name in changes:
            setattr(row, field.attname, field.to_python(changes[prefix + field.name]))


def of_offering(offering: Offering) -> str:
    return f"offering.{offering.pk}."


class HeldEdit:
    """What forms change in a published row, gathered; each method gives the row back as it is approved."""

    def __init__(self, row: Moderated):
        self.row = row
        self.before = waiting_changes(row)
        self.changes = dict(self.before)

    @staticmethod
    def holds(row: Moderated) -> bool:
        return row.status == Status.PUBLISHED

    def own(self, row: Moderated) -> None:
        """Hold the moderated fields of the row itself."""
        self._hold(type(row)._base_manager.get(pk=row.pk), row, "")

    def offering(self, offering: Offering) -> None:
        self._hold(Offering.objects.get(pk=offering.pk), offering, of_offering(offering))

    def _hold(self, stored: Moderated | Offering, row: Moderated | Offering, prefix: str) -> None:
        for field in fields_of(row, row.MODERATED_FIELDS):
            self._say(prefix + field.name, field.value_from_object(row), field.value_from_object(stored))
            setattr(row, field.attname, field.value_from_object(stored))

    def _say(self, path: str, wanted: Any, approved: Any) -> None:
        if wanted == approved:
            self.changes.pop(path, None)
        else:
            self.changes[path] = wanted

    def certifications(self, course: Course, keys: Iterable[int]) -> None:
        self._say("certifications", sorted(keys), sorted(course.certifications.values_list("pk", flat=True)))

    def new_offering(self, offering: Offering) -> None:
        """Hold an offering that is not saved."""
        empty = Offering()
        values = {
            field.name: field.value_from_object(offering)
            for field in fields_of(offering, Offering.VALUE_FIELDS)
            if field.value_from_object(offering) != field.value_from_object(empty)
        }
        self.changes[NEW_OFFERINGS] = [*self.changes.get(NEW_OFFERINGS, []), values]

    def gone_offering(self, offering: Offering) -> None:
        self.changes[of_offering(offering) + GONE] = True

    def cost(self, offering: Offering, cost: OfferingCost, *, is_gone: bool = False) -> None:
        """Hold what is left to pay for one audience."""
        path = f"{of_offering(offering)}cost.{cost.audience}"
        stored = offering.costs.filter(audience=cost.audience).first()
        wanted = {GONE: True} if is_gone else {"cents": cost.left_to_pay_cents, "condition": cost.condition}
        now = {"cents": stored.left_to_pay_cents, "condition": stored.condition} if stored else {GONE: True}
        self._say(path, wanted, now)

    def leave(self, *, by: User) -> Proposal | None:
        """Leave one proposal with all that waits; take the former one back when nothing does any more.

        Raises ModerationError on a value that its field refuses.
        """
        if self.changes == self.before:
            return None
        if self.changes:
            return propose(self.row, changes=self.changes, by=by)
        take_back(self.row, by=by)
        return None


def missing_to_submit(course: Course) -> list[str]:
    """Names of what a course lacks before an agent can read it with profit."""
    lacks = [
        str(field.verbose_name)
        for field in fields_of(course, ("title", "objective"))
        if not getattr(course, field.name)
    ]
    if not course.offerings.exists():
        lacks.append(str(Offering._meta.verbose_name))
    return lacks


@contextmanager
def as_if_accepted[Row: Moderated](row: Row, changes: dict[str, Any]) -> Iterator[Row]:
    """The row with what waits applied, for as long as somebody looks; nothing of it is kept."""
    with transaction.atomic():
        if changes:
            row.apply_changes(changes)
            row.save()
        yield row
        transaction.set_rollback(True)


class NotReady(ModerationError):
    """A course that lacks what an agent needs; the sentence names it."""

    def __init__(self, names: list[str]):
        super().__init__(_("Avant de soumettre la fiche, remplissez : %(names)s.") % {"names": ", ".join(names)})


def submit(course: Course, *, by: User) -> None:
    """Hand a course to the agents. Raises NotReady, MoveRefused."""
    if missing := missing_to_submit(course):
        raise NotReady(missing)
    course.submit(by=by)

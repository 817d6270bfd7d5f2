"""Saving in the space: through `courses.edits`, so that what is approved changes only by approval."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.db import connection
from django.forms import BaseInlineFormSet, BaseModelFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions import state_seats
from courses.edits import HeldEdit, draw_over, of_offering, waiting_changes
from courses.models import Course, Offering, Session
from portal.accounts.models import User
from portal.moderation.models import Moderated, ModerationError
from portal.web.space import organisation_of


def held_edit(request: HttpRequest, row: Moderated) -> HeldEdit | None:
    """The edit of this request on a published row, the same for its form and its formsets; None where nothing waits."""
    if not HeldEdit.holds(row):
        return None
    known: HeldEdit | None = getattr(request, "_held_edit", None)
    if known is None:
        known = HeldEdit(row)
        request._held_edit = known  # type: ignore[attr-defined]
    return known


def lock(request: HttpRequest, row: Moderated) -> None:
    """Before a save: nobody approves or moves the row until it ends, and its state is the one that holds now."""
    if request.method == "POST" and connection.in_atomic_block:
        locked = type(row)._base_manager.select_for_update().filter(pk=row.pk)
        row.status, row.version = locked.values_list("status", "version").first() or (row.status, row.version)


def begin(request: HttpRequest, row: Moderated) -> None:
    """A row on its way to a form: locked before a save, drawn with what waits where it is published."""
    lock(request, row)
    if HeldEdit.holds(row):
        draw_over(row, waiting_changes(row))


def leave(request: HttpRequest, edit: HeldEdit | None) -> None:
    """End of a save: one proposal, and a word about it."""
    if edit is None:
        return
    assert isinstance(request.user, User)
    try:
        proposal = edit.leave(by=request.user)
    except ModerationError as refused:
        messages.error(request, str(refused))
        return
    if proposal is not None:
        said = _(
            "Vos textes, prix et certifications attendent la relecture d’un agent. La fiche publiée reste visible."
        )
        messages.info(request, said)
    elif edit.before and not edit.changes:
        messages.info(request, _("Plus rien n’attend : la fiche publiée reste telle quelle."))


SEATS = ("seats_left", "is_full", "seats_said_by", "seats_said_at")


def save_session(request: HttpRequest, session: Session, changed: Collection[str]) -> None:
    """Dates and places at once; seats as a dated statement, which an older one never overwrites."""
    said = {"seats_left", "is_full"} & set(changed)
    name = organisation_of(request).name[:120]
    if session.pk is None:
        if session.seats_left is not None or session.is_full:
            session.seats_said_by, session.seats_said_at = name, timezone.now()
        session.save()
        return
    session.save(
        update_fields=[f.name for f in session._meta.concrete_fields if not f.primary_key and f.name not in SEATS]
    )
    if not said:
        return
    try:
        state_seats(session, seats_left=session.seats_left, by_name=name, at=timezone.now())
    except ModerationError as refused:
        messages.error(request, str(refused))


class HeldOfferingFormSet(BaseInlineFormSet):
    """Offerings of a course, drawn with what waits for them."""

    def get_queryset(self):
        rows = super().get_queryset()
        if not hasattr(self, "_drawn"):
            changes = waiting_changes(self.instance) if self.instance.pk else {}
            for row in rows:
                draw_over(row, changes, of_offering(row))
            self._drawn = True
        return rows


class HeldCostFormSet(BaseInlineFormSet):
    """What is left to pay, drawn with what waits for it."""

    def get_queryset(self):
        rows = super().get_queryset()
        if not hasattr(self, "_drawn"):
            changes: dict[str, Any] = waiting_changes(self.instance.course) if self.instance.pk else {}
            for row in rows:
                said = changes.get(f"{of_offering(self.instance)}cost.{row.audience}")
                if isinstance(said, dict) and "cents" in said:
                    row.left_to_pay_cents, row.condition = said["cents"], said.get("condition", "")
            self._drawn = True
        return rows


def save_offerings(request: HttpRequest, course: Course, formset: BaseModelFormSet, edit: HeldEdit | None) -> None:
    for offering in formset.save(commit=False):
        offering.course = course
        if edit is None:
            offering.save()
        elif offering.pk:
            edit.offering(offering)
            offering.save()
        else:
            edit.new_offering(offering)
    for offering in formset.deleted_objects:
        if edit is None:
            offering.delete()
        else:
            edit.gone_offering(offering)


def save_costs(request: HttpRequest, offering: Offering, formset: BaseModelFormSet, edit: HeldEdit | None) -> None:
    for cost in formset.save(commit=False):
        if edit is not None:
            edit.cost(offering, cost)
            continue
        cost.source, cost.stated_on = organisation_of(request).name[:120], timezone.localdate()
        cost.save()
    for cost in formset.deleted_objects:
        if edit is None:
            cost.delete()
        else:
            edit.cost(offering, cost, is_gone=True)


def save_sessions(request: HttpRequest, formset: BaseModelFormSet) -> None:
    """Dates, seats and places change at once, published or not."""
    formset.save(commit=False)
    for session, changed in [*formset.changed_objects, *((session, ()) for session in formset.new_objects)]:
        save_session(request, session, changed)
    for session in formset.deleted_objects:
        session.delete()

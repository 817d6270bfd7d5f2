"""The sessions of a course as the session table shows them."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import CallToAction
from courses.models import Session
from courses.search.cards import JOINABLE, town_of
from courses.sheet.read import Sheet


@dataclass(frozen=True)
class SessionLine:
    """The context of the session table, field for field."""

    starts_on: datetime.date | None
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str
    town: str
    department: str
    modality: str | None
    distance_km: float | None
    seats_left: int | None
    seats_told_on: datetime.date | None
    state: str
    state_label: str
    action_url: str
    action_label: str


def sessions_of(sheet: Sheet, *, can_write: bool) -> list[SessionLine]:
    """Sessions to come, soonest first; `can_write`: the body can be written to through the portal."""
    return [_line(sheet, session, can_write) for session in sheet.sessions if session.offering_id in sheet.by_number]


def _line(sheet: Sheet, session: Session, can_write: bool) -> SessionLine:
    offering = sheet.by_number[session.offering_id]
    state = session.call_to_action(sheet.day)
    told = session.seats_said_at
    address = reverse("courses:contact", args=[sheet.course.slug, sheet.course.pk])
    return SessionLine(
        starts_on=session.starts_on,
        starts_precision=session.starts_precision,
        ends_on=None if session.ends_on == session.starts_on else session.ends_on,
        ends_precision=session.ends_precision,
        town=town_of(offering),
        department=offering.commune.department.name if offering.commune else "",
        modality=offering.modality,
        distance_km=sheet.distance_km(offering),
        seats_left=None if state == CallToAction.FULL else session.seats_left,
        seats_told_on=timezone.localdate(told) if told else None,
        state=state,
        state_label=str(state.label),
        action_url=f"{address}?session={session.pk}" if can_write and state != CallToAction.CLOSED else "",
        action_label=_("Demander une place") if state in JOINABLE else _("Demander la prochaine date"),
    )

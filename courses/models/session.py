"""A session: dates, seats, and what it invites to do. Dates may be partial: the first possible day plus a precision."""

import calendar
import datetime
from typing import Protocol

import pghistory
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from courses.enums import CallToAction, DatePrecision, Recruitment
from courses.models.offering import Offering

CLOSING_DAYS = 10
CLOSING_SEATS = 2
STARTING_DAYS = 7


class SessionQuerySet(models.QuerySet):
    def coming_on(self, day):
        """Sessions that have not started on `day`, soonest first; a partial date counts until its period is over."""
        return self.filter(
            Q(starts_precision=DatePrecision.DAY, starts_on__gte=day)
            | Q(starts_precision=DatePrecision.MONTH, starts_on__gte=day.replace(day=1))
            | Q(starts_precision=DatePrecision.YEAR, starts_on__gte=day.replace(month=1, day=1))
        ).order_by("starts_on", "pk")

    def with_left(self):
        """With `left`, the seats that are left: 0 where it is full, None where nobody said."""
        full = When(is_full=True, then=Value(0))
        return self.annotate(left=Case(full, default=F("seats_left"), output_field=models.IntegerField()))

    def undated(self):
        return self.filter(starts_precision=DatePrecision.UNKNOWN)

    def of_course(self, course):
        return self.filter(offering__course=course)

    def since(self, day):
        """Those that had not ended on `day`, and those without a date."""
        return self.filter(Q(starts_on__isnull=True) | Q(ends_on__gte=day) | Q(starts_on__gte=day))

    def seats_unsaid_since(self, day):
        """Those whose seats nobody said since `day`."""
        return self.filter(Q(seats_said_at__isnull=True) | Q(seats_said_at__date__lt=day))

    def in_page_order(self):
        return self.order_by(F("starts_on").asc(nulls_last=True), "pk")


@pghistory.track()
class Session(models.Model):
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="sessions", verbose_name=_("action"))
    external_id = models.CharField(_("numéro chez la source"), max_length=300, blank=True)
    # first possible day, or NULL; the precision says what is really known
    starts_on = models.DateField(_("début"), null=True, blank=True)
    starts_precision = models.CharField(
        _("précision du début"), max_length=7, choices=DatePrecision, default=DatePrecision.DAY
    )
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    ends_precision = models.CharField(
        _("précision de la fin"), max_length=7, choices=DatePrecision, default=DatePrecision.DAY
    )
    registration_opens_on = models.DateField(_("ouverture des inscriptions"), null=True, blank=True)
    registration_closes_on = models.DateField(_("clôture des inscriptions"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("places"), null=True, blank=True)
    seats_left = models.PositiveIntegerField(_("places restantes"), null=True, blank=True)
    seats_said_by = models.CharField(_("selon"), max_length=120, blank=True)
    seats_said_at = models.DateTimeField(_("dit le"), null=True, blank=True)
    recruitment = models.CharField(_("recrutement"), max_length=10, choices=Recruitment, default=Recruitment.UNKNOWN)
    # said by a person, newer than the source: "complet"
    is_full = models.BooleanField(_("complète"), default=False)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    extras = models.TextField(_("compléments de la source"), blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").asc(nulls_last=True), "pk"]
        verbose_name = _("session")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "external_id"], condition=~Q(external_id=""), name="session_once_per_offering"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, starts_precision="unknown")
                | (Q(starts_on__isnull=False) & ~Q(starts_precision="unknown")),
                name="session_start_has_its_precision",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ends_precision="unknown")
                | (Q(ends_on__isnull=False) & ~Q(ends_precision="unknown")),
                name="session_end_has_its_precision",
            ),
            models.CheckConstraint(
                condition=~Q(ends_precision="day", starts_precision="day") | Q(ends_on__gte=F("starts_on")),
                name="session_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats_left__isnull=True) | Q(seats_left__lte=F("seats")),
                name="session_seats_left_fit",
            ),
            models.CheckConstraint(
                condition=Q(seats_left__isnull=True) | (~Q(seats_said_by="") & Q(seats_said_at__isnull=False)),
                name="seats_left_have_a_speaker",
            ),
        ]
        indexes = [models.Index(fields=["offering", "starts_on"], name="session_start")]

    def __str__(self):
        return f"{self.starts_on:%d/%m/%Y}" if self.starts_on else str(_("date à venir"))

    def call_to_action(self, day: datetime.date) -> CallToAction:
        return call_to_action(self, day)


def last_day(first: datetime.date | None, precision: str) -> datetime.date | None:
    """The last day that a partial date may mean: "mars 2027" counts as 31 March, never as the 1st; None if unknown."""
    if first is None or precision == DatePrecision.DAY:
        return first
    month = 12 if precision == DatePrecision.YEAR else first.month
    return first.replace(month=month, day=calendar.monthrange(first.year, month)[1])


class Facts(Protocol):
    """What a call to action depends on: a session, or what a search document says of it."""

    @property
    def is_full(self) -> bool: ...
    @property
    def seats_left(self) -> int | None: ...
    @property
    def starts_on(self) -> datetime.date | None: ...
    @property
    def starts_precision(self) -> str: ...
    @property
    def recruitment(self) -> str: ...
    @property
    def registration_closes_on(self) -> datetime.date | None: ...


def call_to_action(session: Facts, day: datetime.date) -> CallToAction:
    """What a session invites to do on `day`: the one state machine for it."""
    if session.is_full or session.seats_left == 0:
        return CallToAction.FULL
    if session.starts_on is None:
        return CallToAction.TO_BE_SCHEDULED
    if session.recruitment in (Recruitment.CLOSED, Recruitment.SUSPENDED) or _is_over_for_entry(session, day):
        return CallToAction.CLOSED
    if session.starts_precision == DatePrecision.DAY and (session.starts_on - day).days <= STARTING_DAYS:
        return CallToAction.STARTING
    closes = session.registration_closes_on
    few_days = closes is not None and (closes - day).days <= CLOSING_DAYS
    few_seats = session.seats_left is not None and session.seats_left <= CLOSING_SEATS
    return CallToAction.CLOSING if few_days or few_seats else CallToAction.OPEN


def _is_over_for_entry(session: Facts, day: datetime.date) -> bool:
    if session.registration_closes_on and session.registration_closes_on < day:
        return True
    floors: dict[str, datetime.date] = {
        DatePrecision.MONTH: day.replace(day=1),
        DatePrecision.YEAR: day.replace(month=1, day=1),
    }
    return session.starts_on is not None and session.starts_on < floors.get(session.starts_precision, day)

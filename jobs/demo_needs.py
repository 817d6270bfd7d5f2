"""The needs of the demonstration's employer account: one in each state, so that every screen has something to show."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.demo_life import agent_of_the_region
from courses.models import Course
from jobs.enums import FilledHow
from jobs.models import EmployerNeed
from portal.accounts.demo_data.organisations import EMPLOYER
from portal.moderation.models import Status


def vary(day: datetime.date) -> None:
    """Ending soon, written by a stranger, filled by a course, to correct, ended, waiting."""
    own = EmployerNeed.objects.filter(employer__organisation__siret=EMPLOYER.siret, filled_on=None)
    for need, change in zip(
        own.filter(status=Status.PUBLISHED).order_by("pk"),
        (_ending, _by_a_stranger, _filled, _to_correct, _ended, _waiting),
        strict=False,
    ):
        change(need, day)


def _write(need: EmployerNeed, **fields: object) -> None:
    EmployerNeed.objects.filter(pk=need.pk).update(**fields)


def _ending(need: EmployerNeed, day: datetime.date) -> None:
    _write(need, expires_on=day + datetime.timedelta(days=4))


def _ended(need: EmployerNeed, day: datetime.date) -> None:
    _write(need, expires_on=day - datetime.timedelta(days=5))


def _filled(need: EmployerNeed, day: datetime.date) -> None:
    course = Course.objects.published().filter(profiles=need.profile_id).order_by("pk").first()
    how = FilledHow.COURSE if course else FilledHow.WITHOUT
    _write(need, filled_on=day - datetime.timedelta(days=2), filled_how=how, filled_course=course)


def _again(need: EmployerNeed) -> None:
    """Back to the agents' queue, by the verbs."""
    need.withdraw(by=None, reason=_("À revoir."))
    need.submit(by=None)


def _to_correct(need: EmployerNeed, day: datetime.date) -> None:
    _again(need)
    need.ask_changes(by=agent_of_the_region(), reason=_("Dites en une phrase ce que fera la personne."))


def _waiting(need: EmployerNeed, day: datetime.date) -> None:
    _again(need)


def _by_a_stranger(need: EmployerNeed, day: datetime.date) -> None:
    _again(need)
    _write(
        need,
        is_attached=False,
        poster_name="Noé Falguière",
        poster_email="noe.falguiere@rodez-lait.example",
        email_confirmed_at=timezone.now(),
    )

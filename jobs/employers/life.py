"""A need once it is shown: renewed, filled, taken away, reminded of its end. Each verb may come twice, or at once."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jobs.employers import letters
from jobs.employers.drafts import tidy
from jobs.employers.register import company_register
from jobs.employers.sending import SHOWN_DAYS
from jobs.enums import CompanyState, FilledHow
from jobs.models import Employer, EmployerNeed, NeedDraft
from portal.moderation.models import Status

# days before the end on which its writer is asked, twice
REMIND_DAYS = (10, 2)
# a need that ended longer ago is written anew
RENEWED_WITHIN_DAYS = 60
# a year after its end nobody needs to know who wrote it
FORGOTTEN_AFTER_DAYS = 365
MOST_CHECKED = 50


class LifeRefused(Exception):
    """`str()` is the French sentence for the person who tried."""


def why_not_renew(need: EmployerNeed, day: datetime.date) -> str:
    """The sentence that keeps this need from going on; empty where nothing does."""
    if not need.is_public:
        return _("Ce besoin n’est pas montré : il n’y a rien à prolonger.")
    if need.filled_on is not None:
        return _("Ce besoin est pourvu : dites d’abord qu’il ne l’est plus.")
    if need.expires_on and (day - need.expires_on).days > RENEWED_WITHIN_DAYS:
        return _("Ce besoin est terminé depuis plus de deux mois : écrivez-en un autre.")
    return ""


def _held(need: EmployerNeed) -> EmployerNeed:
    rows = EmployerNeed.objects.select_for_update(of=("self",)).select_related("employer__organisation")
    return rows.get(pk=need.pk)


@transaction.atomic
def renew(need: EmployerNeed, *, day: datetime.date) -> datetime.date:
    """Show it for sixty days from `day`; twice the same day is once. Its new last day. Raises LifeRefused."""
    row = _held(need)
    if why := why_not_renew(row, day):
        raise LifeRefused(why)
    until = day + datetime.timedelta(days=SHOWN_DAYS)
    if row.expires_on is None or row.expires_on < until:
        EmployerNeed.objects.filter(pk=row.pk).update(
            expires_on=until, renewals=row.renewals + 1, reminded_on=None, verified_on=day
        )
    need.refresh_from_db()
    return until


@transaction.atomic
def fill(need: EmployerNeed, *, day: datetime.date, how: str, course_id: int | None = None) -> None:
    """Say that somebody has the job, and by which way; said again, the newer answer counts. Raises LifeRefused."""
    row = _held(need)
    if not row.is_public:
        raise LifeRefused(_("Ce besoin n’est pas montré : il ne peut pas être pourvu ici."))
    EmployerNeed.objects.filter(pk=row.pk).update(
        filled_on=row.filled_on or day,
        filled_how=how,
        filled_course=course_id if how == FilledHow.COURSE else None,
    )
    need.refresh_from_db()


@transaction.atomic
def unfill(need: EmployerNeed) -> None:
    """It was a mistake, or the person left: open again while its time lasts."""
    row = _held(need)
    EmployerNeed.objects.filter(pk=row.pk).update(filled_on=None, filled_how="", filled_course=None)
    need.refresh_from_db()


def follow(day: datetime.date) -> dict[str, int]:
    """What a night does: reminders, registers that were away, drafts nobody came back to, names to forget.

    Twice the same night changes nothing. Returns counts by deed.
    """
    return {
        "reminded": sum(_remind(need, day) for need in _ending(day)),
        "checked": check_companies(day),
        "erased": tidy(),
        "forgotten": forget_posters(day),
    }


def _ending(day: datetime.date) -> Iterator[EmployerNeed]:
    horizon = day + datetime.timedelta(days=max(REMIND_DAYS))
    rows = EmployerNeed.objects.expiring_by(horizon).filter(expires_on__gte=day)
    yield from rows.select_related("employer__organisation").order_by("pk").iterator(chunk_size=500)


@transaction.atomic
def _remind(need: EmployerNeed, day: datetime.date) -> bool:
    """Write once for each of REMIND_DAYS; whether a letter left. A need renewed meanwhile is left alone."""
    assert need.expires_on is not None
    left = (need.expires_on - day).days
    step = min(days for days in REMIND_DAYS if days >= left)
    since = need.expires_on - datetime.timedelta(days=step)
    if need.reminded_on is not None and need.reminded_on >= since:
        return False
    same = EmployerNeed.objects.expiring_by(need.expires_on).filter(
        pk=need.pk, expires_on=need.expires_on, reminded_on=need.reminded_on
    )
    if not same.update(reminded_on=day):
        return False
    for to in sorted(readers_of(need)):
        letters.remind(need, to)
    return True


def readers_of(need: EmployerNeed) -> set[str]:
    """Who wrote it; once it is attached, the members that write."""
    if not need.is_attached:
        return {need.poster_email} - {""}
    writing = need.employer.organisation.memberships.writing()
    return set(writing.filter(user__is_active=True).values_list("user__email", flat=True))


def check_companies(day: datetime.date) -> int:
    """Ask again about the companies of needs that wait or are shown and that no register answered for. How many it
    now did.
    """
    alive = Q(needs__status__in=(Status.SUBMITTED, Status.PUBLISHED))
    unchecked = Employer.objects.filter(alive, register_state=CompanyState.UNCHECKED).distinct().order_by("pk")
    register, found = company_register(), 0
    for employer in unchecked.select_related("organisation")[:MOST_CHECKED]:
        company = register.look_up(employer.organisation.siret)
        if company.state != CompanyState.UNCHECKED:
            Employer.objects.filter(pk=employer.pk).update(
                register_state=company.state, register_source=company.source[:80], register_checked_on=day
            )
            found += 1
    return found


def forget_posters(day: datetime.date) -> int:
    """Erase who wrote a need that ended a year ago, and the pages it was written on; how many."""
    long_ago = day - datetime.timedelta(days=FORGOTTEN_AFTER_DAYS)
    old = EmployerNeed.objects.filter(expires_on__lt=long_ago).exclude(poster_email="", poster_name="")
    numbers = list(old.values_list("pk", flat=True))
    NeedDraft.objects.filter(need__in=numbers).delete()
    return EmployerNeed.objects.filter(pk__in=numbers).update(poster_email="", poster_name="")

"""Needs as the public may read them: open ones, one of them, and those near one that is no longer open."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.page_slug import page_slug
from jobs.models import EmployerNeed, NeedSkill
from portal.reference.models import JobProfile
from portal.web.errors import Gone
from portal.web.templatetags.camins import day as day_in_words

MOST_NEAR = 5


@dataclass(frozen=True)
class NeedRow:
    """One line of a list of needs. `employer` is empty unless it agreed to be named."""

    pk: int
    url: str
    title: str
    profile: str
    profile_url: str
    employer: str
    place: str
    department: str
    contract: str
    headcount: int
    wished_on: datetime.date | None
    posted_on: datetime.date | None
    expires_on: datetime.date | None


def open_needs(day: datetime.date) -> QuerySet[EmployerNeed]:
    """Open needs with what a list shows of them, the latest first."""
    rows = EmployerNeed.objects.open_on(day).select_related("employer", "profile", "commune__department")
    return rows.order_by("-published_at", "-pk")


def row_of(need: EmployerNeed) -> NeedRow:
    shown = need.profile is not None and need.profile.is_shown
    return NeedRow(
        pk=need.pk,
        url=need_url(need),
        title=need.title,
        profile=need.profile.name if need.profile is not None and shown else "",
        profile_url=need.profile.get_absolute_url() if need.profile is not None and shown else "",
        employer=employer_of(need),
        place=place_of(need),
        department=need.commune.department.name if need.commune else "",
        contract=str(need.get_contract_display()),
        headcount=need.headcount,
        wished_on=need.wished_on,
        posted_on=posted_on(need),
        expires_on=need.expires_on,
    )


def posted_on(need: EmployerNeed) -> datetime.date | None:
    """The Paris day on which it was published."""
    return timezone.localtime(need.published_at).date() if need.published_at else None


def employer_of(need: EmployerNeed) -> str:
    """The employer's name where it agreed to be named; empty otherwise."""
    return need.employer.name if need.employer.may_be_named else ""


def place_of(need: EmployerNeed) -> str:
    """ "Rodez (Aveyron)", "À distance", both, or empty where nobody said."""
    parts = [need.commune.full_name] if need.commune else []
    if need.is_remote:
        parts.append(_("à distance possible") if parts else _("à distance"))
    return ", ".join(parts)


def slug_of(need: EmployerNeed) -> str:
    return page_slug(need.title, otherwise="besoin")


def need_url(need: EmployerNeed) -> str:
    return reverse("jobs:need", args=[slug_of(need), need.pk])


def open_or_gone(pk: int, day: datetime.date) -> EmployerNeed:
    """A need that is open on `day`. Gone, with near ones, if it was shown once; Http404 for one nobody ever saw."""
    links = NeedSkill.objects.select_related("skill").order_by("-importance", "-level", "skill__label")
    rows = EmployerNeed.objects.select_related("employer", "profile", "commune__department", "occupation")
    need = rows.prefetch_related(Prefetch("skill_links", links)).filter(pk=pk).first()
    if need is None or need.published_at is None:
        raise Http404
    sentence = why_closed(need, day)
    if sentence:
        raise Gone(sentence, near_links(need, day))
    return need


def why_closed(need: EmployerNeed, day: datetime.date) -> str:
    """Why a need that was published is not shown any more; empty while it is open."""
    if need.filled_on is not None:
        return _("Ce besoin est pourvu.")
    if not need.is_public:
        return _("Ce besoin a été retiré.")
    if need.expires_on is not None and need.expires_on < day:
        return _("Ce besoin a expiré le %(day)s.") % {"day": day_in_words(need.expires_on)}
    return ""


def near_links(need: EmployerNeed, day: datetime.date) -> Sequence[tuple[str, str]]:
    """At most five open needs of the same job, else of the same département, as (label, address)."""
    found = open_needs(day).exclude(pk=need.pk)
    alike = list(found.filter(profile=need.profile)[:MOST_NEAR]) if need.profile_id else []
    if len(alike) < MOST_NEAR and need.commune:
        there = found.filter(commune__department=need.commune.department_id).exclude(pk__in=[each.pk for each in alike])
        alike += there[: MOST_NEAR - len(alike)]
    return [(" – ".join(filter(None, (each.title, place_of(each)))), need_url(each)) for each in alike]


def needs_for(profiles: Sequence[JobProfile], day: datetime.date) -> QuerySet[EmployerNeed]:
    """Open needs for any of these jobs."""
    return open_needs(day).filter(profile__in=list(profiles))


def known_needs(day: datetime.date) -> QuerySet[EmployerNeed]:
    """Open needs with little more than their number and title: for the list of all pages."""
    return EmployerNeed.objects.open_on(day).filter(Q(published_at__isnull=False)).only("pk", "title", "published_at")

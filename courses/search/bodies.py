"""Training bodies and CFA: their lists, counted, and one of them with its courses."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from courses.models import ApprenticeshipCentre, Contact, Course, TrainingProvider
from courses.search.cards import CourseCard, Shown, cards_of
from courses.search.engine import find
from courses.search.lexicon import current
from courses.search.question import CourseQuestion, Sort
from portal.web.templatetags.camins import day as day_in_words

BODIES_PER_PAGE = 24
COURSES_PER_PAGE = 12
UAI = re.compile(r"[0-9]{7}[A-Za-z]")


@dataclass(frozen=True)
class BodyCard:
    """The context of the provider card, field for field. `certified` None: nobody checked."""

    url: str
    name: str
    town: str
    department: str
    summary: str
    courses: int
    certified: bool | None
    certified_text: str
    kind: str = ""
    heading: int = 2


def providers(*, text: str = "", departments: Sequence[str] = ()) -> QuerySet[TrainingProvider]:
    """Published bodies with `course_count`, by name."""
    published = Q(courses__in=Course.objects.published())
    rows = TrainingProvider.objects.published().annotate(course_count=Count("courses", filter=published, distinct=True))
    return _asked(rows, text, departments).prefetch_related("qualiopi")


def centres(*, text: str = "", departments: Sequence[str] = ()) -> QuerySet[ApprenticeshipCentre]:
    """Published CFA with `course_count`, by name."""
    published = Q(courses__in=Course.objects.published())
    rows = ApprenticeshipCentre.objects.published()
    rows = rows.annotate(course_count=Count("courses", filter=published, distinct=True))
    return _asked(rows, text, departments).select_related("provider").prefetch_related("provider__qualiopi")


def _asked(rows: QuerySet, text: str, departments: Sequence[str]) -> QuerySet:
    if text:
        rows = rows.filter(name__unaccent__icontains=text)
    if departments:
        rows = rows.filter(commune__department__in=departments)
    return rows.select_related("commune__department").order_by("name", "pk")


def departments_of(model: type[TrainingProvider] | type[ApprenticeshipCentre], *, text: str = "") -> dict[str, int]:
    """Département code → published bodies of that name there."""
    rows = model.objects.published().filter(commune__isnull=False)
    if text:
        rows = rows.filter(name__unaccent__icontains=text)
    found = rows.order_by().values(code=F("commune__department")).annotate(n=Count("pk"))
    return {row["code"]: row["n"] for row in found}


def cards_of_bodies(rows: Iterable[Any], *, kind: str = "") -> list[BodyCard]:
    return [
        BodyCard(
            url=row.get_absolute_url(),
            name=row.name,
            town=row.commune.name if row.commune else "",
            department=row.commune.department.name if row.commune else "",
            summary=first_sentences(row.presentation),
            courses=row.course_count,
            certified=True if qualiopi_of(row) else None,
            certified_text=qualiopi_text(row),
            kind=kind,
        )
        for row in rows
    ]


def qualiopi_of(body: TrainingProvider | ApprenticeshipCentre) -> list:
    """The certificates of the body, or of the body behind a CFA."""
    provider = body if isinstance(body, TrainingProvider) else body.provider
    return list(provider.qualiopi.all()) if provider else []


def qualiopi_text(body: TrainingProvider | ApprenticeshipCentre) -> str:
    """ "Certifié Qualiopi, vérifié le 3 janvier 2027"; empty when nothing is known. Its page says more."""
    found = qualiopi_of(body)
    if not found:
        return ""
    oldest = min(each.checked_on for each in found)
    return _("Certifié Qualiopi, vérifié le %(day)s") % {"day": day_in_words(oldest)}


def first_sentences(text: str, longest: int = 160) -> str:
    """The start of a text, cut at the end of a sentence or of a word."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[:longest]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > longest // 3 else cut[: cut.rfind(" ")] + "…"


def contacts_of(body: TrainingProvider | ApprenticeshipCentre) -> list[Contact]:
    """Whom to ask for what: those of the whole organisation, and those of this CFA."""
    centre = body if isinstance(body, ApprenticeshipCentre) else None
    shown = Contact.objects.shown().filter(organisation=body.organisation_id)
    return list(shown.filter(Q(centre__isnull=True) | Q(centre=centre)))


def find_provider(pk: int) -> TrainingProvider | None:
    """A body whatever its state; whether it may be shown is for the caller to ask (`is_public`)."""
    rows = TrainingProvider.objects.select_related("commune__department").prefetch_related("qualiopi")
    return rows.filter(pk=pk).first()


def find_centre(uai: str) -> ApprenticeshipCentre | None:
    """A CFA by its UAI, written in either case."""
    rows = ApprenticeshipCentre.objects.select_related("commune__department", "provider")
    return rows.prefetch_related("provider__qualiopi").filter(uai=uai.upper()).first() if UAI.fullmatch(uai) else None


def courses_page(
    number: int, day: datetime.date, *, provider: str = "", centre: str = ""
) -> tuple[Page, list[CourseCard]]:
    """A page of the courses of one body (its number, or its UAI), what starts first first, and their cards."""
    state = current()
    question = CourseQuestion(
        day=state.day,
        sort=Sort.DATE,
        page=number,
        providers=(provider,) if provider else (),
        centres=(centre,) if centre else (),
    )
    found = find(question, {}, state=state, most=COURSES_PER_PAGE)
    page = Paginator(range(found.total), COURSES_PER_PAGE).get_page(number)
    return page, cards_of([Shown(hit.course_id) for hit in found.hits], CourseQuestion(day=day))

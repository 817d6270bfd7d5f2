"""The same question asked of the listings themselves, table by table: slow, and independent of the documents.

Search does not use it. It tells which offerings of one course answer, on its page and in a comparison; and it is what
tests hold the documents to: whatever answers a question must give the same courses and the same counts.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from courses.enums import DatePrecision, EntryMode, Modality
from courses.models import Course, CourseProfile, CourseSkill, Offering, OfferingCost, Session
from courses.search import facets
from courses.search.distance import km_from
from courses.search.facets import FACETS, Facet
from courses.search.question import UNKNOWN, WHOLE_REGION, Answer, CourseQuestion, StartWindow
from courses.search.starts import ONE_MONTH_DAYS, SIX_MONTHS_DAYS, THREE_MONTHS_DAYS, joinable_on, starting_within
from courses.search.tally import Choices, Counts

Conditions = Mapping[str, Q]
Maker = Callable[[CourseQuestion, tuple[str, ...]], Conditions]


def _three_values(column: str) -> Maker:
    by_answer = {Answer.YES: Q(**{column: True}), Answer.NO: Q(**{column: False}), Answer.UNKNOWN: Q(**{column: None})}
    return lambda question, values: {value: by_answer[Answer(value)] for value in values}


def _levels(column: str) -> Maker:
    return lambda question, values: {value: Q(**{column: None if value == UNKNOWN else int(value)}) for value in values}


def _bounds(column: str, value: str, factor: int = 1) -> Q:
    """ "8-35" → between 8 and 35 inclusive; "601-" has no end; "0" is exactly 0; unknown is NULL and nothing else."""
    if value == UNKNOWN:
        return Q(**{f"{column}__isnull": True})
    low, dash, high = value.partition("-")
    if not dash:
        return Q(**{column: int(low) * factor})
    # up to 500 € ends where the range from 501 € begins: 500,50 € lies in between and counts as from 501 €
    condition = Q(**{f"{column}__gt": (int(low) - 1) * factor}) if int(low) else Q(**{f"{column}__gte": 0})
    return condition & Q(**{f"{column}__lte": int(high) * factor}) if high else condition


def _starts(question: CourseQuestion, values: tuple[str, ...]) -> Conditions:
    day, mine = question.day, {"offering": OuterRef("pk")}
    windows = {
        StartWindow.ONE_MONTH: (0, ONE_MONTH_DAYS),
        StartWindow.THREE_MONTHS: (ONE_MONTH_DAYS + 1, THREE_MONTHS_DAYS),
        StartWindow.SIX_MONTHS: (THREE_MONTHS_DAYS + 1, SIX_MONTHS_DAYS),
        StartWindow.LATER: (SIX_MONTHS_DAYS + 1, None),
    }
    permanent = Q(entry_mode=EntryMode.PERMANENT)
    dated = joinable_on(day).filter(starts_precision__in=[DatePrecision.DAY, DatePrecision.MONTH], **mine)
    made: dict[str, Q] = {StartWindow.PERMANENT: permanent, StartWindow.UNKNOWN: ~permanent & Q(~Exists(dated))}
    for window, bounds in windows.items():
        made[window] = Q(Exists(starting_within(day, *bounds).filter(**mine)))
    return {value: made[value] for value in values}


def _radii(question: CourseQuestion, values: tuple[str, ...]) -> Conditions:
    remote = Q(modality=Modality.REMOTE)
    return {
        value: Q(pk__isnull=False) if value == WHOLE_REGION else remote | Q(km__lte=float(value)) for value in values
    }


def _linked(model: type, path: str, **shown: bool) -> Maker:
    links = model._default_manager.filter(course=OuterRef("pk"), **shown)  # type: ignore[attr-defined]
    return lambda question, values: {value: Q(Exists(links.filter(**{path: value}))) for value in values}


def _certifications(question: CourseQuestion, values: tuple[str, ...]) -> Conditions:
    links = Course.certifications.through.objects.filter(course=OuterRef("pk"))
    known = {value: (value.rstrip("0123456789"), value.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for value in values}
    return {
        value: Q(Exists(links.filter(certification__register=register, certification__number=number)))
        for value, (register, number) in known.items()
    }


MAKERS: dict[Facet, Maker] = {
    facets.COST: lambda question, values: {value: _bounds("cost_cents", value, factor=100) for value in values},
    facets.RADIUS: _radii,
    facets.DEPARTMENT: lambda question, values: {value: Q(commune__department=value) for value in values},
    facets.MODALITY: lambda question, values: {
        value: Q(modality=None if value == UNKNOWN else value) for value in values
    },
    facets.START: _starts,
    facets.DURATION: lambda question, values: {value: _bounds("duration_hours", value) for value in values},
    facets.ENTRY_LEVEL: _levels("entry_level"),
    facets.EXIT_LEVEL: _levels("exit_level"),
    facets.PROFILE: _linked(CourseProfile, "profile__slug", profile__is_shown=True),
    facets.SKILL: _linked(CourseSkill, "skill__code"),
    facets.FUNDING: lambda question, values: {
        value: Q(fundings=[]) if value == UNKNOWN else Q(fundings__contains=[value]) for value in values
    },
    facets.CERTIFYING: _three_values("is_certifying"),
    facets.CERTIFICATION: _certifications,
    facets.ACCESSIBLE: _three_values("is_accessible"),
    facets.PROVIDER: lambda question, values: {value: Q(provider=int(value)) for value in values},
    facets.CENTRE: lambda question, values: {value: Q(centre__uai=value) for value in values},
}


def offerings_seen(question: CourseQuestion) -> QuerySet[Offering]:
    """Offerings with what conditions speak of: `cost_cents` for the audience, `km` from a located home.

    One whose dates are all past, with no other announced, is not seen while another of its course goes on.
    """
    costs = OfferingCost.objects.filter(offering=OuterRef("pk"), audience=question.audience)
    going_on = Session.objects.coming_on(question.day) | Session.objects.undated()
    mine = {"offering": OuterRef("pk")}
    is_over = (
        ~Q(entry_mode=EntryMode.PERMANENT) & Exists(Session.objects.filter(**mine)) & ~Exists(going_on.filter(**mine))
    )
    lively = Offering.objects.filter(course=OuterRef("course")).exclude(is_over)
    rows = (
        Offering.objects.order_by()
        .alias(cost_cents=Subquery(costs.values("left_to_pay_cents")[:1]))
        .exclude(is_over & Exists(lively))
    )
    home = question.home
    if home is None or home.latitude is None or home.longitude is None:
        return rows
    return rows.alias(km=km_from(home.latitude, home.longitude))


class Matching:
    """The rows that answer a question; `without` leaves one facet out. `text`: what courses must satisfy besides."""

    def __init__(self, question: CourseQuestion, text: Q | None = None):
        self.question, self.text = question, Q() if text is None else text
        self._asked = {facet: self._either(facet) for facet in FACETS if facet.asked(question)}

    def offerings(self, without: Facet | None = None) -> QuerySet[Offering]:
        """Offerings that satisfy every offering facet, whatever their course."""
        rows = offerings_seen(self.question)
        for condition in self._conditions(without, of_offering=True):
            rows = rows.filter(condition)
        return rows

    def courses(self, without: Facet | None = None) -> QuerySet[Course]:
        """Published courses that satisfy the text, every course facet, and have such an offering if one is asked."""
        courses = self._courses_by_themselves(without)
        if self._conditions(without, of_offering=True):
            courses = courses.filter(Exists(self.offerings(without).filter(course=OuterRef("pk"))))
        return courses

    def counts(self, choices: Choices) -> Counts:
        """Facet field → value → courses, each facet without its own filter; one query a facet."""
        return {facet.field: self._count(facet, choices[facet.field]) for facet in FACETS if choices.get(facet.field)}

    def _count(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        whole = {WHOLE_REGION: self.courses(facet).count()} if facet is facets.RADIUS and WHOLE_REGION in values else {}
        if facet.is_of_offering:
            courses = self._courses_by_themselves(facet).order_by()
            rows: QuerySet[Any] = self.offerings(facet).filter(course__in=courses.values("pk"))
            counted = "course"
        else:
            rows, counted = self.courses(facet), "pk"
        conditions = MAKERS[facet](self.question, values)
        # each condition is a column first: an aggregate cannot look outside the rows it sums
        met = {f"met{n}": ExpressionWrapper(each, BooleanField()) for n, each in enumerate(conditions.values())}
        sums = {f"n{name}": Count(counted, filter=Q(**{name: True}), distinct=True) for name in met}
        found = rows.order_by().annotate(**met).aggregate(**sums)
        return dict(zip(conditions, found.values(), strict=True)) | whole

    def _courses_by_themselves(self, without: Facet | None) -> QuerySet[Course]:
        courses = Course.objects.published().filter(self.text)
        for condition in self._conditions(without, of_offering=False):
            courses = courses.filter(condition)
        return courses

    def _either(self, facet: Facet) -> Q:
        either = Q()
        for condition in MAKERS[facet](self.question, facet.asked(self.question)).values():
            either |= condition
        return either

    def _conditions(self, without: Facet | None, *, of_offering: bool) -> list[Q]:
        return [
            condition
            for facet, condition in self._asked.items()
            if facet.is_of_offering == of_offering and facet is not without
        ]

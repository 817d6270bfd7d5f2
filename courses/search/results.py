"""From a question to its answers: which courses, in which order, and what each further choice would give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from courses.search.cards import CourseCard, Shown, cards_of
from courses.search.facets import FACETS, Facet, has_distances, offerings_seen
from courses.search.question import LAST_PAGE, PAGE_SIZE, CourseQuestion, Sort
from courses.search.text import TextMatch, understand

Choices = Mapping[str, tuple[str, ...]]
Counts = dict[str, dict[str, int]]

# which offering of a course is shown: the first key that differs decides, unknown comes last
OFFERING_ORDERS = {
    Sort.RELEVANCE: ("km", "starts_on", "cost_cents"),
    Sort.DATE: ("starts_on", "km", "cost_cents"),
    Sort.DISTANCE: ("km", "starts_on", "cost_cents"),
    Sort.COST: ("cost_cents", "km", "starts_on"),
    Sort.DURATION: ("duration_hours", "km", "starts_on"),
}
# how courses follow each other, by what their shown offering says; relevance has keys of its own before these
COURSE_ORDERS = {
    Sort.RELEVANCE: ("starts_on",),
    Sort.DATE: ("starts_on",),
    Sort.DISTANCE: ("km", "starts_on"),
    Sort.COST: ("cost_cents", "starts_on"),
    Sort.DURATION: ("duration_hours", "starts_on"),
}
# by relevance, near before far, in steps: (up to so many km, rank); a course without a place comes after 50 km
RINGS_KM = ((10.0, 0), (30.0, 1), (50.0, 2), (100.0, 4))
NO_PLACE_RING, FAR_RING = 3, 5


# the order by relevance in words, for the page that explains it
RELEVANCE_IN_WORDS = (
    _("D’abord les mots : le métier ou la compétence que vous nommez, puis l’intitulé, puis le reste de la fiche."),
    _("Puis la distance, par paliers de 10, 30, 50 et 100 km ; une formation à distance vient après 50 km."),
    _("Puis ce que l’on peut encore rejoindre à une date connue."),
    _("Avec des mots, à égalité : le nombre de postes recherchés dans les métiers où mène la formation."),
    _("Enfin la date la plus proche, puis l’intitulé. Une information inconnue passe toujours en dernier."),
)


class Matching:
    """The rows that answer a question; `without` leaves one facet out, to count what its choices would give."""

    def __init__(self, question: CourseQuestion, text: TextMatch):
        self.question, self.text = question, text
        asked = {facet: facet.condition(question) for facet in FACETS}
        self._asked = {facet: condition for facet, condition in asked.items() if condition is not None}

    def offerings(self, without: Facet | None = None) -> QuerySet:
        """Offerings that satisfy every offering facet, whatever their course."""
        rows = offerings_seen(self.question)
        for condition in self._conditions("offering", without):
            rows = rows.filter(condition)
        return rows

    def courses(self, without: Facet | None = None) -> QuerySet[Course]:
        """Published courses that satisfy the text, every course facet, and have such an offering if one is asked."""
        courses = self._courses_by_themselves(without)
        if self._conditions("offering", without):
            courses = courses.filter(Exists(self.offerings(without).filter(course=OuterRef("pk"))))
        return courses

    def counts(self, choices: Choices) -> Counts:
        """Facet field → value → courses, each facet without its own filter.

        One query for all idle facets of a kind, one more per facet in use or grouped, whatever the number of rows.
        """
        counts: Counts = {}
        idle: dict[str, list[Facet]] = {"course": [], "offering": []}
        for facet in FACETS:
            if not choices.get(facet.field):
                continue
            if facet.path:
                counts[facet.field] = self._group(facet, choices[facet.field])
            elif facet in self._asked:
                counts |= self._count([facet], choices, without=facet)
            else:
                idle[facet.rows].append(facet)
        for facets in idle.values():
            if facets:
                counts |= self._count(facets, choices)
        return counts

    def _group(self, facet: Facet, values: tuple[str, ...]) -> dict[str, int]:
        rows = self.courses(without=facet).order_by().values(value=F(facet.path)).annotate(n=Count("pk", distinct=True))
        found = {row["value"]: row["n"] for row in rows}
        return {value: found.get(value, 0) for value in values}

    def _count(self, facets: list[Facet], choices: Choices, without: Facet | None = None) -> Counts:
        if facets[0].rows == "course":
            rows, counted = self.courses(without), "pk"
        else:
            courses = self._courses_by_themselves(without)
            rows, counted = self.offerings(without).filter(course__in=courses.order_by().values("pk")), "course"
        conditions = {
            (facet.field, value): condition
            for facet in facets
            for value, condition in facet.conditions(self.question, choices[facet.field]).items()
        }
        # each condition is a column first: an aggregate cannot look outside the rows it sums
        met = {f"met{n}": ExpressionWrapper(each, BooleanField()) for n, each in enumerate(conditions.values())}
        sums = {f"n{name}": Count(counted, filter=Q(**{name: True}), distinct=True) for name in met}
        counts: Counts = {facet.field: {} for facet in facets}
        found = rows.order_by().annotate(**met).aggregate(**sums)
        for (field, value), count in zip(conditions, found.values(), strict=True):
            counts[field][value] = count
        return counts

    def _courses_by_themselves(self, without: Facet | None) -> QuerySet[Course]:
        courses = Course.objects.published().filter(self.text.condition)
        for condition in self._conditions("course", without):
            courses = courses.filter(condition)
        return courses

    def _conditions(self, rows: str, without: Facet | None) -> list[Q]:
        return [condition for facet, condition in self._asked.items() if facet.rows == rows and facet is not without]


class BoundedPaginator(Paginator):
    """Pages of a list whose length is known; nobody reads past LAST_PAGE."""

    def __init__(self, rows, total: int):
        super().__init__(rows, PAGE_SIZE)
        self.total = total

    @cached_property
    def count(self) -> int:
        return min(self.total, LAST_PAGE * PAGE_SIZE)


@dataclass(frozen=True)
class Results:
    """What a page of answers shows."""

    question: CourseQuestion
    text: TextMatch
    page: Page
    cards: list[CourseCard]
    counts: Counts

    @property
    def total(self) -> int:
        return self.page.paginator.total  # type: ignore[attr-defined]


def results_for(question: CourseQuestion, choices: Choices) -> Results:
    """One page of answers, and the counts of `choices` (facet field → values). Queries do not grow with rows."""
    text = understand(question.text)
    matching = Matching(question, text)
    page = BoundedPaginator(ranked(matching), matching.courses().count()).get_page(question.page)
    cards = cards_of([Shown(*row) for row in page.object_list], question)
    return Results(question, text, page, cards, matching.counts(choices))


def ranked(matching: Matching) -> QuerySet:
    """(course, offering shown, its distance in km), in the order of the question; two equals keep a fixed order."""
    sort, has_home = Sort(matching.question.sort), has_distances(matching.question)

    def known_first(names: Iterable[str], prefix: str = "") -> list:
        usable = (name for name in names if has_home or name != "km")
        return [F(prefix + name).asc(nulls_last=True) for name in usable]

    offerings = matching.offerings().filter(course=OuterRef("pk")).order_by(*known_first(OFFERING_ORDERS[sort]), "pk")
    said: dict[str, Any] = {
        f"shown_{name}": Subquery(offerings.values(said=F(name))[:1])
        for name in ("pk", "starts_on", "cost_cents", "duration_hours", *(["km"] if has_home else []))
    }
    if not has_home:
        said["shown_km"] = Value(None, output_field=FloatField())
    first = _relevance(matching) if sort == Sort.RELEVANCE else []
    order = [*first, *known_first(COURSE_ORDERS[sort], "shown_"), "title", "pk"]
    rows: Any = matching.courses().annotate(**said).order_by(*order)
    return rows.values_list("pk", "shown_pk", "shown_km")


def _relevance(matching: Matching) -> list:
    """Words first, then near before far, then what can be joined; with words, what employers ask for breaks ties."""
    keys: list = []
    if matching.text.text:
        keys.append(Round(matching.text.rank, precision=1).desc())
    if has_distances(matching.question):
        rings = [When(shown_km__lte=km, then=Value(rank)) for km, rank in RINGS_KM]
        no_place = When(shown_km__isnull=True, then=Value(NO_PLACE_RING))
        keys.append(Case(no_place, *rings, default=Value(FAR_RING), output_field=IntegerField()).asc())
    has_date = Case(When(shown_starts_on__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    return [*keys, has_date.asc(), *([F("demand").desc()] if matching.text.text else [])]

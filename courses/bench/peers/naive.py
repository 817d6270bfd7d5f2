"""What one writes first: substrings, django-filter's joins, and one GROUP BY per facet."""

from typing import Any

import django_filters
from django.db.models import Case, Count, F, Func, Q, QuerySet, Value, When

from courses.bench.answers import FACETS, PAGE_SIZE, Answer
from courses.bench.peers.base import Peer
from courses.bench.peers.normalised import HOURS, backend
from courses.models import Course
from courses.search.question import CourseQuestion

UNKNOWN = "inconnu"
TEXTS = ("title", "summary", "objective", "what_you_learn", "for_whom")
DURATION = Case(
    *(When(offerings__duration_hours__lte=most, then=Value(label)) for label, most in HOURS),
    When(offerings__duration_hours__gt=HOURS[-1][1], then=Value("601-")),
)
# a course without any funding gives no row of its own: nobody thinks of it at first
VALUES = {
    "modalities": F("offerings__modality"),
    "fundings": Func(F("offerings__fundings"), function="unnest"),
    "entry_levels": F("entry_level"),
    "durations": DURATION,
    "departments": F("offerings__commune__department"),
    "profiles": F("profiles__slug"),
}


class FundingFilter(django_filters.CharFilter):
    """django-filter passes a text, the column holds a list."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__contains": [value]}) if value else qs


class CourseFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(method="filter_text")
    departments = django_filters.CharFilter(field_name="offerings__commune__department")
    modalities = django_filters.CharFilter(field_name="offerings__modality")
    fundings = FundingFilter(field_name="offerings__fundings")
    entry_levels = django_filters.NumberFilter(field_name="entry_level")
    profiles = django_filters.CharFilter(field_name="profiles__slug")

    class Meta:
        model = Course
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        for word in value.split():
            either = Q()
            for column in TEXTS:
                either |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(either)
        return queryset


class Naive(Peer):
    """It finds substrings, so other courses than those that say a word: few of its answers are equal."""

    name = "naive"
    parts = frozenset({"search"})
    sample = 10
    repetitions = 1
    is_slow = True

    def servers(self) -> list[int]:
        return backend()

    def answer(self, question: CourseQuestion) -> Answer:
        asked = self.asked(question)
        courses = self.matching(asked)
        counts = {}
        for facet in FACETS:
            rows = self.matching({name: value for name, value in asked.items() if name != facet})
            grouped = rows.order_by().annotate(value=VALUES[facet]).values_list("value")
            found = grouped.annotate(Count("pk", distinct=True))
            counts[facet] = {str(UNKNOWN if value is None else value): count for value, count in found}
        page = courses.order_by("title", "pk")[:PAGE_SIZE]
        return Answer(courses.count(), counts, [course.pk for course in page])

    @staticmethod
    def asked(question: CourseQuestion) -> dict[str, Any]:
        asked = {facet: getattr(question, facet)[0] for facet in FACETS if getattr(question, facet)}
        return {"text": question.text, **asked}

    @staticmethod
    def matching(asked: dict[str, Any]) -> QuerySet[Course]:
        return CourseFilter(asked, queryset=Course.objects.published()).qs.distinct()

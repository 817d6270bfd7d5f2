"""PostgreSQL's full-text search on the models as they are: joins, and one query per facet."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value, When

from courses.bench.answers import FACETS, PAGE_SIZE, Answer
from courses.bench.peers.base import Peer
from courses.models import Course, CourseProfile, Offering
from courses.search.question import CourseQuestion

UNKNOWN = "inconnu"
# facet → the column of an offering that it reads, for the facets of offerings
COLUMNS = {
    "modalities": "modality",
    "fundings": "fundings",
    "durations": "duration",
    "departments": "commune__department",
}
HOURS = (("0-7", 7), ("8-35", 35), ("36-210", 210), ("211-600", 600))
DURATION = Case(
    When(duration_hours__isnull=True, then=Value(UNKNOWN)),
    *(When(duration_hours__lte=most, then=Value(label)) for label, most in HOURS),
    default=Value("601-"),
)


class Normalised(Peer):
    name = "normalised"
    parts = frozenset({"search", "text", "geo"})
    sample = 20
    repetitions = 2
    is_slow = True

    def servers(self) -> list[int]:
        return backend()

    def answer(self, question: CourseQuestion) -> Answer:
        courses = self.matching(question)
        counts = {facet: self.count(facet, question) for facet in FACETS}
        if question.text:
            rank = SearchRank(F("search"), SearchQuery(question.text, config="fr", search_type="websearch"))
            courses = courses.annotate(rank=rank).order_by("-rank", "pk")
        else:
            courses = courses.order_by("title", "pk")
        first = (question.page - 1) * PAGE_SIZE
        return Answer(courses.count(), counts, list(courses.values_list("pk", flat=True)[first : first + PAGE_SIZE]))

    def matching(self, question: CourseQuestion, without: str = "") -> QuerySet[Course]:
        courses = Course.objects.published()
        if question.text:
            courses = courses.filter(search=SearchQuery(question.text, config="fr", search_type="websearch"))
        if question.entry_levels and without != "entry_levels":
            courses = courses.filter(either("entry_level", question.entry_levels))
        if question.profiles and without != "profiles":
            links = CourseProfile.objects.filter(course=OuterRef("pk"), profile__slug__in=question.profiles)
            courses = courses.filter(Exists(links))
        asked = self.offerings(question, without)
        return courses if asked is None else courses.filter(Exists(asked.filter(course=OuterRef("pk"))))

    def offerings(self, question: CourseQuestion, without: str) -> QuerySet[Offering] | None:
        """Offerings that meet every facet of offerings; None where none is asked."""
        conditions = []
        if question.has_reach:
            assert question.home is not None
            near = [self.facts.insee[place] for place in self.neighbours(question)]
            conditions.append(Q(modality="remote") | Q(commune__in=near))
        for facet, column in COLUMNS.items():
            values = getattr(question, facet)
            if values and facet != without:
                conditions.append(funded(values) if facet == "fundings" else either(column, values))
        if not conditions:
            return None
        return Offering.objects.annotate(duration=DURATION).filter(*conditions)

    def neighbours(self, question: CourseQuestion):
        home = question.home
        assert home is not None
        assert home.latitude is not None
        assert home.longitude is not None
        return self.facts.within(home.latitude, home.longitude, float(question.radius_km or 0))

    def count(self, facet: str, question: CourseQuestion) -> dict[str, int]:
        courses = self.matching(question, without=facet)
        rows: Any
        if facet == "entry_levels":
            rows = courses.order_by().values_list("entry_level").annotate(Count("pk"))
        elif facet == "profiles":
            links = CourseProfile.objects.filter(course__in=courses.order_by().values("pk"))
            rows = links.values_list("profile__slug").annotate(Count("course", distinct=True))
        else:
            asked = self.offerings(question, facet)
            offerings = Offering.objects.annotate(duration=DURATION) if asked is None else asked
            offerings = offerings.filter(course__in=courses.order_by().values("pk")).order_by()
            rows = count_offerings(facet, offerings)
        unknown = {} if facet in ("departments", "profiles") else {None: UNKNOWN}
        return {str(unknown.get(value, value)): count for value, count in rows if value is not None or unknown}


def count_offerings(facet: str, offerings: QuerySet[Offering]):
    if facet == "fundings":
        spread = Func(F("fundings"), function="unnest")
        rows = list(offerings.annotate(value=spread).values_list("value").annotate(Count("course", distinct=True)))
        nothing = offerings.filter(fundings=[]).values("course").distinct().count()
        return [*rows, (UNKNOWN, nothing)]
    return offerings.values_list(COLUMNS[facet]).annotate(Count("course", distinct=True))


def either(column: str, values: tuple[str, ...]) -> Q:
    """Any of the values, unknown among them."""
    condition = Q(**{f"{column}__in": [value for value in values if value != UNKNOWN]})
    if UNKNOWN not in values:
        return condition
    return condition | Q(**({column: UNKNOWN} if column == "duration" else {f"{column}__isnull": True}))


def funded(values: tuple[str, ...]) -> Q:
    condition = Q(fundings__overlap=[value for value in values if value != UNKNOWN])
    return condition | Q(fundings=[]) if UNKNOWN in values else condition


def backend() -> list[int]:
    """The process that serves this process's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return [cursor.fetchone()[0]]

"""The pages that the portal's page of answers is measured against, and how a page is asked for without a network."""

import gzip
import io
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings

from courses.bench import ours
from courses.bench.answers import FACETS, Answer
from courses.bench.catalogue import DAY
from courses.bench.peers.naive import Naive
from courses.models import Course
from courses.search import facets
from courses.search.question import CourseQuestion
from portal.reference.models import Department, JobProfile

# fields of a question → parameters of the page
PARAMETERS = {facet.field: facet.name for facet in facets.FACETS if facet.field in FACETS}
NOT_COUNTED = ("BEGIN", "SET", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
TEMPLATE = Path(__file__).with_name("page.html")
PREFETCHED = (
    "certifications",
    "profiles",
    "offerings__commune__department",
    "offerings__costs",
    "offerings__sessions",
)


def query_of(question: CourseQuestion) -> str:
    """The question as the parameters of an address."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [(name, value) for field, name in PARAMETERS.items() for value in getattr(question, field)]
    return urlencode(pairs)


def question_of(query: QueryDict) -> CourseQuestion:
    asked: dict[str, Any] = {field: tuple(query.getlist(name)) for field, name in PARAMETERS.items()}
    return CourseQuestion(day=DAY, text=query.get("q", ""), **asked)


def empty(request: HttpRequest) -> HttpResponse:
    """What the frame alone costs."""
    return HttpResponse("ok")


def with_orm(request: HttpRequest) -> HttpResponse:
    """The portal's own search, then rows of the ORM, fetched together, and Django's templates."""
    answer = ours.answer(question_of(request.GET))
    rows = Course.objects.select_related("provider").prefetch_related(*PREFETCHED).in_bulk(answer.ids)
    return show(request, answer, [rows[pk] for pk in answer.ids])


def naive(request: HttpRequest) -> HttpResponse:
    """Substrings, then rows that ask for their relations one by one."""
    answer = Naive(None).answer(question_of(request.GET))  # type: ignore[arg-type]
    return show(request, answer, list(Course.objects.filter(pk__in=answer.ids)))


def show(request: HttpRequest, answer: Answer, courses: Sequence[Course]) -> HttpResponse:
    fixed: dict[str, Any] = dict(facets.FIXED_CHOICES)
    labels = {field: dict(choices) for field, choices in fixed.items() if field in FACETS}
    labels["departments"] = dict(Department.objects.values_list("code", "name"))
    labels["profiles"] = dict(JobProfile.objects.shown().values_list("slug", "name"))
    boxes = [
        {
            "name": PARAMETERS[field],
            "choices": [
                {"value": value, "label": label, "count": answer.counts[field].get(str(value), 0)}
                for value, label in labels[field].items()
            ],
        }
        for field in FACETS
    ]
    context = {"total": answer.total, "courses": courses, "boxes": boxes}
    return HttpResponse(template().render(context, request))


@cache
def template() -> Any:
    return engines["django"].from_string(TEMPLATE.read_text())


class Site:
    """The portal's own stack of middlewares and addresses, and the benchmark's beside them, in this process."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.factory = RequestFactory(headers={"host": "localhost", "accept": "text/html"})

    def get(self, address: str) -> bytes:
        """The page at `address`. Raises RuntimeError unless it is found."""
        environ = self.factory.get(address).environ
        environ["wsgi.input"] = io.BytesIO()
        told: list[str] = []

        def start(status: str, *_headers: Any) -> Any:
            told.append(status)

        response = self.handler(environ, start)
        try:
            body = b"".join(response)
        finally:
            response.close()
        if not told[0].startswith("200"):
            raise RuntimeError(f"{told[0]}: {address}")
        return body

    def statements(self, address: str) -> list[str]:
        """What the page asks of the database; what opens and closes a transaction or sets a time-out is left out."""
        with CaptureQueriesContext(connection) as queries:
            self.get(address)
        asked = [str(query["sql"]).lstrip() for query in queries.captured_queries]
        return [each for each in asked if not each.upper().startswith(NOT_COUNTED)]


@contextmanager
def site():
    """A Site whose addresses are `courses.bench.urls`."""
    with override_settings(ROOT_URLCONF="courses.bench.urls"):
        yield Site()


def packed_bytes(page: bytes) -> int:
    return len(gzip.compress(page, 6))

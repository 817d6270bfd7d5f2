"""The portal's own search as the benchmark asks it: the one module that knows how."""

import datetime
from collections.abc import Callable

from courses.bench.answers import FACETS, Answer
from courses.search.question import CourseQuestion

try:
    from courses.search.documents import rebuild as _rebuild
    from courses.search.engine import find as _find
    from courses.search.spelling import completions as _completions
except ImportError:
    _rebuild = _find = _completions = None

IS_STAND_IN = _find is None


def prepare(day: datetime.date, report: Callable[[str], None]) -> None:
    """Whatever the portal must have ready before it answers: documents and cards of the whole catalogue."""
    if _rebuild is not None:
        _rebuild(day, report)


def answer(question: CourseQuestion) -> Answer:
    """Total, counts and page, as the portal's pages get them."""
    if _find is None:
        return _stand_in(question)
    found = _find(question)
    return Answer(found.total, found.counts, found.ids)


def complete(beginning: str) -> list[tuple[str, int]]:
    """Eight words that begin so."""
    return _completions(beginning) if _completions is not None else []


def _stand_in(question: CourseQuestion) -> Answer:
    from courses.filters import CourseFilterSet
    from courses.search.results import results_for

    every = CourseFilterSet({}).choices
    results = results_for(question, {facet: every[facet] for facet in FACETS})
    return Answer(results.total, results.counts, [row[0] for row in results.page.object_list])

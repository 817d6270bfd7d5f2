"""The portal's own search as the benchmark asks it: the one module that knows how."""

import datetime
from collections.abc import Callable

from courses.bench.answers import Answer
from courses.search.documents import rebuild
from courses.search.engine import find
from courses.search.question import CourseQuestion
from courses.search.spelling import completions


def prepare(day: datetime.date, say: Callable[[str], None]) -> None:
    """Whatever the portal must have ready before it answers: documents and cards of the whole catalogue."""
    rebuild(day, lambda done, total: say(f"documents {done}/{total}"))


def answer(question: CourseQuestion) -> Answer:
    """Total, counts and page, as the portal's pages get them."""
    found = find(question)
    return Answer(found.total, found.counts, found.ids)


def complete(beginning: str) -> list[tuple[str, int]]:
    """Eight words that begin so."""
    return completions(beginning)

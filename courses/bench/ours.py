"""The portal's own search as the benchmark asks it: the one module that knows how."""

import datetime
from collections.abc import Callable

from courses.bench.answers import FACETS, Answer
from courses.search.documents import rebuild
from courses.search.engine import Found, find, known_choices
from courses.search.lexicon import State, as_they_stand
from courses.search.question import CourseQuestion
from courses.search.spelling import completions


def prepare(day: datetime.date, say: Callable[[str], None]) -> None:
    """Whatever the portal must have ready before it answers: documents and cards of the whole catalogue."""
    rebuild(day, lambda done, total: say(f"documents {done}/{total}"))


def answer(question: CourseQuestion) -> Answer:
    """Total, counts of the six facets that everybody counts, and page, as the portal's pages get them."""

    def search(state: State) -> Found:
        every = known_choices(state)
        return find(question, {facet: every[facet] for facet in FACETS}, state=state)

    found = as_they_stand(search)
    return Answer(found.total, found.counts, found.ids)


def complete(beginning: str) -> list[tuple[str, int]]:
    """Eight words that begin so."""
    return completions(beginning)

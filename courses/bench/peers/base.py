"""What the benchmark asks of an engine."""

from typing import ClassVar

from courses.bench.answers import Answer
from courses.bench.facts import Facts
from courses.search.question import CourseQuestion


class NotInstalled(Exception):
    """The engine is not on this machine; the message says what to install."""


class Peer:
    """An engine over the same facts. `servers` are the processes, besides this one, whose time is the engine's."""

    name: ClassVar[str]
    # parts of the benchmark that it takes part in
    parts: ClassVar[frozenset[str]] = frozenset({"search", "text", "broad", "browse", "geo"})
    # questions and repetitions that it can be asked in reasonable time; None: all
    sample: int | None = None
    repetitions: int | None = None
    # whether the web's time-out would cut it short
    is_slow = False

    def __init__(self, facts: Facts):
        self.facts = facts

    @property
    def version(self) -> str:
        return ""

    def servers(self) -> list[int]:
        return []

    def answer(self, question: CourseQuestion) -> Answer:
        raise NotImplementedError

    def mend(self, question: CourseQuestion) -> Answer:
        """Answer a question whose longest word has one slip."""
        raise NotImplementedError

    def complete(self, beginning: str) -> list[tuple[str, int]]:
        """Eight words that begin so, the commonest first."""
        raise NotImplementedError

    def close(self) -> None:
        """Give back what the engine holds outside this process."""


def longest(lexemes: list[str]) -> int:
    """The place of the longest."""
    return max(range(len(lexemes)), key=lambda place: len(lexemes[place]))

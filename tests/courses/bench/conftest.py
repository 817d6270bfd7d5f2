import pytest

from courses.bench import fill
from courses.bench.asked import Asker
from courses.bench.catalogue import Catalogue
from courses.bench.facts import Facts
from courses.bench.ours import prepare
from tests.makers import DAY

COURSES = 120


def say(line: str) -> None:
    """Nobody listens."""


@pytest.fixture
def asker(db, monkeypatch: pytest.MonkeyPatch) -> Asker:
    """A small catalogue in the test's database, which the benchmark is told to be its own, and questions about it."""
    monkeypatch.setattr(fill, "read_mark", dict)
    catalogue = Catalogue(COURSES)
    fill.fill(catalogue, say)
    prepare(DAY, say)
    facts = Facts(catalogue)
    facts.read_lexemes()
    return Asker(facts, 12)

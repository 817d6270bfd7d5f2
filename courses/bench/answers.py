"""One answer to a question, whoever gives it, and how two of them are compared."""

from collections.abc import Mapping
from dataclasses import dataclass

FACETS = ("modalities", "fundings", "entry_levels", "durations", "departments", "profiles")
PAGE_SIZE = 20

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Answer:
    """`counts`: facet → value → courses, each facet without its own filter; `ids`: the courses of the page."""

    total: int
    counts: Counts
    ids: list[int]

    def figures(self) -> tuple[int, dict[str, dict[str, int]]]:
        """What every engine must agree on: the total, and the counts of the measured facets that are not 0."""
        counts = {
            facet: {str(value): count for value, count in self.counts.get(facet, {}).items() if count}
            for facet in FACETS
        }
        return self.total, counts


def difference(right: Answer, given: Answer) -> str:
    """Where `given` differs from `right`, in a line; empty when it does not."""
    if given.total != right.total:
        return f"total {given.total} != {right.total}"
    _total, expected = right.figures()
    _total, found = given.figures()
    for facet in FACETS:
        for value in sorted(expected[facet].keys() | found[facet].keys()):
            one, other = found[facet].get(value, 0), expected[facet].get(value, 0)
            if one != other:
                return f"{facet}={value}: {one} != {other}"
    return ""

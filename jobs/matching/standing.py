"""Where one course stands among the recommendations for a request, and what those above it have more of."""

from dataclasses import dataclass
from datetime import date

from jobs.matching.facts import Answer, Excluded
from jobs.matching.recommendation import Recommendation, Request, recommend, why_not

NEIGHBOURS = 3


@dataclass(frozen=True)
class Standing:
    """`place` among the answers, 0 first, None where it is none: `reason` says why. `above`: those just before it."""

    found: Recommendation
    total: int
    place: int | None = None
    own: Answer | None = None
    above: tuple[Answer, ...] = ()
    reason: Excluded | None = None


def standing_of(course_id: int, request: Request, *, day: date) -> Standing:
    """The standing by points; the queries of a page of recommendations, and ten more at most."""
    found = recommend(request, day=day)
    total = len(found.ranking.answers)
    place = found.ranking.place_of(course_id)
    if place is not None:
        shown = list(found.ranking.answers[max(0, place - NEIGHBOURS) : place + 1])
        if shown and shown[-1].course.pk == course_id:
            return Standing(found, total, place, shown[-1], tuple(shown[:-1]))
    return Standing(found, total, reason=why_not(request, found, [course_id]).get(course_id))

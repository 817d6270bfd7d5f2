"""What a course is worth whatever is asked, term by term: the parts of `SearchDocument.points`, as migration 0003 adds
them up. Tests hold their sum to the document's number over whole catalogues.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.models import SearchDocument, SearchState

# the first step that is reached decides: (at least so many posts, points); (at most so many days ago, points)
DEMAND_POINTS = ((50, 30), (20, 22), (5, 15), (1, 8))
FRESH_POINTS = ((30, 20), (90, 15), (180, 8), (365, 3))
START_POINTS = (("30-jours", 30), ("90-jours", 30), ("180-jours", 25), ("permanent", 20), ("plus-tard", 15))
DATED_POINTS = 10
ITEM_POINTS = 2
# what the completeness of this order looks at
ITEMS = (
    "summary",
    "objective",
    "what_you_learn",
    "entry_level",
    "is_certifying",
    "place",
    "hours",
    "access",
    "cost",
)
DEMAND_MOST, START_MOST, FRESH_MOST = DEMAND_POINTS[0][1], START_POINTS[0][1], FRESH_POINTS[0][1]
COMPLETE_MOST = ITEM_POINTS * len(ITEMS)


@dataclass(frozen=True)
class Worth:
    """`missing`: the items of ITEMS that the listing does not say; `points` is what the document has."""

    demand: int
    start: int
    fresh: int
    complete: int
    missing: tuple[str, ...]
    points: int


def worths_of(ids: Iterable[int]) -> dict[int, Worth]:
    """The worth of published courses, by number, as of one moment: two statements."""
    state = SearchState.objects.first()
    if state is None:
        return {}
    documents = SearchDocument.objects.filter(pk__in=list(ids)).values(
        "pk",
        "points",
        "labels",
        "next_start",
        "facts",
        "course__demand",
        "course__verified_on",
        *(f"course__{name}" for name in ITEMS[:5]),
    )
    return {row["pk"]: _worth(row, state.day) for row in documents}


def _worth(row: Mapping[str, Any], day) -> Worth:
    missing = tuple(name for name in ITEMS if not _is_said(row, name))
    verified = row["course__verified_on"]
    age = None if verified is None else (day - verified).days
    fresh = 0 if age is None else next((points for days, points in FRESH_POINTS if age <= days), 0)
    return Worth(
        demand=next((points for posts, points in DEMAND_POINTS if row["course__demand"] >= posts), 0),
        start=_start(row),
        fresh=fresh,
        complete=ITEM_POINTS * (len(ITEMS) - len(missing)),
        missing=missing,
        points=row["points"],
    )


def _start(row: Mapping[str, Any]) -> int:
    labels = set(row["labels"])
    found = (points for window, points in START_POINTS if f"debut={window}" in labels)
    return next(found, DATED_POINTS if row["next_start"] is not None else 0)


def _is_said(row: Mapping[str, Any], name: str) -> bool:
    if f"course__{name}" in row:
        return row[f"course__{name}"] not in (None, "")
    offerings = row["facts"]["offerings"]
    says = {
        "place": lambda each: each["insee"] is not None or each["modality"] == "remote",
        "hours": lambda each: each["hours"] is not None,
        "access": lambda each: each["accessible"] is not None,
        "cost": lambda each: (each["costs"].get("jobseeker") or [None])[0] is not None,
    }[name]
    return any(map(says, offerings))

"""What else a need calls for: CFA near, other employers who need the same, and the courses that together would do."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from courses.models import ApprenticeshipCentre
from courses.search.distance import km_between, km_from
from jobs.employers.offered import REACH_KM, Asked, Offered, Training, point_of
from jobs.enums import Commitment, Contract
from jobs.models import EmployerNeed
from portal.moderation.models import is_shown
from portal.reference.models import Commune

MOST_CENTRES, MOST_COMPOSED = 5, 3
# below, no near course is said to train for the post
ENOUGH_PERCENT = 60
ALTERNATING = frozenset({Contract.APPRENTICESHIP.value, Contract.PROFESSIONALISATION.value})


@dataclass(frozen=True)
class Centre:
    """A CFA within reach, and how many of its courses teach a skill of the need."""

    centre: ApprenticeshipCentre
    distance_km: int
    courses: int


@dataclass(frozen=True)
class Others:
    """Open needs of other employers for the same job within reach. `names` are those who agreed, in order."""

    employers: int = 0
    posts: int = 0
    sharing: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One course of a composed training, and the essential skills that it adds."""

    training: Training
    adds: tuple[Asked, ...]


def wants_apprentices(need: EmployerNeed) -> bool:
    return need.contract in ALTERNATING or Commitment.APPRENTICES in need.commitments


def centres_near(need: EmployerNeed, asked: Sequence[Asked]) -> list[Centre]:
    """CFA within reach that teach most of it, then the nearest. Empty where the need has no place."""
    here = point_of(need.commune)
    if here is None:
        return []
    teaching = is_shown("courses") & Q(courses__skills__in=[each.pk for each in asked])
    rows = (
        ApprenticeshipCentre.objects.published()
        .select_related("commune")
        .annotate(km=km_from(*here))
        .filter(km__lte=REACH_KM)
        .annotate(teaching=Count("courses", filter=teaching, distinct=True))
    )
    return [Centre(row, round(row.km), row.teaching) for row in rows.order_by("-teaching", "km", "pk")[:MOST_CENTRES]]


def others_near(need: EmployerNeed, day: datetime.date) -> Others:
    """Who else needs the same: the same profile, or where there is none the same occupation, open on `day`."""
    same = Q(profile=need.profile_id) if need.profile_id else Q(profile=None, occupation=need.occupation_id)
    if not (need.profile_id or need.occupation_id):
        return Others()
    rows = EmployerNeed.objects.open_on(day).filter(same).exclude(employer=need.employer_id)
    place = need.commune
    found = [
        each
        for each in rows.select_related("employer", "commune").order_by("employer__name", "pk")
        if place is None or _is_within(each, place)
    ]
    employers = {each.employer_id: each.employer for each in found}
    return Others(
        employers=len(employers),
        posts=sum(each.headcount for each in found),
        sharing=len({each.employer_id for each in found if Commitment.SHARED_GROUP in each.commitments}),
        names=tuple(each.name for each in employers.values() if each.may_be_named),
    )


def _is_within(need: EmployerNeed, place: Commune) -> bool:
    """Whether a need is within reach of a place; one that says none is not, unless it is at a distance."""
    here, there = point_of(place), point_of(need.commune)
    if here is None or there is None:
        return bool(need.is_remote)
    return km_between(*here, *there) <= REACH_KM


def composed(offered: Offered) -> list[Part]:
    """Up to three courses that together cover most essential skills: at each turn the one that adds most, the nearer of
    two. What a single near course does enough of needs no composing.
    """
    left = {each.pk for each in offered.asked if each.is_essential}
    chosen: list[Part] = []
    while left and len(chosen) < MOST_COMPOSED:
        best = max(
            offered.trainings,
            key=lambda each: (
                len(left & {asked.pk for asked in each.covered}),
                each.is_near,
                -(each.distance_km or 0),
                -each.course.pk,
            ),
            default=None,
        )
        adds = tuple(each for each in best.covered if each.pk in left) if best else ()
        if best is None or not adds:
            break
        chosen.append(Part(best, adds))
        left -= {each.pk for each in adds}
    return chosen


def lacks_training(offered: Offered) -> bool:
    """Whether nobody near is trained for the post: no course covers enough of what is essential."""
    return bool(offered.essentials) and offered.best_share < ENOUGH_PERCENT

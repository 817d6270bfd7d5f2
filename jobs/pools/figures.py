"""What a pool would cost and how much of the gap it would close. A cost that is not known is None, never 0."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from django.db.models import Sum

from courses.enums import Modality
from courses.models import Offering, Session
from jobs.models import EmployerNeed, Pool
from portal.moderation.models import is_shown


@dataclass(frozen=True)
class PoolFigures:
    """`course_count` courses near, or at a distance, lead to the job; `priced_count` of them tell their price.

    `cost_cents`: the middle price of those × the posts. `open_posts` of the job in the pool's départements; `seats`
    known to be left there in sessions to come, of which `silent` do not say theirs: the `gap` (posts without a seat)
    and what a group for all the posts of the pool would fill of it (`closed`) are then a most.
    """

    course_count: int
    priced_count: int
    price_cents: int | None
    cost_cents: int | None
    open_posts: int
    seats: int
    silent: int
    gap: int
    closed: int


@dataclass
class _Supply:
    """Of one job: (course, département or "" at a distance, price) and what sessions of a département leave."""

    offerings: list[tuple[int, str, int | None]]
    seats: dict[str, list[int | None]]


def figures_of(pools: Sequence[Pool], day: datetime.date) -> dict[int, PoolFigures]:
    """Pool number → its figures. Three queries, whatever the pools."""
    profiles = {pool.profile_id for pool in pools}
    posts = _posts(profiles, day)
    supply = _supply(profiles, day)
    return {pool.pk: _figures(pool, posts, supply[pool.profile_id]) for pool in pools}


def _figures(pool: Pool, posts: dict[tuple[int, str], int], supply: _Supply) -> PoolFigures:
    near = [each for each in supply.offerings if not each[1] or each[1] in pool.departments]
    cheapest: dict[int, int] = {}
    for course, _department, price in near:
        if price is not None:
            cheapest[course] = min(price, cheapest.get(course, price))
    price = median_low(cheapest.values()) if cheapest else None
    left = [seats for code in pool.departments for seats in supply.seats.get(code, [])]
    told = sum(seats for seats in left if seats is not None)
    asked = sum(posts.get((pool.profile_id, code), 0) for code in pool.departments)
    gap = max(0, asked - told)
    return PoolFigures(
        course_count=len({course for course, _department, _price in near}),
        priced_count=len(cheapest),
        price_cents=price,
        cost_cents=None if price is None else price * pool.headcount,
        open_posts=asked,
        seats=told,
        silent=left.count(None),
        gap=gap,
        closed=min(gap, pool.headcount),
    )


def _posts(profiles: set[int], day: datetime.date) -> dict[tuple[int, str], int]:
    rows = EmployerNeed.objects.open_on(day).filter(profile__in=profiles, commune__isnull=False).order_by()
    counted = rows.values_list("profile", "commune__department").annotate(posts=Sum("headcount"))
    return {(profile, department): posts for profile, department, posts in counted}


def _supply(profiles: set[int], day: datetime.date) -> dict[int, _Supply]:
    found: dict[int, _Supply] = defaultdict(lambda: _Supply([], defaultdict(list)))
    rows = Offering.objects.filter(is_shown("course"), course__profile_links__profile__in=profiles).order_by("pk")
    told = rows.values_list(
        "course__profile_links__profile", "course", "modality", "commune__department", "price_cents"
    )
    for profile, course, modality, department, price in told:
        place = "" if modality == Modality.REMOTE else department
        if profile in profiles and place is not None:
            found[profile].offerings.append((course, place, price))
    sessions = Session.objects.coming_on(day).filter(
        is_shown("offering__course"),
        offering__course__profile_links__profile__in=profiles,
        offering__commune__isnull=False,
    )
    seats = sessions.order_by("pk").with_left().values_list(
        "offering__course__profile_links__profile", "offering__commune__department", "left"
    )  # fmt: skip
    for profile, department, left in seats:
        if profile in profiles:
            found[profile].seats[department].append(left)
    return found

"""The pooling rule: a sentence each, and a thousand generated needs held against brute force."""

import datetime
import random
from itertools import product

import pytest

from jobs.pooling.rule import Key, NeedFacts, fewest_asking, pools_of, quarter_of

DAY = datetime.date(2027, 1, 15)


def need(number, employer, **fields):
    told = {"profile": 1, "basin": "7620", "department": "12", "wished_on": datetime.date(2027, 4, 10), "headcount": 1}
    return NeedFacts(need=number, employer=employer, **{**told, **fields})


def three(**fields):
    return [need(number, number, **fields) for number in (1, 2, 3)]


def test_three_employers_make_a_pool_and_two_do_not():
    assert [pool.needs for pool in pools_of(three(), day=DAY)] == [(1, 2, 3)]
    assert pools_of(three()[:2], day=DAY) == []


def test_three_needs_of_two_employers_make_none():
    assert pools_of([need(1, 1), need(2, 2), need(3, 2)], day=DAY) == []


@pytest.mark.parametrize(
    "other",
    [{"profile": 2}, {"basin": "7621"}, {"wished_on": datetime.date(2027, 7, 1)}],
    ids=["another job", "another basin", "the next quarter"],
)
def test_what_differs_keeps_apart(other):
    assert pools_of([*three()[:2], need(3, 3, **other)], day=DAY) == []


def test_a_quarter_begins_and_ends_with_its_months():
    ends = [datetime.date(2027, 4, 1), datetime.date(2027, 6, 30), datetime.date(2027, 7, 1)]
    assert [quarter_of(day).month for day in ends] == [4, 4, 7]
    assert quarter_of(datetime.date(2026, 12, 31)) == datetime.date(2026, 10, 1)


def test_a_quarter_that_is_over_forms_no_pool_and_the_present_one_does():
    assert pools_of(three(wished_on=datetime.date(2026, 12, 31)), day=DAY) == []
    assert len(pools_of(three(wished_on=datetime.date(2027, 1, 2)), day=DAY)) == 1


def test_a_pool_adds_up_posts_departements_dates_and_consent():
    needs = [
        need(1, 1, headcount=2, shares=True),
        need(2, 1, headcount=1, shares=True, wished_on=datetime.date(2027, 4, 1)),
        need(3, 2, headcount=5, department="31", wished_on=datetime.date(2027, 6, 30)),
        need(4, 3, shares=True),
    ]
    (pool,) = pools_of(needs, day=DAY)
    assert (pool.employers, pool.agreed, pool.headcount, pool.departments) == (3, 2, 9, ("12", "31"))
    assert (pool.first_wished_on, pool.last_wished_on) == (datetime.date(2027, 4, 1), datetime.date(2027, 6, 30))
    assert pool.key == Key(1, "7620", datetime.date(2027, 4, 1))


def test_a_skill_is_common_when_two_thirds_of_the_employers_ask_for_it_and_never_fewer_than_three():
    assert [fewest_asking(n) for n in (3, 4, 5, 6, 7, 9, 10)] == [3, 3, 4, 4, 5, 6, 7]
    needs = [
        need(n, n, skills=frozenset({7} | ({8} if n <= 2 else set()) | ({9} if n <= 3 else set()))) for n in range(1, 5)
    ]
    (pool,) = pools_of(needs, day=DAY)
    assert pool.skills == (7, 9)


def test_an_employer_that_asks_twice_counts_once_for_a_skill():
    needs = [
        need(1, 1, skills=frozenset({7})),
        need(2, 1, skills=frozenset({7})),
        need(3, 2, skills=frozenset({7})),
        need(4, 3),
    ]
    assert pools_of(needs, day=DAY)[0].skills == ()


def generated(count, seed):
    draw = random.Random(seed)
    return [
        NeedFacts(
            need=number,
            employer=draw.randrange(90),
            profile=draw.randrange(6),
            basin=f"76{draw.randrange(8):02d}",
            department=draw.choice(("12", "31", "81")),
            wished_on=datetime.date(2026, 11, 1) + datetime.timedelta(days=draw.randrange(420)),
            headcount=draw.randrange(1, 9),
            skills=frozenset(draw.sample(range(12), draw.randrange(7))),
            shares=draw.random() < 0.3,
        )
        for number in range(count)
    ]


def brute_force(needs, day):
    """Every job × basin × quarter, tried one by one with nothing but comparisons."""
    found = []
    quarters = [(year, number) for year in range(2026, 2029) for number in range(1, 5)]
    jobs, basins = sorted({each.profile for each in needs}), sorted({each.basin for each in needs})
    for job, basin, (year, number) in product(jobs, basins, quarters):
        if (year, number) < (day.year, (day.month + 2) // 3):
            continue
        mine = []
        for each in needs:
            quarter = (each.wished_on.year, (each.wished_on.month + 2) // 3)
            if each.profile == job and each.basin == basin and quarter == (year, number):
                mine.append(each)
        employers = {each.employer for each in mine}
        if len(employers) < 3:
            continue
        skills = []
        for skill in range(12):
            asking = [who for who in employers if any(skill in each.skills for each in mine if each.employer == who)]
            if len(asking) >= 3 and 3 * len(asking) >= 2 * len(employers):
                skills.append(skill)
        found.append(
            (
                (job, basin, datetime.date(year, 3 * number - 2, 1)),
                sorted(each.need for each in mine),
                len(employers),
                sum(1 for who in employers if any(each.shares for each in mine if each.employer == who)),
                sum(each.headcount for each in mine),
                skills,
                sorted({each.department for each in mine}),
                min(each.wished_on for each in mine),
                max(each.wished_on for each in mine),
            )
        )
    return found


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_needs_give_the_pools_of_brute_force(seed):
    needs = generated(1_000, seed)
    told = [
        (
            tuple(pool.key),
            list(pool.needs),
            pool.employers,
            pool.agreed,
            pool.headcount,
            list(pool.skills),
            list(pool.departments),
            pool.first_wished_on,
            pool.last_wished_on,
        )
        for pool in pools_of(needs, day=DAY)
    ]
    assert told == brute_force(needs, DAY)
    assert len(told) > 50  # the trial tries something


def test_the_order_of_the_needs_changes_nothing():
    needs = generated(1_000, 9)
    shuffled = needs.copy()
    random.Random(1).shuffle(shuffled)
    assert pools_of(shuffled, day=DAY) == pools_of(needs, day=DAY)

"""The judged set holds together: no search is run here."""

from collections import Counter
from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt

import pytest

from courses.demo_data.catalogue import build_courses
from courses.demo_data.shapes import CourseFacts, OfferingFacts
from courses.demo_data.waiting import WAITING
from portal.reference.words.places import TOWNS, Town
from tests.ranking.judged_searches import JUDGED, KINDS, JudgedSearch

BY_KEY = {course.key: course for course in build_courses()}
TOWN = {town.name: town for town in TOWNS}
USUAL_RADIUS = "30"
PARAMETERS = {"q", "lieu", "rayon", "public", "cout", "departement", "modalite", "niveau", "certifiante"}
LONGEST_WORDS = 120


def name_of(judged: JudgedSearch) -> str:
    return " ".join(f"{key}={value}" for key, value in judged.query)


def demanded(judged: JudgedSearch) -> set[str]:
    return {*judged.first, *judged.among}


def km(one: Town, other: Town) -> float:
    a = sin(radians(other.latitude - one.latitude) / 2) ** 2
    b = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a + cos(radians(one.latitude)) * cos(radians(other.latitude)) * b))


def conditions(judged: JudgedSearch) -> list[Callable[[OfferingFacts], bool]]:
    """What one and the same offering must satisfy to be an answer."""
    asked = dict(judged.query)
    found: list[Callable[[OfferingFacts], bool]] = []
    if "lieu" in asked:
        centre, radius = TOWN[asked["lieu"]], float(asked.get("rayon", USUAL_RADIUS))
        found.append(lambda o: not o.town or km(centre, TOWN[o.town]) <= radius)
    if "departement" in asked:
        found.append(lambda o: bool(o.town) and TOWN[o.town].department == asked["departement"])
    if "modalite" in asked:
        found.append(lambda o: o.modality == asked["modalite"])
    if "cout" in asked:
        assert asked["cout"] == "0"
        who = asked.get("public", "jobseeker")
        found.append(lambda o: any(c.audience == who and c.left_to_pay_cents == 0 for c in o.costs))
    return found


def fits(course: CourseFacts, judged: JudgedSearch) -> bool:
    asked = dict(judged.query)
    if "niveau" in asked and course.entry_level != int(asked["niveau"]):
        return False
    if "certifiante" in asked and (asked["certifiante"] == "oui") != bool(course.certification):
        return False
    return any(all(holds(offering) for holds in conditions(judged)) for offering in course.offerings)


def test_the_set_is_large_and_of_every_kind() -> None:
    assert len(JUDGED) >= 80
    counted = Counter(judged.kind for judged in JUDGED)
    assert set(counted) == set(KINDS)
    assert min(counted.values()) >= 4


def test_no_search_is_judged_twice() -> None:
    searches = Counter(frozenset(judged.query) for judged in JUDGED)
    assert [dict(search) for search, times in searches.items() if times > 1] == []


@pytest.mark.parametrize("judged", JUDGED, ids=name_of)
def test_a_search_is_well_formed(judged: JudgedSearch) -> None:
    asked = dict(judged.query)
    assert len(asked) == len(judged.query)
    assert set(asked) <= PARAMETERS
    assert asked["q"] == asked["q"].strip() != ""
    assert len(asked["q"]) <= LONGEST_WORDS
    assert ("lieu" in asked) == (judged.kind == "place")
    assert (len(asked) > 1) == (judged.kind in {"place", "facet"})
    assert judged.why


@pytest.mark.parametrize("judged", JUDGED, ids=name_of)
def test_a_search_makes_one_demand_on_published_courses(judged: JudgedSearch) -> None:
    assert bool(judged.first) != bool(judged.among)
    assert len(set(judged.first)) == len(judged.first)
    if judged.among:
        assert len(judged.among) >= judged.top >= 1
    assert demanded(judged) <= set(BY_KEY)
    assert not demanded(judged) & {told.key for told in WAITING}


@pytest.mark.parametrize("judged", [j for j in JUDGED if len(j.query) > 1], ids=name_of)
def test_what_is_demanded_passes_the_filters_of_its_search(judged: JudgedSearch) -> None:
    assert [key for key in sorted(demanded(judged)) if not fits(BY_KEY[key], judged)] == []

"""The employers and needs of the demonstration: invented, uneven, in the words of the portal, always the same."""

import re
from collections import Counter

import pytest

from courses.demo_data.centres import CENTRES
from courses.demo_data.providers import PROVIDERS
from jobs.demo_data.employers import EMPLOYERS
from jobs.demo_data.needs import build_needs
from jobs.demo_data.posts import POSTS
from jobs.enums import Commitment, Contract
from jobs.models import Employer, EmployerNeed
from portal.accounts.demo_data.organisations import BODY, CENTRE, EMPLOYER, ORGANISATIONS, OTHER_BODY
from portal.reference.numbers import luhn_is_right
from portal.reference.words import PROFILES
from portal.reference.words.places import DEPARTMENTS, TOWNS

NEEDS = build_needs()
DEPARTMENT_OF = {town.name: town.department for town in TOWNS}
WORDS = {profile.slug: profile for profile in PROFILES}


def test_the_world_has_the_size_that_was_asked_for() -> None:
    assert (len(EMPLOYERS), len(NEEDS)) == (60, 300)


def test_numbers_are_right_and_belong_to_nobody() -> None:
    sirets = [facts.siret for facts in EMPLOYERS]
    assert all(luhn_is_right(siret) and siret[:9] < "000325175" for siret in sirets)
    others = {facts.siret for facts in (*PROVIDERS, *CENTRES)}
    assert len(set(sirets)) == 60
    assert not set(sirets) & others
    assert all(re.fullmatch(r"recrutement@[a-z-]+\.example", facts.email) for facts in EMPLOYERS)


def test_the_organisations_of_the_accounts_are_those_of_the_floors_above() -> None:
    names = {facts.siret: facts.name for facts in (*PROVIDERS, *CENTRES, *EMPLOYERS)}
    for facts in (BODY, OTHER_BODY, CENTRE, EMPLOYER):
        assert names[facts.siret] == facts.name
    assert len({facts.siret for facts in ORGANISATIONS}) == len(ORGANISATIONS)


def test_every_word_is_known() -> None:
    assert {facts.town for facts in EMPLOYERS} | {need.town for need in NEEDS} <= set(DEPARTMENT_OF)
    assert set(POSTS) == set(WORDS)
    assert {need.contract for need in NEEDS} == set(Contract.values)
    assert {commitment for need in NEEDS for commitment in need.commitments} == set(Commitment.values)


def test_needs_ask_for_skills_of_their_job_and_no_more() -> None:
    for need in NEEDS:
        profile = WORDS[need.profile]
        assert 5 <= len(need.essential) <= 7
        assert 2 <= len(need.desirable) <= 3
        assert all(1 <= level <= profile.essential[code] for code, level in need.essential.items())
        assert all(level == profile.desirable[code] for code, level in need.desirable.items())
        assert set(list(profile.essential)[:2]) <= set(need.essential)


def test_all_jobs_are_wanted_and_big_towns_want_most() -> None:
    assert set(Counter(need.profile for need in NEEDS)) == set(WORDS)
    posts = Counter()
    for need in NEEDS:
        posts[DEPARTMENT_OF[need.town]] += need.headcount
    assert set(posts) == {department.code for department in DEPARTMENTS}
    assert posts["31"] > 1.5 * posts["34"] > 3 * posts["12"]
    assert max(posts["48"], posts["32"], posts["46"], posts["09"]) <= 12


def test_the_figures_of_a_need_stay_within_bounds() -> None:
    assert {need.headcount for need in NEEDS} <= set(range(1, 7))
    assert all(need.level is None or 3 <= need.level <= 7 for need in NEEDS)
    assert any(need.level is None for need in NEEDS)
    assert {need.is_remote for need in NEEDS} == {True, False, None}
    assert all(need.expires_offset > 30 for need in NEEDS)
    assert any(need.wished_offset is None for need in NEEDS)
    limit = EmployerNeed._meta.get_field("title").max_length
    assert all(len(need.title) <= limit for need in NEEDS)
    assert all(len(facts.sector) <= Employer._meta.get_field("sector").max_length for facts in EMPLOYERS)


def test_no_employer_writes_the_same_post_twice() -> None:
    titles = Counter((need.employer, need.title) for need in NEEDS)
    assert [pair for pair, times in titles.items() if times > 1] == []
    assert len({need.description for need in NEEDS}) > 270


@pytest.mark.parametrize("name", ["airbus", "thales", "sopra", "capgemini", "sanofi", "fabre", "liebherr", "région"])
def test_no_real_employer_is_named(name: str) -> None:
    texts = [f"{facts.name} {facts.presentation}" for facts in EMPLOYERS] + [need.description for need in NEEDS]
    assert not [text for text in texts if re.search(rf"\b{name}\b", text, re.IGNORECASE) and name != "région"]
    assert not [facts.name for facts in EMPLOYERS if name in facts.name.lower()]


def test_two_builds_are_equal() -> None:
    build_needs.cache_clear()
    assert build_needs() == NEEDS

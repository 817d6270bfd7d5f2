"""Who asks, and who teaches, changes nothing: the two genders, accents and capitals, providers at equal score."""

import csv
import random
import re
import unicodedata
from collections import Counter
from dataclasses import replace

import pytest

from jobs.evaluation.profiles import own_jobs
from jobs.evaluation.tasks import Titles
from jobs.matching.engine import rank
from jobs.matching.facts import CourseFacts, Link
from portal.reference.wording import title_key
from portal.reference.words import PROFILES
from tests.jobs.matching.cases import seeker

# "Développeur / Développeuse informatique": both forms in one word each
BOTH = re.compile(r"^([^\W\d_]+) / ([^\W\d_]+)((?: .*)?)$")
QUERY_KEYS = 5_000
# of a chi-square at 1 %, by degrees of freedom
CRITICAL = {1: 6.635, 4: 13.277, 19: 36.191}


@pytest.fixture(scope="module")
def pairs(shared_data):
    with (shared_data / "rome/unix_referentiel_appellation_v460_utf8.csv").open(encoding="utf-8-sig") as file:
        labels = [row["libelle_appellation_long"] for row in csv.DictReader(file)]
    found = [(m[1] + m[3], m[2] + m[3]) for m in map(BOTH.match, labels) if m and m[1] != m[2]]
    assert len(found) > 4_000
    return random.Random(1).sample(found, len(found))


def test_a_man_and_a_woman_who_name_their_job_get_the_same_first_answer(shared_data, pairs, share_of, record_count):
    names = Titles(shared_data).unseen
    asked = pairs[: share_of(4_000)]
    apart = [each for each in asked if names.nearest(each[0], 1) != names.nearest(each[1], 1)]
    record_count("titles in both genders", len(asked))
    assert len(apart) <= 0.005 * len(asked), apart[:20]


def test_a_man_and_a_woman_are_proposed_the_same_jobs_of_ai(pairs, share_of):
    words = own_jobs().vocabulary()
    asked = pairs[: share_of(1_000)]
    apart = [each for each in asked if words.meant(title_key(each[0])) != words.meant(title_key(each[1]))]
    assert len(apart) <= 0.005 * len(asked), apart[:20]


def test_accents_and_capitals_change_no_proposal():
    """Proposals are made from this key, and from nothing else of what was written."""
    for profile in PROFILES:
        for name in (profile.name, *profile.aliases, *profile.adverts):
            bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
            assert title_key(bare) == title_key(name.upper()) == title_key(name) != "", name


@pytest.mark.parametrize("providers", [2, 5, 20])
def test_providers_at_equal_score_share_the_first_places(providers):
    course = CourseFacts(0, "Data analyst", title_match=60, links=(Link("profile", "data-analyst"),))
    courses = [replace(course, pk=1_000 + 37 * number) for number in range(providers)]
    who = seeker("python", targets=frozenset({("profile", "data-analyst")}))
    firsts = Counter(
        rank(replace(who, query_key=f"{number:016x}"), courses, week="2027-W02").answers[0].course.pk
        for number in range(QUERY_KEYS)
    )
    expected = QUERY_KEYS / providers
    distance = sum((firsts[each.pk] - expected) ** 2 / expected for each in courses)
    assert distance < CRITICAL[providers - 1], firsts


def test_equals_take_turns_from_week_to_week():
    course = CourseFacts(0, "Data analyst", title_match=60)
    courses = [replace(course, pk=number) for number in range(1, 6)]
    who = seeker("python", query_key="the same question")
    firsts = {rank(who, courses, week=f"2027-W{week:02}").answers[0].course.pk for week in range(1, 53)}
    assert firsts == {1, 2, 3, 4, 5}

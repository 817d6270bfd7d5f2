"""What comes first on the demonstration's catalogue is what was judged beforehand: the order, never a score."""

import pytest
from django.http import QueryDict

from courses.filters import CourseFilterSet
from courses.models import Course
from courses.search.engine import find
from tests.ranking.judged_searches import JUDGED, JudgedSearch

SHOWN = 10


def name_of(judged: JudgedSearch) -> str:
    return " ".join(value for _name, value in judged.query)


@pytest.fixture(scope="module")
def keys(world) -> dict[int, str]:
    return dict(Course.objects.values_list("pk", "external_id"))


@pytest.mark.parametrize("judged", JUDGED, ids=name_of)
def test_what_comes_first_is_what_was_judged(judged: JudgedSearch, keys):
    query = QueryDict(mutable=True)
    for name, value in judged.query:
        query.appendlist(name, value)
    asked = CourseFilterSet(query)
    assert not asked.form.errors
    shown = [keys[pk] for pk in find(asked.question, {}, state=asked.state).ids][:SHOWN]
    if judged.first:
        assert set(shown[: len(judged.first)]) == set(judged.first), (judged.why, shown)
    else:
        assert len(shown) >= judged.top
        assert set(shown[: judged.top]) <= judged.among, (judged.why, shown)

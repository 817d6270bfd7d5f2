"""A place that a disability needs accessible: which ways to follow a course leave, before anything is ranked.

The need is no part of a request and no fact of the engine: nothing here is kept or logged.
"""

from collections.abc import Mapping, Sequence

from courses.models import Course, Offering
from jobs.matching.engine import rank
from jobs.matching.facts import CourseFacts, SeekerFacts


def closed_offerings() -> dict[int, int]:
    """Offering → course, of the published courses, where the place is said not to be open to disabled people."""
    found = Offering.objects.filter(course__in=Course.objects.published(), is_accessible=False)
    return dict(found.values_list("pk", "course_id"))


def open_ways(options: Sequence[CourseFacts], closed: Mapping[int, int]) -> list[CourseFacts]:
    """Those that are not said to be closed; one that says nothing may be open."""
    return [facts for facts in options if facts.offering_pk not in closed]


def shut_out(seeker: SeekerFacts, options: Sequence[CourseFacts], closed: Mapping[int, int]) -> tuple[str, ...]:
    """The titles of the courses that would be answers, and of which no open way is one."""
    still = {answer.course.pk for answer in rank(seeker, open_ways(options, closed), week="").answers}
    return tuple(
        answer.course.title for answer in rank(seeker, options, week="").answers if answer.course.pk not in still
    )

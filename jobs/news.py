"""What is new for a kept project, told on the page of its results: in the address, so that the code stays out of it."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from courses.models import Course
from jobs.models import ProjectAnswers
from portal.web.templatetags.camins import day as civil_day

COURSES, SINCE = "nouvelles", "garde"
LISTED = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18}){0,19}")


@dataclass(frozen=True)
class News:
    """A sentence, and the courses that it speaks of."""

    sentence: str
    courses: list[Course]


def news_pairs(best: ProjectAnswers | None) -> list[tuple[str, str]]:
    """The parameters of the address that tell what is new; none when nothing is."""
    new = best.new_courses() if best else []
    if best is None or not new:
        return []
    return [(COURSES, ".".join(map(str, new))), (SINCE, best.project.kept_on.isoformat())]


def news_of(parameters: Mapping[str, str]) -> News | None:
    """What `news_pairs` told, as of now: a course withdrawn since is not new; None for anything else."""
    listed = parameters.get(COURSES, "")
    try:
        since = datetime.date.fromisoformat(parameters.get(SINCE, ""))
    except ValueError:
        return None
    if not LISTED.fullmatch(listed):
        return None
    wanted = list(dict.fromkeys(int(number) for number in listed.split(".")))
    known = Course.objects.published().in_bulk(wanted)
    courses = [known[number] for number in wanted if number in known]
    if not courses:
        return None
    sentence = ngettext(
        "%(n)s formation nouvelle depuis le %(day)s", "%(n)s formations nouvelles depuis le %(day)s", len(courses)
    )
    return News(sentence % {"n": len(courses), "day": civil_day(since)}, courses)

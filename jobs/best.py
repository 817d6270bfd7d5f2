"""The best courses of every kept project: many people at once, from arrays made of the base as it is."""

import datetime
import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import batched

from django.db import transaction
from django.http import QueryDict

from jobs.answers import request_of
from jobs.forms import OrientationForm
from jobs.matching.candidates import Goal, goal_of, titles_for
from jobs.matching.engine import iso_week
from jobs.matching.recommendation import Request, seeker_of
from jobs.matching.titles import Titles
from jobs.models import ProjectAnswers, SeekerProject
from jobs.snapshot.batch import Best, Person
from jobs.snapshot.build import build
from jobs.snapshot.reading import Snapshot

logger = logging.getLogger(__name__)
BEST = 20
CHUNK = 2_000


def write_best(day: datetime.date) -> int:
    """Write the twenty best courses of each project kept on `day`, and since when each is among them; how many
    projects.
    """
    origin, arrays = build()
    snapshot = Snapshot(origin, arrays)
    finder = _Finder(snapshot, day)
    projects = SeekerProject.objects.kept_still_on(day)
    total, done = projects.count(), 0
    for some in batched(projects.iterator(chunk_size=CHUNK), CHUNK):
        _write(some, finder.best_of(some), day)
        done += len(some)
        logger.info("best courses of kept projects: %d/%d", done, total)
    return done


class _Finder:
    def __init__(self, snapshot: Snapshot, day: datetime.date):
        self.snapshot, self.day = snapshot, day
        self.goal_of = lru_cache(maxsize=2_000)(_goal_and_titles)

    def best_of(self, projects: Sequence[SeekerProject]) -> list[Best]:
        asked = [self._asked(project) for project in projects]
        people, titles = [person for person, _titles in asked], [titles for _person, titles in asked]
        return self.snapshot.best_of_all(people, titles, week=iso_week(self.day), most=BEST)

    def _asked(self, project: SeekerProject) -> tuple[Person, Titles]:
        request = _request(project)
        goal, titles = self.goal_of(request.profiles, request.occupations)
        seeker = seeker_of(request, goal, day=self.day)
        here = (request.here.latitude, request.here.longitude) if request.here else (0.0, 0.0)
        return Person(seeker, *here), titles


def _goal_and_titles(profiles: tuple[str, ...], occupations: tuple[str, ...]) -> tuple[Goal, Titles]:
    goal = goal_of(profiles, occupations)
    return goal, titles_for(goal)


def _request(project: SeekerProject) -> Request:
    """What the project's address would ask."""
    said = QueryDict(mutable=True)
    for name, values in project.answers.items():
        said.setlist(name, values)
    form = OrientationForm(said)
    form.is_valid()
    return request_of(form.answers())


@transaction.atomic
def _write(projects: Sequence[SeekerProject], found: Iterable[Best], day: datetime.date) -> None:
    before = {row.project_id: row for row in ProjectAnswers.objects.filter(project__in=projects)}
    # one that somebody erased meanwhile has no answers
    still = set(
        SeekerProject.objects.select_for_update()
        .filter(pk__in=[each.pk for each in projects])
        .values_list("pk", flat=True)
    )
    rows = []
    for project, best in zip(projects, found, strict=True):
        if project.pk not in still:
            continue
        known = before.get(project.pk)
        # the first time, all were there when it was kept
        since = {course: first for course, _points, first in known.courses} if known else {}
        usual = day if known else project.kept_on
        courses = [[pk, points, since.get(pk, usual.isoformat())] for pk, points in best]
        rows.append(ProjectAnswers(project=project, day=day, courses=courses))
    ProjectAnswers.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["project"], update_fields=["day", "courses"]
    )

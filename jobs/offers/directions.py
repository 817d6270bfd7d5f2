"""Two directions that are never one word: employers without candidates, and candidates without offers."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Sum

from courses.models import CourseSkill, Session
from jobs.models import EmployerNeed, ImportedOffer, NeedSkill
from portal.moderation.models import is_shown
from portal.reference.models import JobProfile, Skill

# an offer read elsewhere counts as open for so many days after it was last updated
OFFER_DAYS = 60
MOST = 300


@dataclass(frozen=True)
class Direction:
    """Of one skill: open `posts` posted here, `imported` ones, and `lacking`: those whose source says candidates lack.

    `seats` known to be left in sessions to come that teach it; `silent` sessions do not say theirs, which makes the
    seats a least, `without_candidates` (posts beyond them) a most and `without_offers` (seats beyond posts) a least.
    """

    code: str
    label: str
    posts: int
    imported: int
    lacking: int
    seats: int
    silent: int

    @property
    def without_candidates(self) -> int:
        return max(0, self.posts + self.imported - self.seats)

    @property
    def without_offers(self) -> int | None:
        """None where nothing can be said: at least 0 is no figure."""
        beyond = max(0, self.seats - self.posts - self.imported)
        return None if self.silent and not beyond else beyond


def directions(department: str, day: datetime.date) -> list[Direction]:
    """Skills asked for or taught, in one département or, with "", in the region; most posts first. Six queries."""
    posts, imported, lacking = _posts(department, day), _imported(department, day), _lacking(department, day)
    seats = _seats(department, day)
    asked = Skill.objects.filter(pk__in={*posts, *imported, *seats}).values_list("pk", "code", "label")
    found = [
        Direction(code, label, posts.get(pk, 0), imported.get(pk, 0), lacking.get(pk, 0), *seats.get(pk, (0, 0)))
        for pk, code, label in asked
    ]
    found.sort(key=lambda each: (-each.posts - each.imported, each.label))
    return found[:MOST]


def _posts(department: str, day: datetime.date) -> dict[int, int]:
    needs = EmployerNeed.objects.open_on(day)
    if department:
        needs = needs.filter(commune__department=department)
    links = NeedSkill.objects.filter(need__in=needs).order_by()
    return dict(links.values_list("skill").annotate(posts=Sum("need__headcount")))


def _offers(department: str, day: datetime.date):
    since = day - datetime.timedelta(days=OFFER_DAYS)
    offers = ImportedOffer.objects.fitted().filter(
        updated_on__gte=since, department__isnull=False, skills__isnull=False
    )
    return (offers.filter(department=department) if department else offers).order_by()


def _imported(department: str, day: datetime.date) -> dict[int, int]:
    return dict(_offers(department, day).values_list("skills").annotate(posts=Sum("headcount")))


def _lacking(department: str, day: datetime.date) -> dict[int, int]:
    said = _offers(department, day).filter(lacks_candidates=True)
    return dict(said.values_list("skills").annotate(posts=Sum("headcount")))


def _seats(department: str, day: datetime.date) -> dict[int, tuple[int, int]]:
    """Skill → (seats left, sessions that do not say); each session once per skill its course teaches for sure."""
    sessions = Session.objects.coming_on(day).filter(is_shown("offering__course"))
    if department:
        sessions = sessions.filter(offering__commune__department=department)
    rows = sessions.filter(Exists(CourseSkill.objects.certain().filter(course=OuterRef("offering__course"))))
    told = list(rows.order_by().with_left().values_list("offering__course", "left"))
    links = CourseSkill.objects.certain().filter(course__in={course for course, _left in told})
    taught: dict[int, list[int]] = defaultdict(list)
    for course, skill in links.order_by().values_list("course", "skill"):
        taught[course].append(skill)
    seats: dict[int, tuple[int, int]] = {}
    for course, left in told:
        for skill in taught[course]:
            known, silent = seats.get(skill, (0, 0))
            seats[skill] = (known, silent + 1) if left is None else (known + left, silent)
    return seats


def seats_for(profile: JobProfile, day: datetime.date) -> tuple[int, int]:
    """(seats left, sessions that do not say) in sessions to come of published courses that lead to the job. A query."""
    sessions = Session.objects.coming_on(day).filter(
        is_shown("offering__course"), offering__course__profile_links__profile=profile
    )
    told = list(sessions.order_by().with_left().values_list("left", flat=True))
    return sum(left for left in told if left is not None), told.count(None)

"""The courses that train for exactly what a need asks: how much of it each covers, how near, who comes out and when.

Points: a skill brought to the level wanted counts its weight (essential 3, desirable 1) twice, one brought below it
once. Ranked by points, then by how many skills come whole, by distance, by number: the same order each time.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Case, F, IntegerField, Q, Sum, Value, When

from courses.enums import Modality
from courses.models import Course, CourseSkill, Offering, Session
from courses.search.distance import km_between
from jobs.models import EmployerNeed
from portal.moderation.models import is_shown
from portal.reference.enums import Importance
from portal.reference.models import Commune

REACH_KM = 60
# courses read in full, and shown
MOST_READ, MOST_SHOWN = 150, 5
WEIGHTS = {Importance.ESSENTIAL.value: 3, Importance.DESIRABLE.value: 1}
# who comes out of training within a year may be hired
SOON_DAYS = 365


@dataclass(frozen=True)
class Asked:
    """A skill of the need, as its courses are judged by."""

    pk: int
    label: str
    level: int
    is_essential: bool

    @property
    def weight(self) -> int:
        return WEIGHTS[Importance.ESSENTIAL if self.is_essential else Importance.DESIRABLE]


@dataclass
class Training:
    """A course and what it is worth to the employer. `distance_km` is None at a distance, or where nothing is known.

    `ends_on` is the next end, `seats` those of the sessions that end within a year (None: nobody said).
    """

    course: Course
    covered: list[Asked] = field(default_factory=list)
    partly: list[Asked] = field(default_factory=list)
    points: int = 0
    distance_km: int | None = None
    is_remote: bool = False
    town: str = ""
    ends_on: datetime.date | None = None
    ends_precision: str = "day"
    seats: int | None = None
    hours: int | None = None

    @property
    def is_near(self) -> bool:
        return self.is_remote or (self.distance_km is not None and self.distance_km <= REACH_KM)


@dataclass(frozen=True)
class Offered:
    """Every course that brings something, best first; `has_place`: a need without one is near everything."""

    asked: tuple[Asked, ...]
    trainings: tuple[Training, ...]
    has_place: bool

    @cached_property
    def near(self) -> list[Training]:
        return [each for each in self.trainings if each.is_near or not self.has_place]

    @property
    def shown(self) -> list[Training]:
        return self.near[:MOST_SHOWN]

    @cached_property
    def untaught_near(self) -> list[Asked]:
        """Essential skills that no near course brings to the level wanted."""
        brought = {each.pk for training in self.near for each in training.covered}
        return [each for each in self.asked if each.is_essential and each.pk not in brought]

    @property
    def essentials(self) -> int:
        return sum(each.is_essential for each in self.asked)

    @property
    def best_share(self) -> int:
        """How much of the essential skills the best near course covers, in percent; 0 where there is none."""
        best = max((sum(e.is_essential for e in each.covered) for each in self.near), default=0)
        return 100 * best // self.essentials if self.essentials else 0


def asked_of(need: EmployerNeed) -> tuple[Asked, ...]:
    links = need.skill_links.select_related("skill").order_by("-importance", "skill__label")
    found = [Asked(e.skill_id, e.skill.label, e.level, e.importance == Importance.ESSENTIAL) for e in links]
    return tuple(sorted(found, key=lambda each: (not each.is_essential, each.label)))


def offered_for(need: EmployerNeed, day: datetime.date) -> Offered:
    """Five queries, however many courses answer."""
    asked = asked_of(need)
    here = point_of(need.commune)
    trainings = {course.pk: Training(course) for course in _courses(asked)}
    _judge(trainings, asked)
    _place(trainings, here)
    _dates(trainings, day)
    ranked = sorted(
        trainings.values(),
        key=lambda each: (-each.points, -len(each.covered), _far(each), each.course.pk),
    )
    return Offered(asked, tuple(ranked), here is not None)


def _far(training: Training) -> int:
    """Kilometres, for the order: at a distance is here, an unknown place comes last."""
    if training.is_remote:
        return 0
    return 9_999 if training.distance_km is None else training.distance_km


def point_of(commune: Commune | None) -> tuple[float, float] | None:
    """The centre of a commune in WGS84 degrees; None where it is not known."""
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude


def _links(asked: Iterable[Asked]):
    wanted = [each.pk for each in asked]
    return CourseSkill.objects.certain().filter(is_shown("course"), skill__in=wanted)


def _courses(asked: Sequence[Asked]) -> list[Course]:
    """Those that bring most, as the database counts it."""
    if not asked:
        return []
    worth = Case(
        *(When(Q(skill=each.pk, level_given__gte=each.level), then=Value(2 * each.weight)) for each in asked),
        *(When(skill=each.pk, then=Value(each.weight)) for each in asked),
        output_field=IntegerField(),
    )
    best = _links(asked).order_by().values("course").annotate(worth=Sum(worth)).order_by("-worth", "course")
    numbers = [row["course"] for row in best[:MOST_READ]]
    rows = Course.objects.published().filter(pk__in=numbers).select_related("provider", "centre")
    return list(rows.only("title", "slug", "provider__name", "centre__name").order_by("pk"))


def _judge(trainings: dict[int, Training], asked: Sequence[Asked]) -> None:
    by_skill = {each.pk: each for each in asked}
    links = _links(asked).filter(course__in=trainings).order_by("skill__label")
    for course, skill, level in links.values_list("course", "skill", "level_given"):
        wanted, training = by_skill[skill], trainings[course]
        is_full = level >= wanted.level
        (training.covered if is_full else training.partly).append(wanted)
        training.points += wanted.weight * (2 if is_full else 1)


def _place(trainings: dict[int, Training], here: tuple[float, float] | None) -> None:
    offerings = Offering.objects.filter(course__in=trainings).select_related("commune").order_by("pk")
    nearest: dict[int, tuple[float, str]] = {}
    for offering in offerings.only("course", "modality", "duration_hours", "commune", "town", "latitude", "longitude"):
        training = trainings[offering.course_id]
        training.is_remote |= offering.modality == Modality.REMOTE
        training.hours = training.hours or offering.duration_hours
        commune = offering.commune
        town = commune.name if commune else offering.town
        training.town = training.town or town
        own = offering.latitude, offering.longitude
        there = (own[0], own[1]) if own[0] is not None and own[1] is not None else point_of(commune)
        if here and there:
            far = km_between(*here, *there)
            nearest[offering.course_id] = min(nearest.get(offering.course_id, (far, town)), (far, town))
    for pk, (far, town) in nearest.items():
        trainings[pk].distance_km, trainings[pk].town = round(far), town


def _dates(trainings: dict[int, Training], day: datetime.date) -> None:
    """Who comes out: the next end, and the seats of the sessions that end within a year."""
    soon = day + datetime.timedelta(days=SOON_DAYS)
    ends = Session.objects.filter(offering__course__in=trainings, ends_on__range=(day, soon))
    by_course: dict[int, list[tuple[datetime.date, str, int | None]]] = defaultdict(list)
    for course, end, precision, seats in ends.annotate(number=F("offering__course")).values_list(
        "number", "ends_on", "ends_precision", "seats"
    ):
        if end is not None:
            by_course[course].append((end, precision, seats))
    for pk, found in by_course.items():
        training = trainings[pk]
        training.ends_on, training.ends_precision, _seats = min(found, key=lambda each: each[0])
        said = [seats for _end, _precision, seats in found if seats is not None]
        training.seats = sum(said) if said else None

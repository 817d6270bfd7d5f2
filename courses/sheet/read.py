"""Everything the page of a course needs, in a fixed number of queries."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.utils.functional import cached_property

from courses.models import Course, CourseProfile, CourseSkill, Offering, OfferingCost, Session
from courses.search.cards import next_session
from courses.search.distance import km_between
from courses.search.question import CourseQuestion
from courses.search.rows import Matching
from courses.search.starts import latest_start

NEAR_COURSES = 3
PROFILE_WEIGHT = 3
MOST_SESSIONS = 40


@dataclass
class Sheet:
    """One course with its rows, for one question (audience, home, day). Offerings: the one that answers best first."""

    course: Course
    question: CourseQuestion
    offerings: list[Offering]
    sessions: list[Session]
    distances_km: dict[int, float] = field(default_factory=dict)

    @property
    def day(self) -> datetime.date:
        return self.question.day

    @property
    def best(self) -> Offering | None:
        return self.offerings[0] if self.offerings else None

    @cached_property
    def by_number(self) -> dict[int, Offering]:
        return {offering.pk: offering for offering in self.offerings}

    @property
    def next_session(self) -> Session | None:
        """The next session of the best offering, one to be joined if there is any."""
        return next_session(
            [each for each in self.sessions if self.best and each.offering_id == self.best.pk], self.day
        )

    def cost(self, offering: Offering | None, audience: str) -> OfferingCost | None:
        costs = offering.costs.all() if offering else []
        return next((cost for cost in costs if cost.audience == audience), None)

    def distance_km(self, offering: Offering) -> float | None:
        """Kilometres from the home of the question; None inside its own commune, at a distance, or when unknown."""
        if self.question.home is not None and offering.commune_id == self.question.home.insee:
            return None
        return self.distances_km.get(offering.pk)


def find_course(pk: int) -> Course | None:
    """A course whatever its state, with its body; whether it may be shown is for the caller to ask (`is_public`)."""
    related = ("provider__commune__department", "centre__commune__department", "source")
    return Course.objects.select_related(*related).filter(pk=pk).first()


def read_sheet(course: Course, question: CourseQuestion) -> Sheet:
    """The rows of a course as they stand for this question; nine queries at most, whatever they hold."""
    skills = CourseSkill.objects.select_related("skill").order_by("-level_given", "skill__label")
    profiles = CourseProfile.objects.filter(profile__is_shown=True).select_related("profile")
    prefetch_related_objects(
        [course],
        Prefetch("offerings", Offering.objects.select_related("commune__department").prefetch_related("costs")),
        Prefetch("skill_links", skills),
        Prefetch("profile_links", profiles.order_by("profile__name")),
        "certifications",
        "provider__qualiopi",
    )
    sessions = _shown_sessions(course, question.day)
    offerings = list(course.offerings.all())
    distances = _distances(offerings, question)
    answering = set(Matching(question).offerings().filter(course=course).values_list("pk", flat=True))

    def preference(offering: Offering) -> tuple:
        mine = next_session([each for each in sessions if each.offering_id == offering.pk], question.day)
        start = latest_start(mine) if mine else None
        km = distances.get(offering.pk)
        return (offering.pk not in answering, km is None, km or 0, start is None, start or question.day, offering.pk)

    return Sheet(course, question, sorted(offerings, key=preference), sessions, distances)


def near_courses(course: Course) -> list[Course]:
    """At most three published courses: those that share most jobs and skills with this one, else others of its body."""
    skills, profiles = course.skill_links.values("skill"), course.profile_links.values("profile")
    return list(
        Course.objects.published()
        .exclude(pk=course.pk)
        .annotate(
            shared=Count("skill_links", filter=Q(skill_links__skill__in=skills), distinct=True)
            + PROFILE_WEIGHT * Count("profile_links", filter=Q(profile_links__profile__in=profiles), distinct=True)
        )
        .filter(Q(shared__gt=0) | Q(provider=course.provider_id))
        .only("title", "slug")
        .order_by("-shared", "title", "pk")[:NEAR_COURSES]
    )


def near_links(course: Course) -> list[tuple[str, str]]:
    """The near courses as (label, address)."""
    return [(near.title, near.get_absolute_url()) for near in near_courses(course)]


def session_of(course: Course, pk: int | None) -> Session | None:
    """A session of this course, or None."""
    return Session.objects.filter(offering__course=course, pk=pk).first() if pk else None


def _shown_sessions(course: Course, day: datetime.date) -> list[Session]:
    """Sessions to come, then those without a date: they are proof that the course goes on."""
    of_course = Session.objects.filter(offering__course=course)
    shown = of_course.coming_on(day) | of_course.undated()
    return sorted(shown[:MOST_SESSIONS], key=lambda each: (latest_start(each) or datetime.date.max, each.pk))


def _distances(offerings: list[Offering], question: CourseQuestion) -> dict[int, float]:
    home = question.home
    if home is None or home.latitude is None or home.longitude is None:
        return {}
    return {
        each.pk: km_between(home.latitude, home.longitude, each.commune.latitude, each.commune.longitude)
        for each in offerings
        if each.commune is not None and each.commune.latitude is not None and each.commune.longitude is not None
    }

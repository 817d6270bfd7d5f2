"""Course cards: what templates/components/course_card.html shows of a course, its shown offering and its next date."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from courses.enums import Audience, CallToAction, EntryMode, Modality
from courses.models import Course, Offering, OfferingCost, Session
from courses.search.question import CourseQuestion
from courses.search.starts import latest_start
from portal.reference.enums import Register

JOINABLE = {CallToAction.OPEN, CallToAction.CLOSING, CallToAction.STARTING}
CARD_FIELDS = (
    "title",
    "slug",
    "summary",
    "entry_level",
    "entry_level_is_mandatory",
    "exit_level",
    "is_certifying",
    "provider__name",
)


class Shown(NamedTuple):
    """A course, the offering of it that answers best (None: it has none) and how far that is (None: unknown)."""

    course_id: int
    offering_id: int | None = None
    distance_km: float | None = None


@dataclass(frozen=True)
class CourseCard:
    """The context of the card component, field for field."""

    url: str
    title: str
    provider: str
    summary: str
    kind: str
    cost_cents: int | None
    cost_audience: str
    cost_condition: str
    starts_on: datetime.date | None
    starts_precision: str
    # one may enter all year round: no date is not an unknown date
    is_permanent: bool
    seats_left: int | None
    session_state: str
    other_starts: int
    duration_hours: int | None
    modality: str | None
    town: str
    department: str
    distance_km: float | None
    entry_level: int | None
    prerequisites: str = ""
    heading: int = 3


def cards_of(shown: Iterable[Shown], question: CourseQuestion) -> list[CourseCard]:
    """The cards, in the order given; at most five queries, however many cards. Unpublished courses are left out."""
    wanted = list(shown)
    ids = [row.course_id for row in wanted]
    courses = {
        course.pk: course
        for course in Course.objects.published()
        .filter(pk__in=ids)
        .select_related("provider")
        .only(*CARD_FIELDS)
        .prefetch_related("certifications")
    }
    offerings = Offering.objects.select_related("commune__department").in_bulk(
        [row.offering_id for row in wanted if row.offering_id]
    )
    costs = {
        cost.offering_id: cost
        for cost in OfferingCost.objects.filter(offering__in=offerings, audience=question.audience)
    }
    coming = Session.objects.coming_on(question.day).filter(offering__course__in=ids)
    sessions: dict[int, list[Session]] = {pk: [] for pk in ids}
    for session in coming.annotate(course_id=F("offering__course")).defer("note", "extras"):
        sessions[session.course_id].append(session)
    return [
        _card(
            courses[row.course_id],
            offerings.get(row.offering_id or 0),
            costs.get(row.offering_id or 0),
            row,
            question,
            sessions[row.course_id],
        )
        for row in wanted
        if row.course_id in courses
    ]


def _card(
    course: Course,
    offering: Offering | None,
    cost: OfferingCost | None,
    row: Shown,
    question: CourseQuestion,
    dates: list[Session],
) -> CourseCard:
    session = next_session([each for each in dates if each.offering_id == row.offering_id], question.day)
    commune = offering.commune if offering else None
    return CourseCard(
        url=course.get_absolute_url(),
        title=course.title,
        provider=course.provider.name,
        summary=course.summary,
        kind=kind_of(course),
        cost_cents=cost.left_to_pay_cents if cost else None,
        cost_audience=str(Audience(question.audience).label),
        cost_condition=in_line(cost.condition) if cost else "",
        starts_on=session.starts_on if session else None,
        starts_precision=session.starts_precision if session else "unknown",
        is_permanent=offering is not None and offering.entry_mode == EntryMode.PERMANENT,
        seats_left=session.seats_left if session else None,
        session_state=session.call_to_action(question.day) if session else CallToAction.TO_BE_SCHEDULED,
        other_starts=max(0, len(dates) - 1) if session else 0,
        duration_hours=offering.duration_hours if offering else None,
        modality=offering.modality if offering else None,
        town=town_of(offering),
        department=commune.department.name if commune else "",
        distance_km=distance_shown(offering, row.distance_km, question),
        entry_level=course.entry_level,
    )


def next_session(sessions: list[Session], day: datetime.date) -> Session | None:
    """The first session one can join on `day`, else the first to come, else one without a date, else None.

    "2027" comes after every day of 2027: what is not known never looks sooner than it may be.
    """
    in_order = sorted(sessions, key=lambda each: (latest_start(each) or datetime.date.max, each.pk))
    joinable = (each for each in in_order if each.call_to_action(day) in JOINABLE)
    return next(joinable, in_order[0] if in_order else None)


def town_of(offering: Offering | None) -> str:
    """The commune, else the town as the source writes it, else nothing."""
    if offering is None:
        return ""
    return offering.commune.name if offering.commune else offering.town


def distance_shown(offering: Offering | None, distance_km: float | None, question: CourseQuestion) -> float | None:
    """The distance to say: none for a course at a distance, none inside one's own commune, which is 0 by convention."""
    if offering is None or distance_km is None or offering.modality == Modality.REMOTE:
        return None
    return None if question.home and offering.commune_id == question.home.insee else distance_km


def in_line(sentence: str) -> str:
    """A sentence as the end of another one: "Sur justificatif." → "sur justificatif"; "CPF possible." keeps its CPF."""
    sentence = sentence.strip().removesuffix(".")
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] in " '’" else sentence


def kind_of(course: Course) -> str:
    """What one leaves with, in a few words; empty when nobody says."""
    certification = next(iter(course.certifications.all()), None)
    if certification is not None and certification.register in (Register.RNCP, Register.RS):
        name = _("Titre RNCP") if certification.register == Register.RNCP else _("Certification RS")
        level = certification.level or course.exit_level
        return _("%(name)s, niveau %(level)s") % {"name": name, "level": level} if level else name
    if certification is not None or course.is_certifying:
        return _("Formation certifiante")
    return ""

"""Course cards: what templates/components/course_card.html shows of a course, one of its offerings and its next date.

All of it comes from the facts of the document. A card says nothing that depends on the moment: its badge ("Complet")
and its distance are put in when it is shown.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.enums import Audience, CallToAction, EntryMode, Modality
from courses.models import Course, Offering, SearchDocument, Session
from courses.models.session import call_to_action
from courses.search.question import CourseQuestion
from courses.search.starts import latest_start
from portal.reference.enums import Register

JOINABLE = {CallToAction.OPEN, CallToAction.CLOSING, CallToAction.STARTING}


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


def facts_of(ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """What the documents of these courses say, by number; those that are not published have none. One statement."""
    return dict(SearchDocument.objects.filter(pk__in=list(ids)).values_list("pk", "facts"))


def course_path(pk: int, facts: Mapping[str, Any]) -> str:
    return reverse("courses:course", args=[facts["slug"], pk])


def cards_of(shown: Iterable[Shown], question: CourseQuestion) -> list[CourseCard]:
    """The cards, in the order given; one query, however many cards. Unpublished courses are left out."""
    wanted = list(shown)
    facts = facts_of(row.course_id for row in wanted)
    cards = []
    for row in wanted:
        if row.course_id in facts:
            found = facts[row.course_id]["offerings"]
            place = next((n for n, each in enumerate(found) if each["id"] == row.offering_id), 0) if found else None
            cards.append(card_of(row.course_id, facts[row.course_id], place, question, row.distance_km))
    return cards


def card_of(
    course_id: int, facts: Mapping[str, Any], place: int | None, question: CourseQuestion, distance_km: float | None
) -> CourseCard:
    """The card of a course that shows the offering at `place` among those of its document; None: it has none."""
    offering = facts["offerings"][place] if place is not None else {}
    cents, condition = offering.get("costs", {}).get(question.audience, (None, ""))
    session = NextSession.of(offering["session"]) if offering.get("session") else None
    return CourseCard(
        url=course_path(course_id, facts),
        title=facts["title"],
        provider=facts["provider"],
        summary=facts["summary"],
        kind=kind_of_facts(facts),
        cost_cents=cents,
        cost_audience=str(Audience(question.audience).label),
        cost_condition=in_line(condition),
        starts_on=session.starts_on if session else None,
        starts_precision=session.starts_precision if session else "unknown",
        is_permanent=offering.get("entry_mode") == EntryMode.PERMANENT,
        seats_left=session.seats_left if session else None,
        session_state=session.call_to_action(question.day) if session else CallToAction.TO_BE_SCHEDULED,
        other_starts=max(0, facts["coming"] - 1) if session else 0,
        duration_hours=offering.get("hours"),
        modality=offering.get("modality"),
        town=offering.get("town") or "",
        department=offering.get("department") or "",
        distance_km=distance_shown(offering, distance_km, question),
        entry_level=facts["entry_level"],
    )


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session of an offering, as its document tells it."""

    starts_on: datetime.date | None
    starts_precision: str
    seats_left: int | None
    is_full: bool
    recruitment: str
    registration_closes_on: datetime.date | None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "NextSession":
        return cls(
            _day(said["starts_on"]),
            said["starts_precision"],
            said["seats_left"],
            said["is_full"],
            said["recruitment"],
            _day(said["registration_closes_on"]),
        )

    def call_to_action(self, day: datetime.date) -> CallToAction:
        return call_to_action(self, day)


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


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


def distance_shown(offering: Mapping[str, Any], distance_km: float | None, question: CourseQuestion) -> float | None:
    """The distance to say: none for a course at a distance, none inside one's own commune, which is 0 by convention."""
    if not offering or distance_km is None or offering["modality"] == Modality.REMOTE:
        return None
    return None if question.home and offering["insee"] == question.home.insee else distance_km


def in_line(sentence: str) -> str:
    """A sentence as the end of another one: "Sur justificatif." → "sur justificatif"; "CPF possible." keeps its CPF."""
    sentence = sentence.strip().removesuffix(".")
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] in " '’" else sentence


def kind_of(course: Course) -> str:
    """What one leaves with, in a few words; empty when nobody says."""
    certifications = [(each.register, each.level) for each in course.certifications.all()]
    return _kind(certifications, course.exit_level, is_certifying=bool(course.is_certifying))


def kind_of_facts(facts: Mapping[str, Any]) -> str:
    """The same, of a document."""
    certifications = [(each["register"], each["level"]) for each in facts["certifications"]]
    return _kind(certifications, facts["exit_level"], is_certifying=bool(facts["is_certifying"]))


def _kind(certifications: Sequence[tuple[str, int | None]], exit_level: int | None, *, is_certifying: bool) -> str:
    register, own_level = certifications[0] if certifications else ("", None)
    if register in (Register.RNCP, Register.RS):
        name = _("Titre RNCP") if register == Register.RNCP else _("Certification RS")
        level = own_level or exit_level
        return _("%(name)s, niveau %(level)s") % {"name": name, "level": level} if level else name
    return _("Formation certifiante") if certifications or is_certifying else ""
